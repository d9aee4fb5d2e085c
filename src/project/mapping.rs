//! Where a path of the server is in the repository.
//!
//! A `named.conf` names files by the paths that they have on the server. Here they are where `--map` says,
//! or at that very path, or wherever the longest end of it is found: `/etc/bind/zones/db.example` is
//! `bind/zones/db.example` of a repository.

use std::collections::{BTreeMap, HashMap};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::paths::{PathTable, is_plain, join, normal, split};
use super::walk::{self, Request, Seen};
use crate::source::real_path;

/// Where servers have their configuration and their zones: a project there is no copy of them.
const ON_SERVERS: [&str; 3] = ["/etc", "/usr/local/etc", "/var"];

/// Where a path of the server leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mapped {
    /// To this file, if it is there.
    To(PathBuf),
    /// To any of these.
    Several(Vec<PathBuf>),
    /// Nowhere.
    Nowhere,
}

/// The files that were seen, by their paths.
pub(super) struct Walked<'s> {
    seen: &'s [Seen],
    numbers: OnceLock<PathTable>,
}

impl<'s> Walked<'s> {
    /// They are put into their table when the first is looked for.
    pub(super) fn new(seen: &'s [Seen]) -> Self {
        Self { seen, numbers: OnceLock::new() }
    }

    /// No walk has seen any.
    pub(super) fn is_empty(&self) -> bool {
        self.seen.is_empty()
    }

    /// The table of their numbers.
    pub(super) fn numbers(&self) -> &PathTable {
        self.numbers.get_or_init(|| {
            let mut numbers = PathTable::with_capacity(self.seen.len());
            for (number, it) in (0..).zip(self.seen) {
                numbers.insert(&it.path, number, |at| &*self.seen[at as usize].path);
            }
            numbers
        })
    }

    /// The places of files among those that were seen, as far as they are told at a glance. Each waits for memory, and
    /// then once more: who asks for many at once, waits for all of them together.
    pub(super) fn glance(&self, paths: &[PathBuf], places: &mut [Option<u32>]) {
        let seen = |at: u32| self.seen[at as usize].path.as_os_str();
        for (place, path) in places.iter_mut().zip(paths) {
            *place = self.numbers().guess(path);
        }
        for (place, path) in places.iter_mut().zip(paths) {
            *place = place.filter(|&at| seen(at).len() == path.as_os_str().len());
        }
        for (place, path) in places.iter_mut().zip(paths) {
            *place = place.filter(|&at| seen(at) == path.as_os_str());
        }
    }

    /// The place of a file among those that were seen.
    pub(super) fn find(&self, path: &Path) -> Option<u32> {
        self.numbers().get(path, |at| &*self.seen[at as usize].path)
    }
}

/// The files of a project, looked through only when they are needed.
pub(super) type Listed<'r> = Box<dyn Iterator<Item = Arc<Path>> + Sync + 'r>;

/// Maps paths of the server.
pub(super) struct Mapper<'r> {
    /// What `--map` says.
    given: &'r [(PathBuf, PathBuf)],
    /// The root of the project: as the user sees it, absolute, and without symbolic links.
    root: PathBuf,
    absolute: PathBuf,
    real: PathBuf,
    /// The current directory, if the user sees paths from there.
    current: PathBuf,
    /// The files of the project, if they are known.
    listed: Option<Listed<'r>>,
    /// The same by their names; they are looked for when they are needed.
    tree: Option<HashMap<OsString, Vec<Arc<Path>>>>,
    /// Whether there is such a folder.
    folders: HashMap<PathBuf, bool>,
    /// Folders of the server that are those of the project: a hundred thousand files are in some hundred.
    known: hashbrown::HashMap<Box<str>, PathBuf>,
    /// This is the server: the project is where configurations are, or a path of the server is one in it.
    live: bool,
    /// How often a folder of the server was found to be one of the project.
    prefixes: BTreeMap<(PathBuf, PathBuf), usize>,
}

impl<'r> Mapper<'r> {
    /// A mapper for the project of a request; `listed` are its files, if they are known already.
    pub(super) fn new(request: &'r Request, listed: Option<Listed<'r>>) -> Self {
        let root = walk::clean(&request.root);
        let absolute = normal(&root);
        let relative = request.paths.is_empty() || request.paths.iter().any(|path| path.is_relative());
        let real = real_path(&absolute);
        let live = ON_SERVERS.iter().any(|folder| real.starts_with(folder));
        Self {
            given: &request.map,
            current: if relative { normal(Path::new("")) } else { PathBuf::new() },
            real,
            // Whoever names absolute paths sees such.
            root: match relative {
                false => absolute.clone(),
                true if root == Path::new(".") => PathBuf::new(),
                true => root,
            },
            absolute,
            listed,
            tree: None,
            folders: HashMap::new(),
            known: hashbrown::HashMap::new(),
            live,
            prefixes: BTreeMap::new(),
        }
    }

