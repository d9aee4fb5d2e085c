//! The baseline: findings that were there before, so that only new ones are reported.
//!
//! A text of JSON lines, sorted, so that git can merge it: the first line says the version, each
//! other line is a finding without its place, and how often it is there.
//!
//! ```text
//! {"zoneward-baseline":1}
//! {"zone":"shop.example","rule":"single-node","owner":"shop.example","type":"MX","data":"mx0","count":1}
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Judge;
use super::ground::Ground;
use super::level::Selector;
use crate::diagnostic::Diagnostic;
use crate::rules::{Remark, RemarkKind};
use crate::source::{Sources, Span, escape_path, reason};

/// The version of the format.
const VERSION: u32 = 1;

/// Findings that are known.
#[derive(Debug, Default)]
pub struct Baseline {
    path: PathBuf,
    entries: BTreeMap<Key, Known>,
}

/// What makes two findings the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Key {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    zone: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    view: Option<String>,
    rule: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    r#type: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    data: String,
}

/// A line behind the first one.
#[derive(Debug, Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    key: Key,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: usize,
}

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
struct Heading {
    #[serde(rename = "zoneward-baseline")]
    version: u32,
}

fn one() -> usize {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks like this")]
fn is_one(count: &usize) -> bool {
    *count == 1
}

/// How often a finding is known, and the line that says so.
#[derive(Debug, Clone)]
struct Known {
    count: usize,
    span: Range<usize>,
}

/// Why a baseline cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// It cannot be read.
    #[error("{}; `--write-baseline FILE` makes one", reason(.0))]
    Unreadable(#[from] io::Error),
    /// Its first line is not that of a baseline.
    #[error("is no baseline: its first line is not {{\"zoneward-baseline\":{VERSION}}}")]
    NoBaseline,
    /// It has another version.
    #[error("is a baseline of version {0}, and this is zoneward with version {VERSION}; write it anew")]
    Version(u32),
    /// A line cannot be read.
    #[error("line {line} is no finding of a baseline: {problem}; correct it, or write it anew")]
    Line {
        /// From 1.
        line: usize,
        /// What the JSON parser said.
        problem: String,
    },
}

impl Key {
    fn of(found: &Diagnostic) -> Self {
        Self {
            zone: found.zone.clone(),
            view: found.view.as_deref().map(str::to_owned),
            rule: found.rule.to_owned(),
            owner: found.owner.clone(),
            r#type: found.rtype.clone(),
            data: found.data.clone(),
        }
    }
}

impl Baseline {
    /// The baseline that these findings make.
    pub(super) fn of(findings: &[Diagnostic]) -> Self {
        let mut entries: BTreeMap<Key, Known> = BTreeMap::new();
        for found in findings {
            entries.entry(Key::of(found)).or_insert(Known { count: 0, span: 0..0 }).count += 1;
        }
        Self { path: PathBuf::new(), entries }
    }

    /// Reads a baseline.
    pub fn read(path: &Path) -> Result<Self, Unusable> {
        let text = fs::read_to_string(path)?;
        let entries = parse(&text)?;
        Ok(Self { path: path.to_path_buf(), entries })
    }

    /// Writes the baseline into a file.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        fs::write(path, self.text()?)
    }

    fn text(&self) -> io::Result<String> {
        let mut text = serde_json::to_string(&Heading { version: VERSION })? + "\n";
        for (key, known) in &self.entries {
            text += &serde_json::to_string(&Line { key: key.clone(), count: known.count })?;
            text += "\n";
        }
        Ok(text)
    }

    /// The number of findings in it.
    pub fn len(&self) -> usize {
        self.entries.values().map(|known| known.count).sum()
    }

    /// It has no finding.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The path that it was read from.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What is left of it before any finding was held against it.
    pub(super) fn left(&self) -> Left<'_> {
        Left { baseline: self, entries: self.entries.clone() }
    }
}

fn parse(text: &str) -> Result<BTreeMap<Key, Known>, Unusable> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().unwrap_or_default();
    let heading: Heading = serde_json::from_str(first).map_err(|_| Unusable::NoBaseline)?;
    if heading.version != VERSION {
        return Err(Unusable::Version(heading.version));
    }
    let mut entries: BTreeMap<Key, Known> = BTreeMap::new();
    let mut start = first.len();
    for (number, line) in (2..).zip(lines) {
        let span = start..start + line.trim_end().len();
        start += line.len();
        if span.is_empty() {
            continue;
        }
        let problem = |error: serde_json::Error| {
            let text = error.to_string();
            let problem = text.split_once(" at line ").map_or(&*text, |(problem, _)| problem).to_owned();
            Unusable::Line { line: number, problem }
        };
        let Line { key, count } = serde_json::from_str(line).map_err(problem)?;
        // A line that a merge took from both sides is one line.
        let known = entries.entry(key).or_insert(Known { count, span });
        known.count = known.count.max(count);
    }
    Ok(entries)
}

/// What is left of a baseline while findings are taken out of it.
pub(super) struct Left<'b> {
    baseline: &'b Baseline,
    entries: BTreeMap<Key, Known>,
}

impl Left<'_> {
    /// Whether a finding is in it, and not for the first time more often than it is known.
    pub(super) fn takes(&mut self, found: &Diagnostic) -> bool {
        let known = self.entries.get_mut(&Key::of(found)).filter(|known| known.count > 0);
        known.map(|known| known.count -= 1).is_some()
    }

    /// The findings that are gone, as far as they were looked for.
    pub(super) fn vanished(
        &self,
        sources: &Sources,
        ground: &Ground<'_>,
        judge: &mut Judge<'_>,
    ) -> Option<Remark> {
        let zones: BTreeMap<_, _> = ground.zones.iter().map(|zone| (zone.name.to_string(), zone)).collect();
        let mut gone = self.entries.iter().filter(|(key, known)| {
            if known.count == 0 {
                return false;
            }
            let Some(selector) = Selector::parse(&key.rule) else { return true };
            let seen = key.zone.as_deref().map(|zone| zones.get(zone));
            let looked_for = match seen {
                Some(Some(zone)) => zone.complete,
                Some(None) | None => ground.whole,
            };
            looked_for && ground.tells(selector) && judge.runs(selector, key.zone.as_deref(), None)
        });
        let (first, known) = gone.next()?;
        let count = known.count + gone.map(|(_, known)| known.count).sum::<usize>();
        let offset = |at| u32::try_from(at).expect("files are below MAX_FILE_SIZE");
        let file = sources.add(&self.baseline.path);
        Some(Remark {
            kind: RemarkKind::Vanished,
            span: Span::new(file, offset(known.span.start), offset(known.span.end)),
            zone: None,
            word: first.rule.clone(),
            detail: escape_path(&self.baseline.path),
            count,
        })
    }
}
