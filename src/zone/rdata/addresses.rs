//! Addresses of all kinds of networks.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use crate::syntax::{FaultKind, RrType};

use super::encode::{RdataFault, Words};
use super::numbers::{decimal, signed};
use super::opaque::hex_digit;

impl Words<'_> {
    /// `ipv4`: four decimals with dots.
    pub(super) fn ipv4(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        let octets = plain_ipv4(word).or_else(|| Some(address::<Ipv4Addr>(word)?.octets()));
        let octets = octets.ok_or_else(|| self.bad_address("IPv4"))?;
        self.out.extend_from_slice(&octets);
        Ok(())
    }

    /// `ipv6`: RFC 4291 section 2.2.
    pub(super) fn ipv6(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        let octets = plain_ipv6(word).or_else(|| Some(address::<Ipv6Addr>(word)?.octets()));
        let octets = octets.ok_or_else(|| self.bad_address("IPv6"))?;
        self.out.extend_from_slice(&octets);
        Ok(())
    }

    fn bad_address(&self, family: &str) -> RdataFault {
        match self.rtype {
            RrType::A | RrType::AAAA => self.fault(FaultKind::BadAddress),
            _ => self.wrong(FaultKind::BadField, format!("it is no {family} address")),
        }
    }

    /// `nid64`: exactly four groups of one to four hexadecimal digits (RFC 6742 section 2).
    pub(super) fn nid64(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        let mut groups = 0;
        for group in word.split(|&byte| byte == b':') {
            let mut digits = group.iter().map(|&byte| hex_digit(byte).map(u16::from));
            let value = digits.try_fold(0u16, |value, digit| Some(value << 4 | digit?));
            match value.filter(|_| (1..=4).contains(&group.len()) && groups < 4) {
                Some(value) => self.out.extend(value.to_be_bytes()),
                None => groups = 4,
            }
            groups += 1;
        }
        if groups == 4 {
            return Ok(());
        }
        Err(self.wrong(FaultKind::BadField, "it is not four groups of up to four hexadecimal digits"))
    }

    /// `eui48`, `eui64`: groups of two hexadecimal digits with hyphens; what follows the last one is
    /// ignored, as `sscanf()` in BIND does (RFC 7043).
    pub(super) fn eui(&mut self, octets: usize) -> Result<(), RdataFault> {
        let mut rest = self.word()?;
        for group in 0..octets {
            if group > 0 {
                rest = rest.strip_prefix(b"-").unwrap_or_default();
            }
            // A sign counts among the two characters, and is taken.
            let sign = usize::from(rest.starts_with(b"+") || rest.starts_with(b"-0"));
            // So is a `0x`, which leaves no room for a digit behind it.
            let prefix = usize::from(matches!(rest, [b'0', b'x' | b'X', ..]));
            let digits = rest.iter().take(2 - prefix).skip(sign).map_while(|&byte| hex_digit(byte));
            let (count, value) = digits.fold((0, 0), |(count, value), digit| (count + 1, value << 4 | digit));
            if count == 0 {
                let reason = format!("it is not {octets} groups of two hexadecimal digits with hyphens");
                return Err(self.wrong(FaultKind::BadField, reason));
            }
            self.out.push(value);
            rest = &rest[sign + count + prefix..];
        }
        Ok(())
    }

    /// `nsap`: `0x` and hexadecimal digits, dots anywhere (RFC 1706).
    pub(super) fn nsap(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        let Some(digits) = word.strip_prefix(b"0x").or_else(|| word.strip_prefix(b"0X")) else {
            return Err(self.wrong(FaultKind::BadField, "it does not begin with `0x`"));
        };
        let mut half = None;
        let before = self.out.len();
        for &byte in digits.iter().filter(|&&byte| byte != b'.') {
            let digit = hex_digit(byte)
                .ok_or_else(|| self.wrong(FaultKind::BadEncoding, "hexadecimal a character is no digit"))?;
            match half.take() {
                None => half = Some(digit << 4),
                Some(high) => self.out.push(high | digit),
            }
        }
        if half.is_some() || self.out.len() == before {
            return Err(self.wrong(FaultKind::BadEncoding, "hexadecimal a digit is missing"));
        }
        Ok(())
    }

    /// `atma`: `+` and decimal digits, or hexadecimal digits; dots singly between them (ATM Forum
    /// af-dans-0152).
    pub(super) fn atma(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        let plain = word.strip_prefix(b"+");
        let digits = plain.unwrap_or(word);
        let whole = !digits.split(|&byte| byte == b'.').any(<[u8]>::is_empty);
        let mut digits = digits.iter().copied().filter(|&byte| byte != b'.');
        self.out.push(u8::from(plain.is_some()));
        let before = self.out.len();
        let good = if plain.is_some() {
            digits.all(|digit| {
                self.out.push(digit);
                digit.is_ascii_digit()
            })
        } else {
            let mut half = None;
            let all = digits.all(|byte| {
                let digit = hex_digit(byte);
                match (half.take(), digit.unwrap_or(0)) {
                    (None, digit) => half = Some(digit << 4),
                    (Some(high), digit) => self.out.push(high | digit),
                }
                digit.is_some()
            });
            all && half.is_none()
        };
        if good && whole && self.out.len() > before {
            return Ok(());
        }
        Err(self.wrong(
            FaultKind::BadField,
            "it is neither `+` with decimal digits nor an even number of hexadecimal digits",
        ))
    }

    /// `a6`: prefix length, the rest of the address, the name of the prefix (RFC 2874 section 3.1).
    pub(super) fn a6(&mut self) -> Result<(), RdataFault> {
        let prefix = u8::try_from(self.number(128)?).expect("it was compared");
        self.out.push(prefix);
        if prefix < 128 {
            let word = self.word()?;
            let mut octets = address::<Ipv6Addr>(word)
                .ok_or_else(|| self.wrong(FaultKind::BadField, "it is no IPv6 address"))?
                .octets();
            let from = usize::from(prefix / 8);
            octets[from] &= 0xff >> (prefix % 8);
            self.out.extend_from_slice(&octets[from..]);
        }
        if prefix > 0 { self.name() } else { Ok(()) }
    }

    /// `apl`: any number of `[!]family:address/prefix` (RFC 3123).
    pub(super) fn apl(&mut self) -> Result<(), RdataFault> {
        while self.has_more() {
            let word = self.word()?;
            let mut octets = [0; 16];
            let (family, prefix, negative, length) =
                range(word, &mut octets).map_err(|reason| self.wrong(FaultKind::BadField, reason))?;
            let trailing = octets[..length].iter().rev().take_while(|&&octet| octet == 0).count();
            let kept = length - trailing;
            self.out.extend([0, family, prefix]);
            self.out.push(u8::from(negative) << 7 | u8::try_from(kept).expect("addresses are short"));
            self.out.extend_from_slice(&octets[..kept]);
        }
        Ok(())
    }
}

