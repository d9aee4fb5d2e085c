//! `sarif`: one run in SARIF 2.1.0, for code scanning.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; section numbers below are its.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::places::{Places, Region};
use super::prose::prose;
use super::{About, Report, one_line};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Failure, Fix, Label, Level};
use crate::source::{Span, escape_path};

/// What the paths in the log are relative to.
const ROOT: &str = "%SRCROOT%";

/// Writes the log. Results are made one by one: there may be 100,000.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut rules: BTreeMap<&str, (usize, &Diagnostic)> =
        report.diagnostics.iter().map(|it| (it.rule, (0, it))).collect();
    rules.values_mut().enumerate().for_each(|(index, (place, _))| *place = index);
    let log = Log {
        schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: json!({ "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.values().map(|(_, it)| rule(it, (report.about)(it.rule))).collect::<Value>(),
            }}),
            invocations: [json!({
                "executionSuccessful": report.failures.is_empty(),
                "toolExecutionNotifications":
                    report.failures.iter().map(|it| notification(it, report)).collect::<Value>(),
            })],
            bases: json!({ ROOT: { "description": { "text": "The root of the repository." } } }),
            column_kind: "unicodeCodePoints",
            results: Results { report, rules },
        }],
    };
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// The log file (3.13).
#[derive(Serialize)]
struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

/// What one check found (3.14).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Value,
    invocations: [Value; 1],
    #[serde(rename = "originalUriBaseIds")]
    bases: Value,
    column_kind: &'static str,
    results: Results<'a>,
}

/// A rule that found something (3.49).
fn rule(diagnostic: &Diagnostic, about: Option<About>) -> Value {
    let mut rule = json!({
        "id": diagnostic.rule,
        "properties": { "tags": ["dns", diagnostic.group.name()] },
    });
    if let Some(About { level, summary, introduction, page }) = about {
        rule["shortDescription"] = json!({ "text": summary });
        rule["fullDescription"] = json!({ "text": introduction });
        // The text is for viewers that do not know Markdown: it reads well as it is.
        rule["help"] = json!({ "text": page, "markdown": page });
        rule["defaultConfiguration"] = json!({ "level": word(level) });
        // What GitHub sorts by.
        rule["properties"]["problem.severity"] = json!(match level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Info => "recommendation",
        });
    }
    rule
}

/// The word for a level (3.27.10).
fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Info => "note",
    }
}

/// Something that could not be checked (3.58).
fn notification(failure: &Failure, report: &Report<'_>) -> Value {
    let message = format!("{}: {}", escape_path(&failure.path), failure.message);
    json!({
        "level": "error",
        "message": text(&message),
        "locations": [{ "physicalLocation": { "artifactLocation": artifact(&failure.path, report) } }],
    })
}

/// A message (3.11). A text that looks like a link would be one (3.11.6), to wherever a zone says.
fn text(text: &str) -> Value {
    json!({ "text": super::lines(text).replace("](", "] (") })
}

/// A file (3.4).
fn artifact(path: &Path, report: &Report<'_>) -> Value {
    match report.roots.uri(path) {
        (uri, true) => json!({ "uri": uri, "uriBaseId": ROOT }),
        (uri, false) => json!({ "uri": uri }),
    }
}

/// A place in a file (3.29).
fn physical(span: Span, places: &Places<'_>, report: &Report<'_>) -> Value {
    json!({
        "artifactLocation": artifact(&places.path(span), report),
        "region": region(places.region(span)),
    })
}

/// A part of a file (3.30).
fn region(Region { line, column, end_line, end_column }: Region) -> Value {
    json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column })
}

/// What would mend a finding (3.55), file by file.
fn fix(fix: &Fix, places: &Places<'_>, report: &Report<'_>) -> Value {
    let changes = fix.edits.chunk_by(|a, b| a.span.file == b.span.file).map(|edits| {
        let replacements = edits.iter().map(|Edit { span, text }| {
            json!({ "deletedRegion": region(places.exact(*span)), "insertedContent": { "text": text } })
        });
        json!({
            "artifactLocation": artifact(&places.path(edits[0].span), report),
            "replacements": replacements.collect::<Value>(),
        })
    });
    json!({ "description": text(&fix.description), "artifactChanges": changes.collect::<Value>() })
}

/// A related place (3.28).
fn related(id: usize, label: &Label, places: &Places<'_>, report: &Report<'_>) -> Value {
    json!({
        "id": id,
        "message": text(&label.text),
        "physicalLocation": physical(label.place.span, places, report),
    })
}

/// The findings, made while they are written.
struct Results<'a> {
    report: &'a Report<'a>,
    /// The place of each rule among the rules of the run.
    rules: BTreeMap<&'a str, (usize, &'a Diagnostic)>,
}

impl Serialize for Results<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let places = Places::new(self.report.sources);
        serializer.collect_seq(self.report.diagnostics.iter().map(|it| self.result(it, &places)))
    }
}

impl Results<'_> {
    /// A finding (3.27).
    fn result(&self, diagnostic: &Diagnostic, places: &Places<'_>) -> Value {
        let Self { report, rules } = self;
        let mut location =
            json!({ "physicalLocation": physical(diagnostic.primary.place.span, places, report) });
        let names = [
            ("zone", diagnostic.zone.as_deref()),
            ("view", diagnostic.view.as_deref()),
            ("owner", diagnostic.owner.as_deref()),
            ("type", diagnostic.rtype.as_deref()),
        ];
        let names: BTreeMap<_, _> =
            names.iter().filter_map(|&(key, name)| Some((key, one_line(name?)))).collect();
        if let Some(name) = names.get("owner").or_else(|| names.get("zone")) {
            let kind = if names.contains_key("owner") { "member" } else { "namespace" };
            location["logicalLocations"] = json!([{ "fullyQualifiedName": name, "kind": kind }]);
        }
        let labels = diagnostic.labels.iter().enumerate();
        let mut result = json!({
            "ruleId": diagnostic.rule,
            "ruleIndex": rules[diagnostic.rule].0,
            "level": word(diagnostic.level),
            "message": text(&prose(diagnostic, places, &report.roots)),
            "locations": [location],
            "relatedLocations":
                labels.map(|(id, label)| related(id, label, places, report)).collect::<Value>(),
            "partialFingerprints": { "zoneward/v1": diagnostic.fingerprint() },
            "properties": names,
        });
        // Every viewer offers what is here at a keystroke: not what removes data or guesses.
        if let Some(mending) = diagnostic.fix.as_deref()
            && mending.applicability == Applicability::Safe
            && !mending.edits.is_empty()
        {
            result["fixes"] = json!([fix(mending, places, report)]);
        }
        result
    }
}
