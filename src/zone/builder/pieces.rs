//! A large file piece by piece: it is never in memory as a whole.

use std::io::{self, Read};

use super::blocks::last_cut;
use super::{Builder, Source};
use crate::source::FileId;
use crate::syntax::Reader;

/// Octets of a piece: some batches of blocks.
pub(super) const PIECE: usize = 64 << 20;

/// What is at hand of a file.
struct Piece {
    /// Room, of which the first octets are taken.
    octets: Vec<u8>,
    taken: usize,
    /// Where it begins in the file.
    base: usize,
    /// The file ends with it.
    is_last: bool,
}

impl Piece {
    /// Lets go of what stands before an offset, and reads on: up to the size of a piece, or to twice of what is left.
    fn advance(&mut self, from: usize, size: usize, rest: &mut dyn Read) -> io::Result<()> {
        let left = self.taken - from;
        let room = size.max(2 * left);
        if self.octets.len() < room {
            // Zeros of the system's: the threads that read into them are the first to touch them.
            let mut wider = vec![0; room];
            wider[..left].copy_from_slice(&self.octets[from..self.taken]);
            self.octets = wider;
        } else {
            self.octets.copy_within(from..self.taken, 0);
        }
        self.taken = left;
        self.base += from;
        while self.taken < room && !self.is_last {
            match rest.read(&mut self.octets[self.taken..room])? {
                0 => self.is_last = true,
                read => self.taken += read,
            }
        }
        Ok(())
    }

    /// What is read of it: the end waits for what follows.
    fn text(&self) -> &[u8] {
        let text = &self.octets[..self.taken];
        if self.is_last { text } else { &text[..last_cut(text)] }
    }
}

impl Builder<'_> {
    /// Reads a file of which `beginning` is at hand, in pieces of so many octets. An entry that a piece does not hold
    /// to its end is read with the next one.
    pub(super) fn read_in_pieces(
        &mut self,
        file: FileId,
        beginning: Vec<u8>,
        rest: &mut dyn Read,
        size: usize,
    ) -> io::Result<()> {
        let Some(number) = self.open(file, &beginning) else { return Ok(()) };
        let taken = beginning.len();
        let mut piece = Piece { octets: beginning, taken, base: 0, is_last: false };
        let (mut kept, mut from) = (0, 0);
        self.stack.push(file);
        while !piece.is_last {
            piece.advance(kept, size, rest)?;
            let base = u32::try_from(piece.base).map_err(|_| io::ErrorKind::FileTooLarge)?;
            let text = piece.text();
            let source = Source { base, goes_on: !piece.is_last, ..Source::whole(file, number, text) };
            let mut reader = Reader::reusing(text, std::mem::take(&mut self.tokens));
            reader.skip(if base == 0 && from == 0 { self.byte_order_mark(source) } else { from });
            self.owner_word = None;
            self.read_blocks(&mut reader, source);
            self.read_to(&mut reader, source, text.len());
            // The spelling of the owner is held against that of the next one.
            let owner = self.owner_span.filter(|span| span.file == file);
            let owner = owner.map_or(reader.at(), |span| span.start.saturating_sub(base) as usize);
            kept = owner.min(reader.at());
            from = reader.at() - kept;
            self.tokens = reader.into_tokens();
        }
        self.stack.pop();
        Ok(())
    }
}
