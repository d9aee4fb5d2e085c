//! Reading a small file with one question to the system: a hundred thousand zones are read by that.

use std::fs::File;
use std::io;

/// Files up to this size are read so.
pub(super) const SIZE: u64 = 64 << 10;

/// Reads a file of this size into an empty buffer; says whether that was all of it. It is asked for one octet more at
/// least: who gets no more than the file has, is at its end, and need not ask again.
pub(super) fn read(file: &mut File, size: u64, buffer: &mut Vec<u8>) -> bool {
    let size = usize::try_from(size).unwrap_or(0);
    buffer.reserve_exact(size + 1);
    // Why it cannot be read, is said when the rest is read.
    fill(file, buffer).is_ok_and(|read| read == size)
}

/// Reads as much as there is room for.
#[cfg(target_os = "linux")]
fn fill(file: &mut File, buffer: &mut Vec<u8>) -> io::Result<usize> {
    Ok(rustix::io::read(file, rustix::buffer::spare_capacity(buffer))?)
}

/// Reads as much as there is room for, which is filled with zeros before.
#[cfg(not(target_os = "linux"))]
fn fill(file: &mut File, buffer: &mut Vec<u8>) -> io::Result<usize> {
    use std::io::Read;
    buffer.resize(buffer.capacity(), 0);
    let read = file.read(buffer);
    buffer.truncate(*read.as_ref().unwrap_or(&0));
    read
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Seek};

    use super::*;

    #[test]
    fn more_and_less_than_was_said_is_noticed() {
        let path = tempfile::NamedTempFile::new().expect("there is room for a test");
        std::fs::write(&path, "0123456789").expect("there is room for a test");
        let mut file = File::open(&path).expect("it was made just now");
        for (size, whole, read_first) in
            [(10, true, 10), (9, false, 10), (11, false, 10), (4, false, 5), (0, false, 1)]
        {
            let mut buffer = Vec::new();
            file.rewind().expect("it is a file");
            assert_eq!((read(&mut file, size, &mut buffer), buffer.len()), (whole, read_first), "{size}");
            file.read_to_end(&mut buffer).expect("it is there");
            assert_eq!(buffer, b"0123456789");
        }
    }
}
