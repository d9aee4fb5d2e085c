//! `short`: `path:line:col: level[rule]: message (view)`, one line each, for editors and `grep`.

use std::io::{self, Write};

use super::text::Texts;
use super::{Report, Style, close, color, headline};
use crate::source::Position;

/// Writes the findings and the summary.
pub(super) fn write(report: &Report<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut texts = Texts::new(report.sources);
    for diagnostic in report.diagnostics {
        let span = diagnostic.primary.place.span;
        let text = texts.get(span.file);
        let Position { line, column } = text.position(text.locate(span).start);
        let level = style.paint(color(diagnostic.level), diagnostic.level.name());
        let (name, rule, message) = (&text.name, diagnostic.rule, headline(diagnostic));
        writeln!(out, "{name}:{line}:{column}: {level}[{rule}]: {message}")?;
    }
    if report.statistics && !report.diagnostics.is_empty() {
        writeln!(out)?;
    }
    close(report, style, out)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{find, finding, report};
    use super::*;
    use crate::diagnostic::Level;
    use crate::report::Format;
    use crate::source::Sources;

    #[test]
    fn one_line_for_each_finding_and_the_summary() {
        let sources = Sources::new();
        let text = b"\na\xfc\xe2\x82\xac A 1.2.3\n";
        let file = sources.add_bytes("zones/a", text.to_vec());
        let at = find(file, text, b"1.2.3", 0);
        let mut list = [finding(Level::Error, at, "no\n  good"), finding(Level::Info, at, "well")];
        list[1].view = Some("external".into());
        let shown = report(&sources, &list, Format::Short, Style::default());
        let expected = "\
zones/a:2:7: error[a-rule]: no good
zones/a:2:7: info[a-rule]: well (view `external`)
0 zones, 0 files, 0 records: no findings
";
        assert_eq!(shown, expected);
    }
}
