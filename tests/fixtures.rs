//! Every fixture is a test of its own name: `cargo test --test fixtures unbalanced` runs those of
//! `unbalanced-quote`. With `BLESS=1` the full reports are written anew.
//!
//! What is expected stands in the zones:
//!
//! - `; expect: rule, rule` at the end of a line: findings that begin on that line
//! - `; expect-next: rule` alone on a line: on the next line
//! - `NAME.expect` beside `NAME.zone` (or beside the file NAME in a folder), with lines `LINE RULE`:
//!   where a comment would disturb
//! - in a folder with `old` and `new`, two versions of a project: in the files of `new`
//! - `EXPECT` in a folder, with lines `RULE`: somewhere in the folder
//!
//! Nothing else may be found.
//!
//! `fix…` is a zone or a folder in which findings of the rule are fixed, `fix-all…` also by fixes that are
//! not safe; what becomes of them stands in `….fixed`.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, which is all it can do")]

mod common;
#[path = "../benches/zones/mod.rs"]
mod zones;
mod fixtures {
    pub(crate) mod fingerprints;
    pub(crate) mod fixes;
    pub(crate) mod ignores;
}

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use common::{Checked, Finding, Target, bless, check, files_below, marked, names_in};
use libtest_mimic::{Arguments, Failed, Trial};
use zones::isp::{self, Isp};
use zones::tld::{self, Tld};
use zones::{Made, Planted};
use zoneward::report::Format;
use zoneward::rules::RULES;

/// The outcome of a test: what is wrong, for people.
type Judgement = Result<(), Failed>;

fn main() -> ExitCode {
    // Paths in the reports begin at the root of the project.
    std::env::set_current_dir(env!("CARGO_MANIFEST_DIR")).unwrap();
    let mut trials = rules();
    trials.push(Trial::test("rules/fingerprints", || fixtures::fingerprints::judge(&cases())));
    trials.push(Trial::test("rules/ignores", || fixtures::ignores::judge(&cases())));
    trials.extend(fixtures::fixes::trials());
    trials.extend(howto());
    trials.push(Trial::test("isp/mistakes", isp_mistakes));
    trials.push(Trial::test("isp/full.txt", || recorded(Path::new("fixtures/isp/full.txt"), &isp())));
    trials.extend([
        Trial::test("generated/every_rule", generated_has_every_rule),
        Trial::test("generated/isp", || generated_isp(0)),
        Trial::test("generated/isp_mistakes", || generated_isp(8)),
        Trial::test("generated/tld", || generated_tld(0)),
        Trial::test("generated/tld_mistakes", || generated_tld(20)),
    ]);
    trials.extend([
        Trial::test("driver/expectations_are_read", expectations_are_read),
        Trial::test("driver/a_difference_is_seen", a_difference_is_seen),
    ]);
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

// ---- fixtures/rules ----

/// A test for each zone and folder of each rule, and one for the report of its first bad one.
fn rules() -> Vec<Trial> {
    let mut trials = Vec::new();
    for cases in cases().chunk_by(|a, b| a.rule == b.rule) {
        let rule = &cases[0].rule;
        if let Some(first) = cases.iter().find(|case| !case.good).cloned() {
            trials.push(Trial::test(format!("rules/{rule}/full.txt"), move || first.report()));
        }
        for case in cases.iter().cloned() {
            let name = case.path.file_name().unwrap_or_default().display();
            trials.push(Trial::test(format!("rules/{rule}/{name}"), move || case.judge()));
        }
    }
    trials
}

/// The fixtures of all rules.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for rule in names_in(Path::new("fixtures/rules")) {
        let folder = Path::new("fixtures/rules").join(&rule);
        let mut names = names_in(&folder);
        // By name without suffix, so that `bad.zone` comes before `bad-more.zone`.
        names.sort_by(|a, b| Path::new(a).file_stem().cmp(&Path::new(b).file_stem()));
        for name in names {
            let path = folder.join(&name);
            let good = name.starts_with("good");
            let fixture = path.is_dir() || path.extension().is_some_and(|e| e == "zone");
            if fixture && (good || name.starts_with("bad")) {
                cases.push(Case { rule: rule.clone(), path, good });
            }
        }
    }
    cases
}

