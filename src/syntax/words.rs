//! Words and the blanks between them, of which most of a text consists. They are found in the masks of 64 bytes
//! at a time, so that what a byte is costs a few instructions for sixteen of them, and a word the same whatever its
//! length.

use wide::u8x16;

use super::token::{Token, offset, padded};

/// Bytes that are looked at at once.
const SIZE: usize = 64;

/// What some bytes of a text are: a bit for each of them, the lowest for the first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Masks {
    /// Those of words.
    words: u64,
    /// What is looked at by itself: all that ends a word but `SP / HTAB`, and that begins an escape in it. So are the
    /// bytes that words hardly ever have, as it is quicker to tell all low bytes at once, and those behind the end of
    /// the text.
    pub(super) stops: u64,
}

impl Masks {
    fn new(text: &[u8], at: usize) -> Self {
        let rest = text.get(at..).unwrap_or_default();
        match rest.first_chunk() {
            Some(bytes) => Self::of(bytes),
            None => Self::of(&padded(rest)),
        }
    }

    fn of(bytes: &[u8; SIZE]) -> Self {
        /// Below are blanks, line ends, the quote and the NUL; among the others is `!`.
        const LAST_LOW: u8 = b'"';
        let (mut ends, mut blanks) = (0, 0);
        for (index, bytes) in bytes.as_chunks().0.iter().enumerate() {
            let bytes = u8x16::new(*bytes);
            let is = |byte| bytes.simd_eq(u8x16::splat(byte));
            let parentheses = (bytes & u8x16::splat(!1)).simd_eq(u8x16::splat(b'('));
            let low = bytes.min(u8x16::splat(LAST_LOW)).simd_eq(bytes);
            let end = low | parentheses | is(b';') | is(b'\\');
            let blank = is(b' ') | is(b'\t');
            ends |= u64::from(end.to_bitmask()) << (16 * index);
            blanks |= u64::from(blank.to_bitmask()) << (16 * index);
        }
        Self { words: !ends, stops: ends & !blanks }
    }

    /// A bit where a word begins, and the next one behind its end, up to the first stop. Whether the first byte is
    /// behind one of a word that is open.
    #[inline]
    pub(super) fn edges(self, is_open: bool) -> u64 {
        (self.words ^ (self.words << 1 | u64::from(is_open))) & (self.stops ^ self.stops.wrapping_sub(1))
    }
}

/// The masks of the bytes from an offset on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    at: usize,
    first: Masks,
    second: Masks,
}

impl Window {
    /// Of no text yet.
    pub(super) const NONE: Self = {
        let none = Masks { words: 0, stops: 0 };
        Self { at: usize::MAX / 2, first: none, second: none }
    };

    /// The masks of [`SIZE`] bytes from an offset on: most lines are shorter, and are seen as a whole.
    #[inline]
    pub(super) fn from(&mut self, text: &[u8], at: usize) -> Masks {
        if at.wrapping_sub(self.at) >= SIZE {
            self.advance(text, at);
        }
        let shift = at - self.at;
        // Of two shifts, as a number cannot be shifted by all of its bits.
        let seen = |first: u64, second: u64| first >> shift | second << 1 << (SIZE - 1 - shift);
        Masks {
            words: seen(self.first.words, self.second.words),
            stops: seen(self.first.stops, self.second.stops),
        }
    }

    /// The first stop among the [`SIZE`] bytes from an offset on that is the one which is looked for.
    #[inline]
    pub(super) fn find(&mut self, text: &[u8], at: usize, is_it: impl Fn(u8) -> bool) -> Option<usize> {
        let mut stops = self.from(text, at).stops;
        while stops != 0 {
            let stop = at + stops.trailing_zeros() as usize;
            if is_it(*text.get(stop)?) {
                return Some(stop);
            }
            stops &= stops - 1;
        }
        None
    }

    fn advance(&mut self, text: &[u8], at: usize) {
        if at.wrapping_sub(self.at) < 2 * SIZE {
            (self.at, self.first) = (self.at + SIZE, self.second);
        } else {
            (self.at, self.first) = (at, Masks::new(text, at));
        }
        self.second = Masks::new(text, self.at + SIZE);
    }

    /// Adds the words from an offset on to `tokens`, as far as nothing but blanks stands between them and no stop in
    /// them. Returns where the stop is, or the end of the text.
    #[inline]
    pub(super) fn take_words(&mut self, text: &[u8], mut at: usize, tokens: &mut Vec<Token>) -> usize {
        let mut open = None;
        loop {
            let masks = self.from(text, at);
            let (base, stops) = (offset(at), masks.stops);
            let mut edges = masks.edges(open.is_some());
            if let Some(start) = open
                && edges != 0
            {
                tokens.push(Token { start, end: base + edges.trailing_zeros(), quoted: false });
                edges &= edges - 1;
                open = None;
            }
            while edges != 0 {
                let start = base + edges.trailing_zeros();
                edges &= edges - 1;
                if edges == 0 {
                    open = Some(start);
                    break;
                }
                tokens.push(Token { start, end: base + edges.trailing_zeros(), quoted: false });
                edges &= edges - 1;
            }
            if stops != 0 {
                return at + stops.trailing_zeros() as usize;
            }
            at += SIZE;
        }
    }
}

/// ```abnf
/// contiguous = 1*( escape / %x01-08 / %x0B-0C / %x0E-1F / %x21 / %x23-27 / %x2A-3A / %x3C-5B / %x5D-FF )
/// ```
/// Where the word ends that has an escape, or another of these bytes, at an offset.
pub(super) fn word_end(text: &[u8], within: usize) -> usize {
    let mut at = within;
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
            if byte < b'#' || b"();\\".contains(&byte) {
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
                    9 => prop::sample::select(b"abc\x01!#)'*+/0;<[]^\xff    \t\t\n\r\0\"(\\".to_vec()).prop_map(|b| vec![b]),
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
