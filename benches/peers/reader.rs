//! The reader alone: each record of a large zone read into wire form, and nothing kept.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use memchr::memchr;
use zoneward::syntax::{Name, NameFault};
use zoneward::zone::Stream;

use super::floor;

/// What is read at once.
const BLOCK: usize = 1 << 20;

/// What is read behind a block, so that its last record is whole and the next block is seen to begin.
const BEHIND: usize = 1 << 14;

/// Counts the records of a zone without includes, on so many threads.
pub(super) fn count(path: &Path, origin: &str, threads: usize) -> io::Result<usize> {
    let file = File::open(path)?;
    let size = file.metadata()?.len();
    let origin = Name::parse_absolute(origin).map_err(|fault: NameFault| broken(&format!("{fault:?}")))?;
    let mut stream = Stream::new(origin.as_ref());
    // What the first block says of `$ORIGIN` and `$TTL` has to be true of all others.
    let first = read(&file, 0, &mut Vec::new(), &mut stream)?;
    let next = AtomicU64::new(BLOCK as u64);
    let rest = floor::on(threads, |_| {
        let (mut own, mut buffer, mut records) = (stream.clone(), Vec::new(), 0);
        loop {
            let at = next.fetch_add(BLOCK as u64, Ordering::Relaxed);
            if at >= size {
                return Ok(records);
            }
            records += read(&file, at, &mut buffer, &mut own)?;
            if !own.reads_as(&stream) {
                return Err(broken("$ORIGIN or $TTL in the middle"));
            }
        }
    })?;
    Ok(first + rest)
}

/// Counts the records that begin in the block at an offset.
fn read(file: &File, at: u64, buffer: &mut Vec<u8>, stream: &mut Stream) -> io::Result<usize> {
    // A newline right before the block counts.
    let before = usize::from(at > 0);
    buffer.resize(before + BLOCK + BEHIND, 0);
    let length = fill(file, at - before as u64, buffer)?;
    let text = &buffer[..length];
    let start = if at == 0 { Some(0) } else { cut(text, 0) };
    let end = match cut(text, before + BLOCK - 1) {
        None if length < buffer.len() => Some(length),
        end => end,
    };
    let block = start.zip(end).and_then(|(start, end)| text.get(start..end));
    let mut records = 0;
    stream.read(block.ok_or_else(|| broken("a long record"))?, |_| records += 1).map_err(io::Error::other)?;
    Ok(records)
}

/// Reads at an offset until the buffer is full, or the file ends; how many bytes that are.
fn fill(file: &File, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read_at(&mut buffer[filled..], at + filled as u64)? {
            0 => break,
            length => filled += length,
        }
    }
    Ok(filled)
}

/// The first place behind a newline, from `at` on, where an owner stands.
fn cut(text: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr(b'\n', text.get(at..)?)? + 1;
        if !b" \t\r\n;()\"$".contains(text.get(at)?) {
            return Some(at);
        }
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::other(format!("the reader alone cannot read this: {what}"))
}
