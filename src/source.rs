//! The bytes of the files that are read, places in them, and their safe display.
//!
//! A file's bytes are needed twice: while it is judged, and, only if something was found in it, while
//! the excerpt is drawn. In between they are dropped; [`Sources::text`] reads the file again and says
//! whether it has changed since.

mod progress;

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, PoisonError, RwLock};
use std::time::SystemTime;

use memchr::memmem::Finder;

pub use progress::{Progress, Stage};

/// A file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// A range of bytes in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end` of `file`.
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }
}

/// Files of this size and more are refused: a [`Span`] counts bytes in 32 bits.
pub const MAX_FILE_SIZE: u64 = u32::MAX as u64;

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
    /// It has [`MAX_FILE_SIZE`] bytes or more.
    #[error("{path}: has {size} bytes; files of 4 GiB and more are not read")]
    TooLarge {
        /// The file as the user named it.
        path: String,
        /// Its size in bytes.
        size: u64,
    },
}

/// What comments begin with that are meant for this program. Whether a text has it is found out while
/// it is in memory.
pub const MARK: &str = "zoneward:";

/// The system's message without Rust's `(os error 2)`.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error") {
        Some(end) => text[..end].to_lowercase(),
        None => text,
    }
}

/// What a file is, by whatever path it is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity(u64, u64);

impl Identity {
    /// Device and inode, or what stands for them where there are none.
    fn of(path: &Path, metadata: &fs::Metadata) -> Self {
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
}

/// Texts that are read in place of those on the disk.
pub type Overlay = HashMap<Identity, Arc<[u8]>>;

/// Size and time of a file when it was read, to notice a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    size: u64,
    modified: Option<SystemTime>,
    identity: Identity,
}

#[derive(Debug)]
struct Entry {
    path: Arc<Path>,
    stamp: Option<Stamp>,
    /// What cannot be read a second time (standard input) or is read by many zones (included files).
    kept: Option<Arc<[u8]>>,
    /// [`MARK`] stands in it.
    marked: bool,
}

/// All files of a run, by [`FileId`].
#[derive(Debug, Default)]
pub struct Sources {
    entries: RwLock<Vec<Entry>>,
    progress: Progress,
    overlay: Overlay,
}

/// The text of a file as it is when the report is drawn.
#[derive(Debug, Clone)]
pub struct Text {
    /// The bytes; empty if the file cannot be read any more.
    pub bytes: Arc<[u8]>,
    /// The file is not what it was when it was checked.
    pub changed: bool,
}

impl Sources {
    /// A new, empty set of files.
    pub fn new() -> Self {
        Self::default()
    }

    /// A new set of files, of which some have another text than on the disk.
    pub fn with_overlay(overlay: Overlay) -> Self {
        Self { overlay, ..Self::default() }
    }

    /// How far the run is.
    pub fn progress(&self) -> &Progress {
        &self.progress
    }

    /// Adds a file by its path; nothing is read.
    pub fn add(&self, path: &Path) -> FileId {
        self.push(Entry { path: path.into(), stamp: None, kept: None, marked: false })
    }

    /// Adds bytes that are no file on the disk (standard input, another version), shown under `name`.
    pub fn add_bytes(&self, name: impl AsRef<Path>, bytes: Vec<u8>) -> FileId {
        let marked = is_marked(&bytes);
        self.push(Entry { path: name.as_ref().into(), stamp: None, kept: Some(bytes.into()), marked })
    }

    fn push(&self, entry: Entry) -> FileId {
        let mut entries = self.entries.write().unwrap_or_else(PoisonError::into_inner);
        entries.push(entry);
        FileId(u32::try_from(entries.len() - 1).expect("memory ends before 2^32 files"))
    }

    fn with<T>(&self, file: FileId, get: impl FnOnce(&Entry) -> T) -> T {
        get(&self.entries.read().unwrap_or_else(PoisonError::into_inner)[file.0 as usize])
    }

    fn change(&self, file: FileId, set: impl FnOnce(&mut Entry)) {
        set(&mut self.entries.write().unwrap_or_else(PoisonError::into_inner)[file.0 as usize]);
    }

    /// The path of a file as the user sees it.
    pub fn path(&self, file: FileId) -> Arc<Path> {
        self.with(file, |entry| entry.path.clone())
    }

