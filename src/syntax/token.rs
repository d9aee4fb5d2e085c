//! Words by their places in a text.

use std::ops::Range;

/// A word of an entry, by its place in the text. A quoted one includes its quotes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Token {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
    /// It stands in double quotes.
    pub quoted: bool,
}

impl Token {
    /// Where it stands in its text, with its quotes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The word in `text`, without its quotes.
    pub fn of(self, text: &[u8]) -> &[u8] {
        let word = &text[self.range()];
        if !self.quoted {
            return word;
        }
        match word {
            [b'"', inner @ .., b'"'] | [b'"', inner @ ..] => inner,
            _ => word,
        }
    }

    /// A word that is not in quotes and has eight octets at most, as a number of which the first octet is the lowest.
    /// So it is compared with all that it may be at once.
    pub(super) fn packed(self, text: &[u8]) -> Option<u64> {
        let length = self.end.wrapping_sub(self.start);
        if !(1..=8).contains(&length) || self.quoted {
            return None;
        }
        match text.get(self.start as usize..).and_then(<[u8]>::first_chunk) {
            Some(octets) => Some(u64::from_le_bytes(*octets) & (u64::MAX >> (64 - 8 * length))),
            None => Some(packed_slowly(self, text)),
        }
    }
}

/// A word at the end of a text. On its own, as it would be the larger part of each [`Token::packed`].
#[cold]
fn packed_slowly(token: Token, text: &[u8]) -> u64 {
    packed(token.of(text))
}

/// A word of eight octets at most as a number, its first octet the lowest: what [`Token::packed`] makes of it.
#[inline]
pub(crate) const fn packed(word: &[u8]) -> u64 {
    if let (Some(first), Some(last)) = (word.first_chunk(), word.last_chunk()) {
        return u32::from_le_bytes(*first) as u64
            | (u32::from_le_bytes(*last) as u64) << (8 * word.len() - 32);
    }
    let (mut packed, mut at) = (0, word.len());
    while at > 0 {
        at -= 1;
        packed = packed << 8 | word[at] as u64;
    }
    packed
}

/// Bytes at the end of a text, and NULs behind them. On its own, as few are at the end of a text.
#[cold]
pub(super) fn padded<const SIZE: usize>(rest: &[u8]) -> [u8; SIZE] {
    let mut padded = [0; SIZE];
    padded[..rest.len()].copy_from_slice(rest);
    padded
}

/// An offset in a file.
pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("files are below MAX_FILE_SIZE")
}
