//! Another version of the files: what is different lies over the disk.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use super::blobs::Blobs;
use super::repository::{Difference, Repository, path_of};

/// Links that are followed before there is believed to be a circle of them (as by Linux).
const MAX_LINKS: usize = 40;

/// Kinds of files, as git writes them.
const KIND: u32 = 0o170_000;
const LINK: u32 = 0o120_000;
const FILE: u32 = 0o100_000;

/// Files as they are in a commit or in the index, as far as they are not so on the disk.
#[derive(Debug)]
pub struct Overlay {
    /// By paths without symbolic links in their folders.
    files: BTreeMap<PathBuf, Instead>,
    /// The names that these paths end with.
    names: HashSet<OsString>,
    blobs: Blobs,
}

/// What is at a path instead of what the disk has there.
#[derive(Debug)]
enum Instead {
    Nothing,
    /// The blob that it is.
    File(String),
    /// The blob that says where it leads.
    Link(String),
}

impl Overlay {
    /// The earlier version of what is different from the disk.
    pub fn new(repository: &Repository, differences: Vec<Difference>) -> Self {
        let instead = |Difference { path, old: (mode, blob), .. }| {
            let instead = match mode & KIND {
                FILE => Instead::File(blob),
                LINK => Instead::Link(blob),
                _ => Instead::Nothing,
            };
            (path, instead)
        };
        let mut overlay =
            Self { files: BTreeMap::new(), names: HashSet::new(), blobs: Blobs::new(repository.clone()) };
        overlay.lay(differences.into_iter().map(instead));
        overlay
    }

    fn lay(&mut self, files: impl Iterator<Item = (PathBuf, Instead)>) {
        for (path, instead) in files {
            self.names.insert(path.file_name().unwrap_or_default().to_owned());
            self.files.insert(path, instead);
        }
    }

    /// Takes files away that are on the disk.
    pub fn hide(&mut self, paths: impl IntoIterator<Item = PathBuf>) {
        self.lay(paths.into_iter().map(|path| (path, Instead::Nothing)));
    }

    /// There is nothing different.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Some path of this name is different: of all other names, only links can be.
    pub fn has_name(&self, name: &OsStr) -> bool {
        self.names.contains(name)
    }

    /// The path that a file has after all symbolic links, if there is something.
    pub fn real(&self, path: &Path) -> io::Result<PathBuf> {
        let mut real = PathBuf::new();
        let mut ahead: VecDeque<PathBuf> = VecDeque::new();
        let push = |ahead: &mut VecDeque<PathBuf>, path: &Path| {
            for component in path.components().rev() {
                ahead.push_front(Path::new(component.as_os_str()).to_path_buf());
            }
        };
        push(&mut ahead, path);
        push(&mut ahead, &std::env::current_dir()?);
        let mut links = 0;
        while let Some(next) = ahead.pop_front() {
            match next.components().next() {
                Some(Component::ParentDir) => _ = real.pop(),
                Some(Component::CurDir) | None => {}
                Some(Component::Prefix(_) | Component::RootDir) => real.push(next),
                Some(Component::Normal(name)) => {
                    let here = real.join(name);
                    match self.link(&here)? {
                        None => real = here,
                        Some(target) => {
                            links += 1;
                            if links > MAX_LINKS {
                                return Err(io::Error::other("too many levels of symbolic links"));
                            }
                            push(&mut ahead, &target);
                        }
                    }
                }
            }
        }
        Ok(real)
    }

    /// Where the symbolic link at `path` leads; `None` if something else is there.
    fn link(&self, path: &Path) -> io::Result<Option<PathBuf>> {
        match self.files.get(path) {
            Some(Instead::Nothing) => Err(io::ErrorKind::NotFound.into()),
            Some(Instead::File(_)) => Ok(None),
            Some(Instead::Link(blob)) => Ok(Some(path_of(&self.blobs.read(blob)?))),
            None => match fs::symlink_metadata(path) {
                Ok(metadata) if metadata.is_symlink() => fs::read_link(path).map(Some),
                Ok(_) => Ok(None),
                Err(_) if self.is_folder(path) => Ok(None),
                Err(error) => Err(error),
            },
        }
    }

    /// Some file of this version is below `path`.
    fn is_folder(&self, path: &Path) -> bool {
        let below = self.files.range(path.to_path_buf()..).take_while(|(file, _)| file.starts_with(path));
        below.into_iter().any(|(_, instead)| !matches!(instead, Instead::Nothing))
    }

    /// The bytes of a file by its real path; `None` where they are those on the disk.
    pub fn read(&self, real: &Path) -> Option<io::Result<Vec<u8>>> {
        match self.files.get(real)? {
            Instead::File(blob) => Some(self.blobs.read(blob)),
            Instead::Link(_) | Instead::Nothing => None,
        }
    }

    /// The files of this version below a folder that are not on the disk at all.
    pub fn missing_on_disk(&self, folder: &Path) -> impl Iterator<Item = &Path> {
        let files =
            self.files.range(folder.to_path_buf()..).take_while(move |(file, _)| file.starts_with(folder));
        files
            .filter(|(path, instead)| {
                !matches!(instead, Instead::Nothing) && fs::symlink_metadata(path).is_err()
            })
            .map(|(path, _)| path.as_path())
    }
}