    /// Learns which folders of the project those of these paths are, for [`Mapper::learned`] to tell all threads.
    pub(super) fn learn<'p>(&mut self, paths: impl Iterator<Item = &'p Path>) {
        for path in paths.filter(|path| path.is_absolute()) {
            if let Some((folder, _)) = split(path)
                && !self.known.contains_key(folder)
                && self.mapped(path).is_none()
                && let Some(here) = self.inside(path).and_then(|inside| self.folder_of(&inside))
            {
                self.known.insert(folder.into(), here);
            }
        }
    }

    /// Where a path of the server leads whose folder was learned: folder and name.
    pub(super) fn learned<'p>(&self, path: &'p Path) -> Option<(&Path, &'p str)> {
        let (folder, name) = split(path)?;
        let here = self.known.get(folder)?;
        self.mapped(path).is_none().then_some((here, name))
    }

    /// Notes that a path was [learned](Mapper::learned): so this may be the server.
    pub(super) fn meet(&mut self) {
        self.live = true;
    }

    /// Where a path of the server leads that a file in the folder `home` names. That a file `is_there` spares
    /// a question to the system; it need not be known of all.
    pub(super) fn find(&mut self, path: &Path, home: &Path, is_there: impl Fn(&Path) -> bool) -> Mapped {
        if let Some(to) = self.mapped(path) {
            return Mapped::To(to);
        }
        let parts = split(path);
        if let Some((folder, name)) = parts
            && let Some(here) = self.known.get(folder)
        {
            let here = join(here, name);
            self.meet();
            return Mapped::To(here);
        }
        if path.is_relative() {
            let beside = home.join(path);
            let clean = walk::clean(&beside);
            if is_plain(path) && is_there(&clean) || beside.exists() {
                return Mapped::To(clean);
            }
        }
        if let Some(inside) = self.inside(path)
            && let Some(here) = self.folder_of(&inside)
        {
            self.live |= path.is_absolute();
            if let Some((folder, _)) = parts.filter(|_| path.is_absolute()) {
                self.known.insert(folder.into(), here);
            }
            return Mapped::To(inside);
        }
        if self.live && is_file(path) {
            return Mapped::To(path.to_path_buf());
        }
        self.by_suffix(path, home)
    }

    /// Where `--map` sends a path: the longest prefix counts.
    fn mapped(&self, path: &Path) -> Option<PathBuf> {
        let fits = |(from, to): &(PathBuf, PathBuf)| {
            Some((from.components().count(), to.join(path.strip_prefix(from).ok()?)))
        };
        self.given.iter().filter_map(fits).max_by_key(|(length, _)| *length).map(|(_, to)| to)
    }

    /// A path below the root, as the user sees it.
    fn inside(&self, path: &Path) -> Option<PathBuf> {
        let below = path.strip_prefix(&self.absolute).or_else(|_| path.strip_prefix(&self.real)).ok()?;
        Some(shown(self.root.join(below), &self.current))
    }

    /// Whether a path that was found is outside the project.
    pub(super) fn is_outside(&self, path: &Path) -> bool {
        let real = real_path(path);
        !real.starts_with(&self.real)
    }

    /// The folder that a file is in, if it is there.
    fn folder_of(&mut self, file: &Path) -> Option<PathBuf> {
        let folder = file.parent().unwrap_or(Path::new(""));
        self.is_folder(folder).then(|| folder.to_path_buf())
    }

    fn is_folder(&mut self, folder: &Path) -> bool {
        if let Some(&known) = self.folders.get(folder) {
            return known;
        }
        let is = if folder.as_os_str().is_empty() { true } else { folder.is_dir() };
        self.folders.insert(folder.to_path_buf(), is);
        is
    }

    /// The file whose path has the longest end in common with that of the server; of several, the one
    /// closest to `home`.
    fn by_suffix(&mut self, path: &Path, home: &Path) -> Mapped {
        let Some(name) = path.file_name() else { return Mapped::Nowhere };
        let root = if self.root.as_os_str().is_empty() { Path::new(".") } else { &self.root };
        let current = &self.current;
        let listed = &mut self.listed;
        let tree = self.tree.get_or_insert_with(|| match listed.take() {
            Some(listed) => by_name(listed),
            None => by_name(walk::files_below(root).map(|path| shown(path.to_path_buf(), current).into())),
        });
        let Some(files) = tree.get(name) else { return Mapped::Nowhere };
        let none = Vec::new();
        let confs = tree.get(OsStr::new("named.conf")).unwrap_or(&none);
        let rank = |file: &Path| (common_end(file, path), common_start(file, home));
        // By its name alone, the file of another server is not taken for one of this.
        let may_be = |file: &&Arc<Path>| common_end(file, path) > 1 || !is_of_another(file, home, confs);
        let files: Vec<_> = files.iter().filter(may_be).collect();
        let Some(best) = files.iter().map(|file| rank(file)).max() else { return Mapped::Nowhere };
        let mut found = files.iter().filter(|file| rank(file) == best).map(|file| file.to_path_buf());
        let Some(first) = found.next() else { return Mapped::Nowhere };
        let others: Vec<_> = found.collect();
        if !others.is_empty() {
            return Mapped::Several([vec![first], others].concat());
        }
        let found = first;
        let (server, here) = (above(path, best.0), above(&found, best.0));
        *self.prefixes.entry((server, here)).or_default() += 1;
        Mapped::To(found)
    }

    /// The folders of the server that were found to be folders of the project, the most common first;
    /// what `--map` says before them.
    pub(super) fn prefixes(&self) -> Vec<(PathBuf, PathBuf)> {
        let mut found: Vec<_> = self.prefixes.iter().collect();
        found.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        self.given.iter().chain(found.into_iter().map(|(prefix, _)| prefix)).cloned().collect()
    }

    /// A folder of the server.
    pub(super) fn folder(&mut self, path: &Path) -> Option<PathBuf> {
        if let Some(to) = self.mapped(path) {
            return Some(to);
        }
        if let Some(inside) = self.inside(path)
            && self.is_folder(&inside)
        {
            return Some(inside);
        }
        let here = |(server, here): &(PathBuf, PathBuf)| Some(here.join(path.strip_prefix(server).ok()?));
        let found = self.prefixes().iter().filter_map(here).find(|folder| self.is_folder(folder));
        found.or_else(|| (self.live && path.is_absolute() && path.is_dir()).then(|| path.to_path_buf()))
    }
}

