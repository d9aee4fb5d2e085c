//! From what the user named to files.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::GlobSet;
use rayon::prelude::*;

use super::MANY;
use super::git::Overlay;
use super::history::History;
use super::include::reason;
use super::known::{Known, KnownZone, RealPaths};
use super::paths::PathTable;
use super::servers::Servers;
use super::tree::{self, Met, Obstacle, is_derived, is_passed};
use crate::diagnostic::Failure;
use crate::source::{FileId, MAX_FILE_SIZE, ReadError, Sources, not_a_file, real_path};
use crate::syntax::Name;

/// What to load.
#[derive(Debug, Default)]
pub struct Request {
    /// Files and directories; `-` is standard input. Without any, it is the configured zones.
    pub paths: Vec<PathBuf>,
    /// The zone that the file is: nothing is inferred then.
    pub origin: Option<Name>,
    /// Where relative includes start; the root, if it is not given.
    pub include_base: Option<PathBuf>,
    /// What is passed over in directories, by its path from the root.
    pub exclude: GlobSet,
    /// Files whose zone is known. The same file may be there several times.
    pub zones: Vec<ConfiguredZone>,
    /// The `named.conf` that says which file is which zone; without one, those that are found count.
    pub named_conf: Option<PathBuf>,
    /// Where the paths of the server are here: prefixes, and what stands for them.
    pub map: Vec<(PathBuf, PathBuf)>,
    /// The root of the project, which includes do not leave.
    pub root: PathBuf,
    /// So many records of zones in order may stay in memory once each was judged by itself; others are read again
    /// where they are needed. What is found does not depend on it.
    pub room: usize,
    /// The version of the files that is checked, and the one that it is compared with.
    pub history: History,
}

/// A file whose zone is known.
#[derive(Debug, Clone)]
pub struct ConfiguredZone {
    /// The file, from the root.
    pub file: PathBuf,
    /// Its zone.
    pub origin: Name,
}
/// A file that may be a zone.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "four questions, each of which is asked by itself")]
pub struct Candidate {
    /// The file. What links lead to has one number, whatever the paths.
    pub file: FileId,
    /// The path by which it was found.
    pub path: Arc<Path>,
    /// It was named, or configured as a zone.
    pub explicit: bool,
    /// A symbolic link is in the way to it.
    pub linked: bool,
    /// A link leads to it out of the project: it must look like a zone to be taken for one.
    pub astray: bool,
    /// No walk has seen it: a `named.conf` names it.
    pub unseen: bool,
    /// The zone that it is known to be: an index into [`Found::zones`].
    pub known: Option<u32>,
}

impl Candidate {
    /// It was found in a directory, and nothing is known of it.
    pub(super) fn is_found(&self) -> bool {
        self.known.is_none() && !self.explicit
    }
}

/// What there is to read.
#[derive(Debug, Default)]
pub struct Found {
    /// The files, in the order of their paths.
    pub files: Vec<Candidate>,
    /// What could not be reached.
    pub failures: Vec<Failure>,
    /// The files that were passed over for their names.
    pub derived: Vec<PathBuf>,
    /// The zones that files are known to be.
    pub zones: Vec<KnownZone>,
    /// What the servers of the project say besides.
    pub servers: Servers,
}

/// Finds the files that a request is about.
pub fn find(request: &Request, sources: &Sources) -> Found {
    let mut search = Search {
        request,
        found: Found::default(),
        seen: Vec::new(),
        known: PathTable::default(),
        several: request.paths.len() > 1,
    };
    if request.paths.is_empty() {
        let files: BTreeSet<_> = request.zones.iter().map(|zone| request.root.join(&zone.file)).collect();
        for file in &files {
            search.named(file);
        }
    }
    let paths: BTreeSet<_> = request.paths.iter().map(|path| clean(path)).collect();
    for path in &paths {
        if path == Path::new("-") { search.standard_input(sources) } else { search.named(path) }
    }
    search.finish(sources)
}

/// A path without the `.`s in it.
pub(super) fn clean(path: &Path) -> PathBuf {
    let clean: PathBuf = path.components().filter(|c| !matches!(c, std::path::Component::CurDir)).collect();
    if clean.as_os_str().is_empty() { PathBuf::from(".") } else { clean }
}

/// A file that was seen.
pub(super) struct Seen {
    pub(super) path: Arc<Path>,
    /// What it is that can be read only once.
    pub(super) file: Option<FileId>,
    pub(super) explicit: bool,
    linked: bool,
    /// It turned out to be no zone to be checked.
    pub(super) out: bool,
}

impl Seen {
    fn new(path: Arc<Path>, explicit: bool, linked: bool) -> Self {
        Self { path, file: None, explicit, linked, out: false }
    }

    /// It is to be checked, and no link is in the way to it.
    fn is_direct(&self) -> bool {
        !self.linked && !self.out
    }
}

