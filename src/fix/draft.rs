//! Fixes of findings → edits, where they are right for all that read the text.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::change::{edits, file};
use super::page::Page;
use crate::diagnostic::{Change, Diagnostic, Edit, Fix};
use crate::source::{FileId, Identity, LineIndex, Sources, Span};
use crate::syntax::{Name, NameRef};

/// A zone as far as fixes have to know it.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    /// Its name.
    pub zone: NameRef<'a>,
    /// Its view, where there are views.
    pub view: Option<&'a Arc<str>>,
    /// Its files.
    pub files: &'a [FileId],
    /// Those that stand in it more than once.
    pub repeated: &'a [FileId],
    /// The file of its SOA.
    pub soa: Option<FileId>,
}

/// A zone in its view.
type Home = (Name, Option<Arc<str>>);

/// What has to be known of the files that fixes would change.
#[derive(Debug, Default)]
pub struct Affected {
    pub(super) files: BTreeMap<Identity, Plot>,
    /// Files that are left alone, and why.
    pub(super) refused: Vec<(FileId, String)>,
}

/// One file that fixes would change.
#[derive(Debug)]
pub(super) struct Plot {
    pub(super) file: FileId,
    /// The files of the SOA records of all zones that read it.
    pub(super) soas: BTreeSet<FileId>,
}

/// Turns the fixes of findings into edits. A fix that cannot be made, or not for all zones that read
/// the file, is dropped; `mistakes` are the places that could not be read.
pub fn draft<'a>(
    diagnostics: &mut [Diagnostic],
    readers: impl IntoIterator<Item = Reader<'a>>,
    mistakes: &[Span],
    sources: &Sources,
) -> Affected {
    let mut wanted = Wanted::new(diagnostics, sources);
    if wanted.0.is_empty() {
        return Affected::default();
    }
    let mut broken = BTreeMap::new();
    for span in mistakes {
        let first = broken.entry(sources.identity(span.file)).or_insert(span.start);
        *first = span.start.min(*first);
    }
    wanted.meet(readers, &broken, sources);
    let mut affected = Affected::default();
    let mut drafted = BTreeMap::new();
    for (&identity, field) in &wanted.0 {
        let text = sources.text(field.file);
        let refusal = if text.changed {
            Some("it has changed since it was checked".to_owned())
        } else {
            field.refusal(&text.bytes)
        };
        if let Some(reason) = refusal {
            affected.refused.push((field.file, reason));
            continue;
        }
        let page = Page::new(&text.bytes, field.included);
        drafted.extend(field.draft(&page, diagnostics));
        affected.files.insert(identity, Plot { file: field.file, soas: field.soas.clone() });
    }
    affected.refused.sort_by_cached_key(|&(file, _)| sources.path(file));
    for (at, diagnostic) in diagnostics.iter_mut().enumerate() {
        diagnostic.fix = diagnostic.fix.take().and_then(|fix| finish(*fix, at, &mut drafted));
    }
    affected
}

/// A change, by its finding and its place in the fix.
type ChangeAt = (usize, usize);

/// A fix with its edits, if all of its changes became some.
fn finish(mut fix: Fix, at: usize, drafted: &mut BTreeMap<ChangeAt, Vec<Edit>>) -> Option<Box<Fix>> {
    let edits = (0..fix.changes.len()).map(|change| drafted.remove(&(at, change)));
    let edits: Option<Vec<Vec<Edit>>> = edits.collect();
    fix.edits = edits?.concat();
    fix.edits.sort_by_key(|edit| edit.span);
    Some(Box::new(fix))
}

/// The files that are to change.
struct Wanted(BTreeMap<Identity, Field>);

/// A file that is to change, and who reads it.
struct Field {
    /// The file, by the first of its paths.
    file: FileId,
    changes: Vec<ChangeAt>,
    homes: BTreeSet<Home>,
    included: bool,
    repeated: bool,
    soas: BTreeSet<FileId>,
    /// Offset of the first mistake.
    mistake: Option<u32>,
}

