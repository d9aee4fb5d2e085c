//! Short names of one label, as most owners are: the label is one number, from its word to the table of names.

use super::plain::Stretch;
use crate::syntax::token::Token;

/// A label in wire format, in lower case, as a number: its length, the lowest octet, and at most 15 others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShortLabel(u128);

impl ShortLabel {
    /// The label that a word stands for which is neither quoted nor `@`, has no dots and no escapes, and is short.
    #[inline]
    pub fn read(text: &[u8], word: Token) -> Option<Self> {
        let range = word.range();
        let length @ 1..16 = range.len() else { return None };
        let stretch = Stretch::of(text, range);
        if word.quoted || stretch.has_any(b'.', b'\\') {
            return None;
        }
        let octets = u128::from_le_bytes(stretch.lowered().to_array()) & (u128::MAX >> (128 - 8 * length));
        (octets != u128::from(b'@')).then_some(Self(octets << 8 | length as u128))
    }

    /// Its octets as a number, the first one the lowest.
    pub fn packed(self) -> u128 {
        self.0
    }

    /// Its octets, and NULs behind them; how many they are.
    pub fn wire(self) -> ([u8; 16], usize) {
        let octets = self.0.to_le_bytes();
        (octets, usize::from(octets[0]) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(word: &str) -> Option<(Vec<u8>, u128)> {
        let text = format!(" {word}; and more than sixteen octets");
        let word = Token { start: 1, end: 1 + u32::try_from(word.len()).expect("short"), quoted: false };
        let label = ShortLabel::read(text.as_bytes(), word)?;
        let (octets, count) = label.wire();
        Some((octets[..count].to_vec(), label.packed()))
    }

    #[test]
    fn a_short_word_is_a_label() {
        assert_eq!(read("wwW"), Some((b"\x03www".to_vec(), 0x7777_7703)));
        assert_eq!(read("@a").map(|it| it.0), Some(b"\x02@a".to_vec()));
        assert_eq!(read("abcdefghijklmno").map(|it| it.0), Some(b"\x0fabcdefghijklmno".to_vec()));
        for word in ["", "@", "a.b", "a.", "a\\b", "abcdefghijklmnop"] {
            assert_eq!(read(word), None, "{word}");
        }
    }
}
