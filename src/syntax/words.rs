//! Words and the blanks between them, of which most of a text consists. They are found in the masks of 64 bytes
//! at a time, so that what a byte is costs a few instructions for sixteen of them, and a word the same whatever its
//! length.

use wide::u8x16;

use super::token::{Token, offset};

/// What bytes of a text are: a bit for each of them, the lowest for the first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    /// Offset of the first byte.
    at: usize,
    /// `SP / HTAB`.
    blanks: u64,
    /// All else that ends a word, or begins an escape in it. So do the bytes behind the end of the text.
    stops: u64,
}

/// Bytes in a window.
const SIZE: usize = 64;

impl Window {
    /// Of no text yet.
    pub(super) const NONE: Self = Self { at: usize::MAX / 2, blanks: 0, stops: 0 };

    fn new(text: &[u8], at: usize) -> Self {
        let rest = text.get(at..).unwrap_or_default();
        let bytes = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut padded = [0; SIZE];
            padded[..rest.len()].copy_from_slice(rest);
            padded
        });
        let (mut blanks, mut stops) = (0, 0);
        for (index, bytes) in bytes.as_chunks().0.iter().enumerate() {
            let bytes = u8x16::new(*bytes);
            let is = |byte| bytes.simd_eq(u8x16::splat(byte));
            let parentheses = (bytes & u8x16::splat(!1)).simd_eq(u8x16::splat(b'('));
            let line_ends = is(b'\n') | is(b'\r') | is(0);
            let stop = line_ends | is(b'"') | parentheses | is(b';') | is(b'\\');
            blanks |= u64::from((is(b' ') | is(b'\t')).to_bitmask()) << (16 * index);
            stops |= u64::from(stop.to_bitmask()) << (16 * index);
        }
        Self { at, blanks, stops }
    }

    /// Adds the words from an offset on to `tokens`, as far as nothing but blanks stands between them and none of
    /// them has an escape. Returns where the byte stands that ended that, or the end of the text.
    #[inline]
    pub(super) fn take_words(&mut self, text: &[u8], mut at: usize, tokens: &mut Vec<Token>) -> usize {
        let mut open = None;
        loop {
            if at.wrapping_sub(self.at) >= SIZE {
                *self = Self::new(text, at);
            }
            let ahead = u64::MAX << (at - self.at);
            let (words, stops) = (!(self.blanks | self.stops) & ahead, self.stops & ahead);
            let to_first_stop = stops ^ stops.wrapping_sub(1);
            let base = offset(self.at);
            // A bit where a word begins, and the next one behind its end.
            let mut edges = (words ^ (words << 1 | u64::from(open.is_some()))) & to_first_stop;
            let mut next = || {
                let edge = base + edges.trailing_zeros();
                let is_there = edges != 0;
                edges &= edges.wrapping_sub(1);
                is_there.then_some(edge)
            };
            if let Some(start) = open
                && let Some(end) = next()
            {
                tokens.push(Token { start, end, quoted: false });
                open = None;
            }
            while open.is_none()
                && let Some(start) = next()
            {
                match next() {
                    Some(end) => tokens.push(Token { start, end, quoted: false }),
                    None => open = Some(start),
                }
            }
            if stops != 0 {
                return self.at + stops.trailing_zeros() as usize;
            }
            at = self.at + SIZE;
        }
    }
}

/// ```abnf
/// contiguous = 1*( escape / %x01-08 / %x0B-0C / %x0E-1F / %x21 / %x23-27 / %x2A-3A / %x3C-5B / %x5D-FF )
/// ```
/// Where the word ends that has an escape at an offset.
pub(super) fn escaped_end(text: &[u8], escape: usize) -> usize {
    let mut at = escape;
    loop {
        let &byte = text.get(at).unwrap_or(&0);
        at += match byte {
            b'\\' if matches!(text.get(at + 1), None | Some(b'\n' | b'\r')) => return at + 1,
            b'\\' => 2,
            b'\0' | b'\t' | b'\n' | b'\r' | b' ' | b'"' | b'(' | b')' | b';' => return at,
            _ => 1,
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, byte by byte.
    fn words_of(text: &[u8], begin: usize) -> (Vec<Token>, usize) {
        let (mut tokens, mut start) = (Vec::new(), None);
        for at in begin.. {
            let byte = *text.get(at).unwrap_or(&0);
            if b"\0\t\n\r \"();\\".contains(&byte) {
                let word = start.take().map(|start| Token { start, end: offset(at), quoted: false });
                tokens.extend(word);
                if !matches!(byte, b' ' | b'\t') {
                    return (tokens, at);
                }
            } else {
                start = start.or(Some(offset(at)));
            }
        }
        unreachable!("a text has an end")
    }

    proptest! {
        #[test]
        fn words_are_those_that_are_seen_byte_by_byte(
            pieces in prop::collection::vec(
                prop_oneof![
                    9 => prop::sample::select(b"abc\x01!)'*+/0;<[]^\xff    \t\t\n\r\0\"(\\".to_vec()).prop_map(|b| vec![b]),
                    1 => (1..90usize).prop_map(|length| vec![b'w'; length]),
                ],
                0..200,
            ),
        ) {
            let text = pieces.concat();
            let (mut window, mut begin) = (Window::NONE, 0);
            while begin < text.len() {
                let mut tokens = Vec::new();
                let end = window.take_words(&text, begin, &mut tokens);
                prop_assert_eq!((tokens, end), words_of(&text, begin));
                begin = end + 1;
            }
        }
    }
}
