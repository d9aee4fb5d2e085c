//! What paths lead to: which file, of what kind, and by which path without symbolic links.

use std::fs;
use std::path::{Path, PathBuf};

/// What a file is, by whatever path it is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity(u64, u64);

impl Identity {
    /// Device and inode, or what stands for them where there are none.
    pub(crate) fn of(path: &Path, metadata: &fs::Metadata) -> Self {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            _ = path;
            Self(metadata.dev(), metadata.ino())
        }
        #[cfg(not(unix))]
        {
            use std::hash::{DefaultHasher, Hash, Hasher};
            _ = metadata;
            let mut hasher = DefaultHasher::new();
            real_path(path).hash(&mut hasher);
            Self(0, hasher.finish())
        }
    }

    /// That of what is no file on the disk, by its number.
    pub(super) fn of_number(number: u32) -> Self {
        Self(u64::MAX, number.into())
    }
}

/// What a path is that is no regular file, with its article.
pub fn not_a_file(metadata: &fs::Metadata) -> Option<&'static str> {
    if metadata.is_file() {
        return None;
    }
    if metadata.is_dir() {
        return Some("a directory");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = metadata.file_type();
        if kind.is_fifo() {
            return Some("a FIFO");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
    }
    Some("a device")
}

/// The path a file has after all symbolic links, or as it stands if the system cannot tell.
pub fn real_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}
