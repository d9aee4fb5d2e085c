//! All formats of one run: each is what its readers expect, and they agree with each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use super::session::{Folder, copy, needs, zoneward};

const FORMATS: [&str; 10] =
    ["full", "short", "json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "html"];

/// All reports on the small provider, from a folder of a repository, with a path that is not there.
struct Reports(Folder);

impl Reports {
    fn new() -> Self {
        let folder = Folder::new();
        fs::create_dir(folder.path(".git")).expect("there is room for a test");
        copy(Path::new("fixtures/isp"), &folder.path("isp"));
        // All that a zone can bring into a report, and a mistake that is there twice.
        let text = b"$ORIGIN evil.example.\n$TTL 3600\n@ SOA a b 1 7200 3600 1209600 3600\n@ NS ]]>\n\
            & A <\x1b\xff\xef\xbf\xbe>\n& A 1.2.3,%0A::error::\n&amp A 1.2.3.4 x\n&amp A 1.2.3.4 x\n";
        let path = folder.path("isp/zones/r\u{e4}t <&\">,%.zone");
        fs::write(path, text).expect("there is room for a test");
        let arguments: Vec<_> = FORMATS.iter().map(|it| format!("--format={it}=../{it}")).collect();
        let arguments: Vec<_> = arguments.iter().map(|it| &**it).collect();
        let arguments = [&["check", ".", "gone"][..], &arguments].concat();
        let output = zoneward(&folder, &arguments).current_dir(folder.path("isp")).output();
        let output = output.expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert!(output.stdout.is_empty(), "{output:?}");
        Self(folder)
    }

    fn text(&self, format: &str) -> String {
        fs::read_to_string(self.0.path(format)).expect("the report was written, in UTF-8")
    }

    fn json(&self, format: &str) -> Value {
        serde_json::from_str(&self.text(format)).expect("the report is JSON")
    }

    /// The elements of a report in XML: their names and attributes.
    fn xml(&self, format: &str) -> Vec<(String, BTreeMap<String, String>)> {
        let text = self.text(format);
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut elements = Vec::new();
        let attributes = |start: &BytesStart<'_>| {
            let pairs = start.attributes().map(|it| it.expect("attributes are well-formed"));
            let value = |value: &str| quick_xml::escape::unescape(value).expect("it is escaped").into_owned();
            pairs.map(|it| (it.key.as_ref().to_owned(), value(&it.value))).collect()
        };
        loop {
            match reader.read_event().expect("it is well-formed") {
                Event::Start(it) | Event::Empty(it) => {
                    elements.push((it.name().as_ref().to_owned(), attributes(&it)));
                }
                Event::Eof => return elements,
                _ => {}
            }
        }
    }
}

/// Path, line, rule and level of each finding, sorted; levels by JSON's words.
type Seen = Vec<(String, u64, String, String)>;

fn sorted(findings: impl Iterator<Item = (String, u64, String, String)>) -> Seen {
    let mut findings: Vec<_> = findings.collect();
    findings.sort();
    findings
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no string")).to_owned()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap_or_else(|| panic!("{value} is no number"))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is no array")).iter()
}

/// `%XX` in URIs and workflow commands.
fn percent_decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts.next().expect("a split has a part").as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two hexadecimal digits"));
        bytes.extend(part[2..].bytes());
    }
    String::from_utf8(bytes).expect("the paths are UTF-8")
}

