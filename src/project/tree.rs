//! The files below a folder.
//!
//! Folders are read on all threads, one level after the other: a recursion would end where the stack does,
//! and not where the tree does. What comes out is in the order of a walk that enters each folder where its
//! name stands. The type of a file is in the entry of its folder, so that only links cost a question.

use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::vec;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::paths::name_of;
use crate::source::Identity;

/// What a walk meets.
pub(super) enum Met {
    /// A regular file; `linked`: a symbolic link is in the way to it.
    File { path: Arc<Path>, linked: bool },
    /// A file that is made from another.
    Derived(Arc<Path>),
    /// What it cannot pass; hardly anything is.
    Obstacle(Box<(PathBuf, Obstacle)>),
}

/// Why a walk cannot go on somewhere.
pub(super) enum Obstacle {
    /// A link to a folder that it is in.
    Circle,
    /// The system says no.
    Refused(io::Error),
}

/// A folder with what is in it, once it has been read.
struct Folder {
    path: PathBuf,
    /// The folder that it is in.
    above: Option<usize>,
    linked: bool,
    entries: Vec<Entry>,
    /// The first of the folders in it; the others follow.
    first: usize,
}

enum Entry {
    Met(Met),
    /// The next of the folders in it.
    Folder,
}

/// All files below `start` in the order of their names. Hidden folders and those that tools make are not
/// entered, and nothing whose path `is_left_out`.
pub(super) fn walk(start: &Path, is_left_out: &(impl Fn(&Path) -> bool + Sync)) -> InOrder {
    let mut folders = vec![Folder::new(start.to_path_buf(), None, false)];
    let mut level = 0;
    while level < folders.len() {
        let read: Vec<_> =
            folders[level..].par_iter().map(|folder| folder.read(&folders, is_left_out)).collect();
        for (entries, inner) in read {
            let first = folders.len();
            folders.extend(inner.into_iter().map(|(path, linked)| Folder::new(path, Some(level), linked)));
            (folders[level].entries, folders[level].first) = (entries, first);
            level += 1;
        }
    }
    InOrder::new(folders)
}

/// What was met, each folder where its name stands.
pub(super) struct InOrder {
    folders: Vec<Folder>,
    /// The folders that are entered: what is still to come of each, and the first of the folders in that.
    way: Vec<(vec::IntoIter<Entry>, usize)>,
    left: usize,
}

impl InOrder {
    fn new(folders: Vec<Folder>) -> Self {
        let left = folders.iter().map(|folder| folder.entries.len()).sum();
        let mut all = Self { folders, way: Vec::new(), left };
        all.enter(0);
        all
    }

    fn enter(&mut self, at: usize) {
        let folder = &mut self.folders[at];
        self.way.push((std::mem::take(&mut folder.entries).into_iter(), folder.first));
    }
}

impl Iterator for InOrder {
    type Item = Met;

    fn next(&mut self) -> Option<Met> {
        loop {
            let (entries, next) = self.way.last_mut()?;
            let Some(entry) = entries.next() else {
                self.way.pop();
                continue;
            };
            self.left -= 1;
            match entry {
                Entry::Met(met) => return Some(met),
                Entry::Folder => {
                    let inner = *next;
                    *next += 1;
                    self.enter(inner);
                }
            }
        }
    }

    /// No more than there are entries.
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(self.left))
    }
}

impl Folder {
    fn new(path: PathBuf, above: Option<usize>, linked: bool) -> Self {
        Self { path, above, linked, entries: Vec::new(), first: 0 }
    }

    /// What is in it, and the folders among that: whether a link is in the way to each.
    fn read(
        &self,
        folders: &[Folder],
        is_left_out: &impl Fn(&Path) -> bool,
    ) -> (Vec<Entry>, Vec<(PathBuf, bool)>) {
        let mut entries = Vec::new();
        let mut listed: Vec<DirEntry> = Vec::new();
        // One folder at a time: what is below is for other threads.
        for entry in WalkDir::new(&self.path).min_depth(1).max_depth(1) {
            match entry {
                Ok(entry) => listed.push(entry),
                Err(error) => {
                    let error = error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into());
                    entries.push(obstacle(self.path.clone(), Obstacle::Refused(error)));
                }
            }
        }
        // What stands before the names is the same in all.
        listed.sort_unstable_by(|a, b| a.path().as_os_str().cmp(b.path().as_os_str()));
        entries.reserve_exact(listed.len());
        let mut inner = Vec::new();
        // A path below the current directory begins without it.
        let is_current = self.path == Path::new(".");
        for entry in listed {
            let (name, kind) = (name_of(entry.path()), entry.file_type());
            let shown = if is_current { Path::new(entry.file_name()) } else { entry.path() };
            let is_link = kind.is_symlink();
            let kind = match if is_link { self.follow(entry.path(), folders) } else { Ok(kind) } {
                Ok(kind) => kind,
                Err(why) => {
                    entries.push(obstacle(shown.to_path_buf(), why));
                    continue;
                }
            };
            let linked = self.linked || is_link;
            if kind.is_dir() {
                if !is_passed(name) && !is_left_out(entry.path()) {
                    inner.push((shown.to_path_buf(), linked));
                    entries.push(Entry::Folder);
                }
            } else if kind.is_file() && !is_left_out(entry.path()) {
                let path: Arc<Path> = shown.into();
                let met = if is_derived(name) { Met::Derived(path) } else { Met::File { path, linked } };
                entries.push(Entry::Met(met));
            }
        }
        (entries, inner)
    }

    /// What a link leads to, unless that is a folder that it is in.
    fn follow(&self, link: &Path, folders: &[Folder]) -> Result<FileType, Obstacle> {
        let metadata = fs::metadata(link).map_err(Obstacle::Refused)?;
        if metadata.is_dir() {
            let target = Identity::of(link, &metadata);
            let mut above = Some(self);
            while let Some(folder) = above {
                if fs::metadata(&folder.path).is_ok_and(|it| Identity::of(&folder.path, &it) == target) {
                    return Err(Obstacle::Circle);
                }
                above = folder.above.map(|at| &folders[at]);
            }
        }
        Ok(metadata.file_type())
    }
}

