//! What the test drivers share: the way through the crate, and what came out of it.

#![allow(dead_code, reason = "each test binary uses its own part of it")]

use std::collections::BTreeSet;
use std::fmt::{self, Display, Write};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use zoneward::cluster::Declaration;
use zoneward::config::{self, Config};
use zoneward::diagnostic::Applicability;
use zoneward::project::git::Repository;
use zoneward::project::{History, Request};
use zoneward::report::{self, Format, Style};
use zoneward::rules::{RULES, Rule};
use zoneward::source::Sources;
use zoneward::suppress::{Baseline, Past, Policy, Selector};
use zoneward::syntax::Name;
use zoneward::{Mended, Outcome};

/// What is checked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Target<'a> {
    /// A file that is the zone of this name.
    Zone(&'a Path, &'a str),
    /// All that is found at a path.
    Project(&'a Path),
    /// A folder with two versions of a project: `old` in the last commit, and `new` on the disk.
    Versions(&'a Path),
}

/// What a check found.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) sources: Sources,
    pub(crate) outcome: Outcome,
    /// Made for this check, and needed until its report is written.
    folder: Option<TempDir>,
}

/// Checks `target` with the rules that run by default, and with the rule `also`.
pub(crate) fn check(target: Target<'_>, also: Option<&str>) -> Checked {
    run(target, &|rule| rule.default || Some(rule.name) == also, false)
}

/// The same with `--no-ignores`.
pub(crate) fn check_unignored(target: Target<'_>, also: Option<&str>) -> Checked {
    run(target, &|rule| rule.default || Some(rule.name) == also, true)
}

/// Checks `target` with all rules.
pub(crate) fn check_all(target: Target<'_>) -> Checked {
    run(target, &|_| true, false)
}

/// Checks `target`, as `zoneward check` does, with the rules that are wanted.
fn run(target: Target<'_>, wanted: &dyn Fn(&Rule) -> bool, no_ignores: bool) -> Checked {
    let Prepared { request, mut policy, clusters, folder } = prepare(target, wanted);
    policy.no_ignores = no_ignores;
    let sources = Sources::new();
    let outcome = zoneward::check(&request, &policy, &clusters, &sources);
    assert!(outcome.failures.is_empty(), "{:?}: {:?}", request.paths, outcome.failures);
    Checked { sources, outcome, folder }
}

/// Checks `target` with the rules that run by default and with the rule `also`, and makes the fixes that
/// are as sure as `least`, in memory.
pub(crate) fn mend(target: Target<'_>, also: Option<&str>, least: Applicability) -> Mended {
    let wanted = |rule: &Rule| rule.default || Some(rule.name) == also;
    let Prepared { request, mut policy, clusters, .. } = prepare(target, &wanted);
    policy.set_now(NOON);
    zoneward::mend(&request, &policy, &clusters, least)
}

/// What a check goes by.
struct Prepared {
    request: Request,
    policy: Policy,
    clusters: Vec<Declaration>,
    folder: Option<TempDir>,
}

/// What a check of `target` with the rules that are wanted goes by. A `zoneward.toml` in the folder of a
/// project counts.
fn prepare(target: Target<'_>, wanted: &dyn Fn(&Rule) -> bool) -> Prepared {
    let folder = match target {
        Target::Versions(versions) => Some(committed(&versions.join("old"), &versions.join("new"))),
        _ => None,
    };
    let (path, root, origin) = match target {
        Target::Zone(path, origin) => {
            let origin = Name::parse_absolute(origin).expect("fixtures have good origins");
            (path, path.parent().expect("files have a folder"), Some(origin))
        }
        Target::Project(root) => (root, root, None),
        Target::Versions(_) => {
            let root = folder.as_ref().expect("it was made just now").path();
            (root, root, None)
        }
    };
    let configured = root.join(config::FILE_NAME);
    let read = |path: &PathBuf| config::read(path).expect("the configurations of fixtures are good");
    let configured = Some(configured).filter(|path| path.exists());
    let Config { mut policy, exclude, zones, clusters, baseline, .. } =
        configured.as_ref().map(read).unwrap_or_default();
    if let Some(path) = baseline {
        policy.past = Past::Known(Baseline::read(&path).expect("the baselines of fixtures are good"));
    }
    for listed in RULES.iter().filter(|listed| wanted(listed.rule)) {
        policy.select(Selector::Rule(listed.rule.name));
    }
    let mut history = History::default();
    if let Some(folder) = &folder {
        let repository =
            Repository::of(folder.path()).expect("git is installed").expect("it was made just now");
        history = History::since(&repository, "HEAD").expect("there is a commit");
        policy.set_now(NOON);
    }
    let request = Request {
        history,
        paths: vec![path.into()],
        origin,
        exclude,
        zones,
        root: root.into(),
        ..Request::default()
    };
    Prepared { request, policy, clusters, folder }
}

/// When versions are compared and fixes are made: 2026-11-23, at noon.
const NOON: u32 = 1_795_435_200;

/// A repository with the files of `old` in its commit, and those of `new` on the disk.
fn committed(old: &Path, new: &Path) -> TempDir {
    let folder = tempfile::tempdir().expect("there is room for a test");
    let path = folder.path();
    git(path, &["init", "--quiet"]);
    let old = old.canonicalize().expect("there is an earlier version");
    git(path, &["--work-tree", old.to_str().expect("our names are UTF-8"), "add", "--all"]);
    git(path, &["commit", "--quiet", "--message", "old"]);
    for file in files_below(new) {
        let target = path.join(&file);
        fs::create_dir_all(target.parent().expect("it is in a folder")).expect("there is room for a test");
        fs::copy(new.join(&file), target).expect("there is room for a test");
    }
    folder
}

/// Runs git as on a machine where nobody has configured anything.
fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "test").env(format!("GIT_{role}_EMAIL"), "test@example.com");
    }
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let output = command.output().expect("git is installed");
    assert!(output.status.success(), "git {arguments:?}: {output:?}");
}

impl Checked {
    /// Keeps the folder that the files are in.
    pub(crate) fn kept(self, folder: TempDir) -> Self {
        Self { folder: Some(folder), ..self }
    }

    /// The report in one format, as a pipe gets it.
    pub(crate) fn report(&self, format: Format) -> String {
        let mut out = Vec::new();
        report::write(&self.outcome.report(&self.sources), format, Style::default(), &mut out)
            .expect("a Vec takes everything");
        let text = String::from_utf8(out).expect("reports are UTF-8");
        match &self.folder {
            Some(folder) => text.replace(&format!("{}/", folder.path().display()), ""),
            None => text,
        }
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
        self.outcome.diagnostics.iter().any(|it| it.rule == rule)
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
