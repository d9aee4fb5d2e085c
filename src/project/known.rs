//! Files whose zone is known before they are read: by the configuration, or by a `named.conf`.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::include::{normal, reason};
use super::origin::How;
use super::servers::add;
use super::walk::{Candidate, Request, clean};
use crate::diagnostic::Failure;
use crate::source::{FileId, ReadError, Sources, Span, real_path};
use crate::syntax::Name;
use crate::zone::Terms;

/// A zone that a file is known to be.
#[derive(Debug, Clone)]
pub struct KnownZone {
    /// The zone.
    pub origin: Name,
    /// How that is known.
    pub how: How,
    /// The file, as a walk finds it.
    pub(super) path: PathBuf,
    /// How the zone is served, where a `named.conf` says so.
    pub(super) terms: Option<Arc<Terms>>,
    /// Where a `named.conf` names the file.
    pub(super) place: Option<Span>,
    /// Where its relative includes start, if that is known.
    pub(super) base: Option<Arc<Path>>,
    /// The zone is to be checked, wherever its file is.
    pub(super) wanted: bool,
}

/// The zones that files are known to be, by their files.
pub(super) struct Known {
    pub(super) zones: Vec<KnownZone>,
    /// Those of the configuration, by the real paths of their files.
    configured: HashMap<PathBuf, Vec<usize>>,
    /// Those of `named.conf`, by the paths that a walk finds.
    served: HashMap<PathBuf, Vec<usize>>,
    met: BTreeSet<usize>,
}

impl Known {
    pub(super) fn new(request: &Request, mut served: Vec<KnownZone>) -> Self {
        let mut known = Self {
            zones: Vec::new(),
            configured: HashMap::new(),
            served: HashMap::new(),
            met: BTreeSet::new(),
        };
        let mut real = RealPaths::default();
        for zone in &request.zones {
            let path = clean(&request.root.join(&zone.file));
            let index = known.zones.len();
            known.configured.entry(real.of(&normal(&path))).or_default().push(index);
            // The configuration says which zone it is, and `named.conf` still how it is served.
            let same = served.iter().find(|it| it.origin == zone.origin && normal(&it.path) == normal(&path));
            known.zones.push(KnownZone {
                origin: zone.origin.clone(),
                how: How::Configured,
                terms: same.and_then(|it| it.terms.clone()),
                place: None,
                base: same.and_then(|it| it.base.clone()),
                wanted: false,
                path,
            });
        }
        if !known.configured.is_empty() {
            served.retain(|zone| !known.configured.contains_key(&real.of(&normal(&zone.path))));
        }
        for zone in served {
            let index = known.zones.len();
            match known.served.get_mut(&zone.path) {
                Some(zones) => zones.push(index),
                None => _ = known.served.insert(zone.path.clone(), vec![index]),
            }
            known.zones.push(zone);
        }
        known
    }

    /// Adds a file once for each zone that it is known to be, or as it is.
    pub(super) fn assign(&mut self, candidate: Candidate, real: &mut RealPaths, files: &mut Vec<Candidate>) {
        let configured =
            if self.configured.is_empty() { None } else { self.configured.get(&real.of(&candidate.path)) };
        match configured.or_else(|| self.served.get(&*candidate.path)) {
            None => files.push(candidate),
            Some(zones) => {
                let known = |&index| Candidate { known: Some(index), explicit: true, ..candidate.clone() };
                files.extend(zones.iter().map(known));
                self.met.extend(zones);
            }
        }
    }

    /// Takes away the other paths, through links, of files whose zone is known.
    pub(super) fn drop_second_ways(&self, files: &mut Vec<Candidate>) {
        if self.served.is_empty() || !files.iter().any(|file| file.linked) {
            return;
        }
        let known: HashSet<FileId> = files.iter().filter(|it| it.known.is_some()).map(|it| it.file).collect();
        files.retain(|file| file.known.is_some() || file.explicit || !known.contains(&file.file));
    }

    /// Adds the files of zones that are to be checked and that no walk has met.
    pub(super) fn add_missed(&mut self, request: &Request, sources: &Sources, files: &mut Vec<Candidate>) {
        let mut numbers: HashMap<PathBuf, FileId> = HashMap::new();
        for (index, zone) in self.zones.iter().enumerate() {
            if !zone.wanted || self.met.contains(&index) {
                continue;
            }
            let version = request.history.version.as_ref();
            let known = numbers.get(&zone.path).copied();
            let file = known.unwrap_or_else(|| add(sources, version, &zone.path));
            if known.is_none() {
                numbers.insert(zone.path.clone(), file);
            }
            let path = sources.path(file);
            let unseen = true;
            files.push(Candidate {
                file,
                path,
                explicit: true,
                linked: false,
                astray: false,
                unseen,
                known: Some(index),
            });
        }
    }

    /// Reports configured files that should have been met in a walk and are not there.
    pub(super) fn report_missing(&self, request: &Request, failures: &mut Vec<Failure>) {
        let walked: Vec<_> = request.paths.iter().filter(|p| p.is_dir()).map(|path| normal(path)).collect();
        let configured = self.zones.iter().enumerate().filter(|(_, zone)| zone.how == How::Configured);
        for (index, zone) in configured {
            if !self.met.contains(&index)
                && walked.iter().any(|folder| normal(&zone.path).starts_with(folder))
                && let Err(error) = fs::metadata(&zone.path)
            {
                let error = reason(&ReadError::Io { path: String::new(), source: error });
                let message = format!("is configured as `{}`: {error}", zone.origin);
                failures.push(Failure { path: clean(&zone.path), message });
            }
        }
    }
}

/// Real paths of files by those of their folders, each of which is asked for once.
#[derive(Debug, Default)]
pub(super) struct RealPaths {
    folders: HashMap<PathBuf, PathBuf>,
}

impl RealPaths {
    /// The path of a file, all links in the way to its folder resolved.
    pub(super) fn of(&mut self, path: &Path) -> PathBuf {
        let folder = path.parent().unwrap_or(Path::new(""));
        let name = path.file_name().unwrap_or_default();
        if let Some(real) = self.folders.get(folder) {
            return real.join(name);
        }
        let shown = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        let real = real_path(shown);
        let path = real.join(name);
        self.folders.insert(folder.to_path_buf(), real);
        path
    }
}
