//! Sets of RR types.

use std::collections::BTreeMap;

use crate::syntax::{FaultKind, rr_types};

use super::encode::{RdataFault, Words};
use super::mnemonics::RECORD_TYPE;
use super::numbers::signed;

/// Octets of a window: 256 types.
const WINDOW: usize = 32;

impl Words<'_> {
    /// `type-bitmap`: mnemonics or `TYPE`n in any order, in windows of 256 types (RFC 4034 section 4.1.2).
    pub(super) fn type_bitmap(&mut self) -> Result<(), RdataFault> {
        // Mostly the first window alone: room for all 256 would have to be cleared and searched for each record.
        let mut first = [0; WINDOW];
        let mut windows: BTreeMap<u8, [u8; WINDOW]> = BTreeMap::new();
        while self.has_more() {
            let word = self.word()?;
            let rtype = rr_types().parse_known(word);
            let rtype = rtype.ok_or_else(|| self.wrong(FaultKind::UnknownKeyword, RECORD_TYPE))?;
            let [window, number] = rtype.number().to_be_bytes();
            let bits = if window == 0 { &mut first } else { windows.entry(window).or_insert([0; WINDOW]) };
            set(bits, number.into());
        }
        let first = Some((0, first)).filter(|(_, bits)| used(bits) > 0);
        for (window, bits) in first.into_iter().chain(windows) {
            let length = used(&bits);
            self.out.extend([window, u8::try_from(length).expect("a window is short")]);
            self.out.extend_from_slice(&bits[..length]);
        }
        Ok(())
    }

    /// `nxt-bitmap`: types 1 to 127 in a bitmap without windows (RFC 2535 section 5.2); plain numbers too.
    pub(super) fn nxt_bitmap(&mut self) -> Result<(), RdataFault> {
        let mut bits = [0; 16];
        while self.has_more() {
            let word = self.word()?;
            let number = match (rr_types().parse_known(word), signed(word)) {
                (Some(rtype), _) => i128::from(rtype.number()),
                // BIND keeps the lower half of what `strtoul()` gives.
                (None, Some(number)) if number.unsigned_abs() < u128::from(u64::MAX) => number & 0xffff,
                (None, Some(number)) => number,
                (None, None) => return Err(self.wrong(FaultKind::UnknownKeyword, RECORD_TYPE)),
            };
            let number = u16::try_from(number).ok().filter(|number| (1..128).contains(number));
            let reason = "an NXT record knows the types 1 to 127 only";
            set(&mut bits, number.ok_or_else(|| self.wrong(FaultKind::BadField, reason))?);
        }
        self.out.extend_from_slice(&bits[..used(&bits)]);
        Ok(())
    }
}

/// Sets the bit of a number: the first is the highest of its octet.
pub(super) fn set(bits: &mut [u8], number: u16) {
    bits[usize::from(number / 8)] |= 0x80 >> (number % 8);
}

/// Octets up to the last one that is not zero.
fn used(bits: &[u8]) -> usize {
    bits.iter().rposition(|&octet| octet != 0).map_or(0, |last| last + 1)
}

/// Octets are windows of a bitmap: in order, none empty or longer than it needs to be.
pub(super) fn are_windows(mut octets: &[u8]) -> bool {
    let mut last = None;
    while let [window, length, rest @ ..] = octets {
        let length = usize::from(*length);
        let Some((bits, rest)) = rest.split_at_checked(length) else { return false };
        if last >= Some(window) || length > WINDOW || bits.last().is_none_or(|&octet| octet == 0) {
            return false;
        }
        last = Some(window);
        octets = rest;
    }
    octets.is_empty()
}
