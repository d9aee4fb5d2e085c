//! Domain names: presentation format → wire format, lower-cased, and back.

mod buffer;
mod plain;
mod short;

use std::borrow::Borrow;
use std::fmt;

pub use buffer::{NameBuffer, character};
pub use plain::is_host_word;
pub use short::ShortLabel;

/// Octets of the longest name in wire format (RFC 1035 section 2.3.4).
pub const MAX_NAME: usize = 255;

/// Why a word is no domain name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameFault {
    /// `a..b`, or a leading dot.
    EmptyLabel,
    /// A label of more than 63 octets.
    LabelTooLong,
    /// More than 255 octets with the origin.
    NameTooLong,
    /// `\256`, `\1x`, or a `\` at the end.
    BadEscape,
    /// `\[...`: bit-string labels were withdrawn (RFC 6891 section 5).
    BitString,
}

/// A domain name in wire format, uncompressed, in lower case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NameRef<'a>(&'a [u8]);

impl<'a> NameRef<'a> {
    /// The root.
    pub const ROOT: NameRef<'static> = NameRef(&[0]);

    /// A name from wire format that this crate wrote.
    pub fn from_wire(bytes: &'a [u8]) -> Self {
        debug_assert!(bytes.last() == Some(&0) && bytes.len() <= MAX_NAME);
        Self(bytes)
    }

    /// The first name in `bytes`, and what follows it. `None` where there is no whole name.
    pub fn split_from(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let mut at = 0;
        loop {
            match usize::from(*bytes.get(at)?) {
                0 => break,
                length => at += length + 1,
            }
        }
        let (name, rest) = bytes.split_at_checked(at + 1)?;
        (name.len() <= MAX_NAME).then_some((Self(name), rest))
    }

    /// The wire format.
    pub fn wire(self) -> &'a [u8] {
        self.0
    }

    /// It is the root.
    pub fn is_root(self) -> bool {
        self.0.len() == 1
    }

    /// The labels from the left, the root's left out.
    pub fn labels(self) -> impl Iterator<Item = &'a [u8]> {
        let mut rest = self.0;
        std::iter::from_fn(move || {
            let (&length, tail) = rest.split_first().filter(|(length, _)| **length > 0)?;
            let (label, tail) = tail.split_at(usize::from(length));
            rest = tail;
            Some(label)
        })
    }

    /// The leftmost label; empty for the root.
    pub fn first_label(self) -> &'a [u8] {
        &self.0[1..=usize::from(self.0[0])]
    }

    /// The name without its leftmost label; `None` for the root.
    pub fn parent(self) -> Option<Self> {
        (!self.is_root()).then(|| Self(&self.0[usize::from(self.0[0]) + 1..]))
    }

    /// It is `other` or below it.
    pub fn is_within(self, other: NameRef<'_>) -> bool {
        let mut name = self;
        while name.0.len() > other.0.len() {
            let Some(parent) = name.parent() else { return false };
            name = parent;
        }
        name.0 == other.0
    }

    /// It is a wildcard: its leftmost label is `*` (RFC 4592 section 2.1.1).
    pub fn is_wildcard(self) -> bool {
        self.0.starts_with(b"\x01*")
    }

    /// The name relative to `origin`, as one would write it there: `@` for the origin itself, with
    /// its final dot where it is not below.
    pub fn relative_to(self, origin: NameRef<'_>) -> String {
        if self == origin {
            return "@".to_owned();
        }
        if origin.is_root() || !self.is_within(origin) {
            return if self.is_root() { ".".to_owned() } else { format!("{self}.") };
        }
        presentation(&self.0[..self.0.len() - origin.0.len()])
    }
}

/// The labels of `wire`, with or without a final root label, in presentation format.
fn presentation(wire: &[u8]) -> String {
    use fmt::Write;
    let mut text = String::with_capacity(wire.len());
    for label in NameRef(wire).labels() {
        if !text.is_empty() {
            text.push('.');
        }
        // Most labels are written as they are.
        if let Ok(plain) = std::str::from_utf8(label)
            && plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        {
            text.push_str(plain);
            continue;
        }
        for &byte in label {
            match byte {
                b'.' | b'\\' | b'"' | b';' | b'(' | b')' | b'@' | b'$' => {
                    text.push('\\');
                    text.push(char::from(byte));
                }
                0x21..=0x7e => text.push(char::from(byte)),
                _ => write!(text, "\\{byte:03}").expect("a String takes everything"),
            }
        }
    }
    text
}

