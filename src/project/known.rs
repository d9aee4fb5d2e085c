//! Files whose zone is known before they are read: by the configuration, or by a `named.conf`.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use super::include::reason;
use super::origin::How;
use super::paths::{PathTable, normal};
use super::servers::add;
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
    pub(super) base: Option<Arc<PathBuf>>,
}

/// The zones that the configurations of servers serve.
#[derive(Debug, Default)]
pub(super) struct AllServed {
    pub(super) zones: Vec<Served>,
    pub(super) confs: Vec<Conf>,
}

/// A zone of a `named.conf`.
#[derive(Debug)]
pub(super) struct Served {
    pub(super) origin: Name,
    /// Where its file is named.
    pub(super) place: Span,
    pub(super) terms: Arc<Terms>,
    pub(super) file: Location,
    /// The configuration that serves it, by its index.
    pub(super) conf: u32,
}

/// What holds for all zones of a configuration.
#[derive(Debug, Clone)]
pub(super) struct Conf {
    /// They are to be checked, wherever their files are.
    pub(super) wanted: bool,
    /// Where their relative includes start, if that is known.
    pub(super) base: Option<Arc<PathBuf>>,
}

/// Where a file is.
#[derive(Debug)]
pub(super) enum Location {
    /// It is one of those that were seen.
    Seen(u32),
    /// None of them.
    Elsewhere(Box<Path>),
}

impl Location {
    fn path<'a>(&'a self, seen: &'a [Seen]) -> &'a Path {
        match self {
            Self::Seen(at) => &seen[*at as usize].path,
            Self::Elsewhere(path) => path,
        }
    }
}

/// The zones that files are known to be, by their files.
pub(super) struct Known {
    /// Those of the configuration, and then those of `named.conf`.
    pub(super) zones: Vec<KnownZone>,
    /// The files of those of the configuration, and whether they were met.
    files: Vec<(PathBuf, bool)>,
    /// Those of the configuration, by the real paths of their files.
    configured: HashMap<PathBuf, Vec<usize>>,
    /// Those of `named.conf` by the files that were seen, which are assigned in the same order; and whether
    /// they are to be checked wherever their files are.
    served: Vec<(u32, u32, bool)>,
    assigned: usize,
    /// Zones that are to be checked and whose files were not met.
    missed: Vec<(u32, PathBuf)>,
}

impl Known {
    pub(super) fn new(request: &Request, served: AllServed, seen: &[Seen]) -> Self {
        let AllServed { zones: mut served, confs } = served;
        let mut known = Self {
            zones: Vec::with_capacity(request.zones.len()),
            files: Vec::with_capacity(request.zones.len()),
            configured: HashMap::new(),
            served: Vec::with_capacity(served.len()),
            assigned: 0,
            missed: Vec::new(),
        };
        let mut real = RealPaths::default();
        for zone in &request.zones {
            let path = clean(&request.root.join(&zone.file));
            known.configured.entry(real.of(&normal(&path))).or_default().push(known.zones.len());
            // The configuration says which zone it is, and `named.conf` still how it is served.
            let is_same =
                |it: &&Served| it.origin == zone.origin && normal(it.file.path(seen)) == normal(&path);
            let same = served.iter().find(is_same);
            known.zones.push(KnownZone {
                origin: zone.origin.clone(),
                how: How::Configured,
                terms: same.map(|it| it.terms.clone()),
                place: None,
                base: same.and_then(|it| confs[it.conf as usize].base.clone()),
            });
            known.files.push((path, false));
        }
        if !known.configured.is_empty() {
            served.retain(|it| !known.configured.contains_key(&real.of(&normal(it.file.path(seen)))));
        }
        let first = known.zones.len();
        let serve = |(index, Served { origin, place, terms, file, conf })| {
            let conf = &confs[conf as usize];
            known.place(first + index, file, conf.wanted, seen);
            let (how, base) = (How::NamedConf, conf.base.clone());
            KnownZone { origin, how, terms: Some(terms), place: Some(place), base }
        };
        let served: Vec<KnownZone> = served.into_iter().enumerate().map(serve).collect();
        append(&mut known.zones, served);
        known.served.par_sort_unstable();
        known
    }

    /// Notes where the file of a zone is that is served.
    fn place(&mut self, number: usize, file: Location, wanted: bool, seen: &[Seen]) {
        let number = u32::try_from(number).expect("memory ends before 2^32 zones");
        match file {
            Location::Seen(at) if !seen[at as usize].out => self.served.push((at, number, wanted)),
            Location::Seen(at) if wanted => self.missed.push((number, seen[at as usize].path.to_path_buf())),
            Location::Elsewhere(path) if wanted => self.missed.push((number, path.into())),
            _ => {}
        }
    }

    /// How many candidates there may be at most, if so many files were seen.
    pub(super) fn candidates(&self, seen: usize) -> usize {
        let met = self.served.chunk_by(|(a, ..), (b, ..)| a == b).count();
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
        let served = &rest[..rest.iter().take_while(|(seen, ..)| *seen as usize == at).count()];
        self.assigned += served.len();
        let is = |candidate, zone| Candidate { known: Some(zone), explicit: true, ..candidate };
        let configured =
            if self.configured.is_empty() { None } else { self.configured.get(&real.of(&candidate.path)) };
        if let Some(zones) = configured {
            for &zone in zones {
                self.files[zone].1 = true;
                let zone = u32::try_from(zone).expect("memory ends before 2^32 zones");
                files.push(is(candidate.clone(), zone));
            }
            let wanted = served.iter().filter(|(_, _, wanted)| *wanted);
            self.missed.extend(wanted.map(|&(_, zone, _)| (zone, candidate.path.to_path_buf())));
        } else if let Some(((_, last, _), others)) = served.split_last() {
            files.extend(others.iter().map(|&(_, zone, _)| is(candidate.clone(), zone)));
            files.push(is(candidate, *last));
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
        missed.sort_by_key(|(zone, _)| *zone);
        let mut numbers = PathTable::with_capacity(missed.len());
        for (zone, path) in missed {
            let number = u32::try_from(files.len()).expect("memory ends before 2^32 files");
            let known = numbers.insert(&path, number, |at| &*files[at as usize].path);
            let file = match files.get(known as usize) {
                Some(known) => known.file,
                None => add(sources, request.history.version.as_ref(), &path),
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
