//! All files together: which are parts of others, which are the same zone, and where nothing was.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashSet, HashTable};
use rayon::prelude::*;

use super::doubt::{Doubt, DoubtKind};
use super::examine::{Examined, Outcome};
use super::include::Resolver;
use super::paths::name_of;
use super::walk::{Candidate, Found, Request, clean};
use super::{LoadedZone, MANY, Project};
use crate::diagnostic::Failure;
use crate::source::{FileId, escape_path, real_path};

/// For every candidate, the number that it has as an included file, if it is one.
fn included_as(candidates: &[Candidate], resolver: &Resolver<'_>) -> Vec<Option<FileId>> {
    let files = resolver.files();
    if files.is_empty() {
        return vec![None; candidates.len()];
    }
    let names: HashSet<&[u8]> = files.keys().map(|path| name_of(path)).collect();
    let mut last = [false; 256];
    names.iter().filter_map(|name| name.last()).for_each(|octet| last[usize::from(*octet)] = true);
    let ends_like_one = |path: &Path| {
        let end = path.as_os_str().as_encoded_bytes().last();
        end.is_some_and(|octet| last[usize::from(*octet)])
    };
    // Without a link, a file has the name that its real path ends with. Mostly the last octet tells that it is none
    // of these: `.inc` and `.zone`.
    let possible = |c: &&Candidate| c.linked || ends_like_one(&c.path) && names.contains(name_of(&c.path));
    let number = |c: &Candidate| files.get(&real_path(&c.path)).copied();
    let candidates = candidates.par_iter().with_min_len(MANY);
    candidates.map(|c| Some(c).filter(possible).and_then(number)).collect()
}

/// Drops the files that zones of other files include. Of files that include each other, the first
/// one stays.
pub(super) fn drop_fragments<J: Sync>(
    candidates: &[Candidate],
    examined: &mut [Examined<J>],
    resolver: &Resolver<'_>,
) {
    let numbers = included_as(candidates, resolver);
    let others = |at: usize| match &examined[at].outcome {
        Outcome::Zone(loaded) => loaded.outline.files().get(1..).unwrap_or_default(),
        _ => &[],
    };
    let including = (0..candidates.len()).into_par_iter().with_min_len(MANY);
    let including: Vec<usize> = including.filter(|&at| !others(at).is_empty()).collect();
    let mut parents: HashMap<FileId, Vec<usize>> = HashMap::new();
    for at in including {
        for &file in others(at) {
            parents.entry(file).or_default().push(at);
        }
    }
    let includes = |at: usize, file: Option<FileId>| file.is_some_and(|file| others(at).contains(&file));
    let is_fragment = |at: usize| {
        let Some(number) = numbers[at].filter(|_| candidates[at].known.is_none()) else { return false };
        parents.get(&number).into_iter().flatten().any(|&parent| {
            parent != at && numbers[parent] != Some(number) && !(at < parent && includes(at, numbers[parent]))
        })
    };
    let fragments = (0..candidates.len()).into_par_iter().with_min_len(MANY);
    let fragments: Vec<usize> = fragments.filter(|&at| is_fragment(at)).collect();
    for at in fragments {
        examined[at] = Outcome::Dropped.into();
    }
}

/// Finds zones that two files are. A second way to the same file is dropped; another file is doubted.
pub(super) fn doubt_duplicates<J: Sync>(found: &Found, examined: &mut [Examined<J>]) -> Vec<Doubt> {
    let candidates = &found.files;
    let mut doubts = Vec::new();
    let mut dropped = Vec::new();
    for (known, at) in repeated(examined) {
        let Outcome::Zone(other) = &examined[known].outcome else { continue };
        let Outcome::Zone(this) = &examined[at].outcome else { continue };
        let origin = this.outline.origin();
        let [a, b] = [known, at].map(|at| &candidates[at]);
        if a.file == b.file || real_path(&a.path) == real_path(&b.path) {
            dropped.push(at);
            continue;
        }
        // Of one that is not in use, nothing else is to be said.
        if found.servers.knows_use() && candidates[at].is_found() {
            continue;
        }
        doubts.push(Doubt {
            zone: Some(origin.to_string()),
            view: this.outline.view().cloned(),
            related: Some(other.outline.heading().span),
            detail: escape_path(&other.path),
            ..Doubt::at(DoubtKind::DuplicateZone, this.outline.heading().span)
        });
    }
    for at in dropped {
        examined[at].outcome = Outcome::Dropped;
    }
    doubts
}

/// The zones that stand there a second time, behind the first of each.
fn repeated<J: Sync>(examined: &[Examined<J>]) -> Vec<(usize, usize)> {
    let key = |at: usize| match &examined[at].outcome {
        Outcome::Zone(loaded) => Some((loaded.outline.view(), loaded.outline.origin())),
        _ => None,
    };
    let builder = DefaultHashBuilder::default();
    // A hash is not zero, so that there is room for what has none.
    let hash = |at| Some(NonZeroU64::MIN | builder.hash_one(key(at)?));
    let numbers = (0..examined.len()).into_par_iter().with_min_len(MANY);
    let hashes: Vec<Option<NonZeroU64>> = numbers.map(hash).collect();
    // Of zones with another hash nothing else is looked at again.
    let mut first: HashTable<u32> = HashTable::with_capacity(examined.len());
    let mut repeated = Vec::new();
    let hash_of = |at: u32| hashes[at as usize].map_or(0, NonZeroU64::get);
    for at in (0..).take(hashes.len()).filter(|&at| hash_of(at) != 0) {
        let hash = hash_of(at);
        let is_same = |&known: &u32| hash_of(known) == hash && key(known as usize) == key(at as usize);
        match first.entry(hash, is_same, |&known| hash_of(known)) {
            Entry::Occupied(known) => repeated.push((*known.get() as usize, at as usize)),
            Entry::Vacant(place) => _ = place.insert(at),
        }
    }
    repeated
}

