//! Files whose zone is known before they are read: by the configuration, or by a `named.conf`.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::include::reason;
use super::origin::How;
use super::paths::{PathTable, name_of, normal};
use super::servers::{BaseId, add};
use super::walk::{Candidate, Request, Seen, clean};
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
    /// How the zone is served, where a `named.conf` says so.
    pub(super) terms: Option<Arc<Terms>>,
    /// Where a `named.conf` names the file.
    pub(super) place: Option<Span>,
    /// Where its relative includes start, if that is known.
    pub(super) base: Option<BaseId>,
}

/// The zones that the configurations of servers serve.
#[derive(Debug, Default)]
pub(super) struct AllServed {
    pub(super) zones: Vec<Served>,
    pub(super) confs: Vec<Conf>,
    /// The files of zones that were not seen, of which the last has the highest number that there is.
    elsewhere: Vec<Arc<Path>>,
}

/// A zone of a `named.conf`.
#[derive(Debug)]
pub(super) struct Served {
    pub(super) origin: Name,
    /// Where its file is named.
    pub(super) place: Span,
    pub(super) terms: Arc<Terms>,
    /// Its file: the number of one that was seen, or what [`AllServed::elsewhere`] said.
    pub(super) at: u32,
    /// The configuration that serves it, by its index.
    pub(super) conf: u32,
    /// Its number in the order of the text.
    pub(super) number: u32,
}

/// What holds for all zones of a configuration.
#[derive(Debug, Clone)]
pub(super) struct Conf {
    /// They are to be checked, wherever their files are.
    pub(super) wanted: bool,
    /// Where their relative includes start, if that is known.
    pub(super) base: Option<BaseId>,
}

impl AllServed {
    /// What stands for a file that was not seen.
    pub(super) fn elsewhere(&mut self, path: Arc<Path>) -> u32 {
        self.elsewhere.push(path);
        u32::MAX - number(self.elsewhere.len() - 1)
    }

    /// The path of the file that this stands for.
    fn path<'a>(&'a self, at: u32, seen: &'a [Seen]) -> &'a Arc<Path> {
        match seen.get(at as usize) {
            Some(seen) => &seen.path,
            None => &self.elsewhere[(u32::MAX - at) as usize],
        }
    }
}

/// An index as a number.
pub(super) fn number(index: usize) -> u32 {
    u32::try_from(index).expect("memory ends before 2^32 zones")
}

/// The zones that files are known to be, by their files.
pub(super) struct Known {
    /// Those of the configuration, and then those of `named.conf`.
    pub(super) zones: Vec<KnownZone>,
    /// The files of those of the configuration, and whether they were met.
    files: Vec<(PathBuf, bool)>,
    /// Those of the configuration, by the real paths of their files.
    configured: HashMap<PathBuf, Vec<usize>>,
    /// Those of `named.conf` by the files that were seen, which are assigned in the same order.
    served: Vec<Assigned>,
    assigned: usize,
    /// Zones that are to be checked and whose files were not met: their numbers in the order of the text, and
    /// among the zones.
    missed: Vec<(u32, u32, Arc<Path>)>,
}

/// A zone of a `named.conf` whose file was seen.
struct Assigned {
    at: u32,
    zone: u32,
    /// Its number in the order of the text.
    number: u32,
    /// It is to be checked, wherever its file is.
    wanted: bool,
}

impl Known {
    pub(super) fn new(request: &Request, mut served: AllServed, seen: &[Seen]) -> Self {
        let mut known = Self {
            zones: Vec::with_capacity(request.zones.len()),
            files: Vec::with_capacity(request.zones.len()),
            configured: HashMap::new(),
            served: Vec::with_capacity(served.zones.len()),
            assigned: 0,
            missed: Vec::new(),
        };
        let mut real = RealPaths::default();
        for zone in &request.zones {
            let path = clean(&request.root.join(&zone.file));
            known.configured.entry(real.of(&normal(&path))).or_default().push(known.zones.len());
            // The configuration says which zone it is, and `named.conf` still how it is served.
            let is_same =
                |it: &&Served| it.origin == zone.origin && normal(served.path(it.at, seen)) == normal(&path);
            let same = served.zones.iter().find(is_same);
            known.zones.push(KnownZone {
                origin: zone.origin.clone(),
                how: How::Configured,
                terms: same.map(|it| it.terms.clone()),
                place: None,
                base: same.and_then(|it| served.confs[it.conf as usize].base),
            });
            known.files.push((path, false));
        }
        let mut zones = std::mem::take(&mut served.zones);
        if !known.configured.is_empty() {
            zones.retain(|it| !known.configured.contains_key(&real.of(&normal(served.path(it.at, seen)))));
        }
        // Who reads the files in their order, comes by the zones in theirs.
        zones.par_sort_unstable_by_key(|it| (it.at, it.number));
        let first = known.zones.len();
        let serve = |(index, zone): (usize, Served)| known.serve(zone, number(first + index), &served, seen);
        let zones: Vec<KnownZone> = zones.into_iter().enumerate().map(serve).collect();
        append(&mut known.zones, zones);
        known
    }

