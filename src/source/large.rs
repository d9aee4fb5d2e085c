//! Reading a large file on all threads.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use rayon::prelude::*;

use super::{MARK, MAX_FILE_SIZE, Stamp, is_marked};

/// Octets that a thread reads at once.
const PART: usize = 2 << 20;

/// A large file from a place on. What is read at once is read by all threads, each a part of it.
#[derive(Debug)]
pub struct Rest {
    file: File,
    /// Where it is read next.
    at: u64,
    /// Octets that it had when it was opened.
    size: u64,
    /// [`MARK`] was seen.
    marked: bool,
    /// What was read last, in which the beginning of [`MARK`] may be.
    seam: Vec<u8>,
}

impl Rest {
    /// A file of so many octets from its beginning on.
    pub(super) fn new(file: File, size: u64) -> Self {
        Self { file, at: 0, size, marked: false, seam: Vec::new() }
    }

    /// Octets of the file: as many as were read, or as it had when it was opened.
    pub fn size(&self) -> u64 {
        self.size.max(self.at)
    }

    /// Octets of what it had when it was opened that are still to come.
    fn left(&self) -> usize {
        usize::try_from(self.size.saturating_sub(self.at)).unwrap_or(usize::MAX)
    }

    /// What is to be noted of the file after it was read so far.
    pub(super) fn stamp(&self, stamp: Stamp) -> Stamp {
        Stamp { size: u32::try_from(self.at).unwrap_or(u32::MAX), marked: self.marked, ..stamp }
    }

    /// Reads all that is left behind what is in `buffer`.
    pub(super) fn read_all(&mut self, buffer: &mut Vec<u8>) -> io::Result<()> {
        // Room that nothing was written to yet costs nothing before it is read into, and that all threads do. The octet
        // more tells whether the file has grown.
        let mut text = vec![0; buffer.len() + self.left().saturating_add(1)];
        let mut taken = buffer.len();
        text[..taken].copy_from_slice(buffer);
        *buffer = text;
        loop {
            let room = buffer.len() - taken;
            let read = self.read(&mut buffer[taken..])?;
            taken += read;
            if read < room {
                buffer.truncate(taken);
                return Ok(());
            }
            buffer.resize(taken + PART, 0);
        }
    }

    /// Reads what the file had when it was opened, as far as there is room. Nothing, if it is shorter by now.
    fn read_parts(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let known = self.left().min(room.len());
        let room = &mut room[..known];
        let (file, at) = (&self.file, self.at);
        let parts = room.par_chunks_mut(PART).enumerate();
        let read = parts.map(|(number, part)| {
            read_at(file, part, at + (number * PART) as u64)?;
            io::Result::Ok(is_marked(part))
        });
        match read.try_reduce(|| false, |one, other| Ok(one || other)) {
            Ok(marked) => {
                self.marked |= marked;
                Ok(room.len())
            }
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(0),
            Err(error) => Err(error),
        }
    }

    /// Looks for [`MARK`] where two parts meet.
    fn look_at_seams(&mut self, read: &[u8]) {
        let end = MARK.len() - 1;
        self.seam.extend_from_slice(&read[..end.min(read.len())]);
        self.marked |= is_marked(&self.seam);
        let mut seams = (PART..read.len()).step_by(PART);
        self.marked |= seams.any(|at| is_marked(&read[at - end..read.len().min(at + end)]));
        let kept = self.seam.len().saturating_sub(end);
        let last = if read.len() < end { &self.seam[kept..] } else { &read[read.len() - end..] };
        self.seam = last.to_vec();
    }
}

impl Read for Rest {
    /// Reads as much as there is room for, and less at the end of the file only. Where it has grown, it goes on.
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        // What no [`super::Span`] can point to is not read.
        let most = usize::try_from(MAX_FILE_SIZE - 1 - self.at).unwrap_or(usize::MAX).min(room.len());
        let room = &mut room[..most];
        let mut taken = self.read_parts(room)?;
        if taken < room.len() {
            self.file.seek(SeekFrom::Start(self.at + taken as u64))?;
            let grown = taken;
            loop {
                match self.file.read(&mut room[taken..]) {
                    Ok(0) => break,
                    Ok(more) => taken += more,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            self.marked |= is_marked(&room[grown.saturating_sub(MARK.len() - 1)..taken]);
        }
        self.look_at_seams(&room[..taken]);
        self.at += taken as u64;
        Ok(taken)
    }
}

#[cfg(unix)]
fn read_at(file: &File, part: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, part, offset)
}

