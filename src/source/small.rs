//! Reading a small file with one question to the system: a hundred thousand zones are read by that.

use std::fs::File;
use std::io;

/// Files below this size are read so.
const SIZE: usize = 64 << 10;

/// What the system reads at once.
const PAGE: usize = 4 << 10;

/// Reads a file behind what is in a buffer; says whether that was all of it.
pub(super) fn read(file: &mut File, buffer: &mut Vec<u8>) -> bool {
    let start = buffer.len();
    buffer.reserve(SIZE);
    while buffer.len() - start < SIZE {
        match fill(file, buffer) {
            Ok(0) => return true,
            Ok(_) if is_all(&buffer[start..]) => return true,
            Ok(_) => {}
            // Why it cannot be read, is said when the rest is read.
            Err(_) => return false,
        }
    }
    false
}

/// Whether what was read at once is all that there is: there was room for more, and the system does not stop within
/// the first page before the end (a disk fails by the page). A last line that is open may be one that was cut.
fn is_all(text: &[u8]) -> bool {
    text.len() < PAGE && text.ends_with(b"\n")
}

/// Reads as much as there is room for.
#[cfg(target_os = "linux")]
fn fill(file: &mut File, buffer: &mut Vec<u8>) -> io::Result<usize> {
    Ok(rustix::io::read(file, rustix::buffer::spare_capacity(buffer))?)
}

/// Reads a file to its end, unless it is larger.
#[cfg(not(target_os = "linux"))]
fn fill(file: &mut File, buffer: &mut Vec<u8>) -> io::Result<usize> {
    use std::io::Read;
    file.take(SIZE as u64).read_to_end(buffer)
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek, Write};

    use super::*;

    #[test]
    fn all_is_read_that_is_small() {
        let mut file = tempfile::tempfile().expect("there is room for a test");
        let mut buffer = Vec::new();
        for size in [0, 1, 80, PAGE - 1, PAGE, PAGE + 1, SIZE - 1, SIZE, SIZE + 1] {
            for end in [b'\n', b'x'] {
                let mut text = vec![b'x'; size];
                if let Some(last) = text.last_mut() {
                    *last = end;
                }
                file.rewind().expect("it is a file");
                file.set_len(0).expect("it is a file");
                file.write_all(&text).expect("there is room for a test");
                file.rewind().expect("it is a file");
                buffer.clear();
                assert_eq!(read(&mut file, &mut buffer), size < SIZE, "{size}");
                file.read_to_end(&mut buffer).expect("it is there");
                assert!(buffer == text, "{size}");
            }
        }
    }
}
