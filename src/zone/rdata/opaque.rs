//! Octets in hexadecimal digits, base64 or base32: keys, digests, hashes.

use crate::syntax::{FaultKind, FieldKind, RrType};

use super::base64::{Base64, base32hex};
use super::encode::{RdataFault, Words};
use super::wire::{digest_length, has_no_key};

/// The longest hash of an NSEC3 record in octets: base32hex, it fills the label of an owner.
pub(super) const MAX_HASH: usize = 39;

impl Words<'_> {
    /// `hex+`: hexadecimal digits in all words that are left. How many octets they are.
    pub(super) fn hex(&mut self) -> Result<usize, RdataFault> {
        let before = self.out.len();
        let mut half = None;
        loop {
            let word = self.word()?;
            self.hex_digits(word, &mut half)?;
            if !self.has_more() {
                break;
            }
        }
        if half.is_some() {
            return Err(self.wrong(FaultKind::BadEncoding, "hexadecimal a digit is missing"));
        }
        Ok(self.out.len() - before)
    }

    /// One word of hexadecimal digits. How many octets they are.
    fn hex_word(&mut self) -> Result<usize, RdataFault> {
        let before = self.out.len();
        let mut half = None;
        let word = self.word()?;
        self.hex_digits(word, &mut half)?;
        if half.is_some() {
            return Err(self.wrong(FaultKind::BadEncoding, "hexadecimal a digit is missing"));
        }
        Ok(self.out.len() - before)
    }

    /// Two digits are an octet; the first of a pair waits in `half`.
    fn hex_digits(&mut self, word: &[u8], half: &mut Option<u8>) -> Result<(), RdataFault> {
        let plain = if half.is_none() { decode_pairs(word, self.out) } else { 0 };
        for &byte in &word[plain..] {
            let digit = hex_digit(byte).ok_or_else(|| {
                let reason = "hexadecimal a character is none of `0` to `9` and `A` to `F`";
                self.wrong(FaultKind::BadEncoding, reason)
            })?;
            match half.take() {
                None => *half = Some(digit << 4),
                Some(high) => self.out.push(high | digit),
            }
        }
        Ok(())
    }

    /// `base64+`: base64 in all words that are left; what stands behind the padding is too much.
    pub(super) fn base64(&mut self) -> Result<(), RdataFault> {
        let mut decoder = Base64::default();
        loop {
            let word = self.word()?;
            self.decode(&mut decoder, word)?;
            if !self.has_more() || decoder.has_ended() {
                break;
            }
        }
        self.finish(&decoder)
    }

    /// One word of base64.
    fn base64_word(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        let mut decoder = Base64::default();
        self.decode(&mut decoder, word)?;
        self.finish(&decoder)
    }

    fn decode(&mut self, decoder: &mut Base64, word: &[u8]) -> Result<(), RdataFault> {
        let taken = decoder.take(word, self.out);
        taken.map_err(|reason| self.wrong(FaultKind::BadEncoding, format!("base64 {reason}")))
    }

    fn finish(&self, decoder: &Base64) -> Result<(), RdataFault> {
        let finished = decoder.finish();
        finished.map_err(|reason| self.wrong(FaultKind::BadEncoding, format!("base64 {reason}")))
    }

    /// `ds-digest`, `sshfp-digest`, `zonemd-digest`: octets whose number depends on the octet before them.
    pub(super) fn digest(&mut self, kind: FieldKind) -> Result<(), RdataFault> {
        let digest_type = self.wire().last().copied().unwrap_or(0);
        let (least, most) = digest_length(kind, digest_type);
        if least == 0 && !self.has_more() {
            return Ok(());
        }
        let first = self.at;
        let found = self.hex()?;
        if (least..=most).contains(&found) {
            return Ok(());
        }
        let detail = format!("{least} {found}");
        Err(self.wrong(FaultKind::BadLength, detail).shown_at(first))
    }

    /// `salt`: a length octet and up to 255 octets in one word, or `-` (RFC 5155 section 3.3).
    pub(super) fn salt(&mut self) -> Result<(), RdataFault> {
        let start = self.out.len();
        self.out.push(0);
        let word = self.word()?;
        if word == b"-" {
            return Ok(());
        }
        self.at -= 1;
        let found = self.hex_word()?;
        self.out[start] = u8::try_from(found)
            .map_err(|_| self.wrong(FaultKind::BadField, "it is longer than 255 octets"))?;
        Ok(())
    }

    /// `hash-len32`: a length octet and the hash in one word of base32hex (RFC 5155 section 3.3).
    pub(super) fn hash(&mut self) -> Result<(), RdataFault> {
        let sha1 = self.wire().first() == Some(&1);
        let start = self.out.len();
        self.out.push(0);
        let word = self.word()?;
        base32hex(word, self.out)
            .map_err(|reason| self.wrong(FaultKind::BadEncoding, format!("base32 {reason}")))?;
        let found = self.out.len() - start - 1;
        if sha1 && found != 20 {
            return Err(self.wrong(FaultKind::BadLength, format!("20 {found}")));
        }
        let length = u8::try_from(found).ok().filter(|_| found <= MAX_HASH);
        let too_long = || self.wrong(FaultKind::BadField, format!("it is longer than {MAX_HASH} octets"));
        self.out[start] = length.ok_or_else(too_long)?;
        Ok(())
    }

    /// `doa-data`: base64, or `-` for nothing.
    pub(super) fn doa_data(&mut self) -> Result<(), RdataFault> {
        if self.word()? == b"-" {
            return Ok(());
        }
        self.at -= 1;
        self.base64()
    }

    /// `key-data`: base64; nothing where the flags say that there is no key (RFC 2535 section 3.1.2), nor in a KEYDATA
    /// whose protocol and algorithm are 0.
    pub(super) fn key_data(&mut self) -> Result<(), RdataFault> {
        let is_null = self.rtype == RrType::KEYDATA && self.wire().ends_with(&[0, 0]);
        if is_null || has_no_key(self.wire()) { Ok(()) } else { self.base64() }
    }

    /// `hip`: algorithm, HIT and public key; the lengths of both come first on the wire (RFC 8005
    /// section 5).
    pub(super) fn hip(&mut self) -> Result<(), RdataFault> {
        let start = self.out.len();
        self.out.push(0);
        self.unsigned(1)?;
        self.out.extend([0, 0]);
        let hit = self.hex_word()?;
        let before = self.out.len();
        self.out[start] =
            u8::try_from(hit).map_err(|_| self.wrong(FaultKind::BadField, "it is longer than 255 octets"))?;
        self.base64_word()?;
        let key = u16::try_from(self.out.len() - before)
            .map_err(|_| self.wrong(FaultKind::BadField, "it is longer than 65535 octets"))?;
        self.out[start + 2..start + 4].copy_from_slice(&key.to_be_bytes());
        Ok(())
    }
}

