//! `json`: one document, version 1. Fields may be added to it; none is renamed or taken away.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::places::{Places, Region};
use super::roots::slashes;
use super::statistics::{Tally, tally};
use super::{Report, Summary, lines, one_line};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Label};
use crate::source::Span;

/// Writes the document. Findings are made into JSON one by one: there may be 100,000.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        version: 1,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        summary: Figures::new(&report.summary),
        statistics: report.statistics.then(|| tally(report.diagnostics)),
        diagnostics: Findings(report),
    };
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

/// The document; the order of the fields is the order in the output, here and below.
#[derive(Serialize)]
struct Document<'a> {
    version: u32,
    tool: Tool,
    summary: Figures,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<Vec<Tally<'a>>>,
    diagnostics: Findings<'a>,
}

/// Who wrote the document.
#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// The summary without the time, which differs from run to run.
#[derive(Serialize)]
struct Figures {
    zones: usize,
    files: usize,
    records: u64,
    errors: usize,
    warnings: usize,
    infos: usize,
    suppressed: usize,
}

impl Figures {
    /// The figures of a summary.
    fn new(summary: &Summary) -> Self {
        let &Summary { zones, files, records, errors, warnings, infos, suppressed, .. } = summary;
        Self { zones, files, records, errors, warnings, infos, suppressed }
    }
}

/// The findings of a report, made while they are written.
struct Findings<'a>(&'a Report<'a>);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report) = self;
        let places = Places::new(report.sources);
        serializer.collect_seq(report.diagnostics.iter().map(|it| Finding::new(it, &places)))
    }
}

/// One finding.
#[derive(Serialize)]
pub(super) struct Finding<'a> {
    rule: &'a str,
    group: &'a str,
    level: &'a str,
    message: String,
    #[serde(flatten)]
    place: Location,
    zone: Option<String>,
    view: Option<String>,
    owner: Option<String>,
    r#type: Option<String>,
    labels: Vec<Related>,
    notes: Vec<String>,
    help: Option<String>,
    fix: Option<Mending>,
    fingerprint: String,
}

impl<'a> Finding<'a> {
    /// A finding with its places looked up.
    pub(super) fn new(diagnostic: &'a Diagnostic, places: &Places<'_>) -> Self {
        let name = |name: &Option<String>| name.as_deref().map(one_line);
        let mut notes: Vec<_> = diagnostic.notes.iter().map(|note| lines(note)).collect();
        notes.extend(places.doubt(diagnostic));
        Self {
            rule: diagnostic.rule,
            group: diagnostic.group.name(),
            level: diagnostic.level.name(),
            message: lines(&diagnostic.message),
            place: Location::new(diagnostic.primary.place.span, places),
            zone: name(&diagnostic.zone),
            view: diagnostic.view.as_deref().map(one_line),
            owner: name(&diagnostic.owner),
            r#type: name(&diagnostic.rtype),
            labels: diagnostic.labels.iter().map(|label| Related::new(label, places)).collect(),
            notes,
            help: diagnostic.help.as_deref().map(lines),
            fix: diagnostic.fix.as_deref().map(|fix| Mending::new(fix, places)),
            fingerprint: diagnostic.fingerprint(),
        }
    }
}

/// What would mend a finding.
#[derive(Serialize)]
struct Mending {
    applicability: Applicability,
    description: String,
    edits: Vec<Replacement>,
}

impl Mending {
    /// A fix with the places of its edits looked up.
    fn new(fix: &Fix, places: &Places<'_>) -> Self {
        Self {
            applicability: fix.applicability,
            description: lines(&fix.description),
            edits: fix.edits.iter().map(|edit| Replacement::new(edit, places)).collect(),
        }
    }
}

/// A piece of a file and what is to stand in its place.
#[derive(Serialize)]
struct Replacement {
    #[serde(flatten)]
    place: Location,
    /// As it is: JSON has escapes of its own for what a terminal would obey.
    text: String,
}

impl Replacement {
    /// An edit with its place looked up.
    fn new(edit: &Edit, places: &Places<'_>) -> Self {
        let place = Location { path: slashes(&places.path(edit.span)), region: places.exact(edit.span) };
        Self { place, text: edit.text.clone() }
    }
}

/// A related place.
#[derive(Serialize)]
struct Related {
    #[serde(flatten)]
    place: Location,
    message: String,
}

impl Related {
    /// A label with its place looked up.
    fn new(label: &Label, places: &Places<'_>) -> Self {
        Self { place: Location::new(label.place.span, places), message: lines(&label.text) }
    }
}

/// Where something is.
#[derive(Serialize)]
struct Location {
    path: String,
    #[serde(flatten)]
    region: Region,
}

