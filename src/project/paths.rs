//! Paths by their words and bytes, the system not asked.

use std::borrow::Cow;
use std::hash::BuildHasher;
use std::path::{Component, Path, PathBuf, is_separator};

use hashbrown::{DefaultHashBuilder, HashTable};

/// Numbers by paths that are kept elsewhere: `at` is the path of a number. The bytes of a path are hashed in
/// a tenth of the time that its components take, and no copy of it is needed; two paths are the same all
/// the same if their components are.
#[derive(Debug, Default)]
pub(super) struct PathTable {
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl PathTable {
    /// A table with room for so many paths.
    pub(super) fn with_capacity(paths: usize) -> Self {
        Self { table: HashTable::with_capacity(paths), hasher: DefaultHashBuilder::default() }
    }

    /// The number of a path.
    pub(super) fn get<P: AsRef<Path>>(&self, path: &Path, at: impl Fn(u32) -> P) -> Option<u32> {
        self.table.find(hash(&self.hasher, path), |&known| is_same(at(known).as_ref(), path)).copied()
    }

    /// The number that a path has, if it has one; another path may have it.
    pub(super) fn guess(&self, path: &Path) -> Option<u32> {
        self.table.iter_hash(hash(&self.hasher, path)).next().copied()
    }

    /// The number of a path, which is this one if it had none.
    pub(super) fn insert<P: AsRef<Path>>(&mut self, path: &Path, number: u32, at: impl Fn(u32) -> P) -> u32 {
        let hasher = &self.hasher;
        let is_it = |&known: &u32| is_same(at(known).as_ref(), path);
        let entry = self.table.entry(hash(hasher, path), is_it, |&known| hash(hasher, at(known).as_ref()));
        *entry.or_insert(number).get()
    }
}

fn hash(hasher: &DefaultHashBuilder, path: &Path) -> u64 {
    hasher.hash_one(tidy(path).as_os_str().as_encoded_bytes())
}

fn is_same(a: &Path, b: &Path) -> bool {
    a.as_os_str() == b.as_os_str() || a == b
}

/// A path as its components make it: without `//`, without a `.` behind a `/`, and without a `/` at its end.
fn tidy(path: &Path) -> Cow<'_, Path> {
    if is_tidy(path) { path.into() } else { path.components().collect::<PathBuf>().into() }
}

/// Whether a path has no `//`, no `.` behind a `/`, and no `/` at its end, as far as that is told at a glance.
#[expect(clippy::needless_bitwise_bool, reason = "without a branch, this is done sixteen bytes at a time")]
fn is_tidy(path: &Path) -> bool {
    let bytes = path.as_os_str().as_encoded_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    let odd = pairs.fold(false, |odd, (&a, &b)| odd | (a == b'/') & ((b == b'/') | (b == b'.')));
    !odd && !bytes.ends_with(b"/") && !cfg!(windows)
}

/// An absolute path without `.` and `..`, by its words alone.
pub(super) fn normal(path: &Path) -> PathBuf {
    if path.is_absolute() && is_tidy(path) {
        return path.to_path_buf();
    }
    let absolute = if path.is_absolute() {
        path.to_path_buf()
    } else {
        std::env::current_dir().unwrap_or_default().join(path)
    };
    let mut normal = PathBuf::new();
    for component in absolute.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => _ = normal.pop(),
            other => normal.push(other),
        }
    }
    normal
}

/// A path in a folder, in one piece of memory from the start.
pub(super) fn join(folder: &Path, path: impl AsRef<Path>) -> PathBuf {
    let path = path.as_ref();
    let mut joined = PathBuf::with_capacity(folder.as_os_str().len() + 1 + path.as_os_str().len());
    join_in(&mut joined, folder, path);
    joined
}

/// The same in the room of another path.
pub(super) fn join_in<'r>(room: &'r mut PathBuf, folder: &Path, path: impl AsRef<Path>) -> &'r Path {
    room.as_mut_os_string().clear();
    room.push(folder);
    room.push(path);
    room
}

/// Whether a path begins with a folder. Of most their bytes tell, in a tenth of the time that their components take.
pub(super) fn starts_with(path: &Path, folder: &Path) -> bool {
    let [path_bytes, folder_bytes] = [path, folder].map(|it| it.as_os_str().as_encoded_bytes());
    let below = path_bytes.strip_prefix(folder_bytes).is_some_and(|below| below.starts_with(b"/"));
    below || path.starts_with(folder)
}

/// Whether a path ends with its name: one with a `/` behind it is that of a folder only.
pub(super) fn is_plain(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    !name.is_empty() && path.as_os_str().as_encoded_bytes().ends_with(name)
}

/// The name of a file. The bytes of its path tell it in a fifth of the time that components take.
pub(super) fn name_of(path: &Path) -> &[u8] {
    let bytes = path.as_os_str().as_encoded_bytes();
    let before = bytes.iter().rposition(|byte| is_separator(char::from(*byte)));
    &bytes[before.map_or(0, |before| before + 1)..]
}

/// Folder and name of a path, if its end is that folder, one `/` and that name, and nothing else. Paths that are no
/// UTF-8 are left out: the bytes of others tell in a fifth of the time that components take.
pub(super) fn split(path: &Path) -> Option<(&str, &str)> {
    let text = path.to_str()?;
    let slash = memchr::memrchr(b'/', text.as_bytes())?;
    let (folder, name) = (&text[..slash], &text[slash + 1..]);
    let is_name = !matches!(name, "" | "." | "..") && (cfg!(unix) || !name.contains(is_separator));
    let is_folder = !folder.is_empty() && !folder.ends_with('/') && !folder.ends_with("/.");
    (is_name && is_folder).then_some((folder, name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_the_same_if_their_components_are() {
        let paths = ["a/b", "/c", "./d", "a/../e", "a/.f"];
        let at = |number: u32| paths[number as usize];
        let mut table = PathTable::default();
        for (number, path) in (0..).zip(paths) {
            assert_eq!(table.insert(Path::new(path), number, at), number);
        }
        let get = |path: &str| table.get(Path::new(path), at);
        for (path, number) in
            [("a//b", 0), ("a/./b/", 0), ("//c/.", 1), (".//d", 2), ("a/..//e", 3), ("a/.f", 4)]
        {
            assert_eq!(get(path), Some(number), "{path}");
        }
        for path in ["b", "/a/b", "d", "e", "a", ""] {
            assert_eq!(get(path), None, "{path}");
        }
        assert_eq!(table.insert(Path::new("a//b"), 9, at), 0);
    }

    #[test]
    fn a_folder_is_more_than_the_beginning_of_a_name() {
        let starts = |path: &str, folder: &str| starts_with(Path::new(path), Path::new(folder));
        for (path, folder) in [("/a/b", "/a"), ("/a/b", "/a/"), ("/a/b", "/"), ("/a", "/a"), ("a//b", "a")] {
            assert!(starts(path, folder), "{path} {folder}");
        }
        for (path, folder) in [("/ab", "/a"), ("/a", "/a/b"), ("/a", "b"), ("a/b", "/a")] {
            assert!(!starts(path, folder), "{path} {folder}");
        }
    }

    #[test]
    fn only_a_plain_end_is_split() {
        assert_eq!(split(Path::new("/a/b")), Some(("/a", "b")));
        assert_eq!(split(Path::new("x/../a/b")), Some(("x/../a", "b")));
        for path in ["b", "/b", "a//b", "a/./b", "a/b/", "a/b/.", "a/.."] {
            assert_eq!(split(Path::new(path)), None, "{path}");
        }
    }
}