#[test]
fn all_formats_say_the_same() {
    let reports = Reports::new();
    let json = reports.json("json");
    let expected = sorted(list(&json["diagnostics"]).map(|it| {
        (format!("isp/{}", word(&it["path"])), number(&it["line"]), word(&it["rule"]), word(&it["level"]))
    }));
    assert!(expected.len() > 20, "there is something to compare");

    let lines = reports.text("short");
    let lines = lines.lines().take(expected.len()).map(|line| {
        let [path, line, _, level] = line.splitn(4, ':').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let (level, rule) = level.trim().split_once('[').expect("a rule in brackets");
        let rule = rule.split(']').next().expect("a split has a part");
        (format!("isp/{path}"), line.parse().expect("a number"), rule.to_owned(), level.to_owned())
    });
    assert_eq!(sorted(lines), expected, "short");
    let (full, short) = (reports.text("full"), reports.text("short"));
    let heads = ["error", "warning", "info"].map(|it| format!("{it}["));
    let full = full.lines().filter(|line| heads.iter().any(|head| line.starts_with(head)));
    assert_eq!((full.count(), short.lines().count()), (expected.len(), expected.len() + 1), "full");

    let lines = reports.text("jsonl");
    let lines: Vec<Value> = lines.lines().map(|it| serde_json::from_str(it).expect("it is JSON")).collect();
    assert_eq!(Value::from(lines), json["diagnostics"], "jsonl");

    let sarif = reports.json("sarif");
    let run = &sarif["runs"][0];
    let results = list(&run["results"]).map(|it| {
        let place = &it["locations"][0]["physicalLocation"];
        let level = word(&it["level"]).replace("note", "info");
        let rule = usize::try_from(number(&it["ruleIndex"])).expect("rules are few");
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], it["ruleId"]);
        let path = percent_decoded(&word(&place["artifactLocation"]["uri"]));
        assert_eq!(place["artifactLocation"]["uriBaseId"], "%SRCROOT%");
        (path, number(&place["region"]["startLine"]), word(&it["ruleId"]), level)
    });
    assert_eq!(sorted(results), expected, "sarif");
    let failures: Vec<_> = list(&run["invocations"][0]["toolExecutionNotifications"]).collect();
    assert_eq!(failures.len(), 1);
    assert!(word(&failures[0]["message"]["text"]).starts_with("gone: "), "{}", failures[0]);
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);

    let commands = reports.text("github");
    let commands = commands.lines().map(|line| {
        let (head, _) = line.strip_prefix("::").and_then(|it| it.split_once("::")).expect("a command");
        let (command, properties) = head.split_once(' ').expect("it has properties");
        let properties: BTreeMap<_, _> =
            properties.split(',').map(|it| it.split_once('=').expect("name and value")).collect();
        let line = properties["line"].parse().expect("a number");
        let level = command.replace("notice", "info");
        (percent_decoded(properties["file"]), line, percent_decoded(properties["title"]), level)
    });
    assert_eq!(sorted(commands), expected, "github");

    let issues = reports.json("gitlab");
    let fingerprints: BTreeSet<_> = list(&issues).map(|it| word(&it["fingerprint"])).collect();
    assert_eq!(fingerprints.len(), expected.len(), "each fingerprint is there once");
    let issues = list(&issues).map(|it| {
        let level = word(&it["severity"]).replace("critical", "error").replace("major", "warning");
        let place = &it["location"];
        (word(&place["path"]), number(&place["lines"]["begin"]), word(&it["check_name"]), level)
    });
    assert_eq!(sorted(issues), expected, "gitlab");

    let mut file = String::new();
    let mut errors = Vec::new();
    for (name, attributes) in reports.xml("checkstyle") {
        match &*name {
            "file" => file.clone_from(&attributes["name"]),
            "error" => {
                let line = attributes["line"].parse().expect("a number");
                let rule = attributes["source"].rsplit('.').next().expect("a split has a part").to_owned();
                errors.push((file.clone(), line, rule, attributes["severity"].clone()));
            }
            other => assert_eq!(other, "checkstyle"),
        }
    }
    assert_eq!(sorted(errors.into_iter()), expected, "checkstyle");

    let elements = reports.xml("junit");
    let tests: Vec<_> = elements.iter().filter(|(name, _)| name == "testcase").collect();
    let of = |kind: &str| elements.iter().filter(|(name, _)| name == kind).count();
    assert_eq!(elements[0].1["tests"], tests.len().to_string());
    assert_eq!(elements[0].1["failures"], expected.len().to_string());
    assert_eq!(of("failure"), expected.len());
    assert_eq!(of("error"), 1);
    let names: BTreeSet<_> = tests.iter().map(|(_, it)| (&it["classname"], &it["name"])).collect();
    assert_eq!(names.len(), tests.len(), "each name is there once");
    let passed = tests.iter().filter(|(_, it)| it["name"] == "no findings").count();
    assert_eq!(passed + expected.len() + 1, tests.len());
}

#[test]
fn sarif_keeps_to_its_schema() {
    let schema = fs::read_to_string("fixtures/report/sarif-schema-2.1.0.json").expect("it is there");
    let mut schema: Value = serde_json::from_str(&schema).expect("it is JSON");
    // A bracket too many, which only some engines of regular expressions forgive.
    for object in ["run", "toolComponent"] {
        let pattern = &mut schema["definitions"][object]["properties"]["language"]["pattern"];
        *pattern = word(pattern).replace("{2}]?$", "{2}$").into();
    }
    let validator = jsonschema::validator_for(&schema).expect("it is a schema");
    let sarif = Reports::new().json("sarif");
    let errors: Vec<_> =
        validator.iter_errors(&sarif).map(|it| format!("{}: {it}", it.instance_path())).collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
    let broken = serde_json::json!({ "version": "2.1.0", "runs": [{ "results": [] }] });
    assert!(!validator.is_valid(&broken), "the schema is enforced");
    let fixes = list(&sarif["runs"][0]["results"]).filter(|result| !result["fixes"].is_null());
    assert!(fixes.count() > 0, "some findings can be mended");
    for rule in list(&sarif["runs"][0]["tool"]["driver"]["rules"]) {
        assert!(word(&rule["help"]["markdown"]).starts_with("# "), "{rule}");
        assert!(word(&rule["shortDescription"]["text"]).ends_with('.'), "{rule}");
        // GitHub shows no more of it.
        assert!(word(&rule["fullDescription"]["text"]).len() < 1024, "{rule}");
    }
}

#[test]
fn a_page_loads_nothing_and_runs_nothing() {
    let reports = Reports::new();
    let page = reports.text("html");
    for word in ["<script", "src=", "url(", "@import", "<link", "<iframe", "javascript:"] {
        assert!(!page.contains(word), "{word}");
    }
    let json = reports.json("json");
    let findings = list(&json["diagnostics"]).count();
    assert_eq!(page.matches("<article class=\"finding ").count(), findings);
    assert!(page.contains("<h2>Not checked</h2>"), "what could not be checked is told");
    for it in list(&json["diagnostics"]) {
        assert!(page.contains(&format!("id=\"rule-{}\"", word(&it["rule"]))), "{} has its page", it["rule"]);
    }
}

/// `xmllint` of libxml2 holds the report against the schema.
#[test]
fn junit_keeps_to_its_schema() {
    if !needs("xmllint") {
        return;
    }
    let reports = Reports::new();
    let lint = |report: &Path| {
        let arguments = ["--noout", "--schema", "fixtures/report/junit-10.xsd"];
        Command::new("xmllint").args(arguments).arg(report).output().expect("it runs")
    };
    let output = lint(&reports.0.path("junit"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    reports.0.write("broken", "<testsuites><testsuite/></testsuites>");
    assert!(!lint(&reports.0.path("broken")).status.success(), "the schema is enforced");
}
