//! `junit`: a test suite for each zone, and a failed test for each finding in it. A zone without
//! findings is one test, and it passes. What could not be checked is an error.
//!
//! It holds to the strictest of the schemas about, that of Jenkins' xUnit plugin.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};
use std::path::Path;

use super::places::{Places, Region};
use super::prose::prose;
use super::xml::Xml;
use super::{Judged, Report, one_line, unique};
use crate::diagnostic::{Diagnostic, Failure};
use crate::source::escape;

/// What there is to tell of a zone, or of a file where no zone is known.
#[derive(Default)]
struct Suite<'a> {
    file: Option<&'a Path>,
    findings: Vec<&'a Diagnostic>,
    failures: Vec<&'a Failure>,
}

/// Writes the suites, by name.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(report.sources);
    let suites = suites(report, &places);
    let mut xml = Xml::new(out)?;
    let tests: usize = suites.values().map(Suite::tests).sum();
    xml.open(
        "testsuites",
        &[
            ("name", "zoneward"),
            ("tests", &tests.to_string()),
            ("failures", &report.diagnostics.len().to_string()),
            ("errors", &report.failures.len().to_string()),
        ],
    )?;
    for (name, suite) in &suites {
        let file = suite.file.map(|file| report.roots.shown(file));
        let [tests, failures, errors] =
            [suite.tests(), suite.findings.len(), suite.failures.len()].map(|number| number.to_string());
        let attributes = [("name", &**name), ("tests", &tests), ("failures", &failures), ("errors", &errors)];
        let file = file.as_deref().map(|file| ("file", file));
        xml.open("testsuite", &attributes.into_iter().chain(file).collect::<Vec<_>>())?;
        suite.write(name, report, &places, &mut xml)?;
        xml.close("testsuite")?;
    }
    xml.close("testsuites")?;
    xml.end()
}

/// All suites, by name.
fn suites<'a>(report: &Report<'a>, places: &Places<'_>) -> BTreeMap<String, Suite<'a>> {
    let mut suites: BTreeMap<String, Suite<'a>> = BTreeMap::new();
    for Judged { zone, view, file } in report.zones.judged() {
        suites.entry(name(&zone.to_string(), view)).or_default().file = Some(file);
    }
    for diagnostic in report.diagnostics {
        let file = || report.roots.shown(&places.path(diagnostic.primary.place.span));
        let zone = |zone| name(zone, diagnostic.view.as_deref());
        let name = diagnostic.zone.as_deref().map_or_else(file, zone);
        suites.entry(name).or_default().findings.push(diagnostic);
    }
    for failure in report.failures {
        suites.entry(report.roots.shown(&failure.path)).or_default().failures.push(failure);
    }
    suites
}

/// The name of a zone; of one in a view, with the view behind it.
fn name(zone: &str, view: Option<&str>) -> String {
    one_line(&view.map_or_else(|| zone.to_owned(), |view| format!("{zone} ({view})")))
}

impl Suite<'_> {
    fn tests(&self) -> usize {
        (self.findings.len() + self.failures.len()).max(1)
    }

    /// Writes the tests.
    fn write(
        &self,
        class: &str,
        report: &Report<'_>,
        places: &Places<'_>,
        xml: &mut Xml<'_>,
    ) -> io::Result<()> {
        if self.findings.is_empty() && self.failures.is_empty() {
            return xml.empty("testcase", &[("name", "no findings"), ("classname", class)]);
        }
        for failure in &self.failures {
            xml.open("testcase", &[("name", "can be checked"), ("classname", class)])?;
            xml.empty("error", &[("type", "failure"), ("message", &escape(failure.message.as_bytes()))])?;
            xml.close("testcase")?;
        }
        // GitLab shows one test for each name.
        let mut seen = HashMap::new();
        for diagnostic in &self.findings {
            let (rule, level) = (diagnostic.rule, diagnostic.level.name());
            let message = one_line(&diagnostic.message);
            let name = unique(format!("{rule}: {message}"), &mut seen);
            xml.open("testcase", &[("name", &name), ("classname", class)])?;
            let span = diagnostic.primary.place.span;
            let Region { line, column, .. } = places.region(span);
            let path = report.roots.shown(&places.path(span));
            let text = prose(diagnostic, places, &report.roots);
            let text = format!("{path}:{line}:{column}: {level}[{rule}]: {text}");
            xml.text("failure", &[("type", level), ("message", &message)], &text)?;
            xml.close("testcase")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::NameRef;
    use std::path::Path;

    use super::super::sample::{finding, place};
    use super::super::{Format, Judged, Report, Style, write};
    use crate::diagnostic::{Failure, Level};
    use crate::source::Sources;

    #[test]
    fn zones_are_suites_and_one_without_findings_passes() {
        let sources = Sources::new();
        let file = sources.add_bytes("a.zone", b"x\n".to_vec());
        let mut one = finding(Level::Warning, place(file, 0, 1), "no \x01");
        one.help("do <b>");
        let mut nowhere = one.clone();
        nowhere.zone = None;
        let failures = [Failure { path: "gone".into(), message: "not there".to_owned() }];
        let findings = [one.clone(), one, nowhere];
        let names = [b"\x01b\x07example\0", b"\x01a\x07example\0"].map(|wire| NameRef::from_wire(wire));
        let zones = names.into_iter().zip(["b.zone", "a.zone"]);
        let zones = zones.map(|(zone, file)| Judged { zone, view: None, file: Path::new(file) });
        let zones: Vec<Judged<'_>> = zones.collect();
        let report = Report { failures: &failures, zones: &zones, ..Report::new(&findings, &sources) };
        let mut out = Vec::new();
        write(&report, Format::Junit, Style::default(), &mut out).expect("a Vec takes everything");
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="zoneward" tests="5" failures="3" errors="1">
  <testsuite name="a.example" tests="2" failures="2" errors="0" file="a.zone">
    <testcase name="a-rule: no \001" classname="a.example">
      <failure type="warning" message="no \001">a.zone:1:1: warning[a-rule]: no \001
help: do &lt;b&gt;</failure>
    </testcase>
    <testcase name="a-rule: no \001-2" classname="a.example">
      <failure type="warning" message="no \001">a.zone:1:1: warning[a-rule]: no \001
help: do &lt;b&gt;</failure>
    </testcase>
  </testsuite>
  <testsuite name="a.zone" tests="1" failures="1" errors="0">
    <testcase name="a-rule: no \001" classname="a.zone">
      <failure type="warning" message="no \001">a.zone:1:1: warning[a-rule]: no \001
help: do &lt;b&gt;</failure>
    </testcase>
  </testsuite>
  <testsuite name="b.example" tests="1" failures="0" errors="0" file="b.zone">
    <testcase name="no findings" classname="b.example"/>
  </testsuite>
  <testsuite name="gone" tests="1" failures="0" errors="1">
    <testcase name="can be checked" classname="gone">
      <error type="failure" message="not there"/>
    </testcase>
  </testsuite>
</testsuites>
"#;
        assert_eq!(String::from_utf8(out).expect("reports are UTF-8"), expected);
    }
}