/// Puts everything in its place.
pub(super) fn gather<J: Send + Sync>(
    request: &Request,
    found: Found,
    examined: Vec<Examined<J>>,
    found_together: Vec<Doubt>,
) -> Project<J> {
    let Found { files: candidates, mut failures, derived, mut servers, zones: known } = found;
    let derived = derived.into_iter().map(|path| (path, "is made from another file".to_owned()));
    let mut skipped: Vec<_> = derived.chain(std::mem::take(&mut servers.skipped)).collect();
    let mut doubts = std::mem::take(&mut servers.doubts);
    let mut barren: Vec<&Path> =
        request.paths.iter().map(|path| &**path).filter(|path| path.is_dir()).collect();
    let mut at = 0;
    let zones: Vec<LoadedZone<J>> = examined
        .into_iter()
        .filter_map(|Examined { outcome, doubt }| {
            let path = &candidates[at].path;
            at += 1;
            doubts.extend(doubt.map(|doubt| *doubt));
            if !barren.is_empty() && !matches!(outcome, Outcome::Skipped(_)) {
                barren.retain(|folder| !is_below(path, folder));
            }
            match outcome {
                Outcome::Zone(loaded) => return Some(loaded),
                Outcome::Skipped(reason) => skipped.push((path.to_path_buf(), reason.to_owned())),
                Outcome::Failed(message) => failures.push(Failure { path: path.to_path_buf(), message }),
                Outcome::NoSoa | Outcome::Empty | Outcome::Doubtful | Outcome::Dropped => {}
            }
            None
        })
        .collect();
    doubts.extend(found_together);
    barren.retain(|folder| !servers.fruitful.iter().any(|path| is_below(path, folder)));
    barren.retain(|folder| !failures.iter().any(|failure| is_below(&failure.path, folder)));
    for folder in barren {
        failures.push(Failure { path: clean(folder), message: "no zone found under it".to_owned() });
    }
    let is_missing = |doubt: &Doubt| doubt.kind == DoubtKind::ZoneFileMissing;
    // A commit that reaches no zone is checked all the same.
    let is_whole = request.history.scope.is_none();
    if is_whole && zones.is_empty() && failures.is_empty() && doubts.iter().any(is_missing) {
        let path = servers.fruitful.first().cloned().unwrap_or_default();
        failures.push(Failure {
            path,
            message: "none of its zone files is here: nothing was checked".to_owned(),
        });
    }
    let mut doubts = fold_missing(doubts);
    doubts.sort_by_key(|doubt| doubt.span);
    failures.append(&mut servers.failures);
    failures.sort_by(|a, b| a.path.cmp(&b.path));
    skipped.sort();
    // What is not needed any more is given back beside what comes next.
    rayon::spawn(move || drop((candidates, known)));
    Project {
        files: count_files(&zones),
        zones,
        doubts,
        conf_faults: std::mem::take(&mut servers.faults),
        servers,
        skipped,
        failures,
    }
}

/// The number of files that were read as parts of zones.
fn count_files<J: Sync>(zones: &[LoadedZone<J>]) -> usize {
    let zones = zones.par_iter().with_min_len(MANY);
    let files: Vec<FileId> = zones.flat_map_iter(|loaded| loaded.outline.files()).copied().collect();
    let mut is_known = Vec::new();
    for at in files.into_iter().map(FileId::index) {
        if at >= is_known.len() {
            is_known.resize(at + 1, false);
        }
        is_known[at] = true;
    }
    is_known.into_iter().filter(|is_known| *is_known).count()
}

/// Makes one of the doubts about files of one folder that are not there: in a repository that is no
/// server there may be hundreds.
fn fold_missing(doubts: Vec<Doubt>) -> Vec<Doubt> {
    let mut first: HashMap<(FileId, PathBuf), usize> = HashMap::new();
    let mut kept: Vec<Doubt> = Vec::with_capacity(doubts.len());
    for doubt in doubts {
        if doubt.kind == DoubtKind::ZoneFileMissing {
            let folder = Path::new(&doubt.detail).parent().unwrap_or(Path::new("")).to_path_buf();
            let known = *first.entry((doubt.span.file, folder)).or_insert(kept.len());
            if let Some(known) = kept.get_mut(known) {
                known.others += 1;
                continue;
            }
        }
        kept.push(doubt);
    }
    kept
}

/// Whether a file was found in a walk through `folder`.
fn is_below(path: &Path, folder: &Path) -> bool {
    let folder = clean(folder);
    if folder == Path::new(".") {
        path.is_relative() && !path.starts_with("..")
    } else {
        path.starts_with(folder)
    }
}
