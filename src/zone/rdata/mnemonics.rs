//! Words that stand for numbers.

use crate::syntax::{FaultKind, KEY_FLAGS, Keywords, rr_types};

use super::encode::{RdataFault, Words};
use super::numbers::{decimal, signed};
use super::opaque::hex_digit;

/// What a bitmap and a `type` field expect, for messages.
pub(super) const RECORD_TYPE: &str = "record type";

/// BIND's longest number in such a field, in digits.
const MAX_DIGITS: usize = 12;

impl Words<'_> {
    /// `algorithm`, `digest-type`, `key-protocol`, `cert-type`, `nsec3-hash`, `dsync-scheme`: a number or
    /// one of the known words, in any case.
    pub(super) fn keyword(&mut self, known: &Keywords) -> Result<(), RdataFault> {
        let word = self.word()?;
        let number = match decimal(word).filter(|_| word.len() <= MAX_DIGITS) {
            Some(number) => u16::try_from(number).ok().filter(|&number| number <= known.largest),
            None => Some(known.find(word).ok_or_else(|| self.wrong(FaultKind::UnknownKeyword, known.what))?),
        };
        let number = number.ok_or_else(|| self.bad_number(u64::from(known.largest)))?;
        if known.largest > 0xff {
            self.out.extend(number.to_be_bytes());
        } else {
            self.out.push(u8::try_from(number).expect("it was compared"));
        }
        Ok(())
    }

    /// `key-flags`: a number, also hexadecimal where it begins with a decimal digit, or names with `|`
    /// between them, of which each may be cut short.
    pub(super) fn key_flags(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        let flags = match flags_number(word) {
            Some(number) => u16::try_from(number).map_err(|_| self.bad_number(0xffff))?,
            None => flags_names(word).ok_or_else(|| self.wrong(FaultKind::UnknownKeyword, KEY_FLAGS.what))?,
        };
        self.out.extend(flags.to_be_bytes());
        Ok(())
    }

    /// `type`: a mnemonic, `TYPE`n or the plain number.
    pub(super) fn rr_type(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        let number = match (rr_types().parse_known(word), signed(word)) {
            (Some(rtype), _) => rtype.number(),
            (None, Some(number)) => u16::try_from(number).map_err(|_| self.bad_number(0xffff))?,
            (None, None) => return Err(self.wrong(FaultKind::UnknownKeyword, RECORD_TYPE)),
        };
        self.out.extend(number.to_be_bytes());
        Ok(())
    }
}

/// A decimal number, or hexadecimal digits that begin with a decimal one or `0x`.
fn flags_number(word: &[u8]) -> Option<u64> {
    let digits = word.first().is_some_and(u8::is_ascii_digit) && word.len() <= MAX_DIGITS;
    if !digits {
        return None;
    }
    let hex = word.strip_prefix(b"0x").or_else(|| word.strip_prefix(b"0X")).unwrap_or(word);
    if hex.is_empty() {
        return None;
    }
    decimal(word).or_else(|| hex.iter().try_fold(0, |n, &byte| Some(n << 4 | u64::from(hex_digit(byte)?))))
}

/// Names with `|` between them: of each the first in the list that begins so.
fn flags_names(word: &[u8]) -> Option<u16> {
    let begins = |name: &str, part: &[u8]| {
        name.as_bytes().get(..part.len()).is_some_and(|head| head.eq_ignore_ascii_case(part))
    };
    word.split(|&byte| byte == b'|').try_fold(0, |flags, part| {
        let found = KEY_FLAGS.words.iter().find(|(name, _)| begins(name, part));
        found.map(|&(_, flag)| flags | flag)
    })
}