/// Four decimals with dots. `None` is for the parser of the standard library to judge, which takes five
/// times the instructions.
pub(in crate::zone) fn plain_ipv4(word: &[u8]) -> Option<[u8; 4]> {
    let (mut octets, mut rest) = ([0; 4], word);
    for (index, octet) in octets.iter_mut().enumerate() {
        if index > 0 {
            rest = rest.strip_prefix(b".")?;
        }
        let digit = |at: usize| rest.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10);
        let (first, mut digits) = (digit(0)?, 1);
        let mut value = u16::from(first);
        while first > 0
            && digits < 3
            && let Some(digit) = digit(digits)
        {
            value = value * 10 + u16::from(digit);
            digits += 1;
        }
        *octet = u8::try_from(value).ok()?;
        rest = &rest[digits..];
    }
    rest.is_empty().then_some(octets)
}

/// Groups of hexadecimal digits, of which some may be left out at `::`. `None` is for the parser of the
/// standard library to judge.
pub(super) fn plain_ipv6(word: &[u8]) -> Option<[u8; 16]> {
    let mut groups = [0u16; 8];
    let (mut count, mut left_out, mut rest) = (0, None, word);
    if let Some(behind) = rest.strip_prefix(b"::") {
        (left_out, rest) = (Some(0), behind);
    }
    while !rest.is_empty() {
        let mut digits = 0;
        let group = groups.get_mut(count)?;
        while let Some(digit) = rest.get(digits).and_then(|&byte| hex_digit(byte)).filter(|_| digits < 4) {
            *group = *group << 4 | u16::from(digit);
            digits += 1;
        }
        rest = &rest[digits..];
        count += usize::from(digits > 0);
        rest = match rest {
            _ if digits == 0 => return None,
            [] => break,
            [b':', b':', behind @ ..] if left_out.is_none() => {
                left_out = Some(count);
                behind
            }
            [b':', behind @ ..] if !behind.is_empty() => behind,
            _ => return None,
        };
    }
    match left_out {
        None if count == 8 => {}
        Some(at) if count < 8 => {
            groups[at..].rotate_right(8 - count);
        }
        _ => return None,
    }
    let mut octets = [0; 16];
    for (octets, group) in octets.as_chunks_mut::<2>().0.iter_mut().zip(groups) {
        *octets = group.to_be_bytes();
    }
    Some(octets)
}

/// The address that a word is.
fn address<T: FromStr>(word: &[u8]) -> Option<T> {
    std::str::from_utf8(word).ok()?.parse().ok()
}

/// Family, prefix length, negation and octets of one range of addresses, or what is wrong with it.
fn range(word: &[u8], octets: &mut [u8; 16]) -> Result<(u8, u8, bool, usize), &'static str> {
    const FORM: &str = "it is not of the form `1:192.0.2.0/24` or `!2:2001:db8::/32`";
    let (negative, rest) = match word {
        [b'!', rest @ ..] => (true, rest),
        _ => (false, word),
    };
    let colon = rest.iter().position(|&byte| byte == b':').ok_or(FORM)?;
    let slash = rest.iter().position(|&byte| byte == b'/').filter(|&slash| slash > colon).ok_or(FORM)?;
    let family = signed(&rest[..colon]).ok_or(FORM)?;
    let (text, prefix) = (&rest[colon + 1..slash], &rest[slash + 1..]);
    let prefix = decimal(prefix).ok_or("its prefix length is no number")?;
    let (largest, length) = match family {
        1 => {
            let address: Ipv4Addr = address(text).ok_or("it has no IPv4 address")?;
            octets[..4].copy_from_slice(&address.octets());
            (32, 4)
        }
        2 => {
            let address: Ipv6Addr = address(text).ok_or("it has no IPv6 address")?;
            *octets = address.octets();
            (128, 16)
        }
        _ => return Err("its family is neither 1 (IPv4) nor 2 (IPv6)"),
    };
    let prefix = u8::try_from(prefix).ok().filter(|&prefix| prefix <= largest);
    let prefix = prefix.ok_or("its prefix is longer than the address")?;
    let family = if length == 4 { 1 } else { 2 };
    Ok((family, prefix, negative, length))
}