    /// Notes where the file of a zone is that is served.
    fn serve(&mut self, it: Served, zone: u32, served: &AllServed, seen: &[Seen]) -> KnownZone {
        let Served { origin, place, terms, at, conf, number } = it;
        let Conf { wanted, base } = served.confs[conf as usize];
        if seen.get(at as usize).is_some_and(|seen| !seen.out) {
            self.served.push(Assigned { at, zone, number, wanted });
        } else if wanted {
            self.missed.push((number, zone, served.path(at, seen).clone()));
        }
        KnownZone { origin, how: How::NamedConf, terms: Some(terms), place: Some(place), base }
    }

    /// How many candidates there may be at most, if so many files were seen.
    pub(super) fn candidates(&self, seen: usize) -> usize {
        let met = self.served.chunk_by(|a, b| a.at == b.at).count();
        seen - met + self.served.len() + self.missed.len()
    }

    /// Adds the file that was seen in place `at` once for each zone that it is known to be, or as it is.
    pub(super) fn assign(
        &mut self,
        at: usize,
        candidate: Candidate,
        real: &mut RealPaths,
        files: &mut Vec<Candidate>,
    ) {
        let rest = &self.served[self.assigned..];
        let served = &rest[..rest.iter().take_while(|it| it.at as usize == at).count()];
        self.assigned += served.len();
        let is = |candidate, zone| Candidate { known: Some(zone), explicit: true, ..candidate };
        let configured =
            if self.configured.is_empty() { None } else { self.configured.get(&real.of(&candidate.path)) };
        if let Some(zones) = configured {
            for &zone in zones {
                self.files[zone].1 = true;
                files.push(is(candidate.clone(), number(zone)));
            }
            let wanted = served.iter().filter(|it| it.wanted);
            self.missed.extend(wanted.map(|it| (it.number, it.zone, candidate.path.clone())));
        } else if let Some((last, others)) = served.split_last() {
            files.extend(others.iter().map(|it| is(candidate.clone(), it.zone)));
            files.push(is(candidate, last.zone));
        } else {
            files.push(candidate);
        }
    }

    /// Takes away the other paths, through links, of files whose zone is known.
    pub(super) fn drop_second_ways(&self, files: &mut Vec<Candidate>) {
        if self.zones.len() == self.files.len() || !files.iter().any(|file| file.linked) {
            return;
        }
        let known: HashSet<FileId> = files.iter().filter(|it| it.known.is_some()).map(|it| it.file).collect();
        files.retain(|file| file.known.is_some() || file.explicit || !known.contains(&file.file));
    }

    /// Adds the files of zones that are to be checked and that no walk has met.
    pub(super) fn add_missed(&mut self, request: &Request, sources: &Sources, files: &mut Vec<Candidate>) {
        let mut missed = std::mem::take(&mut self.missed);
        missed.sort_by_key(|(number, ..)| *number);
        let first = files.len();
        let mut numbers = PathTable::with_capacity(missed.len());
        for (_, zone, path) in missed {
            let number = number(files.len());
            let known = numbers.insert(&path, number, |at| &*files[at as usize].path);
            let file = match files.get(known as usize) {
                Some(known) => known.file,
                None => add(sources, request.history.version.as_ref(), path),
            };
            files.push(Candidate {
                file,
                path: sources.path(file),
                explicit: true,
                linked: false,
                astray: false,
                unseen: true,
                known: Some(zone),
            });
        }
        // Those that stand beside each other are opened one right behind the other.
        let mut folders = Folders::default();
        files[first..].sort_by_cached_key(|candidate| folders.number(&candidate.path));
    }

    /// Reports configured files that should have been met in a walk and are not there.
    pub(super) fn report_missing(&self, request: &Request, failures: &mut Vec<Failure>) {
        let walked: Vec<_> = request.paths.iter().filter(|p| p.is_dir()).map(|path| normal(path)).collect();
        for ((path, met), zone) in self.files.iter().zip(&self.zones) {
            if !met
                && walked.iter().any(|folder| normal(path).starts_with(folder))
                && let Err(error) = fs::metadata(path)
            {
                let error = reason(&ReadError::Io { path: String::new(), source: error });
                let message = format!("is configured as `{}`: {error}", zone.origin);
                failures.push(Failure { path: clean(path), message });
            }
        }
    }
}

/// Puts a list behind another, without moving it where it is the first one.
pub(super) fn append<T>(all: &mut Vec<T>, mut more: Vec<T>) {
    if all.is_empty() {
        more.shrink_to_fit();
        *all = more;
    } else {
        all.append(&mut more);
    }
}

/// Numbers of folders, in the order in which files in them were met.
#[derive(Debug, Default)]
struct Folders(hashbrown::HashMap<Vec<u8>, usize>);

impl Folders {
    /// The number of the folder that a file is in.
    fn number(&mut self, file: &Path) -> usize {
        let path = file.as_os_str().as_encoded_bytes();
        let folder = &path[..path.len() - name_of(file).len()];
        let next = self.0.len();
        *self.0.entry_ref(folder).or_insert(next)
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