    /// Reads a file into `buffer`, which is cleared first and can be used again for the next one.
    pub fn read(&self, file: FileId, buffer: &mut Vec<u8>) -> Result<(), ReadError> {
        buffer.clear();
        let (path, kept) = self.with(file, |entry| (entry.path.clone(), entry.kept.clone()));
        if let Some(bytes) = kept {
            buffer.extend_from_slice(&bytes);
            return Ok(());
        }
        let stamp = self.read_file(&path, buffer)?;
        let marked = is_marked(buffer);
        self.change(file, |entry| (entry.stamp, entry.marked) = (Some(stamp), marked));
        Ok(())
    }

    /// Reads a file and keeps its bytes, for what many zones include.
    pub fn read_shared(&self, file: FileId) -> Result<Arc<[u8]>, ReadError> {
        if let Some(bytes) = self.with(file, |entry| entry.kept.clone()) {
            return Ok(bytes);
        }
        let mut buffer = Vec::new();
        self.read(file, &mut buffer)?;
        let bytes: Arc<[u8]> = buffer.into();
        self.change(file, |entry| entry.kept = Some(bytes.clone()));
        Ok(bytes)
    }

    /// The files that [`MARK`] was seen in.
    pub fn marked(&self) -> Vec<FileId> {
        let entries = self.entries.read().unwrap_or_else(PoisonError::into_inner);
        (0..).zip(&*entries).filter(|(_, entry)| entry.marked).map(|(number, _)| FileId(number)).collect()
    }

    /// The bytes of a file for an excerpt, read again where they were not kept.
    pub fn text(&self, file: FileId) -> Text {
        let (path, stamp, kept) =
            self.with(file, |entry| (entry.path.clone(), entry.stamp, entry.kept.clone()));
        if let Some(bytes) = kept {
            return Text { bytes, changed: false };
        }
        let mut buffer = Vec::new();
        match self.read_file(&path, &mut buffer) {
            Ok(now) => Text { bytes: buffer.into(), changed: stamp.is_some_and(|then| then != now) },
            Err(_) => Text { bytes: Arc::default(), changed: true },
        }
    }

    /// What a file is that has been read; standard input is itself.
    pub fn identity(&self, file: FileId) -> Identity {
        let stamp = self.with(file, |entry| entry.stamp);
        stamp.map_or(Identity(u64::MAX, file.0.into()), |stamp| stamp.identity)
    }

    fn read_file(&self, path: &Path, buffer: &mut Vec<u8>) -> Result<Stamp, ReadError> {
        let shown = || path.display().to_string();
        let failed = |source| ReadError::Io { path: shown(), source };
        // The kind is asked before the file is opened: opening a FIFO without a writer waits for ever.
        let metadata = fs::metadata(path).map_err(failed)?;
        if let Some(kind) = not_a_file(&metadata) {
            return Err(ReadError::NotAFile { path: shown(), kind });
        }
        let size = metadata.len();
        if size >= MAX_FILE_SIZE {
            return Err(ReadError::TooLarge { path: shown(), size });
        }
        let identity = Identity::of(path, &metadata);
        let modified = metadata.modified().ok();
        if let Some(text) = self.overlay.get(&identity) {
            buffer.extend_from_slice(text);
            return Ok(Stamp { size: text.len() as u64, modified, identity });
        }
        let mut file = File::open(path).map_err(failed)?;
        buffer.reserve(usize::try_from(size).unwrap_or(0) + 1);
        // `take`: a file that grows while it is read must not pass the limit either.
        file.by_ref().take(MAX_FILE_SIZE - 1).read_to_end(buffer).map_err(failed)?;
        Ok(Stamp { size: buffer.len() as u64, modified, identity })
    }
}

fn is_marked(text: &[u8]) -> bool {
    static SEARCH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(MARK));
    SEARCH.find(text).is_some()
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

/// Where the lines of a text begin.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    len: u32,
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1. A byte that is no UTF-8 counts as one character.
    pub column: u32,
}

