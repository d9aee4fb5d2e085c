//! Presentation format → wire format, in room that is used again.

use std::fmt;
use std::ops::Range;

use super::{MAX_NAME, NameFault, NameRef};
use crate::syntax::token::Token;

/// Room for one name in wire format, used again for the next one.
#[derive(Clone, Copy)]
pub struct NameBuffer {
    pub(super) bytes: [u8; MAX_NAME + SLACK],
    len: u8,
}

/// Octets behind the longest name, so that the last ones of a word are written as all others.
const SLACK: usize = 16;

impl NameBuffer {
    /// Holds the root.
    pub fn new() -> Self {
        Self { bytes: [0; MAX_NAME + SLACK], len: 1 }
    }

    /// The name that some labels in wire format make before `suffix`; `None` where it is too long.
    pub fn joined(labels: &[u8], suffix: NameRef<'_>) -> Option<Self> {
        let mut buffer = Self::new();
        buffer.bytes.get_mut(..labels.len())?.copy_from_slice(labels);
        Label { buffer: &mut buffer, start: labels.len(), end: labels.len() }.finish(suffix).ok()?;
        Some(buffer)
    }

    /// The name in the buffer.
    pub fn name(&self) -> NameRef<'_> {
        NameRef(&self.bytes[..usize::from(self.len)])
    }

    /// Copies `name` into the buffer.
    pub fn set(&mut self, name: NameRef<'_>) {
        self.bytes[..name.0.len()].copy_from_slice(name.0);
        self.len = u8::try_from(name.0.len()).expect("names are MAX_NAME at most");
    }

    /// ```abnf
    /// name  = "@" / "." / label *( "." label ) [ "." ]
    /// label = 1*( character / escape )
    /// ```
    /// Reads a name as written, relative to `origin` where it has no final dot. Letters become
    /// lower-case (RFC 4343). On a fault the buffer holds no name worth reading.
    pub fn parse(&mut self, word: &[u8], origin: NameRef<'_>) -> Result<(), NameFault> {
        self.read(word, 0..word.len(), origin, true)
    }

    /// As [`Self::parse`], of a word in a text.
    #[inline]
    pub fn parse_in(&mut self, text: &[u8], word: Token, origin: NameRef<'_>) -> Result<(), NameFault> {
        if word.quoted {
            return self.parse(word.of(text), origin);
        }
        self.read(text, word.range(), origin, true)
    }

    /// As [`Self::parse`], with the letters as they are written: some types compare their names with case.
    pub fn parse_cased(&mut self, word: &[u8], origin: NameRef<'_>) -> Result<(), NameFault> {
        self.read(word, 0..word.len(), origin, false)
    }

    #[inline]
    fn read(
        &mut self,
        text: &[u8],
        word: Range<usize>,
        origin: NameRef<'_>,
        lower: bool,
    ) -> Result<(), NameFault> {
        match &text[word.clone()] {
            b"@" => {
                self.set(origin);
                Ok(())
            }
            b"." => {
                self.set(NameRef::ROOT);
                Ok(())
            }
            b"" => Err(NameFault::EmptyLabel),
            _ if self.read_plain(text, word.clone(), origin, lower, |_, _| {}).is_some() => Ok(()),
            word => self.parse_escaped(word, origin, lower),
        }
    }

    /// A name of any kind, octet by octet.
    pub(super) fn parse_escaped(
        &mut self,
        word: &[u8],
        origin: NameRef<'_>,
        lower: bool,
    ) -> Result<(), NameFault> {
        let fold = |byte: u8| if lower { byte.to_ascii_lowercase() } else { byte };
        let mut label = Label { buffer: self, start: 0, end: 1 };
        let mut at = 0;
        while at < word.len() {
            match word[at] {
                b'.' => label.close()?,
                b'\\' => {
                    let (byte, length) = character(&word[at..]).ok_or(NameFault::BadEscape)?;
                    if byte == b'[' && length == 2 && label.is_empty() {
                        return Err(NameFault::BitString);
                    }
                    label.push(fold(byte))?;
                    at += length - 1;
                }
                byte => label.push(fold(byte))?,
            }
            at += 1;
        }
        if label.is_empty() && label.start > 0 {
            // The final dot: the label that it opened is the root's.
            return label.finish(NameRef::ROOT);
        }
        label.close()?;
        label.finish(origin)
    }
}

impl PartialEq for NameBuffer {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for NameBuffer {}

impl Default for NameBuffer {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for NameBuffer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.name(), f)
    }
}

/// The label that is written at the end of a buffer.
pub(super) struct Label<'b> {
    pub(super) buffer: &'b mut NameBuffer,
    /// Where its length octet stands.
    pub(super) start: usize,
    /// After its last octet.
    pub(super) end: usize,
}

impl Label<'_> {
    fn is_empty(&self) -> bool {
        self.end == self.start + 1
    }

    fn push(&mut self, byte: u8) -> Result<(), NameFault> {
        if self.end - self.start > 63 {
            return Err(NameFault::LabelTooLong);
        }
        *self.buffer.bytes[..MAX_NAME].get_mut(self.end).ok_or(NameFault::NameTooLong)? = byte;
        self.end += 1;
        Ok(())
    }

    fn close(&mut self) -> Result<(), NameFault> {
        let length = self.end - self.start - 1;
        if length == 0 {
            return Err(NameFault::EmptyLabel);
        }
        self.buffer.bytes[self.start] = u8::try_from(length).map_err(|_| NameFault::LabelTooLong)?;
        self.start = self.end;
        self.end += 1;
        Ok(())
    }

    /// Ends the name with `suffix`.
    pub(super) fn finish(self, suffix: NameRef<'_>) -> Result<(), NameFault> {
        let end = self.start + suffix.0.len();
        self.buffer.bytes.get_mut(self.start..end).ok_or(NameFault::NameTooLong)?.copy_from_slice(suffix.0);
        self.buffer.len = u8::try_from(end).map_err(|_| NameFault::NameTooLong)?;
        Ok(())
    }
}

/// ```abnf
/// escape = "\" 3DIGIT / "\" %x00-FF   ; three digits up to 255, or any other octet
/// ```
/// The octet that `text` begins with, escaped or not, and how many bytes it is written with. `None`
/// where the text ends, or has an escape that is none.
pub fn character(text: &[u8]) -> Option<(u8, usize)> {
    match *text {
        [b'\\', a, b, c, ..] if a.is_ascii_digit() => {
            let digit = |d: u8| d.is_ascii_digit().then(|| u16::from(d - b'0'));
            let value = digit(a)? * 100 + digit(b)? * 10 + digit(c)?;
            u8::try_from(value).ok().map(|byte| (byte, 4))
        }
        [b'\\', a, ..] if !a.is_ascii_digit() => Some((a, 2)),
        [b'\\', ..] | [] => None,
        [byte, ..] => Some((byte, 1)),
    }
}