fn obstacle(path: PathBuf, why: Obstacle) -> Entry {
    Entry::Met(Met::Obstacle(Box::new((path, why))))
}

/// What is not entered in a walk: hidden folders (those of version control among them) and what
/// tools build. Anything may be named.
pub(super) fn is_passed(name: &[u8]) -> bool {
    name.starts_with(b".") || name == b"target" || name == b"node_modules"
}

/// Whether a file is made from another by a server, a signer, an editor or a packager.
pub(super) fn is_derived(name: &[u8]) -> bool {
    let (mut ending, mut is_kept) = (&[][..], false);
    for dot in memchr::memchr_iter(b'.', name) {
        ending = &name[dot..];
        is_kept |= [&b".ori."[..], b".dpkg-", b".save."].iter().any(|kept| ending.starts_with(kept));
    }
    matches!(
        ending,
        b".jnl"
            | b".jbk"
            | b".signed"
            | b".bak"
            | b".orig"
            | b".ori"
            | b".save"
            | b".swp"
            | b".swo"
            | b".rpmnew"
            | b".rpmsave"
            | b".rej"
    ) || name.ends_with(b"~")
        || name.starts_with(b".#")
        || name.starts_with(b"#") && name.ends_with(b"#")
        || is_kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(root: &Path) -> Vec<String> {
        let file = |met| match met {
            Met::File { path, .. } => path.strip_prefix(root).expect("below").to_string_lossy().into_owned(),
            Met::Derived(_) => "derived".to_owned(),
            Met::Obstacle(met) => match met.1 {
                Obstacle::Circle => "circle".to_owned(),
                Obstacle::Refused(error) => error.kind().to_string(),
            },
        };
        walk(root, &|path| path.ends_with("left")).map(file).collect()
    }

    #[test]
    fn a_folder_is_entered_where_its_name_stands() {
        let tree = tempfile::tempdir().expect("a temporary folder");
        let at = |path: &str| tree.path().join(path);
        for folder in ["b/b", "b/a", "d", ".git", "left", "b/target"] {
            fs::create_dir_all(at(folder)).expect("a folder");
            fs::write(at(folder).join("z"), "").expect("a file");
        }
        for file in ["b-", "b.", "a", "c", "b/m", "b/left", "c.bak", ".hidden"] {
            fs::write(at(file), "").expect("a file");
        }
        let expected = [".hidden", "a", "b/a/z", "b/b/z", "b/m", "b-", "b.", "c", "derived", "d/z"];
        assert_eq!(files(tree.path()), expected);
    }

    #[test]
    fn depth_is_no_limit() {
        let tree = tempfile::tempdir().expect("a temporary folder");
        let below = "d/".repeat(400);
        fs::create_dir_all(tree.path().join(&below)).expect("folders");
        fs::write(tree.path().join(&below).join("z"), "").expect("a file");
        assert_eq!(files(tree.path()), [below + "z"]);
    }

    #[test]
    fn what_is_made_from_another_file_is_told_by_its_name() {
        for name in [
            "a.jnl",
            "a.b.bak",
            ".swp",
            "a~",
            "#a#",
            ".#a",
            "a.ori.gz",
            "a.dpkg-dist",
            "a.rpmsave",
            "a.save",
            "a.save.1",
        ] {
            assert!(is_derived(name.as_bytes()), "{name}");
        }
        for name in [
            "jnl",
            "a.bak.zone",
            "a.orig.example",
            "a.original",
            "dpkg-dist",
            "a.save1",
            "#a",
            "~a",
            "a.",
            "",
        ] {
            assert!(!is_derived(name.as_bytes()), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn circles_are_seen() {
        let tree = tempfile::tempdir().expect("a temporary folder");
        let at = |path: &str| tree.path().join(path);
        fs::create_dir_all(at("a/b")).expect("a folder");
        fs::write(at("a/z"), "").expect("a file");
        std::os::unix::fs::symlink("..", at("a/b/up")).expect("a link");
        std::os::unix::fs::symlink("a", at("other")).expect("a link");
        std::os::unix::fs::symlink("nothing", at("broken")).expect("a link");
        assert_eq!(files(tree.path()), ["circle", "a/z", "entity not found", "circle", "other/z"]);
    }
}
