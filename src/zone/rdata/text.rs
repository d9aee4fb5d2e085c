//! Character-strings and other text.

use crate::syntax::{FaultKind, character};

use super::encode::{RdataFault, Words};
use super::regexp;

impl Words<'_> {
    /// `text`: a length octet and at most 255 octets (RFC 1035 section 3.3).
    pub(super) fn character_string(&mut self) -> Result<(), RdataFault> {
        let word = self.text()?;
        let start = self.out.len();
        self.out.push(0);
        self.unescape(word)?;
        let length = self.out.len() - start - 1;
        self.out[start] =
            u8::try_from(length).map_err(|_| self.wrong(FaultKind::TextTooLong, length.to_string()))?;
        Ok(())
    }

    /// Appends the octets of a text with escapes.
    pub(super) fn unescape(&mut self, mut word: &[u8]) -> Result<(), RdataFault> {
        while let Some(plain) = memchr::memchr(b'\\', word) {
            self.out.extend_from_slice(&word[..plain]);
            let escape = &word[plain..];
            let (byte, length) = character(escape)
                .filter(|_| escape.get(1) != Some(&0))
                .or_else(|| with_nul(escape))
                .ok_or_else(|| self.fault(FaultKind::BadEscape))?;
            self.out.push(byte);
            word = &word[plain + length..];
        }
        self.out.extend_from_slice(word);
        Ok(())
    }

    /// `x25`: a text of at least four digits (RFC 1183 section 3.1).
    pub(super) fn x25(&mut self) -> Result<(), RdataFault> {
        let token = self.tokens.get(self.at);
        let start = self.out.len();
        self.character_string()?;
        // BIND looks at the text before its escapes are decoded.
        let length =
            token.map_or(0, |token| token.end - token.start) - 2 * u32::from(token.is_some_and(|t| t.quoted));
        let digits = &self.out[start + 1..];
        if digits.len() < 4 || digits.len() != length as usize || !digits.iter().all(u8::is_ascii_digit) {
            return Err(self.wrong(FaultKind::BadField, "it is not four or more digits"));
        }
        Ok(())
    }

    /// `naptr-regexp`: empty, or a substitution expression (RFC 3402 section 3.2).
    pub(super) fn naptr_regexp(&mut self) -> Result<(), RdataFault> {
        let start = self.out.len() + 1;
        self.character_string()?;
        regexp::substitution(&self.out[start..]).map_err(|reason| self.wrong(FaultKind::BadRegexp, reason))
    }

    /// `uri-text`: in quotes, without a length octet (RFC 7553).
    pub(super) fn uri_text(&mut self) -> Result<(), RdataFault> {
        let quoted = self.tokens.get(self.at).is_some_and(|token| token.quoted);
        let word = self.text()?;
        if !quoted {
            return Err(self.wrong(FaultKind::BadField, "the target must stand in quotes"));
        }
        self.unescape(word)
    }

    /// `caa-tag`: a length octet and ASCII letters and digits (RFC 8659 section 4.1).
    pub(super) fn caa_tag(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        let length = u8::try_from(word.len()).ok().filter(|_| is_caa_tag(word));
        self.out.push(length.ok_or_else(|| self.fault(FaultKind::CaaTag))?);
        self.out.extend_from_slice(word);
        Ok(())
    }

    /// `caa-value`: the octets alone, quoted or not.
    pub(super) fn caa_value(&mut self) -> Result<(), RdataFault> {
        let word = self.text()?;
        self.unescape(word)
    }
}

/// An escape whose second or third digit is a NUL, as it can be in quotes: BIND looks digits up in a C
/// string, whose end it finds behind the nine. A NUL as the first digit makes a number that is too large.
fn with_nul(escape: &[u8]) -> Option<(u8, usize)> {
    let [b'\\', first @ b'0'..=b'9', second, third, ..] = *escape else { return None };
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(u16::from(byte - b'0')),
        0 => Some(10),
        _ => None,
    };
    let value = digit(first)? * 100 + digit(second)? * 10 + digit(third)?;
    u8::try_from(value).ok().map(|byte| (byte, 4))
}

/// A CAA tag is of letters and digits, at least one.
pub(super) fn is_caa_tag(tag: &[u8]) -> bool {
    !tag.is_empty() && tag.iter().all(u8::is_ascii_alphanumeric)
}
