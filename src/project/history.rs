//! Two versions of a project: what has changed between them, which zones that reaches, and how those
//! were before.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::git::{Difference, Error, Overlay, Repository};
use super::include::Resolver;
use super::origin::infer;
use super::servers::Servers;
use super::walk::{Candidate, Request};
use super::{BATCH, LoadedZone, Project};
use crate::source::{FileId, Sources, real_path};
use crate::syntax::NameRef;
use crate::zone::{Scratch, Zone, load};

/// Which versions of a project a request is about.
#[derive(Debug, Default)]
pub struct History {
    /// The version that is checked, if it is not that on the disk.
    pub version: Option<Overlay>,
    /// The earlier version that it is compared with.
    pub base: Option<Base>,
    /// What findings are reported for; all zones, if it is not given.
    pub scope: Option<Changes>,
}

impl History {
    /// The files on the disk, compared with the commit where `HEAD` left `revision`.
    pub fn since(repository: &Repository, revision: &str) -> Result<Self, Error> {
        let commit = repository.base(revision)?;
        let differences = repository.disk_against(&commit)?;
        let changes = Changes::new(&differences);
        let base = Base::new(repository, commit.name, differences, changes);
        Ok(Self { version: None, base: Some(base), scope: None })
    }
}

/// An earlier version.
#[derive(Debug)]
pub struct Base {
    /// What a user calls it.
    pub name: String,
    /// Its files, as far as they are not those on the disk.
    files: Overlay,
    /// What has changed since.
    pub changes: Changes,
    /// The paths that files had which were moved, by those that they have.
    moved: HashMap<PathBuf, PathBuf>,
}

impl Base {
    /// The commit `name`, whose differences from the disk are `earlier`, and the `changes` since.
    pub fn new(repository: &Repository, name: String, earlier: Vec<Difference>, changes: Changes) -> Self {
        let moved = earlier.iter().filter_map(|it| Some((it.path.clone(), it.moved_from.clone()?))).collect();
        Self { name, files: Overlay::new(repository, earlier), changes, moved }
    }
}

/// Paths that have changed, by their real folders.
#[derive(Debug, Clone, Default)]
pub struct Changes {
    paths: HashSet<PathBuf>,
    /// The names that these paths end with, which spares most other files a question to the system.
    names: HashSet<OsString>,
    /// Something was removed.
    removed: bool,
}

impl Changes {
    /// The paths of these differences.
    pub fn new<'d>(differences: impl IntoIterator<Item = &'d Difference>) -> Self {
        let mut changes = Self::default();
        for difference in differences {
            changes.insert(&difference.path);
            changes.removed |= difference.is_removal();
        }
        changes
    }

    /// Adds a path, which may be there or not.
    pub fn insert(&mut self, path: &Path) {
        let name = path.file_name().unwrap_or_default();
        self.paths.insert(in_real_folder(path));
        self.names.insert(name.to_owned());
    }

    /// Whether a path is one of those that have changed; `linked`: it may be a symbolic link.
    pub fn contains(&self, path: &Path, linked: bool) -> bool {
        let name = path.file_name().unwrap_or_default();
        self.names.contains(name) && self.paths.contains(&in_real_folder(path))
            || linked && self.paths.contains(&real_path(path))
    }

    /// Whether a zone is another because of these changes: its file, one that it includes, or the
    /// link that leads there.
    pub fn reach<J>(&self, loaded: &LoadedZone<J>, sources: &Sources) -> bool {
        let LoadedZone { outline: zone, path, linked, .. } = loaded;
        !self.paths.is_empty()
            && (self.contains(path, *linked)
                || zone.files().iter().skip(1).any(|&file| self.contains(&sources.path(file), false))
                // It may have included what is not there any more.
                || self.removed && !zone.is_complete())
    }
}

/// A path whose folder has no symbolic links in it.
pub fn in_real_folder(path: &Path) -> PathBuf {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    real_path(folder).join(path.file_name().unwrap_or_default())
}