impl fmt::Display for NameRef<'_> {
    /// Presentation format in lower case without the final dot; `.` for the root.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_root() { f.write_str(".") } else { f.write_str(&presentation(self.0)) }
    }
}

impl fmt::Debug for NameRef<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// An owned domain name.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name(Box<[u8]>);

impl Name {
    /// Reads a name as a person writes it: with or without the final dot, always absolute.
    pub fn parse_absolute(text: &str) -> Result<Self, NameFault> {
        let mut buffer = NameBuffer::new();
        buffer.parse(text.as_bytes(), NameRef::ROOT)?;
        Ok(buffer.name().into())
    }

    /// The name, borrowed.
    pub fn as_ref(&self) -> NameRef<'_> {
        NameRef(&self.0)
    }
}

impl From<NameRef<'_>> for Name {
    fn from(name: NameRef<'_>) -> Self {
        Self(name.0.into())
    }
}

impl Borrow<[u8]> for Name {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.as_ref(), f)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(word: &str, origin: &str) -> Result<String, NameFault> {
        let origin = Name::parse_absolute(origin).expect("a good origin");
        let mut buffer = NameBuffer::new();
        buffer.parse(word.as_bytes(), origin.as_ref())?;
        Ok(buffer.name().to_string())
    }

    #[test]
    fn relative_and_absolute() {
        assert_eq!(parse("WWW", "Example.COM").as_deref(), Ok("www.example.com"));
        assert_eq!(parse("a.b.", "example.com").as_deref(), Ok("a.b"));
        assert_eq!(parse("@", "example.com").as_deref(), Ok("example.com"));
        assert_eq!(parse("www.@", "x").as_deref(), Ok("www.\\@.x"));
        assert_eq!(parse(".", "x").as_deref(), Ok("."));
        assert_eq!(parse("a", ".").as_deref(), Ok("a"));
        assert_eq!(parse("a\\.b.\\099\\200", "x").as_deref(), Ok("a\\.b.c\\200.x"));
    }

    #[test]
    fn faults() {
        let long = "a".repeat(64);
        assert_eq!(parse("a..b", "x"), Err(NameFault::EmptyLabel));
        assert_eq!(parse(".a", "x"), Err(NameFault::EmptyLabel));
        assert_eq!(parse("", "x"), Err(NameFault::EmptyLabel));
        assert_eq!(parse(&long, "x"), Err(NameFault::LabelTooLong));
        assert_eq!(parse("a\\256", "x"), Err(NameFault::BadEscape));
        assert_eq!(parse("a\\1", "x"), Err(NameFault::BadEscape));
        assert_eq!(parse("a\\", "x"), Err(NameFault::BadEscape));
        assert_eq!(parse("\\[x1/1]", "x"), Err(NameFault::BitString));
        let label = format!("{}.", "a".repeat(63));
        assert!(parse(&format!("{}{}.", label.repeat(3), "a".repeat(61)), "x").is_ok());
        assert_eq!(
            parse(&format!("{}{}.", label.repeat(3), "a".repeat(62)), "x"),
            Err(NameFault::NameTooLong)
        );
        assert_eq!(parse(&label.repeat(3), "x").map(|n| n.len()), Ok(191));
    }

    #[test]
    fn ancestry() {
        let name = Name::parse_absolute("a.b.example.com").expect("a name");
        let apex = Name::parse_absolute("example.com.").expect("a name");
        let other = Name::parse_absolute("ple.com").expect("a name");
        assert!(name.as_ref().is_within(apex.as_ref()) && apex.as_ref().is_within(apex.as_ref()));
        assert!(!name.as_ref().is_within(other.as_ref()));
        assert!(name.as_ref().is_within(NameRef::ROOT));
        assert_eq!(name.as_ref().relative_to(apex.as_ref()), "a.b");
        assert_eq!(apex.as_ref().relative_to(apex.as_ref()), "@");
        assert_eq!(other.as_ref().relative_to(apex.as_ref()), "ple.com.");
        assert_eq!(name.as_ref().labels().count(), 4);
    }
}
