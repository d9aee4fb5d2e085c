//! `checkstyle`: the XML of Checkstyle, which most servers and review bots read.

use std::io::{self, Write};

use super::places::Places;
use super::xml::Xml;
use super::{Report, one_line};

/// Writes the findings, file by file.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(report.sources);
    let mut xml = Xml::new(out)?;
    // The version of Checkstyle whose format it is; readers look for it.
    xml.open("checkstyle", &[("version", "4.3")])?;
    // They come sorted by file.
    let path = |at: usize| report.roots.shown(&places.path(report.diagnostics[at].primary.place.span));
    let mut open: Option<String> = None;
    for (at, diagnostic) in report.diagnostics.iter().enumerate() {
        let path = path(at);
        if open.as_ref() != Some(&path) {
            if open.is_some() {
                xml.close("file")?;
            }
            xml.open("file", &[("name", &path)])?;
            open = Some(path);
        }
        let region = places.region(diagnostic.primary.place.span);
        let attributes = [
            ("line", &*region.line.to_string()),
            ("column", &*region.column.to_string()),
            ("severity", diagnostic.level.name()),
            ("message", &*one_line(&diagnostic.message)),
            ("source", &*format!("zoneward.{}.{}", diagnostic.group.name(), diagnostic.rule)),
        ];
        xml.empty("error", &attributes)?;
    }
    if open.is_some() {
        xml.close("file")?;
    }
    xml.close("checkstyle")?;
    xml.end()
}

#[cfg(test)]
mod tests {
    use super::super::sample::{finding, place, report};
    use super::super::{Format, Style};
    use crate::diagnostic::Level;
    use crate::source::Sources;

    #[test]
    fn findings_file_by_file() {
        let sources = Sources::new();
        let [a, b] = ["a&b", "c"].map(|name| sources.add_bytes(name, b"x\n".to_vec()));
        let list = [(a, Level::Error), (a, Level::Info), (b, Level::Warning)]
            .map(|(file, level)| finding(level, place(file, 0, 1), "a < `b`"));
        let expected = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<checkstyle version=\"4.3\">
  <file name=\"a&amp;b\">
    <error line=\"1\" column=\"1\" severity=\"error\" message=\"a &lt; `b`\" source=\"zoneward.record.a-rule\"/>
    <error line=\"1\" column=\"1\" severity=\"info\" message=\"a &lt; `b`\" source=\"zoneward.record.a-rule\"/>
  </file>
  <file name=\"c\">
    <error line=\"1\" column=\"1\" severity=\"warning\" message=\"a &lt; `b`\" source=\"zoneward.record.a-rule\"/>
  </file>
</checkstyle>
";
        assert_eq!(report(&sources, &list, Format::Checkstyle, Style::default()), expected);
    }
}
