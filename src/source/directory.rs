//! Opening files that stand beside each other.

use std::fs::File;
use std::io;
use std::path::Path;

/// The directory in which a file was opened last. Of a hundred thousand zones most stand beside the one before, and
/// need not be looked for from the root: that is a tenth of what it takes to open them.
#[derive(Debug, Default)]
pub struct Directory {
    #[cfg(target_os = "linux")]
    path: Vec<u8>,
    #[cfg(target_os = "linux")]
    open: Option<std::os::fd::OwnedFd>,
}

impl Directory {
    /// As [`File::open`].
    #[cfg(target_os = "linux")]
    pub(super) fn open(&mut self, path: &Path) -> io::Result<File> {
        use rustix::fs::{Mode, OFlags, open, openat};

        let (directory, name) = split(path);
        if directory != self.path {
            // It is kept open from the second of its files on.
            *self = Self { path: directory.to_vec(), open: None };
            return File::open(path);
        }
        if self.open.is_none() && !directory.is_empty() {
            let how = OFlags::PATH | OFlags::DIRECTORY | OFlags::CLOEXEC;
            self.open = open(directory, how, Mode::empty()).ok();
        }
        let how = OFlags::RDONLY | OFlags::CLOEXEC;
        let opened =
            self.open.as_ref().and_then(|directory| openat(directory, name, how, Mode::empty()).ok());
        // Why it cannot be opened, the path tells.
        opened.map_or_else(|| File::open(path), |file| Ok(file.into()))
    }

    /// Whether a path is that of a regular file, and no symbolic link.
    #[cfg(target_os = "linux")]
    pub(super) fn is_regular(&self, path: &Path) -> bool {
        use rustix::fs::{AtFlags, FileType, lstat, statat};

        let (directory, name) = split(path);
        let here = self.open.as_ref().filter(|_| directory == self.path);
        let asked = match here {
            Some(here) => statat(here, name, AtFlags::SYMLINK_NOFOLLOW),
            None => lstat(path),
        };
        asked.is_ok_and(|it| FileType::from_raw_mode(it.st_mode) == FileType::RegularFile)
    }

    /// Whether a path is that of a regular file, and no symbolic link.
    #[cfg(not(target_os = "linux"))]
    pub(super) fn is_regular(&self, path: &Path) -> bool {
        let Self {} = self;
        path.symlink_metadata().is_ok_and(|metadata| metadata.is_file())
    }

    /// As [`File::open`].
    #[cfg(not(target_os = "linux"))]
    pub(super) fn open(&mut self, path: &Path) -> io::Result<File> {
        let Self {} = self;
        File::open(path)
    }
}

/// A path up to its last `/`, and the name behind that.
#[cfg(target_os = "linux")]
fn split(path: &Path) -> (&[u8], &[u8]) {
    use std::os::unix::ffi::OsStrExt;

    let octets = path.as_os_str().as_bytes();
    octets.split_at(memchr::memrchr(b'/', octets).map_or(0, |slash| slash + 1))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Read;

    use super::*;

    #[test]
    fn files_are_those_of_their_paths() {
        let root = tempfile::tempdir().expect("there is room for a test");
        let files = ["a/one", "a/two", "b/one", "b/two", "b/three", "three"];
        for file in files {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().expect("it has one")).expect("there is room for a test");
            fs::write(path, file).expect("there is room for a test");
        }
        let mut directory = Directory::default();
        for file in
            ["a/one", "a/two", "b/one", "b/two", "b/three", "three", "b/one", "a/two", "a/one", "a/two"]
        {
            let mut text = String::new();
            assert!(directory.is_regular(&root.path().join(file)));
            let mut opened = directory.open(&root.path().join(file)).expect("it is there");
            opened.read_to_string(&mut text).expect("it is there");
            assert_eq!(text, file);
        }
        for file in ["a/three", "a/four", "c/one", "c/two", "a/one/x", "a/one/y"] {
            let path = root.path().join(file);
            assert!(!directory.is_regular(&path));
            let (one, other) = (directory.open(&path), File::open(&path));
            assert_eq!(one.map_err(|it| it.kind()).err(), other.map_err(|it| it.kind()).err(), "{file}");
        }
    }
}
