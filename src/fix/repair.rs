//! Rounds of fixes in memory, and what is written in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::PathBuf;

use rayon::prelude::*;

use super::draft::Affected;
use super::edit::Edits;
use super::{Changed, diff, serial, write};
use crate::diagnostic::{Applicability, Change, Diagnostic, Fix};
use crate::source::{FileId, Identity, Octets, Overlay, Sources, real_path};

/// A file that was left as it is, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Left {
    /// The file as the user sees it.
    pub path: PathBuf,
    /// Why nothing in it was changed.
    pub reason: String,
}

/// Fixes that are made in memory.
#[derive(Debug)]
pub struct Repair {
    most: Applicability,
    changed: BTreeMap<Identity, Changed>,
    /// The files of the SOA records of zones that have changed.
    soas: BTreeSet<Identity>,
    /// The files of each finding that was mended.
    mended: Vec<BTreeSet<Identity>>,
    left: BTreeSet<Left>,
}

impl Repair {
    /// Nothing is mended yet. What is less sure than `most` will not be.
    pub fn new(most: Applicability) -> Self {
        let (changed, soas, left) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
        Self { most, changed, soas, mended: Vec::new(), left }
    }

    /// Makes the fixes of these findings that do not get in each other's way: of two, the first. Returns
    /// whether there was any.
    pub fn round(&mut self, diagnostics: &[Diagnostic], affected: &Affected, sources: &Sources) -> bool {
        for (file, reason) in &affected.refused {
            self.left.insert(Left { path: sources.path(*file).to_path_buf(), reason: reason.clone() });
        }
        let mut edits = Edits::default();
        let mut served = BTreeSet::new();
        let fixes = diagnostics.iter().filter_map(|diagnostic| diagnostic.fix.as_deref());
        for fix in fixes.filter(|fix| fix.applicability <= self.most) {
            let placed: Vec<_> =
                fix.edits.iter().map(|edit| (sources.identity(edit.span.file), edit)).collect();
            if edits.take(&placed) {
                let touched: BTreeSet<_> = placed.into_iter().map(|(file, _)| file).collect();
                if changes_data(fix) {
                    served.extend(&touched);
                }
                self.mended.push(touched);
            }
        }
        for identity in edits.files() {
            let file = affected.files[&identity].file;
            let text = self.change(file, sources);
            *text = edits.apply(identity, text).into();
        }
        for identity in served {
            for &soa in &affected.files[&identity].soas {
                self.change(soa, sources);
                self.soas.insert(sources.identity(soa));
            }
        }
        edits.files().next().is_some()
    }

    /// The text that a file is to have.
    fn change(&mut self, file: FileId, sources: &Sources) -> &mut Octets {
        let changed = self.changed.entry(sources.identity(file)).or_insert_with(|| {
            let text = sources.text(file).bytes;
            let shown = sources.path(file).to_path_buf();
            Changed { path: real_path(&shown), shown, before: text.clone(), after: text }
        });
        &mut changed.after
    }

    /// Gives the zones that have changed their next serial, at a time in seconds since 1970. Once, when
    /// all is mended.
    pub fn bump_serials(&mut self, now: u32) {
        for soa in std::mem::take(&mut self.soas) {
            let changed = self.changed.get_mut(&soa).expect("SOA records are noted with their files");
            if let Some(text) = serial::bump(&changed.after, now) {
                changed.after = text.into();
            }
        }
        self.changed.retain(|_, changed| changed.before != changed.after);
    }

    /// The texts as they are to be.
    pub fn overlay(&self) -> Overlay {
        self.changed.iter().map(|(&identity, changed)| (identity, changed.after.clone())).collect()
    }

    /// Nothing is changed.
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty()
    }

    /// How many findings are mended, and in how many files.
    pub fn figures(&self) -> (usize, usize) {
        (self.mended.len(), self.changed.len())
    }

    /// The files that were left as they are, and why, sorted.
    pub fn left(&self) -> impl Iterator<Item = &Left> {
        self.left.iter()
    }

    /// Shows what is changed, as a unified diff. `safe`: for a terminal, which gets nothing that it would
    /// obey.
    pub fn write_diff(&self, safe: bool, out: &mut dyn Write) -> io::Result<()> {
        let mut changed: Vec<_> = self.changed.values().collect();
        changed.sort_by(|a, b| a.shown.cmp(&b.shown));
        changed.into_iter().try_for_each(|changed| diff::write(changed, safe, out))
    }

    /// Writes the files, each whole or not at all, and returns those that could not be written. What
    /// was not written is not mended.
    pub fn write(&mut self) -> Vec<Left> {
        let replace = |(&identity, changed): (&Identity, &Changed)| {
            let reason = write::replace(changed).err()?;
            Some((identity, Left { path: changed.shown.clone(), reason }))
        };
        let failed: BTreeMap<_, _> = self.changed.par_iter().filter_map(replace).collect();
        let folders: BTreeSet<_> =
            self.changed.values().filter_map(|changed| changed.path.parent()).collect();
        folders.into_iter().for_each(write::settle);
        self.changed.retain(|identity, _| !failed.contains_key(identity));
        self.mended.retain(|files| !files.iter().any(|file| failed.contains_key(file)));
        let mut failed: Vec<_> = failed.into_values().collect();
        failed.sort();
        failed
    }
}

/// A fix changes what is served, not only how it is written.
fn changes_data(fix: &Fix) -> bool {
    fix.changes.iter().any(|change| !matches!(change, Change::EndLine { .. }))
}
