//! `github`: workflow commands, which GitHub Actions shows as annotations of the lines.
//!
//! <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>

use std::io::{self, Write};

use super::Report;
use super::places::{Places, Region};
use super::prose::prose;
use crate::diagnostic::Level;

/// Writes a command for each finding.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(report.sources);
    for diagnostic in report.diagnostics {
        let command = match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "notice",
        };
        let span = diagnostic.primary.place.span;
        let path = report.roots.shown(&places.path(span));
        let region = places.region(span);
        // Columns of a place over several lines would be taken for columns of the first.
        let place = match region {
            Region { line, column, end_line, end_column } if line == end_line => {
                format!("line={line},col={column},endLine={line},endColumn={end_column}")
            }
            Region { line, end_line, .. } => format!("line={line},endLine={end_line}"),
        };
        // The log shows nothing but the message, so the place is there too.
        let message = format!(
            "{path}:{}:{}: {}",
            region.line,
            region.column,
            prose(diagnostic, &places, &report.roots)
        );
        writeln!(
            out,
            "::{command} file={},{place},title={}::{}",
            property(&path),
            diagnostic.rule,
            data(&message)
        )?;
    }
    Ok(())
}

/// Text behind the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::sample::{find, finding, place, report};
    use super::super::{Format, Style};
    use crate::diagnostic::Level;
    use crate::source::Sources;

    #[test]
    fn a_command_for_each_finding_and_nothing_breaks_out_of_it() {
        let sources = Sources::new();
        let text = b"\na\xfc A (1.2.3\n )\n";
        let file = sources.add_bytes("zones/a,b:c%", text.to_vec());
        let mut one = finding(Level::Error, find(file, text, b"1.2.3", 0), "100%\n::error::no");
        one.note("why\n::stop-commands::x").help("do");
        let whole = finding(Level::Info, place(file, 1, text.len()), "two lines");
        let shown = report(&sources, &[one, whole], Format::Github, Style::default());
        let expected = "\
::error file=zones/a%2Cb%3Ac%25,line=2,col=7,endLine=2,endColumn=12,title=a-rule::\
zones/a,b:c%25:2:7: 100%25 ::error::no%0Anote: why%0A::stop-commands::x%0Ahelp: do
::notice file=zones/a%2Cb%3Ac%25,line=2,endLine=3,title=a-rule::zones/a,b:c%25:2:1: two lines
";
        assert_eq!(shown, expected);
    }
}
