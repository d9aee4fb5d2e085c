//! Reading a large file on all threads: most of the time goes into memory that is touched for the first time.

use std::fs::File;
use std::io::{self, Seek, SeekFrom};

use rayon::prelude::*;

/// Octets that a thread reads at once.
const PART: usize = 2 << 20;

/// Reads the first `size` octets of a file, and leaves it open behind them. If it is shorter by now, nothing is
/// read, and whoever goes on begins at its beginning.
pub(super) fn read(file: &mut File, size: usize) -> io::Result<Vec<u8>> {
    let mut buffer = vec![0; size];
    let parts = buffer.par_chunks_mut(PART).enumerate();
    match parts.try_for_each(|(number, part)| read_at(file, part, (number * PART) as u64)) {
        Ok(()) => {
            file.seek(SeekFrom::Start(size as u64))?;
            Ok(buffer)
        }
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            file.rewind()?;
            Ok(Vec::new())
        }
        Err(error) => Err(error),
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
    use std::io::Read;

    use super::*;

    #[test]
    fn what_is_read_in_parts_is_what_is_there() {
        let text: Vec<u8> = (0..3 * PART + 17).map(|at| (at % 251) as u8).collect();
        let path = tempfile::NamedTempFile::new().expect("there is room for a test");
        std::fs::write(&path, &text).expect("there is room for a test");
        let open = || File::open(&path).expect("it was made just now");
        assert_eq!(read(&mut open(), text.len()).expect("it is there"), text);
        let mut rest = Vec::new();
        let mut file = open();
        assert_eq!(read(&mut file, text.len() - 5).expect("it is there"), text[..text.len() - 5]);
        file.read_to_end(&mut rest).expect("it is there");
        assert_eq!(rest, text[text.len() - 5..]);
        let mut file = open();
        assert!(read(&mut file, text.len() + 1).expect("it is shorter").is_empty());
        rest.clear();
        file.read_to_end(&mut rest).expect("it is there");
        assert_eq!(rest, text);
    }
}