/// What is reported: the zones that some changes reach, and their files.
#[derive(Debug)]
pub struct Scope<'c> {
    changes: &'c Changes,
    zones: BTreeSet<String>,
    files: HashSet<FileId>,
}

impl<'c> Scope<'c> {
    /// What `changes` reach; `None` if that may be all: a server is configured in another way.
    pub fn new<J: Sync>(changes: &'c Changes, project: &Project<J>, sources: &Sources) -> Option<Self> {
        if project.servers.files.iter().any(|path| changes.contains(path, true)) {
            return None;
        }
        let zones = &project.zones;
        let reached: Vec<bool> =
            zones.par_iter().with_min_len(BATCH).map(|loaded| changes.reach(loaded, sources)).collect();
        let reached =
            zones.iter().zip(reached).filter(|(_, reached)| *reached).map(|(loaded, _)| &loaded.outline);
        let mut scope = Self { changes, zones: BTreeSet::new(), files: HashSet::new() };
        for zone in reached {
            scope.zones.insert(zone.origin().to_string());
            scope.files.extend(zone.files());
        }
        Some(scope)
    }

    /// Whether a zone is reached.
    pub fn has_zone(&self, zone: NameRef<'_>) -> bool {
        self.has_name(&zone.to_string())
    }

    /// Whether the zone of this name is reached, which is written as in a [`Diagnostic`](crate::diagnostic::Diagnostic).
    pub fn has_name(&self, zone: &str) -> bool {
        self.zones.contains(zone)
    }

    /// How many files the zones have that are reached.
    pub fn files(&self) -> usize {
        self.files.len()
    }

    /// Whether a file belongs to a zone that is reached, or has itself changed.
    pub fn has_file(&self, file: FileId, sources: &Sources) -> bool {
        self.files.contains(&file) || self.has_path(&sources.path(file))
    }

    /// Whether a path has changed.
    pub fn has_path(&self, path: &Path) -> bool {
        self.changes.contains(path, true)
    }
}

/// Calls `judge` with the earlier version of each zone that has another one, if its file was there,
/// with what it included then; the results are in the order of the zones.
pub fn compare<J: Sync, R: Send>(
    request: &Request,
    base: &Base,
    (zones, servers): (&[LoadedZone<J>], &Servers),
    sources: &Sources,
    judge: impl Fn(&Zone, &Zone) -> R + Sync,
) -> Vec<R> {
    let earlier = Sources::new();
    let resolver = Resolver::new(&earlier, request, servers);
    let resolver = resolver.over(Some(&base.files));
    let compared = zones.par_iter().with_min_len(BATCH).filter(|loaded| base.changes.reach(*loaded, sources));
    let judged = compared.filter_map(|loaded| {
        let LoadedZone { zone, path, include_base, .. } = loaded;
        let zone = zone.as_deref()?;
        let moved = if base.moved.is_empty() { None } else { base.moved.get(&in_real_folder(path)) };
        let path = moved.map_or(&**path, PathBuf::as_path);
        let real = base.files.real(path).ok()?;
        let text = base.files.read(&real).unwrap_or_else(|| fs::read(&real)).ok()?;
        let file = earlier.add(path);
        // One zone that went and another one that came look like a file that was moved.
        if moved.is_some() {
            let path: Arc<Path> = path.into();
            let (explicit, linked, astray, unseen) = (false, false, false, false);
            let candidate = Candidate { file, path, explicit, linked, astray, unseen, known: None };
            let (origin, _) = infer(request, None, &candidate, &text, &resolver).origin?;
            if origin.as_ref() != zone.origin() {
                return None;
            }
        }
        let includes = resolver.of_zone(file, true, *include_base);
        let old = load(file, &text, zone.origin(), &includes, &mut Scratch::default()).zone;
        Some(judge(&old, zone))
    });
    judged.collect()
}
