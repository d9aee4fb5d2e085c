//! The bytes of the files that are read, places in them, and their safe display.
//!
//! A file's bytes are needed twice: while it is judged, and, only if something was found in it, while
//! the excerpt is drawn. In between they are dropped; [`Sources::text`] reads the file again and says
//! whether it has changed since. A large file is handed out piece by piece ([`Rest`]), and never is in memory as a
//! whole while it is judged.

mod directory;
mod entry;
mod error;
mod large;
mod lines;
mod path;
mod progress;
mod shown;
mod small;
mod table;

use std::collections::HashMap;
use std::fs::{self, File};
use std::hash::BuildHasher;
use std::io::{self, Read};
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use hashbrown::DefaultHashBuilder;
use memchr::memmem::Finder;

pub use directory::Directory;
use entry::{Entry, Kept, Stamp, State};
pub use error::ReadError;
pub(crate) use error::reason;
pub use large::Rest;
pub use lines::{LineIndex, Position};
pub use path::{Identity, not_a_file, real_path};
pub use progress::{Progress, Stage};
pub use shown::{display, escape, escape_path};
use table::Table;

/// A file in [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(NonZeroU32);

impl FileId {
    /// The file with this number in [`Sources`]. That it is never zero makes room for what may have no file.
    fn new(number: u32) -> Self {
        Self(NonZeroU32::MIN.saturating_add(number))
    }

    fn number(self) -> u32 {
        self.0.get() - 1
    }

    /// The same as an index.
    pub(crate) fn index(self) -> usize {
        self.number() as usize
    }
}

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

/// Files of this size and more are read on all threads.
const LARGE: u64 = 16 << 20;

/// Octets that such a file begins with.
const BEGINNING: usize = 256 << 10;

/// What comments begin with that are meant for this program. Whether a text has it is found out while
/// it is in memory.
pub const MARK: &str = "zoneward:";

/// The bytes of a text that several have. They stand where they were read to: a copy of a large one would take as much
/// memory and time as the text itself.
pub type Octets = Arc<Vec<u8>>;

/// Texts that are read in place of those on the disk.
pub type Overlay = HashMap<Identity, Octets>;

/// All files of a run, by [`FileId`].
#[derive(Debug, Default)]
pub struct Sources {
    entries: Table<Entry>,
    progress: Progress,
    overlay: Overlay,
    /// What was asked of the system.
    identities: Mutex<HashMap<FileId, Identity>>,
    /// For [`Stamp::fingerprint`].
    hasher: DefaultHashBuilder,
    /// The large text that was asked for last.
    large: Mutex<Option<(FileId, Text)>>,
}

