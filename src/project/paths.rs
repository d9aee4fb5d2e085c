//! Finding paths by their bytes.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::hash::BuildHasher;
use std::path::Path;

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
        self.table.find(self.hash(path), |&known| is_same(at(known).as_ref(), path)).copied()
    }

    /// The number of a path, which is this one if it had none.
    pub(super) fn insert<P: AsRef<Path>>(&mut self, path: &Path, number: u32, at: impl Fn(u32) -> P) -> u32 {
        if let Some(known) = self.get(path, &at) {
            return known;
        }
        let hasher = &self.hasher;
        let hash = |path: &Path| hash_of(hasher, path);
        self.table.insert_unique(hash(path), number, |&known| hash(at(known).as_ref()));
        number
    }

    fn hash(&self, path: &Path) -> u64 {
        hash_of(&self.hasher, path)
    }
}

fn hash_of(hasher: &DefaultHashBuilder, path: &Path) -> u64 {
    hasher.hash_one(tidy(path).as_os_str().as_encoded_bytes())
}

fn is_same(a: &Path, b: &Path) -> bool {
    a.as_os_str() == b.as_os_str() || a == b
}

/// A path as its components make it: without `//`, without a `.` behind a `/`, and without a `/` at its end.
fn tidy(path: &Path) -> Cow<'_, Path> {
    let bytes = path.as_os_str().as_encoded_bytes();
    let odd = |slash: usize| matches!(bytes.get(slash + 1), None | Some(b'/' | b'.' | b'\\'));
    if memchr::memchr_iter(b'/', bytes).any(odd) || cfg!(windows) {
        path.components().collect::<std::path::PathBuf>().into()
    } else {
        path.into()
    }
}

/// Whether a path ends with its name: one with a `/` behind it is that of a folder only.
pub(super) fn is_plain(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    !name.is_empty() && path.as_os_str().as_encoded_bytes().ends_with(name)
}

/// Folder and name of a path, if its end is that folder, one `/` and that name, and nothing else.
pub(super) fn split(path: &Path) -> Option<(&[u8], &OsStr)> {
    let name = path.file_name()?;
    let folder = path.as_os_str().as_encoded_bytes().strip_suffix(name.as_encoded_bytes())?;
    let folder = folder.strip_suffix(b"/")?;
    (!folder.is_empty() && !folder.ends_with(b"/") && !folder.ends_with(b"/.")).then_some((folder, name))
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
    fn only_a_plain_end_is_split() {
        let name = OsStr::new("b");
        assert_eq!(split(Path::new("/a/b")), Some((&b"/a"[..], name)));
        assert_eq!(split(Path::new("x/../a/b")), Some((&b"x/../a"[..], name)));
        for path in ["b", "/b", "a//b", "a/./b", "a/b/", "a/b/.", "a/.."] {
            assert_eq!(split(Path::new(path)), None, "{path}");
        }
    }
}
