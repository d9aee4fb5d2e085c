//! Lines of words and blanks alone, and not long: most of a text. They are seen as a whole, and their words need no
//! list.

use super::token::{Token, offset};
use super::words::Masks;

/// A line that is an entry by itself: at least one word, no more than 63 octets, no quotes, parentheses, comments and
/// escapes, and a newline at its end.
#[derive(Debug, Clone, Copy)]
pub struct PlainLine {
    /// Offset of its first byte.
    begin: u32,
    /// Where its words begin and end: [`Masks::edges`].
    edges: u64,
    /// Octets up to its newline.
    length: u32,
}

impl PlainLine {
    /// The line that begins at an offset, of which these are the masks.
    #[inline]
    pub(super) fn new(text: &[u8], at: usize, masks: Masks) -> Option<Self> {
        let length = masks.stops.trailing_zeros();
        if length == u64::BITS || text.get(at + length as usize) != Some(&b'\n') {
            return None;
        }
        let edges = masks.edges(false);
        (edges != 0).then_some(Self { begin: offset(at), edges, length })
    }

    /// It begins with a blank.
    pub fn is_indented(self) -> bool {
        self.edges & 1 == 0
    }

    /// Its words.
    pub fn words(self) -> Words {
        Words { begin: self.begin, edges: self.edges }
    }

    /// Offsets of its first word, and behind its last one.
    pub fn range(self) -> (u32, u32) {
        (self.begin + self.edges.trailing_zeros(), self.begin + self.edges.ilog2())
    }

    /// Offset behind its newline.
    pub(super) fn end(self) -> usize {
        (self.begin + self.length) as usize + 1
    }
}

/// The words of a line, one after the other.
#[derive(Debug, Clone)]
pub struct Words {
    begin: u32,
    edges: u64,
}

/// Room for the words behind the type, of which a line that is not long has few.
pub type Listed = [Token; 4];

impl Words {
    /// The words that are left, in this room; `None` where they are more.
    #[inline]
    pub fn list(self, room: &mut Listed) -> Option<&[Token]> {
        let mut count = 0;
        for word in self {
            *room.get_mut(count)? = word;
            count += 1;
        }
        Some(&room[..count])
    }
}

impl Iterator for Words {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        if self.edges == 0 {
            return None;
        }
        let mut edge = || {
            let edge = self.begin + self.edges.trailing_zeros();
            self.edges &= self.edges.wrapping_sub(1);
            edge
        };
        Some(Token { start: edge(), end: edge(), quoted: false })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Reader;

    #[test]
    fn lines_are_plain_if_nothing_is_odd() {
        let is_plain = |line: &str| Reader::new(line.as_bytes()).plain_line().is_some();
        for line in ["a A 192.0.2.1\n", "\t300 \n"] {
            assert!(is_plain(line), "{line:?}");
        }
        let long = "w".repeat(64) + "\n";
        for line in ["a A 192.0.2.1", "\n", "a ; b\n", "a (b\n", "a\\b\n", "a\r\n", "\"a\"\n", &long] {
            assert!(!is_plain(line), "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_line_is_read_as_any_other(
            line in prop::collection::vec(prop::sample::select(b"aB.0   \t;(\"\\\r\n\0".to_vec()), 0..70),
        ) {
            let text = [&line[..], b"\n"].concat();
            let (mut plain, mut any) = (Reader::new(&text), Reader::new(&text));
            while plain.at() < text.len() {
                let line = plain.plain_line();
                let entry = any.next_line();
                if let Some(line) = line {
                    plain.pass(line);
                    let entry = entry.expect("it has a word");
                    prop_assert_eq!(line.words().collect::<Vec<_>>(), any.tokens());
                    prop_assert_eq!((line.range(), line.is_indented()), ((entry.start, entry.end), entry.indented));
                    prop_assert!(entry.terminated && entry.fault.is_none());
                } else {
                    plain.next_line();
                }
                prop_assert_eq!(plain.at(), any.at());
            }
        }
    }
}