impl LineIndex {
    /// Finds the lines of `text`. A lone CR ends a line too, as for `named` and in editors.
    pub fn new(text: &[u8]) -> Self {
        let ends = memchr::memchr2_iter(b'\n', b'\r', text);
        let ends = ends.filter(|&at| text[at] == b'\n' || text.get(at + 1) != Some(&b'\n'));
        let starts = ends.map(|at| u32::try_from(at + 1).expect("files are below MAX_FILE_SIZE"));
        let starts = std::iter::once(0).chain(starts).collect();
        Self { starts, len: u32::try_from(text.len()).expect("files are below MAX_FILE_SIZE") }
    }

    /// The line (from 0) of a byte offset.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// The number of lines.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line (from 0), its newline included.
    pub fn range(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(self.len);
        Some(start as usize..end as usize)
    }

    /// Line and column of a byte offset in `text`, the text this index was made from.
    pub fn position(&self, text: &[u8], offset: u32) -> Position {
        let offset = offset.min(self.len);
        let line = self.line(offset);
        let before = &text[self.starts[line] as usize..offset as usize];
        let characters: usize =
            before.utf8_chunks().map(|c| c.valid().chars().count() + c.invalid().len()).sum();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: number(line + 1), column: number(characters + 1) }
    }
}

/// Characters that would act on a terminal, or that cannot be seen: controls, direction marks,
/// zero-width characters, white space that is none to a name server, and what is no character at all,
/// which XML refuses.
fn is_treacherous(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}' | '\u{fffe}' | '\u{ffff}')
}

/// Text for an excerpt: as many bytes as `text` has, so that offsets stay true, and none that a
/// terminal would obey. What cannot be shown is a `?` for each byte.
pub fn display(text: &[u8]) -> String {
    let mut shown = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\n' | '\t' => shown.push(c),
                '\r' => shown.push(' '),
                c if is_treacherous(c) => shown.extend(std::iter::repeat_n('?', c.len_utf8())),
                c => shown.push(c),
            }
        }
        shown.extend(chunk.invalid().iter().map(|_| '?'));
    }
    shown
}

/// Text for a message: what cannot be shown is escaped as in a zone file, `\DDD` for each byte.
pub fn escape(text: &[u8]) -> String {
    use std::fmt::Write;
    let mut shown = String::with_capacity(text.len());
    let decimal = |shown: &mut String, bytes: &[u8]| {
        for byte in bytes {
            write!(shown, "\\{byte:03}").expect("a String takes everything");
        }
    };
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            if is_treacherous(c) {
                decimal(&mut shown, c.encode_utf8(&mut [0; 4]).as_bytes());
            } else {
                shown.push(c);
            }
        }
        decimal(&mut shown, chunk.invalid());
    }
    shown
}

/// A file name for people: its bytes through [`escape`].
pub fn escape_path(path: &Path) -> String {
    escape(path.as_os_str().as_encoded_bytes())
}

/// The path a file has after all symbolic links, or as it stands if the system cannot tell.
pub fn real_path(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_keeps_every_offset() {
        for text in ["a\x1b[31mb", "gr\u{fc}n\r\n", "\u{202e}x", "\u{200b}"] {
            assert_eq!(display(text.as_bytes()).len(), text.len());
        }
        assert_eq!(display(b"latin\xfc \xff\x1b"), "latin? ??");
        assert_eq!(display("z\u{200b}".as_bytes()), "z???");
    }

    #[test]
    fn escape_shows_bytes_as_zone_files_write_them() {
        assert_eq!(escape(b"a\x1b\xff"), "a\\027\\255");
        assert_eq!(escape("www\u{200b}".as_bytes()), "www\\226\\128\\139");
        assert_eq!(escape("m\u{fc}ller".as_bytes()), "m\u{fc}ller");
        assert_eq!(escape("\u{fffe}".as_bytes()), "\\239\\191\\190");
    }

    #[test]
    fn columns_count_characters() {
        let text = "a\n\u{fc}\u{fc} x".as_bytes();
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 7), Position { line: 2, column: 4 });
        let latin = b"\xfc\xfc x";
        assert_eq!(LineIndex::new(latin).position(latin, 3), Position { line: 1, column: 4 });
        assert_eq!(index.position(text, 999).line, 2);
        assert_eq!(LineIndex::new(b"a\rb\r\nc\n").count(), 4);
    }
}
