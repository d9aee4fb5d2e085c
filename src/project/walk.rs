//! From what the user named to files.

use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::GlobSet;
use walkdir::{DirEntry, WalkDir};

use super::git::Overlay;
use super::history::History;
use super::include::reason;
use super::known::{Known, KnownZone, RealPaths};
use super::servers::Servers;
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
    pub known: Option<usize>,
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
        known: HashMap::new(),
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
    pub(super) path: PathBuf,
    pub(super) explicit: bool,
    linked: bool,
    /// What it is that can be read only once.
    pub(super) file: Option<FileId>,
}

struct Search<'r> {
    request: &'r Request,
    found: Found,
    seen: Vec<Seen>,
    /// Paths that were seen, where several were named.
    known: HashMap<PathBuf, usize>,
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
                self.seen.push(Seen { path, explicit: true, linked: false, file });
            }
        }
    }

    fn named(&mut self, path: &Path) {
        match fs::metadata(path) {
            Err(error) => self.fail(path, error),
            Ok(metadata) if metadata.is_dir() => self.walk(path),
            Ok(metadata) => {
                if let Some(kind) = not_a_file(&metadata) {
                    self.refuse(path, format!("is {kind}, not a file"));
                    return;
                }
                let linked = fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink());
                self.see(path.to_path_buf(), true, linked);
            }
        }
    }

    fn see(&mut self, path: PathBuf, explicit: bool, linked: bool) {
        if self.several {
            if let Some(&known) = self.known.get(&path) {
                self.seen[known].explicit |= explicit;
                return;
            }
            self.known.insert(path.clone(), self.seen.len());
        }
        self.seen.push(Seen { path, explicit, linked, file: None });
    }

    fn walk(&mut self, start: &Path) {
        let exclude = Exclude::new(self.request, start);
        // Depths at which links to folders were followed.
        let mut links: Vec<usize> = Vec::new();
        let walk = WalkDir::new(start).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| is_entered(entry) && !exclude.has(entry.path())) {
            match entry {
                Ok(entry) => {
                    while links.last().is_some_and(|&depth| depth >= entry.depth()) {
                        links.pop();
                    }
                    let linked = !links.is_empty() || entry.depth() > 0 && entry.path_is_symlink();
                    if entry.file_type().is_dir() {
                        links.extend((entry.depth() > 0 && entry.path_is_symlink()).then_some(entry.depth()));
                    } else if entry.file_type().is_file() {
                        self.walked(entry.path(), linked);
                    }
                }
                Err(error) => self.stumble(start, error, &exclude),
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
                if !left_out && !folders().any(is_passed) {
                    self.walked(&shown, false);
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

    fn walked(&mut self, path: &Path, linked: bool) {
        let path = path.strip_prefix(".").unwrap_or(path);
        if is_derived(path) {
            self.found.derived.push(path.to_path_buf());
        } else {
            self.see(path.to_path_buf(), false, linked);
        }
    }

    /// Takes what a walk could not pass.
    fn stumble(&mut self, start: &Path, error: walkdir::Error, exclude: &Exclude<'_>) {
        let path = error.path().unwrap_or(start).to_path_buf();
        if is_derived(&path) || exclude.has(&path) {
            return;
        }
        let path = path.strip_prefix(".").unwrap_or(&path);
        if error.loop_ancestor().is_some() {
            self.refuse(path, "is a symbolic link to a folder that it is in".to_owned());
            return;
        }
        let link = fs::symlink_metadata(path).is_ok_and(|m| m.is_symlink());
        match error.into_io_error() {
            Some(error) if link && error.kind() == io::ErrorKind::NotFound => {
                self.refuse(path, "is a symbolic link to nothing".to_owned());
            }
            Some(error) => self.fail(path, error),
            None => self.refuse(path, "cannot be read".to_owned()),
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
            .filter(|&at| self.seen[at].linked)
            .map(|at| (at, real_path(&self.seen[at].path)))
            .collect();
        let mut numbers: HashMap<&Path, Option<FileId>> =
            targets.values().map(|path| (&**path, None)).collect();
        let mut real = RealPaths::default();
        for seen in self.seen.iter_mut().filter(|seen| !seen.linked) {
            let file = *seen.file.get_or_insert_with(|| sources.add(&seen.path));
            if !numbers.is_empty()
                && let Some(number) = numbers.get_mut(&*real.of(&seen.path))
            {
                number.get_or_insert(file);
            }
        }
        let mut known = Known::new(self.request, std::mem::take(&mut servers.zones));
        for (at, seen) in self.seen.into_iter().enumerate() {
            let target = targets.get(&at);
            let number = target.and_then(|target| numbers.get_mut(&**target));
            let file = match (seen.file, number) {
                (Some(file), _) => file,
                (None, Some(number)) => *number.get_or_insert_with(|| sources.add(&seen.path)),
                (None, None) => sources.add(&seen.path),
            };
            let candidate = Candidate {
                file,
                explicit: seen.explicit,
                linked: seen.linked,
                astray: target.is_some_and(|target| !roots.iter().any(|root| target.starts_with(root))),
                unseen: false,
                known: None,
                path: if seen.linked { seen.path.into() } else { sources.path(file) },
            };
            known.assign(candidate, &mut real, &mut self.found.files);
        }
        known.drop_second_ways(&mut self.found.files);
        known.add_missed(self.request, sources, &mut self.found.files);
        known.report_missing(self.request, &mut self.found.failures);
        if servers.present {
            // Look-ups across zones use the first one of a name: that which is served.
            self.found.files.sort_by_key(Candidate::is_found);
        }
        self.found.zones = known.zones;
        self.found.servers = servers;
        self.found
    }
}

/// The files below a folder, as a walk sees them.
pub(super) fn files_below(root: &Path) -> impl Iterator<Item = PathBuf> {
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter().filter_entry(is_entered);
    let files = walk.flatten().filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.path().strip_prefix(".").unwrap_or(entry.path()).to_path_buf())
}

/// What is not entered in a walk: hidden folders (those of version control among them) and what
/// tools build. Anything may be named.
fn is_entered(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_type().is_dir() || !is_passed(entry.file_name())
}

fn is_passed(folder: &OsStr) -> bool {
    let name = folder.as_encoded_bytes();
    name.starts_with(b".") || name == b"target" || name == b"node_modules"
}

/// Whether a file is made from another by a server, a signer, an editor or a packager.
fn is_derived(path: &Path) -> bool {
    const ENDINGS: [&[u8]; 12] = [
        b".jnl",
        b".jbk",
        b".signed",
        b".bak",
        b".orig",
        b".ori",
        b"~",
        b".swp",
        b".swo",
        b".rpmnew",
        b".rpmsave",
        b".rej",
    ];
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    ENDINGS.iter().any(|ending| name.ends_with(ending))
        || name.starts_with(b".#")
        || name.starts_with(b"#") && name.ends_with(b"#")
        || memchr::memmem::find(name, b".ori.").is_some()
        || memchr::memmem::find(name, b".dpkg-").is_some()
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
        Self { globs: &request.exclude, start: start.to_path_buf(), prefix }
    }

    fn has(&self, path: &Path) -> bool {
        !self.globs.is_empty()
            && path.strip_prefix(&self.start).is_ok_and(|below| {
                !below.as_os_str().is_empty() && self.globs.is_match(self.prefix.join(below))
            })
    }
}