struct Search<'r> {
    request: &'r Request,
    found: Found,
    seen: Vec<Seen>,
    /// Paths that were seen, where several were named.
    known: PathTable,
    several: bool,
}

impl Search<'_> {
    fn fail(&mut self, path: &Path, error: io::Error) {
        let message = reason(&ReadError::Io { path: String::new(), source: error });
        self.refuse(path, message);
    }

    fn refuse(&mut self, path: &Path, message: String) {
        self.found.failures.push(Failure { path: path.to_path_buf(), message });
    }

    fn standard_input(&mut self, sources: &Sources) {
        let mut bytes = Vec::new();
        let read = io::stdin().lock().take(MAX_FILE_SIZE).read_to_end(&mut bytes);
        let path = PathBuf::from("<stdin>");
        match read {
            Err(error) => self.fail(&path, error),
            Ok(size) if size as u64 >= MAX_FILE_SIZE => self.refuse(&path, "has 4 GiB and more".to_owned()),
            Ok(_) => {
                let file = Some(sources.add_bytes("<stdin>", bytes));
                self.seen.push(Seen { file, ..Seen::new(path.into(), true, false) });
            }
        }
    }

    fn named(&mut self, path: &Path) {
        let link = fs::symlink_metadata(path);
        let linked = link.as_ref().is_ok_and(fs::Metadata::is_symlink);
        match if linked { fs::metadata(path) } else { link } {
            Err(error) => self.fail(path, error),
            Ok(metadata) if metadata.is_dir() => self.walk(path),
            Ok(metadata) => match not_a_file(&metadata) {
                Some(kind) => self.refuse(path, format!("is {kind}, not a file")),
                None => self.see(path.into(), true, linked),
            },
        }
    }

    fn see(&mut self, path: Arc<Path>, explicit: bool, linked: bool) {
        if self.several {
            let number = u32::try_from(self.seen.len()).expect("memory ends before 2^32 files");
            let known = self.known.insert(&path, number, |at| &*self.seen[at as usize].path);
            if known != number {
                self.seen[known as usize].explicit |= explicit;
                return;
            }
        }
        self.seen.push(Seen::new(path, explicit, linked));
    }

    fn walk(&mut self, start: &Path) {
        let exclude = Exclude::new(self.request, start);
        let met = tree::walk(start, &|path| !exclude.is_empty() && exclude.has(path));
        self.seen.reserve(met.size_hint().1.unwrap_or_default());
        for met in met {
            match met {
                Met::File { path, linked } => self.see(path, false, linked),
                Met::Derived(path) => self.found.derived.push(path.to_path_buf()),
                Met::Obstacle(met) => self.stumble(&met.0, met.1, &exclude),
            }
        }
        if let Some(version) = &self.request.history.version {
            let real = real_path(start);
            for path in version.missing_on_disk(&real) {
                let below = path.strip_prefix(&real).expect("it is below");
                let folders = || below.ancestors().skip(1).filter_map(Path::file_name);
                let shown = start.join(below);
                let left_out =
                    shown.ancestors().take_while(|path| *path != start).any(|path| exclude.has(path));
                if !left_out && !folders().any(|folder| is_passed(folder.as_encoded_bytes())) {
                    let path = shown.strip_prefix(".").unwrap_or(&shown);
                    if is_derived(path.file_name().unwrap_or_default().as_encoded_bytes()) {
                        self.found.derived.push(path.to_path_buf());
                    } else {
                        self.see(path.into(), false, false);
                    }
                }
            }
        }
    }

    /// Takes the files of the version that is checked where it is not that on the disk.
    fn lay_over(&mut self, version: &Overlay, sources: &Sources) {
        for mut seen in std::mem::take(&mut self.seen) {
            let name = seen.path.file_name().unwrap_or_default();
            if seen.file.is_some() || !seen.linked && !version.has_name(name) {
                self.seen.push(seen);
                continue;
            }
            let Ok(real) = version.real(&seen.path) else { continue };
            match version.read(&real).transpose() {
                Ok(bytes) => {
                    seen.file = bytes.map(|bytes| sources.add_bytes(&seen.path, bytes));
                    self.seen.push(seen);
                }
                Err(error) => self.fail(&seen.path, error),
            }
        }
    }

    /// Takes what a walk could not pass.
    fn stumble(&mut self, path: &Path, why: Obstacle, exclude: &Exclude<'_>) {
        if is_derived(path.file_name().unwrap_or_default().as_encoded_bytes()) || exclude.has(path) {
            return;
        }
        let path = path.strip_prefix(".").unwrap_or(path);
        let error = match why {
            Obstacle::Circle => {
                return self.refuse(path, "is a symbolic link to a folder that it is in".to_owned());
            }
            Obstacle::Refused(error) => error,
        };
        let link = fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink());
        if link && error.kind() == io::ErrorKind::NotFound {
            self.refuse(path, "is a symbolic link to nothing".to_owned());
        } else {
            self.fail(path, error);
        }
    }

    /// Gives every file its number, and the zones that it is known to be.
    fn finish(mut self, sources: &Sources) -> Found {
        if let Some(version) = &self.request.history.version {
            self.lay_over(version, sources);
        }
        let servers = Servers::read(self.request, sources, &mut self.seen);
        let mut servers = servers.unwrap_or_else(|failure| {
            self.found.failures.push(failure);
            Servers::default()
        });
        let roots = [Some(&self.request.root), self.request.include_base.as_ref()];
        let roots: Vec<PathBuf> = roots.into_iter().flatten().map(|root| real_path(&clean(root))).collect();
        let targets: HashMap<usize, PathBuf> = (0..self.seen.len())
            .filter(|&at| self.seen[at].linked && !self.seen[at].out)
            .map(|at| (at, real_path(&self.seen[at].path)))
            .collect();
        let mut numbers: HashMap<&Path, Option<FileId>> =
            targets.values().map(|path| (&**path, None)).collect();
        let mut real = RealPaths::default();
        self.number(sources);
        if !numbers.is_empty() {
            for seen in self.seen.iter().filter(|seen| seen.is_direct()) {
                if let Some(number) = numbers.get_mut(&*real.of(&seen.path)) {
                    *number = number.or(seen.file);
                }
            }
        }
        let served = std::mem::take(&mut servers.served);
        let put = |seen: &Seen| _ = seen.file.map(|file| sources.put_regular(file, seen.path.clone()));
        let put_all = || {
            let seen = self.seen.par_iter().with_min_len(MANY);
            seen.filter(|seen| seen.is_direct()).for_each(put);
        };
        // To put a hundred thousand files in their places takes as long as to find out which zones they are.
        let (mut known, ()) = rayon::join(|| Known::new(self.request, served, &self.seen), put_all);
        let mut files = Vec::with_capacity(known.candidates(self.seen.len()));
        for (at, seen) in self.seen.into_iter().enumerate().filter(|(_, seen)| !seen.out) {
            let target = targets.get(&at);
            let number = target.and_then(|target| numbers.get_mut(&**target));
            let add = || sources.add_regular(seen.path.clone());
            let file = match (seen.file, number) {
                (Some(file), _) => file,
                (None, Some(number)) => *number.get_or_insert_with(add),
                (None, None) => add(),
            };
            let candidate = Candidate {
                file,
                explicit: seen.explicit,
                linked: seen.linked,
                astray: target.is_some_and(|target| !roots.iter().any(|root| target.starts_with(root))),
                unseen: false,
                known: None,
                path: seen.path,
            };
            known.assign(at, candidate, &mut real, &mut files);
        }
        known.drop_second_ways(&mut files);
        known.add_missed(self.request, sources, &mut files);
        known.report_missing(self.request, &mut self.found.failures);
        if servers.present {
            // Look-ups across zones use the first one of a name: that which is served.
            let others: Vec<_> = files.extract_if(.., |candidate| candidate.is_found()).collect();
            files.extend(others);
        }
        Found { files, zones: known.zones, servers, ..self.found }
    }

    /// Gives numbers to the files that have none and that no link leads to.
    fn number(&mut self, sources: &Sources) {
        let has_none = |seen: &&mut Seen| seen.is_direct() && seen.file.is_none();
        let count = self.seen.iter_mut().filter(has_none).count();
        let numbers = sources.reserve(u32::try_from(count).expect("memory ends before 2^32 files"));
        for (seen, number) in self.seen.iter_mut().filter(has_none).zip(numbers) {
            seen.file = Some(number);
        }
    }
}

