//! What the test drivers share: the way through the crate, and what came out of it.

#![allow(dead_code, reason = "each test binary uses its own part of it")]

use std::collections::BTreeSet;
use std::fmt::{self, Display, Write};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tempfile::TempDir;
use zoneward::diagnostic::Diagnostic;
use zoneward::report::{self, Format, Report, Style, Summary};
use zoneward::rules::{Enabled, RULES, Rule};
use zoneward::source::{FileId, Sources};
use zoneward::syntax::Name;
use zoneward::view::View;
use zoneward::zone::{IncludeError, Included, Includes, load};

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target<'a> {
    /// A file that is the zone of this name.
    Zone(&'a Path, &'a str),
    /// All that is found at a path.
    Project(&'a Path),
}

/// What a check found.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) sources: Sources,
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) summary: Summary,
    /// Made for this check, and needed until its report is written.
    folder: Option<TempDir>,
}

/// Checks `target` with the rules that run by default, and with the rule `also`.
pub(crate) fn check(target: Target<'_>, also: Option<&str>) -> Checked {
    run(target, &|rule| rule.default || Some(rule.name) == also)
}

/// Checks `target` with all rules.
pub(crate) fn check_all(target: Target<'_>) -> Checked {
    run(target, &|_| true)
}

/// INTERIM: goes away with `zoneward::check`.
fn run(target: Target<'_>, wanted: &dyn Fn(&Rule) -> bool) -> Checked {
    struct Beside<'s>(&'s Sources);
    impl Includes for Beside<'_> {
        fn open(&self, from: FileId, name: &[u8]) -> Result<Included, IncludeError> {
            let name = PathBuf::from(String::from_utf8_lossy(name).into_owned());
            let path = self.0.path(from).parent().expect("files have a folder").join(&name);
            let text = fs::read(&path).map_err(|_| IncludeError::NotFound(Vec::new()))?;
            Ok(Included { file: self.0.add(&path), text: Arc::from(text), beside: None })
        }
    }
    fn guess(path: &Path) -> String {
        let name = path.file_name().expect("files have names").to_string_lossy().into_owned();
        let name = name.strip_prefix("db.").unwrap_or(&name);
        name.strip_suffix(".zone").unwrap_or(name).to_owned()
    }
    let sources = Sources::new();
    let files = match target {
        Target::Zone(path, origin) => vec![(path.to_owned(), origin.to_owned())],
        Target::Project(root) => {
            let all = files_below(root).into_iter().map(|path| (root.join(&path), guess(&path)));
            all.filter(|(path, _)| fs::read_to_string(path).is_ok_and(|text| text.contains("SOA"))).collect()
        }
    };
    let running = RULES.iter().map(|listed| listed.rule).filter(|rule| wanted(rule));
    let enabled = Enabled::new(running.map(|rule| (rule, rule.options.to_vec())));
    let (mut zones, mut diagnostics, mut summary) = (Vec::new(), Vec::new(), Summary::default());
    for (path, origin) in files {
        let file = sources.add(&path);
        let mut text = Vec::new();
        sources.read(file, &mut text).expect("fixtures can be read");
        let Ok(origin) = Name::parse_absolute(&origin) else { continue };
        let loaded = load(file, &text, origin.as_ref(), &Beside(&sources));
        diagnostics.extend(enabled.judge_zone(&loaded));
        summary.files += loaded.zone.files().len();
        summary.records += loaded.zone.records().len() as u64;
        zones.push(loaded.zone);
    }
    summary.zones = zones.len();
    let view = View::new(zones);
    diagnostics.extend(enabled.judge_view(&view, &zoneward::cluster::infer(&view)));
    diagnostics.sort_by_key(|d| (d.primary.place.span, d.rule));
    Checked { sources, diagnostics, summary, folder: None }
}

impl Checked {
    /// Keeps the folder that the files are in.
    pub(crate) fn kept(self, folder: TempDir) -> Self {
        Self { folder: Some(folder), ..self }
    }

    /// The report in one format, as a pipe gets it.
    pub(crate) fn report(&self, format: Format) -> String {
        let Self { sources, diagnostics, summary, .. } = self;
        let report = Report { diagnostics, sources, summary: Summary { elapsed: None, ..*summary } };
        let mut out = Vec::new();
        report::write(&report, format, Style::default(), &mut out).expect("a Vec takes everything");
        String::from_utf8(out).expect("reports are UTF-8")
    }

    /// The findings as the JSON report has them, their paths relative to `root`.
    pub(crate) fn findings(&self, root: &Path) -> BTreeSet<Finding> {
        let document: serde_json::Value =
            serde_json::from_str(&self.report(Format::Json)).expect("the JSON report is JSON");
        let list = document["diagnostics"].as_array().expect("the report has findings");
        list.iter()
            .map(|it| {
                let text = |key: &str| it[key].as_str().expect("every finding has it").to_owned();
                let path = PathBuf::from(text("path"));
                let path = path.strip_prefix(root).unwrap_or(&path).to_owned();
                let line = it["line"].as_u64().expect("every finding has it");
                Finding { path, line: usize::try_from(line).expect("lines are few"), rule: text("rule") }
            })
            .collect()
    }

    /// Some rule found something.
    pub(crate) fn has(&self, rule: &str) -> bool {
        self.diagnostics.iter().any(|it| it.rule == rule)
    }
}

/// A rule at a line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// Relative to the fixture.
    pub(crate) path: PathBuf,
    /// From 1.
    pub(crate) line: usize,
    pub(crate) rule: String,
}

impl Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path.display(), self.line, self.rule)
    }
}

/// All files below `root`, relative to it, sorted.
pub(crate) fn files_below(root: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
    files
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.path().strip_prefix(root).expect("it is below").to_owned())
        .collect()
}

/// The names in a folder, sorted; none where there is no such folder.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().expect("our names are UTF-8")).collect();
    names.sort();
    names
}

/// `BLESS=1`: what is derived or recorded is written anew.
pub(crate) fn bless() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// A list in lines, each with `mark` before it.
pub(crate) fn marked(mark: &str, items: impl IntoIterator<Item = impl Display>) -> String {
    items.into_iter().fold(String::new(), |mut text, item| {
        writeln!(text, "{mark}{item}").expect("a String takes everything");
        text
    })
}