/// A zone, or a folder that is a project, which shows a rule.
#[derive(Clone)]
pub(crate) struct Case {
    rule: String,
    pub(crate) path: PathBuf,
    good: bool,
}

impl Case {
    pub(crate) fn check(&self) -> Checked {
        self.checked(check)
    }

    /// Checks it in one of the ways of `common`.
    pub(crate) fn checked(&self, check: fn(Target<'_>, Option<&str>) -> Checked) -> Checked {
        if ["old", "new"].iter().all(|version| self.path.join(version).is_dir()) {
            return check(Target::Versions(&self.path), Some(&self.rule));
        }
        if self.path.is_dir() {
            return check(Target::Project(&self.path), Some(&self.rule));
        }
        let text = fs::read(&self.path).unwrap();
        let first =
            String::from_utf8_lossy(text.split(|&b| b == b'\n').next().unwrap_or_default()).into_owned();
        let origin = first.trim_end().strip_prefix("; origin: ").unwrap_or("example.com");
        check(Target::Zone(&self.path, origin), Some(&self.rule))
    }

    /// What is found is what is expected.
    fn judge(&self) -> Judgement {
        let later = Some(self.path.join("new")).filter(|path| path.is_dir());
        let expected = Expected::at(later.as_ref().unwrap_or(&self.path))?;
        if self.good && !expected.is_empty() {
            return Err("a good fixture expects findings: name it `bad…`".into());
        }
        if !self.good && !expected.names(&self.rule) {
            return Err(format!("a bad fixture must expect `{}`", self.rule).into());
        }
        expected.compare(&self.path, &self.check())
    }

    /// The full report is the recorded one.
    fn report(&self) -> Judgement {
        let checked = self.check();
        if bless() && !checked.has(&self.rule) {
            return Err(format!("`{}` finds nothing here: this is not recorded", self.rule).into());
        }
        recorded(&self.path.with_file_name("full.txt"), &checked)
    }
}

/// The full report is the one in the file at `path`.
fn recorded(path: &Path, checked: &Checked) -> Judgement {
    let report = checked.report(Format::Full);
    if bless() {
        return Ok(fs::write(path, report)?);
    }
    let known = fs::read_to_string(path).unwrap_or_default();
    if known == report {
        return Ok(());
    }
    let mut difference = String::new();
    snapbox::report::write_diff(
        &mut difference,
        &snapbox::Data::text(known),
        &snapbox::Data::text(report),
        Some(&path.display()),
        Some(&"now"),
        snapbox::report::Palette::plain(),
    )?;
    Err(format!("{difference}\nif it should be so: BLESS=1 cargo test --test fixtures").into())
}

// ---- fixtures/howto, fixtures/isp ----

fn howto() -> Vec<Trial> {
    let root = Path::new("fixtures/howto");
    names_in(root)
        .into_iter()
        .map(|name| {
            let path = root.join(&name);
            Trial::test(format!("howto/{name}"), move || {
                let expected = Expected::at(&path)?;
                if name.starts_with("broken-") == expected.is_empty() {
                    return Err("`broken-*` expects findings, and nothing else does".into());
                }
                expected.compare(&path, &check(Target::Project(&path), None))
            })
        })
        .collect()
}

fn isp() -> Checked {
    check(Target::Project(Path::new("fixtures/isp")), None)
}

/// What is found in the provider's zones is what `MISTAKES.md` lists.
fn isp_mistakes() -> Judgement {
    let root = Path::new("fixtures/isp");
    let table = fs::read_to_string(root.join("MISTAKES.md"))?;
    let mut expected = Expected::default();
    for row in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<_> =
            row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`')).collect();
        let [path, line, .., rule] = cells[..] else {
            return Err(format!("no row of the table: {row}").into());
        };
        let line = line.parse().map_err(|_| format!("no line number: {row}"))?;
        expected.here.insert(Finding { path: path.into(), line, rule: rule.to_owned() });
    }
    if expected.is_empty() {
        return Err("MISTAKES.md has no table any more".into());
    }
    expected.compare(root, &isp())
}

// ---- generated zones ----

/// In a generated provider, the mistakes that were made are found, once and in their lines, and
/// nothing else is.
fn generated_isp(mistake_every: usize) -> Judgement {
    let folder = tempfile::tempdir()?;
    let made = Isp { zones: 2_000, mistake_every }.write(folder.path())?;
    let kinds: Vec<_> = if mistake_every > 0 { isp::kinds().collect() } else { Vec::new() };
    just_planted(folder.path(), &made, &kinds)
}

/// The same in a generated registry.
fn generated_tld(mistake_every: usize) -> Judgement {
    let folder = tempfile::tempdir()?;
    let made = Tld { records: 20_000, mistake_every }.write(&folder.path().join("tld.zone"))?;
    just_planted(folder.path(), &made, if mistake_every > 0 { tld::kinds() } else { &[] })
}

/// Rules that find nothing in generated zones, whatever is planted, and why.
const NOT_PLANTED: &[(&str, &str)] = &[
    ("duplicate-zone", "about files, of which each zone has one"),
    ("empty-file", "about files, of which each has a zone"),
    ("origin-mismatch", "about files that say which zone they are"),
    ("origin-unknown", "about files that do not say which zone they are"),
    ("delegation-mismatch", "about a zone and the one above it, which is none of a customer"),
    ("ds-mismatch", "about a zone and the one above it"),
    ("glue-mismatch", "about a zone and the one above it"),
    ("ptr-without-forward", "about hosts, which these reverse zones have not"),
    ("ptr-owner", "about reverse zones"),
    ("retired-address", "about nodes that the configuration names"),
    ("include-beside-file", "its named.conf says where includes start"),
    ("child-not-delegated", "about the zone below"),
    ("misspelt-reverse-zone", "about the name of a zone"),
    ("rotation-disabled", "about named.conf"),
    ("ttl-over-max-zone-ttl", "about named.conf"),
    ("named-conf-syntax", "about named.conf"),
    ("named-conf-unread", "about named.conf"),
    ("named-conf-zone", "about named.conf"),
    ("unused-zone-file", "about named.conf"),
    ("wrong-zone-file", "about named.conf"),
    ("zone-file-ambiguous", "about named.conf"),
    ("zone-file-missing", "about named.conf"),
    ("zone-served-twice", "about named.conf"),
    ("expired-ignore", "about the configuration"),
    ("stale-baseline", "about a baseline"),
    ("serial-decreased", "about two versions"),
    ("serial-jump", "about two versions"),
    ("serial-not-increased", "about two versions"),
    ("zone-shrunk", "about two versions"),
];

/// A new rule is planted, too, or it is said why not.
fn generated_has_every_rule() -> Judgement {
    let planted: BTreeSet<_> = isp::kinds().collect();
    let mut problems = Vec::new();
    for rule in RULES.iter().map(|listed| listed.rule).filter(|rule| rule.default) {
        let excused = NOT_PLANTED.iter().any(|(name, _)| *name == rule.name);
        if planted.contains(rule.name) == excused {
            problems.push(format!(
                "{}: {}",
                rule.name,
                if excused { "planted and excused" } else { "missing" }
            ));
        }
    }
    if problems.is_empty() {
        return Ok(());
    }
    let advice = "plant it in benches/zones/mistakes.txt or slips.rs, or say in NOT_PLANTED why it cannot be";
    Err(format!("rules and generated zones:\n{}{advice}", marked("  ", problems)).into())
}

fn just_planted(root: &Path, made: &Made, kinds: &[&str]) -> Judgement {
    let seldom = kinds.iter().find(|kind| !made.planted.iter().any(|it| it.rule == **kind));
    if let Some(kind) = seldom {
        return Err(format!("no `{kind}` was planted").into());
    }
    let mut expected = Expected::default();
    for Planted { path, line, rule } in &made.planted {
        expected.insert(path, *line, rule)?;
    }
    let on = |threads| -> Result<_, Failed> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        Ok(pool.install(|| check(Target::Project(root), None)))
    };
    let checked = on(8)?;
    expected.compare(root, &checked)?;
    let (found, planted) = (checked.outcome.diagnostics.len(), made.planted.len());
    if found != planted {
        return Err(format!("{planted} were planted, and {found} found: some twice").into());
    }
    if planted > 0 && on(1)?.report(Format::Json) != checked.report(Format::Json) {
        return Err("one thread finds something else than eight".into());
    }
    let mut whole = check(Target::Project(root), Some(SEES_ALL));
    whole.outcome.diagnostics.retain(|found| found.rule != SEES_ALL);
    whole.outcome.summary = checked.outcome.summary;
    if whole.report(Format::Json) != checked.report(Format::Json) {
        return Err("something else is found where no zone is put aside".into());
    }
    Ok(())
}

/// A rule with which no zone is put aside, nor stands for others.
const SEES_ALL: &str = "single-name-server";

// ---- expectations ----

/// What is expected of a fixture.
#[derive(Debug, Default, PartialEq)]
struct Expected {
    /// At these lines.
    here: BTreeSet<Finding>,
    /// Somewhere.
    somewhere: BTreeSet<String>,
}

impl Expected {
    /// What stands in and beside the file, or in all files of the folder.
    fn at(root: &Path) -> Result<Self, String> {
        let mut expected = Self::default();
        if root.is_dir() {
            for path in files_below(root) {
                expected.read(&root.join(&path), &path)?;
            }
        } else {
            expected.read(root, Path::new(""))?;
            for beside in [root.with_extension("expect"), root.with_extension("zone.expect")] {
                if beside.exists() {
                    expected.list(&beside, Path::new(""))?;
                }
            }
        }
        Ok(expected)
    }

    /// What stands in the file `path`, which findings will call `shown`.
    fn read(&mut self, path: &Path, shown: &Path) -> Result<(), String> {
        if path.ends_with("EXPECT") {
            let text = fs::read_to_string(path).unwrap();
            self.somewhere.extend(text.split_whitespace().map(str::to_owned));
            return Ok(());
        }
        if path.extension().is_some_and(|e| e == "expect") {
            let bare = path.with_extension("").exists();
            return self.list(path, &shown.with_extension(if bare { "" } else { "zone" }));
        }
        let text = fs::read(path).unwrap();
        self.comments(&String::from_utf8_lossy(&text), shown)
            .map_err(|problem| format!("{}: {problem}", path.display()))
    }

    /// What the comments of a text expect.
    fn comments(&mut self, text: &str, shown: &Path) -> Result<(), String> {
        for (number, line) in (1..).zip(text.split('\n')) {
            let (rules, line) = match (line.strip_prefix("; expect-next:"), line.rsplit_once("; expect:")) {
                (Some(rules), _) => (rules, number + 1),
                (None, Some((_, rules))) => (rules, number),
                (None, None) if line.contains("; expect") => {
                    return Err(format!(
                        "line {number}: write `; expect: RULE`, or `; expect-next: RULE` alone on a line"
                    ));
                }
                _ => continue,
            };
            for rule in rules.split(',').map(str::trim) {
                self.insert(shown, line, rule)?;
            }
        }
        Ok(())
    }

    /// What the lines `LINE RULE` of a file expect.
    fn list(&mut self, path: &Path, shown: &Path) -> Result<(), String> {
        for entry in fs::read_to_string(path).unwrap().lines() {
            let parts =
                entry.split_once(' ').and_then(|(line, rule)| Some((line.parse().ok()?, rule.trim())));
            let (line, rule) = parts.ok_or(format!("{}: `{entry}` is not `LINE RULE`", path.display()))?;
            self.insert(shown, line, rule)?;
        }
        Ok(())
    }

    fn insert(&mut self, path: &Path, line: usize, rule: &str) -> Result<(), String> {
        let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if rule.is_empty() || !rule.chars().all(letters) {
            return Err(format!("line {line}: `{rule}` is no name of a rule"));
        }
        self.here.insert(Finding { path: path.to_owned(), line, rule: rule.to_owned() });
        Ok(())
    }

    fn is_empty(&self) -> bool {
        self.here.is_empty() && self.somewhere.is_empty()
    }

    fn names(&self, rule: &str) -> bool {
        self.somewhere.contains(rule) || self.here.iter().any(|it| it.rule == rule)
    }

    /// Fails unless just this was found below `root`.
    fn compare(&self, root: &Path, checked: &Checked) -> Judgement {
        match self.difference(&checked.findings(root)) {
            None => Ok(()),
            Some(difference) => {
                Err(format!("{difference}the report:\n{}", checked.report(Format::Short)).into())
            }
        }
    }

    /// What was not found, and what was found besides.
    fn difference(&self, found: &BTreeSet<Finding>) -> Option<String> {
        let mut missing: Vec<_> = self.here.difference(found).map(ToString::to_string).collect();
        let anywhere = |rule: &&String| found.iter().any(|it| it.rule == **rule);
        missing.extend(
            self.somewhere.iter().filter(|rule| !anywhere(rule)).map(|rule| format!("anywhere: {rule}")),
        );
        let extra: Vec<_> =
            found.difference(&self.here).filter(|it| !self.somewhere.contains(&it.rule)).collect();
        let mut text = String::new();
        if !missing.is_empty() {
            text += "expected and not found:\n";
            text += &marked("  - ", &missing);
        }
        if !extra.is_empty() {
            text += "found and not expected:\n";
            text += &marked("  + ", &extra);
        }
        (!text.is_empty()).then_some(text)
    }
}

// ---- the driver itself ----

/// The findings of lines like `1 a`.
fn findings(list: &[(usize, &str)]) -> BTreeSet<Finding> {
    list.iter().map(|&(line, rule)| Finding { path: PathBuf::new(), line, rule: rule.to_owned() }).collect()
}

fn expectations_are_read() -> Judgement {
    let text = "a ; expect: one, two\n; expect-next: three\nb\nc \"; expect: four\n";
    let mut expected = Expected::default();
    expected.comments(text, Path::new(""))?;
    assert_eq!(expected.here, findings(&[(1, "one"), (1, "two"), (3, "three"), (4, "four")]));
    for wrong in ["a ; expects: one", "a ; expect-next: one", "a ; expect: One", "a ; expect:"] {
        assert!(expected.comments(wrong, Path::new("")).is_err(), "{wrong}");
    }
    Ok(())
}

fn a_difference_is_seen() -> Judgement {
    let expected = Expected {
        here: findings(&[(1, "one"), (2, "two")]),
        somewhere: BTreeSet::from(["three".to_owned()]),
    };
    assert_eq!(expected.difference(&findings(&[(1, "one"), (2, "two"), (9, "three"), (8, "three")])), None);
    let difference = expected.difference(&findings(&[(1, "one"), (3, "two")])).ok_or("nothing was seen")?;
    assert_eq!(
        difference,
        "expected and not found:\n  - :2: two\n  - anywhere: three\nfound and not expected:\n  + :3: two\n"
    );
    Ok(())
}
