//! Good names without escapes, as nearly all are: their octets stand in the word as they do in wire format, and
//! where a dot stands, the length of the label behind it is to come. Sixteen octets are folded, searched and judged
//! at once, which is a tenth of the instructions that it takes one by one.

use std::ops::Range;

use wide::u8x16;

use super::NameRef;
use super::buffer::{Label, NameBuffer};
use crate::syntax::token::padded;

/// Octets that are looked at at once.
const STRETCH: usize = 16;

impl NameBuffer {
    /// As [`Self::parse`], of names that are good and have no escapes, nor are `@` or the root; nearly all are
    /// such. Of others it says nothing. Whether the labels in the word are those of host names; `true` is certain.
    #[inline]
    pub fn parse_plain(&mut self, text: &[u8], word: Range<usize>, origin: NameRef<'_>) -> Option<bool> {
        if word.len() < 2 && matches!(&text[word.clone()], b"" | b"@") {
            return None;
        }
        let mut shape = Shape::default();
        self.read_plain(text, word.clone(), origin, true, |stretch, dots| shape.take(stretch, dots))?;
        Some(shape.is_host(&text[word]))
    }

    /// Reads the name; `look` sees the octets as they are written, and where dots are.
    #[inline]
    pub(super) fn read_plain(
        &mut self,
        text: &[u8],
        word: Range<usize>,
        origin: NameRef<'_>,
        lower: bool,
        mut look: impl FnMut(Stretch, u32),
    ) -> Option<()> {
        let length = word.len();
        let (mut start, mut at) = (0, 0);
        while at < length {
            let stretch = Stretch::of(text, word.start + at..word.end);
            let kept = if lower { stretch.lowered() } else { stretch.octets };
            *self.bytes.get_mut(at + 1..)?.first_chunk_mut()? = kept.to_array();
            if stretch.marks(b'\\') != 0 {
                return None;
            }
            let all = stretch.marks(b'.');
            let mut dots = all;
            while dots != 0 {
                let dot = at + dots.trailing_zeros() as usize;
                self.bytes[start] = label_length(dot - start)?;
                start = dot + 1;
                dots &= dots - 1;
            }
            look(stretch, all);
            at += STRETCH;
        }
        let suffix = if start == length {
            NameRef::ROOT
        } else {
            self.bytes[start] = label_length(length - start)?;
            start = length + 1;
            origin
        };
        Label { buffer: self, start, end: start }.finish(suffix).ok()
    }
}

/// The length of a label that is neither empty nor too long.
fn label_length(length: usize) -> Option<u8> {
    u8::try_from(length).ok().filter(|length| (1..=63).contains(length))
}

/// The labels of a name as it is written, without escapes, are those of host names; `true` is certain.
pub fn is_host_word(word: &[u8]) -> bool {
    let mut shape = Shape::default();
    for at in (0..word.len()).step_by(STRETCH) {
        let stretch = Stretch::of(word, at..word.len());
        shape.take(stretch, stretch.marks(b'.'));
    }
    shape.is_host(word)
}

/// Some octets of a word, and any where it has ended.
#[derive(Clone, Copy)]
pub(super) struct Stretch {
    octets: u8x16,
    /// A bit for each that is of the word.
    taken: u32,
}

impl Stretch {
    /// The octets of a word from a place on. What stands behind the word in its text is not looked at.
    #[inline]
    pub(super) fn of(text: &[u8], word: Range<usize>) -> Self {
        let left = word.len();
        let octets = match text.get(word.start..).and_then(<[u8]>::first_chunk) {
            Some(octets) => *octets,
            None => padded(&text[word]),
        };
        Self { octets: u8x16::new(octets), taken: if left < STRETCH { (1 << left) - 1 } else { 0xffff } }
    }

    /// With letters in lower case.
    pub(super) fn lowered(self) -> u8x16 {
        self.octets | (self.within(b'A', b'Z') & u8x16::splat(0x20))
    }

    fn within(self, first: u8, last: u8) -> u8x16 {
        let octets = self.octets - u8x16::splat(first);
        octets.min(u8x16::splat(last - first)).simd_eq(octets)
    }

    /// A bit for each octet of the word that is `octet`, the lowest for the first.
    fn marks(self, octet: u8) -> u32 {
        self.octets.simd_eq(u8x16::splat(octet)).to_bitmask() & self.taken
    }

    /// An octet of the word is one of these.
    pub(super) fn has_any(self, one: u8, other: u8) -> bool {
        let is = |octet| self.octets.simd_eq(u8x16::splat(octet));
        (is(one) | is(other)).to_bitmask() & self.taken != 0
    }
}

/// What labels are made of.
struct Shape {
    /// Octets, or their places, that host names do not have.
    strange: u32,
    /// A dot, and a hyphen, ended the last stretch.
    behind_dot: u32,
    behind_hyphen: u32,
}

impl Default for Shape {
    /// A label begins at the beginning as it does behind a dot.
    fn default() -> Self {
        Self { strange: 0, behind_dot: 1, behind_hyphen: 0 }
    }
}

impl Shape {
    /// Takes in a stretch that has these dots.
    fn take(&mut self, stretch: Stretch, dots: u32) {
        let hyphens = stretch.marks(b'-');
        let lower = Stretch { octets: stretch.octets | u8x16::splat(0x20), ..stretch };
        let inner = (lower.within(b'a', b'z') | stretch.within(b'0', b'9')).to_bitmask();
        // A hyphen must not stand behind a dot, nor a dot behind a hyphen.
        let at_edge = (dots << 1 | self.behind_dot) & hyphens | (hyphens << 1 | self.behind_hyphen) & dots;
        self.strange |= at_edge | stretch.taken & !(inner | dots | hyphens);
        (self.behind_dot, self.behind_hyphen) = (dots >> (STRETCH - 1), hyphens >> (STRETCH - 1));
    }

    /// Whether they are those of host names, in the word that was taken in.
    fn is_host(&self, word: &[u8]) -> bool {
        self.strange == 0 && word.last() != Some(&b'-')
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Name;
    use super::*;

    fn is_host_label(label: &[u8]) -> bool {
        let is_inner = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
        label.iter().all(is_inner) && !label.starts_with(b"-") && !label.ends_with(b"-")
    }

    proptest! {
        #[test]
        fn a_plain_name_is_read_as_any_other(
            before in 0..20usize,
            behind in 0..20usize,
            word in prop::collection::vec(
                prop_oneof![
                    20 => prop::sample::select(b"azAZmM0189".to_vec()),
                    6 => prop::sample::select(b"..--".to_vec()),
                    1 => prop::sample::select(b"@[`{/:_*\\\\\x00\xff ".to_vec()),
                ],
                1..90,
            ),
        ) {
            let origin = Name::parse_absolute("example.net").expect("a name");
            let (mut plain, mut any) = (NameBuffer::new(), NameBuffer::new());
            let text = [&vec![b'.'; before][..], &word, &vec![b'\\'; behind]].concat();
            let host = plain.parse_plain(&text, before..before + word.len(), origin.as_ref());
            let read = any.parse_escaped(&word, origin.as_ref(), true);
            if let Some(host) = host {
                prop_assert_eq!(read, Ok(()));
                prop_assert_eq!(&plain, &any);
                prop_assert!(!host || plain.name().labels().all(is_host_label));
                prop_assert_eq!(host, is_host_word(&word));
            } else {
                prop_assert!(read.is_err() || word.contains(&b'\\') || matches!(&*word, b"@" | b"."));
            }
        }
    }
}