/// The text of a file as it is when the report is drawn.
#[derive(Debug, Clone)]
pub struct Text {
    /// The bytes; empty if the file cannot be read any more.
    pub bytes: Octets,
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
        self.add_shared(path.into())
    }

    /// The same by a path that is shared.
    pub(crate) fn add_shared(&self, path: Arc<Path>) -> FileId {
        self.push(path, State::Unread { regular: false })
    }

    /// Adds what is known to be a regular file, by a path that is shared.
    pub fn add_regular(&self, path: Arc<Path>) -> FileId {
        self.push(path, State::Unread { regular: true })
    }

    /// Gives numbers to so many files, which all threads can then [put](Self::put_regular) in their places.
    pub(crate) fn reserve(&self, count: u32) -> impl Iterator<Item = FileId> + use<> {
        let first = self.entries.reserve(count);
        (first..first + count).map(FileId::new)
    }

    /// Puts what is known to be a regular file in its place. Nothing else may be asked of a number before.
    pub(crate) fn put_regular(&self, file: FileId, path: Arc<Path>) {
        let state = Mutex::new(State::Unread { regular: true });
        self.entries.put(file.number(), Entry { path, state });
    }

    /// Adds bytes that are no file on the disk (standard input, another version), shown under `name`.
    pub fn add_bytes(&self, name: impl AsRef<Path>, bytes: Vec<u8>) -> FileId {
        let marked = is_marked(&bytes);
        let kept = Kept { bytes: shared(bytes), stamp: None, marked };
        self.push(name.as_ref().into(), State::Kept(Box::new(kept)))
    }

    fn push(&self, path: Arc<Path>, state: State) -> FileId {
        FileId::new(self.entries.push(Entry { path, state: Mutex::new(state) }))
    }

    fn entry(&self, file: FileId) -> &Entry {
        self.entries.get(file.number()).expect("numbers are given for what was added")
    }

    /// The path of a file as the user sees it.
    pub fn path(&self, file: FileId) -> Arc<Path> {
        self.entry(file).path.clone()
    }

    /// Reads a file into `buffer`, which is cleared first and can be used again for the next one.
    pub fn read(&self, file: FileId, buffer: &mut Vec<u8>) -> Result<(), ReadError> {
        buffer.clear();
        match self.begin(file, &mut Directory::default(), buffer)? {
            Some(rest) => self.read_on(file, buffer, rest),
            None => Ok(()),
        }
    }

    /// Reads a file behind what is in `buffer`, of a large one the beginning alone. What is left of it is returned: it is
    /// for [`Self::read_on`], or to be read to its end and then [noted](Self::note). `directory` is that of the file before.
    pub fn begin(
        &self,
        file: FileId,
        directory: &mut Directory,
        buffer: &mut Vec<u8>,
    ) -> Result<Option<Rest>, ReadError> {
        let entry = self.entry(file);
        let regular = match &*entry.state() {
            State::Kept(kept) => {
                buffer.extend_from_slice(&kept.bytes);
                return Ok(None);
            }
            State::Unread { regular } => *regular,
            State::Read(_) => false,
        };
        let (stamp, rest) = self.read_file(&entry.path, (directory, regular), buffer)?;
        entry.note(stamp);
        Ok(rest)
    }

    /// Reads what is left of a large file behind what is in `buffer`.
    pub fn read_on(&self, file: FileId, buffer: &mut Vec<u8>, mut rest: Rest) -> Result<(), ReadError> {
        let read = rest.read_all(buffer).map_err(|error| self.failed(file, error));
        self.note(file, &rest);
        read
    }

    /// Notes what a large file is that was read to its end.
    pub fn note(&self, file: FileId, rest: &Rest) {
        let entry = self.entry(file);
        if let State::Read(stamp) = &mut *entry.state() {
            *stamp = rest.stamp(*stamp);
        }
    }

    /// The error of a file that cannot be read to its end.
    pub fn failed(&self, file: FileId, source: io::Error) -> ReadError {
        ReadError::Io { path: self.path(file).display().to_string(), source }
    }

    /// Reads a file and keeps its bytes, for what many zones include.
    pub fn read_shared(&self, file: FileId) -> Result<Octets, ReadError> {
        let entry = self.entry(file);
        if let Some(bytes) = entry.kept() {
            return Ok(bytes);
        }
        let mut buffer = Vec::new();
        self.read(file, &mut buffer)?;
        let bytes = shared(buffer);
        entry.keep(bytes.clone());
        Ok(bytes)
    }

    /// The files that [`MARK`] was seen in.
    pub fn marked(&self) -> Vec<FileId> {
        let marked = self.entries.iter().filter(|(_, entry)| entry.is_marked());
        marked.map(|(number, _)| FileId::new(number)).collect()
    }

    /// The bytes of a file for an excerpt, read again where they were not kept. Of large ones the last stays at hand: who
    /// finds the words, makes the fixes and draws the excerpts asks for it in turn.
    pub fn text(&self, file: FileId) -> Text {
        let entry = self.entry(file);
        if let Some(bytes) = entry.kept() {
            return Text { bytes, changed: false };
        }
        let then = entry.stamp();
        if then.is_none_or(|then| u64::from(then.size) < LARGE) {
            return self.read_again(file, then);
        }
        // All threads read a large file: who waits for them must hold nothing that they wait for.
        let at_hand = || self.large.lock().unwrap_or_else(PoisonError::into_inner);
        let other = match &mut *at_hand() {
            Some((last, text)) if *last == file => return text.clone(),
            last => last.take(),
        };
        // Two are not in memory at once.
        drop(other);
        let text = self.read_again(file, then);
        *at_hand() = Some((file, text.clone()));
        text
    }

    /// Reads a file for an excerpt; it was noted `then`.
    fn read_again(&self, file: FileId, then: Option<Stamp>) -> Text {
        let entry = self.entry(file);
        let mut buffer = Vec::new();
        let read = self.read_file(&entry.path, (&mut Directory::default(), false), &mut buffer);
        let read = read.and_then(|(stamp, rest)| {
            let Some(mut rest) = rest else { return Ok(stamp) };
            rest.read_all(&mut buffer).map_err(|error| self.failed(file, error))?;
            Ok(rest.stamp(stamp))
        });
        match read {
            Ok(now) => Text { bytes: shared(buffer), changed: then.is_some_and(|then| !then.is_same(&now)) },
            Err(_) => Text { bytes: Octets::default(), changed: true },
        }
    }

    /// What a file is that has been read, as the system says when it is asked first; standard input is itself.
    pub fn identity(&self, file: FileId) -> Identity {
        let ask = || {
            let entry = self.entry(file);
            let metadata = entry.stamp().and_then(|_| fs::metadata(&entry.path).ok());
            let itself = || Identity::of_number(file.number());
            metadata.map_or_else(itself, |metadata| Identity::of(&entry.path, &metadata))
        };
        let mut known = self.identities.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry(file).or_insert_with(ask)
    }

    /// What two paths that lead to the same file have in common.
    pub(crate) fn fingerprint(&self, file: FileId) -> Option<u64> {
        self.entry(file).stamp().map(|stamp| stamp.fingerprint)
    }

    /// Whether the path of a file is a symbolic link; asked of the system only where reading it did not tell.
    pub fn is_link(&self, file: FileId) -> bool {
        let entry = self.entry(file);
        let plain = matches!(*entry.state(), State::Read(Stamp { plain: true, .. }));
        !plain && entry.path.symlink_metadata().is_ok_and(|metadata| metadata.is_symlink())
    }

    /// Reads a file behind what is in the buffer, if it is large the beginning of it; what is left of that is returned.
    /// It may be known to be a regular one.
    fn read_file(
        &self,
        path: &Path,
        (directory, regular): (&mut Directory, bool),
        buffer: &mut Vec<u8>,
    ) -> Result<(Stamp, Option<Rest>), ReadError> {
        let shown = || path.display().to_string();
        let failed = |source| ReadError::Io { path: shown(), source };
        // The kind is asked before the file is opened: opening a FIFO without a writer waits for ever.
        let plain = !regular && directory.is_regular(path);
        let mut opened = if regular || plain { directory.open(path).ok() } else { None };
        let start = buffer.len();
        // Of a small file nothing else is asked: what it is, its text tells.
        if let Some(file) = &mut opened
            && self.overlay.is_empty()
            && small::read(file, buffer)
        {
            return Ok((self.stamp(&buffer[start..], plain), None));
        }
        let metadata = match &opened {
            Some(file) => file.metadata(),
            None => fs::metadata(path),
        };
        let metadata = metadata.map_err(failed)?;
        if let Some(kind) = not_a_file(&metadata) {
            return Err(ReadError::NotAFile { path: shown(), kind });
        }
        let size = metadata.len();
        if size >= MAX_FILE_SIZE {
            return Err(ReadError::TooLarge { path: shown(), size });
        }
        let identity = Identity::of(path, &metadata);
        if let Some(text) = self.overlay.get(&identity) {
            buffer.extend_from_slice(text);
            return Ok((self.stamp(text, plain), None));
        }
        let file = opened.map_or_else(|| File::open(path), Ok).map_err(failed)?;
        if size < LARGE {
            // Of one that was opened before, a part may be in the buffer.
            let begun = (buffer.len() - start) as u64;
            let left = size.saturating_sub(begun);
            buffer.reserve(usize::try_from(left).unwrap_or(0) + 1);
            // `take`: a file that grows while it is read must not pass the limit either.
            file.take(MAX_FILE_SIZE - 1 - begun).read_to_end(buffer).map_err(failed)?;
            return Ok((self.stamp(&buffer[start..], plain), None));
        }
        buffer.resize(start + BEGINNING, 0);
        let mut rest = Rest::new(file, size);
        let read = rest.read(&mut buffer[start..]).map_err(failed)?;
        buffer.truncate(start + read);
        let fingerprint = self.hasher.hash_one((identity, metadata.modified().ok()));
        Ok((rest.stamp(Stamp { fingerprint, size: 0, marked: false, plain }), Some(rest)))
    }

    /// What is noted of a file with this text.
    fn stamp(&self, text: &[u8], plain: bool) -> Stamp {
        let size = u32::try_from(text.len()).unwrap_or(u32::MAX);
        Stamp { fingerprint: self.hasher.hash_one(text), size, marked: is_marked(text), plain }
    }
}

/// A text for several. A small one has no more room than it has octets: it may have been read into much more.
fn shared(text: Vec<u8>) -> Octets {
    let is_large = text.len() as u64 >= LARGE;
    Octets::new(if is_large { text } else { text.as_slice().to_vec() })
}

fn is_marked(text: &[u8]) -> bool {
    static SEARCH: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(MARK));
    SEARCH.find(text).is_some()
}
