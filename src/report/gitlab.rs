//! `gitlab`: a Code Quality report, which GitLab shows in merge requests.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>

use std::collections::HashMap;
use std::io::{self, Write};

use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::places::Places;
use super::{Report, one_line, unique};
use crate::diagnostic::Level;

/// Writes the array of findings.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Issues(report))?;
    writeln!(out)
}

/// The findings of a report.
struct Issues<'a>(&'a Report<'a>);

impl Serialize for Issues<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report) = self;
        let places = Places::new(report.sources);
        // GitLab shows one finding for each fingerprint.
        let mut seen = HashMap::new();
        let mut list = serializer.serialize_seq(Some(report.diagnostics.len()))?;
        for diagnostic in report.diagnostics {
            let span = diagnostic.primary.place.span;
            let region = places.region(span);
            list.serialize_element(&Issue {
                description: one_line(&diagnostic.message),
                check_name: diagnostic.rule,
                fingerprint: unique(diagnostic.fingerprint(), &mut seen),
                severity: match diagnostic.level {
                    Level::Error => "critical",
                    Level::Warning => "major",
                    Level::Info => "info",
                },
                location: Location {
                    path: report.roots.shown(&places.path(span)),
                    lines: Lines { begin: region.line, end: region.end_line },
                },
            })?;
        }
        list.end()
    }
}

/// A finding.
#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

/// Where it is.
#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

/// The first and the last line.
#[derive(Serialize)]
struct Lines {
    begin: u32,
    end: u32,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::sample::{find, finding, report};
    use super::super::{Format, Style};
    use crate::diagnostic::Level;
    use crate::source::Sources;

    #[test]
    fn every_field_and_no_fingerprint_twice() {
        let sources = Sources::new();
        let text = b"\na A 1.2.3\n";
        let file = sources.add_bytes("zones/a", text.to_vec());
        let it = finding(Level::Error, find(file, text, b"1.2.3", 0), "no");
        let shown = report(&sources, &[it.clone(), it.clone(), it.clone()], Format::Gitlab, Style::default());
        let value: Value = serde_json::from_str(&shown).expect("it is JSON");
        let issue = |fingerprint: String| {
            json!({"description": "no", "check_name": "a-rule", "fingerprint": fingerprint,
                "severity": "critical", "location": {"path": "zones/a", "lines": {"begin": 2, "end": 2}}})
        };
        let own = it.fingerprint();
        let numbered = |number| issue(format!("{own}-{number}"));
        assert_eq!(value, json!([issue(own.clone()), numbered(2), numbered(3)]));
    }
}