/// Where a file cannot be read at a place of one's choice by several threads, it is read in order.
#[cfg(not(unix))]
fn read_at(_: &File, _: &mut [u8], _: u64) -> io::Result<()> {
    Err(io::ErrorKind::UnexpectedEof.into())
}

#[cfg(test)]
mod tests {
    use super::super::{LARGE, Sources};
    use super::*;

    /// Reads a text that a file of this size is said to have, so many octets at once.
    fn read(text: &[u8], size: usize, at_once: usize) -> (Vec<u8>, bool) {
        let path = tempfile::NamedTempFile::new().expect("there is room for a test");
        std::fs::write(&path, text).expect("there is room for a test");
        let file = File::open(&path).expect("it was made just now");
        let mut rest = Rest::new(file, size as u64);
        let (mut all, mut room) = (Vec::new(), vec![0; at_once]);
        while let taken @ 1.. = rest.read(&mut room).expect("it is there") {
            all.extend_from_slice(&room[..taken]);
        }
        assert_eq!((rest.at, rest.size()), (text.len() as u64, size.max(text.len()) as u64));
        (all, rest.marked)
    }

    /// A large file of one octet.
    fn large(octet: u8) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().expect("there is room for a test");
        let size = usize::try_from(LARGE).expect("it is not so large");
        std::fs::write(&file, vec![octet; size]).expect("there is room for a test");
        file
    }

    #[test]
    fn what_is_read_in_parts_is_what_is_there() {
        let text: Vec<u8> = (0..251).cycle().take(3 * PART + 17).collect();
        for size in [text.len(), text.len() - 5, text.len() + 1] {
            for at_once in [text.len(), 2 * PART - 3, 4 * PART] {
                assert!(read(&text, size, at_once) == (text.clone(), false), "{size} {at_once}");
            }
        }
    }

    #[test]
    fn what_is_left_is_read_at_once_though_the_size_was_another() {
        let text: Vec<u8> = (0..251).cycle().take(2 * PART + 17).collect();
        let file = tempfile::NamedTempFile::new().expect("there is room for a test");
        std::fs::write(&file, &text).expect("there is room for a test");
        for size in [text.len(), text.len() - PART - 5, text.len() - 1, text.len() + 1, 0] {
            let mut rest = Rest::new(file.reopen().expect("it is there"), size as u64);
            let mut all = vec![0; 100];
            rest.read_exact(&mut all).expect("it has more");
            rest.read_all(&mut all).expect("it is there");
            assert!(all == text, "{size}");
        }
    }

    #[test]
    fn a_large_text_is_at_hand_until_another_one_is_asked_for() {
        let (one, other) = (large(b'a'), large(b'b'));
        let sources = Sources::new();
        let [first, second] = [&one, &other].map(|file| sources.add(file.path()));
        let text = |file| sources.text(file);
        for file in [first, second] {
            sources.read(file, &mut Vec::new()).expect("it is there");
        }
        let read = text(first);
        std::fs::write(&one, "c").expect("there is room for a test");
        assert!(std::sync::Arc::ptr_eq(&read.bytes, &text(first).bytes) && !read.changed);
        assert!(text(second).bytes.iter().all(|octet| *octet == b'b') && !text(second).changed);
        assert!(*text(first).bytes == b"c" && text(first).changed);
    }

    #[test]
    fn threads_that_ask_for_two_large_texts_get_their_own() {
        let files = [b'a', b'b'].map(large);
        let sources = Sources::new();
        let asked = files.each_ref().map(|file| sources.add(file.path()));
        for file in asked {
            sources.read(file, &mut Vec::new()).expect("it is there");
        }
        let is_own = |file, octet| (0..8).all(|_| sources.text(file).bytes.first() == Some(&octet));
        assert_eq!(rayon::join(|| is_own(asked[0], b'a'), || is_own(asked[1], b'b')), (true, true));
    }

    #[test]
    fn the_mark_is_seen_wherever_it_stands() {
        for at in [0, 100, 2 * PART - 4, 2 * PART, 3 * PART - 1, 3 * PART + 8] {
            let mut text = vec![b'x'; 3 * PART + 17];
            text[at..at + MARK.len()].copy_from_slice(MARK.as_bytes());
            for (size, at_once) in [(text.len(), text.len()), (text.len(), 2 * PART), (at + 2, 2 * PART)] {
                assert!(read(&text, size, at_once).1, "{at} {size} {at_once}");
            }
        }
    }
}