/// The files below a folder, as a walk sees them.
pub(super) fn files_below(root: &Path) -> impl Iterator<Item = Arc<Path>> {
    tree::walk(root, &|_| false).filter_map(|met| match met {
        Met::File { path, .. } | Met::Derived(path) => Some(path),
        Met::Obstacle(_) => None,
    })
}

/// `exclude` for one walk.
struct Exclude<'r> {
    globs: &'r GlobSet,
    start: PathBuf,
    /// The path from the root to where the walk starts.
    prefix: PathBuf,
}

impl<'r> Exclude<'r> {
    fn new(request: &'r Request, start: &Path) -> Self {
        let (real, root) = (real_path(start), real_path(&clean(&request.root)));
        let prefix = real.strip_prefix(&root).map(Path::to_path_buf).unwrap_or_default();
        Self {
            globs: &request.exclude,
            start: start.strip_prefix(".").unwrap_or(start).to_path_buf(),
            prefix,
        }
    }

    fn is_empty(&self) -> bool {
        self.globs.is_empty()
    }

    fn has(&self, path: &Path) -> bool {
        let path = path.strip_prefix(".").unwrap_or(path);
        !self.is_empty()
            && path.strip_prefix(&self.start).is_ok_and(|below| {
                !below.as_os_str().is_empty() && self.globs.is_match(self.prefix.join(below))
            })
    }
}
