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
        use std::os::unix::ffi::OsStrExt;

        use rustix::fs::{Mode, OFlags, open, openat};

        let octets = path.as_os_str().as_bytes();
        let name_at = memchr::memrchr(b'/', octets).map_or(0, |slash| slash + 1);
        let (directory, name) = octets.split_at(name_at);
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

    /// As [`File::open`].
    #[cfg(not(target_os = "linux"))]
    pub(super) fn open(&mut self, path: &Path) -> io::Result<File> {
        let Self {} = self;
        File::open(path)
    }
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
            let mut opened = directory.open(&root.path().join(file)).expect("it is there");
            opened.read_to_string(&mut text).expect("it is there");
            assert_eq!(text, file);
        }
        for file in ["a/three", "a/four", "c/one", "c/two", "a/one/x", "a/one/y"] {
            let path = root.path().join(file);
            let (one, other) = (directory.open(&path), File::open(&path));
            assert_eq!(one.map_err(|it| it.kind()).err(), other.map_err(|it| it.kind()).err(), "{file}");
        }
    }
}
