//! Why a file could not be read.

use std::io;

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It cannot be opened or read.
    #[error("{path}: {}", reason(.source))]
    Io {
        /// The file as the user named it.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// It is a directory, a FIFO, a socket or a device.
    #[error("{path}: is {kind}, not a file")]
    NotAFile {
        /// The file as the user named it.
        path: String,
        /// What it is, with its article.
        kind: &'static str,
    },
    /// It has [`MAX_FILE_SIZE`](super::MAX_FILE_SIZE) bytes or more.
    #[error("{path}: has {size} bytes; files of 4 GiB and more are not read")]
    TooLarge {
        /// The file as the user named it.
        path: String,
        /// Its size in bytes.
        size: u64,
    },
}

/// The system's message without Rust's `(os error 2)`.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}