/// A path as the user sees it: from the current directory, if it is below.
fn shown(path: PathBuf, current: &Path) -> PathBuf {
    match path.strip_prefix(current) {
        Ok(below) if !current.as_os_str().is_empty() => below.to_path_buf(),
        _ => path,
    }
}

fn is_file(path: &Path) -> bool {
    path.is_absolute() && fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}

fn by_name(files: impl Iterator<Item = Arc<Path>>) -> HashMap<OsString, Vec<Arc<Path>>> {
    let mut tree: HashMap<OsString, Vec<Arc<Path>>> = HashMap::new();
    for file in files {
        let name = file.file_name().unwrap_or_default();
        match tree.get_mut(name) {
            Some(files) => files.push(file),
            None => _ = tree.insert(name.to_owned(), vec![file]),
        }
    }
    tree
}

/// Whether the `named.conf` next above a file is not that of a folder, nor above it.
fn is_of_another(file: &Path, home: &Path, confs: &[Arc<Path>]) -> bool {
    let folders = confs.iter().filter_map(|conf| conf.parent());
    let nearest =
        folders.filter(|folder| file.starts_with(folder)).max_by_key(|folder| folder.components().count());
    nearest.is_some_and(|folder| !home.starts_with(folder))
}

/// Whether a file was found where a path of the server says: beside what names it, or by more than its name.
pub(super) fn is_likely(found: &Path, path: &Path, home: &Path) -> bool {
    found.parent() == Some(home) || common_end(found, path) > 1 || path.components().nth(1).is_none()
}

/// How many components two paths have in common at their ends.
fn common_end(a: &Path, b: &Path) -> usize {
    a.components().rev().zip(b.components().rev()).take_while(|(a, b)| a == b).count()
}

/// How many components two paths have in common at their starts.
fn common_start(a: &Path, b: &Path) -> usize {
    let [a, b] = [a, b].map(|path| path.components().filter(|it| *it != Component::CurDir));
    a.zip(b).take_while(|(a, b)| a == b).count()
}

/// A path without its last components.
fn above(path: &Path, components: usize) -> PathBuf {
    path.ancestors().nth(components).unwrap_or(Path::new("")).to_path_buf()
}