impl Location {
    /// Path, lines and columns of a span.
    fn new(span: Span, places: &Places<'_>) -> Self {
        Self { path: slashes(&places.path(span)), region: places.region(span) }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::super::sample::{find, finding, place, report};
    use super::super::{Format, Style, write};
    use super::*;
    use crate::diagnostic::{Change, Level};
    use crate::source::Sources;

    /// A finding with all fields, in two files.
    fn full(sources: &Sources) -> Diagnostic {
        let text = b"gr\xfc\xc3\xa9 A 1.2.3.4\r\n  A 1.2.3.5\r\n";
        let file = sources.add_bytes("zones/a", text.to_vec());
        let other = sources.add_bytes("zones/b", b"x\n".to_vec());
        let at = find(file, text, b"A 1.2.3.4\r\n  A 1.2.3.5\r\n", 0);
        let mut it = finding(Level::Warning, at, "lacks `1.2.3.6`");
        it.label(place(other, 0, 1), "others").note("why\nand how").help("add it");
        it.about("imap.a.example", "A").data("1.2.3.6");
        let change = Change::EndLine { span: at.span };
        it.unsafe_fix("adds `A 1.2.3.6`", [Some(change)]);
        let end = at.span.end;
        let edit = Edit { span: Span::new(file, end, end), text: "  A 1.2.3.6\r\n".to_owned() };
        it.fix.as_mut().expect("it was made just now").edits.push(edit);
        it.view = Some("internal".into());
        it
    }

    #[test]
    fn every_field_of_a_finding() {
        let sources = Sources::new();
        let it = full(&sources);
        let fingerprint = it.fingerprint();
        let shown = report(&sources, &[it], Format::Json, Style::default());
        let value: Value = serde_json::from_str(&shown).expect("it is JSON");
        let expected = json!({
            "rule": "a-rule", "group": "record", "level": "warning", "message": "lacks `1.2.3.6`",
            "path": "zones/a", "line": 1, "column": 6, "end_line": 2, "end_column": 12,
            "zone": "a.example", "view": "internal", "owner": "imap.a.example", "type": "A",
            "labels": [{ "path": "zones/b", "line": 1, "column": 1, "end_line": 1, "end_column": 2,
                "message": "others" }],
            "notes": ["why\nand how"], "help": "add it",
            "fix": { "applicability": "unsafe", "description": "adds `A 1.2.3.6`", "edits": [{
                "path": "zones/a", "line": 3, "column": 1, "end_line": 3, "end_column": 1,
                "text": "  A 1.2.3.6\r\n" }] },
            "fingerprint": fingerprint,
        });
        assert_eq!(value["diagnostics"], json!([expected]));
    }

    #[test]
    fn the_fields_stand_in_the_order_of_the_contract() {
        let sources = Sources::new();
        let shown = report(&sources, &[full(&sources)], Format::Json, Style::default());
        let keys: Vec<_> =
            shown.lines().filter_map(|line| line.strip_prefix("      \"")?.split('"').next()).collect();
        let expected = "rule group level message path line column end_line end_column zone view \
                        owner type labels notes help fix fingerprint";
        assert_eq!(keys.join(" "), expected);
        assert!(shown.ends_with("}\n"));
    }

    #[test]
    fn the_summary_has_no_time() {
        let (zones, files, records, suppressed) = (2, 3, 31, 4);
        let elapsed = Some(Duration::from_secs(1));
        let sources = Sources::new();
        let summary = Summary {
            zones,
            files,
            records,
            errors: 5,
            warnings: 6,
            infos: 7,
            suppressed,
            elapsed,
            ..Summary::default()
        };
        let report = Report { summary, ..Report::new(&[], &sources) };
        let mut out = Vec::new();
        write(&report, Format::Json, Style::default(), &mut out).expect("a Vec takes everything");
        let value: Value = serde_json::from_slice(&out).expect("it is JSON");
        let expected = json!({
            "version": 1,
            "tool": {"name": "zoneward", "version": env!("CARGO_PKG_VERSION")},
            "summary": {"zones": 2, "files": 3, "records": 31, "errors": 5, "warnings": 6,
                "infos": 7, "suppressed": 4},
            "diagnostics": [],
        });
        assert_eq!(value, expected);
    }

    #[test]
    fn a_file_that_is_gone_casts_doubt_on_its_lines() {
        let sources = Sources::new();
        let file = sources.add(Path::new("/no/such/file"));
        let it = finding(Level::Error, place(file, 5, 9), "no");
        let shown = report(&sources, &[it], Format::Json, Style::default());
        let value: Value = serde_json::from_str(&shown).expect("it is JSON");
        let finding = &value["diagnostics"][0];
        assert_eq!((&finding["line"], &finding["end_column"]), (&json!(1), &json!(1)));
        let note = finding["notes"][0].as_str().expect("a note");
        assert!(note.contains("may be wrong"), "{note}");
    }
}