/// Decodes pairs of hexadecimal digits up to the first that is none; how many digits that were.
pub(super) fn decode_pairs(word: &[u8], out: &mut Vec<u8>) -> usize {
    let (pairs, _) = word.as_chunks::<2>();
    let start = out.len();
    out.resize(start + pairs.len(), 0);
    let mut decoded = 0;
    for (pair, octet) in pairs.iter().zip(&mut out[start..]) {
        let (high, low) = (DIGITS[usize::from(pair[0])], DIGITS[usize::from(pair[1])]);
        if (high | low) > 15 {
            break;
        }
        *octet = high << 4 | low;
        decoded += 1;
    }
    out.truncate(start + decoded);
    decoded * 2
}

/// The values of hexadecimal digits; more than 15 where a byte is none.
const DIGITS: [u8; 256] = {
    let mut table = [0xff; 256];
    let mut value = 0u8;
    while value < 16 {
        let digit = b"0123456789abcdef"[value as usize];
        table[digit as usize] = value;
        table[digit.to_ascii_uppercase() as usize] = value;
        value += 1;
    }
    table
};

/// The value of a hexadecimal digit.
pub(super) fn hex_digit(byte: u8) -> Option<u8> {
    Some(DIGITS[usize::from(byte)]).filter(|value| *value < 16)
}