impl Wanted {
    fn new(diagnostics: &[Diagnostic], sources: &Sources) -> Self {
        let mut fields: BTreeMap<Identity, Field> = BTreeMap::new();
        let fixes = diagnostics.iter().enumerate().filter_map(|(at, d)| Some((at, d.fix.as_deref()?)));
        for (at, fix) in fixes {
            for (number, change) in fix.changes.iter().enumerate() {
                let file = file(change);
                let field = fields.entry(sources.identity(file)).or_insert_with(|| Field::new(file));
                field.changes.push((at, number));
                if field.file != file && sources.path(file) < sources.path(field.file) {
                    field.file = file;
                }
            }
        }
        Self(fields)
    }

    /// Looks who reads these files; `broken` are files with the offset of their first mistake.
    fn meet<'a>(
        &mut self,
        readers: impl IntoIterator<Item = Reader<'a>>,
        broken: &BTreeMap<Identity, u32>,
        sources: &Sources,
    ) {
        // Most files differ from all of these in their texts, and need not be looked for on the disk.
        let fingerprints: HashSet<_> = self.0.values().map(|field| sources.fingerprint(field.file)).collect();
        for reader in readers {
            let soa = || reader.soa.filter(|&soa| !broken.contains_key(&sources.identity(soa)));
            for (at, &file) in reader.files.iter().enumerate() {
                if !fingerprints.contains(&sources.fingerprint(file)) {
                    continue;
                }
                let Some(field) = self.0.get_mut(&sources.identity(file)) else { continue };
                field.homes.insert((reader.zone.into(), reader.view.cloned()));
                field.soas.extend(soa());
                field.included |= at > 0;
                field.repeated |= reader.repeated.contains(&file);
            }
        }
        for (identity, &mistake) in broken {
            if let Some(field) = self.0.get_mut(identity) {
                field.mistake = Some(mistake);
            }
        }
    }
}

impl Field {
    fn new(file: FileId) -> Self {
        let (changes, homes, soas) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
        Self { file, changes, homes, included: false, repeated: false, soas, mistake: None }
    }

    /// Why nothing in this file is changed.
    fn refusal(&self, text: &[u8]) -> Option<String> {
        let mistake = self.mistake?;
        let line = LineIndex::new(text).position(text, mistake).line;
        Some(format!("line {line} cannot be read, and has to be mended by hand first"))
    }

    /// The edits of all changes in this file that are right for every zone that reads it.
    fn draft(&self, page: &Page<'_>, diagnostics: &[Diagnostic]) -> Vec<(ChangeAt, Vec<Edit>)> {
        let change = |&(at, number): &ChangeAt| diagnostics[at].fix.as_deref()?.changes.get(number);
        let drafted = self.changes.iter().filter_map(|at| {
            let change = change(at)?;
            Some((*at, change, edits(page, change)?))
        });
        let drafted: Vec<_> = drafted.collect();
        // Which zones want the same edits: the zones that a fragment is read in need not have the same
        // mistake, nor the same origin.
        let mut homes: BTreeMap<Vec<(u32, u32, &str)>, BTreeSet<Home>> = BTreeMap::new();
        for (_, change, edits) in &drafted {
            homes.entry(key(edits)).or_default().extend(home(change));
        }
        let all = |change: &Change, edits: &[Edit]| {
            matches!(change, Change::EndLine { .. })
                || !self.repeated && self.homes.is_subset(&homes[&key(edits)])
        };
        let right: Vec<_> = drafted.iter().map(|(_, change, edits)| all(change, edits)).collect();
        let kept = drafted.into_iter().zip(right).filter(|(_, right)| *right);
        kept.map(|((at, _, edits), _)| (at, edits)).collect()
    }
}

/// Edits of one file, by whatever path.
fn key(edits: &[Edit]) -> Vec<(u32, u32, &str)> {
    edits.iter().map(|edit| (edit.span.start, edit.span.end, edit.text.as_str())).collect()
}

/// The zone that a change is meant for.
fn home(change: &Change) -> Option<Home> {
    match change {
        Change::Add { below: site, .. }
        | Change::Set { record: site, .. }
        | Change::Complete { record: site, .. }
        | Change::Remove { record: site } => Some((site.zone.clone(), site.view.clone())),
        Change::EndLine { .. } => None,
    }
}
