//! The parameters of SVCB and HTTPS records (RFC 9460).

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::syntax::{FaultKind, character};

use super::base64::Base64;
use super::encode::{RdataFault, Words};
use super::numbers::decimal;

/// What is wrong with a parameter.
type Wrong = &'static str;

/// The keys that BIND 9.18 knows by name (RFC 9460 section 14.3.2, RFC 9461 section 5).
const KEYS: [&[u8]; 8] =
    [b"mandatory", b"alpn", b"no-default-alpn", b"port", b"ipv4hint", b"ech", b"ipv6hint", b"dohpath"];

const MANDATORY: u16 = 0;
const ALPN: u16 = 1;
const NO_DEFAULT_ALPN: u16 = 2;
const PORT: u16 = 3;
const IPV4HINT: u16 = 4;
const ECH: u16 = 5;
const IPV6HINT: u16 = 6;
const DOHPATH: u16 = 7;

impl Words<'_> {
    /// `svc-params`: any number of `key[=value]`, on the wire sorted by key (RFC 9460 section 2.1).
    pub(super) fn svc_params(&mut self) -> Result<(), RdataFault> {
        let (start, first) = (self.out.len(), self.at);
        while self.has_more() {
            self.svc_param(start)?;
        }
        fit(&self.out[start..]).map_err(|reason| self.wrong(FaultKind::SvcParam, reason).shown_at(first))
    }

    /// ```text
    /// svc-param = key [ "=" value ]
    /// ```
    /// Puts one parameter among those that begin at `start`. A quoted value is a word of its own.
    fn svc_param(&mut self, start: usize) -> Result<(), RdataFault> {
        let at = self.at;
        let word = self.word()?;
        let wrong = |reason| self.wrong(FaultKind::SvcParam, reason).shown_at(at);
        let (name, value) = match word.iter().position(|&byte| byte == b'=') {
            Some(equals) => (&word[..equals], &word[equals + 1..]),
            None => (word, &b""[..]),
        };
        let key = key(name).map_err(wrong)?;
        let quoted = name.len() + 1 == word.len()
            && self.tokens.get(at + 1).is_some_and(|next| next.quoted && next.start == self.tokens[at].end);
        let value = if quoted { self.text()? } else { value };
        let here = self.out.len();
        self.out.extend(key.number.to_be_bytes());
        self.out.extend([0, 0]);
        let written = write(key, value, self.out).and_then(|()| has_form(key.number, &self.out[here + 4..]));
        let wrong = |reason| self.wrong(FaultKind::SvcParam, reason).shown_at(at);
        written.map_err(wrong)?;
        let length = u16::try_from(self.out.len() - here - 4).map_err(|_| wrong("its value is too long"))?;
        // Where it belongs among the others.
        let mut place = start;
        for (other, value) in params(&self.out[start..here]) {
            match other.cmp(&key.number) {
                std::cmp::Ordering::Less => place += value.len() + 4,
                std::cmp::Ordering::Equal => return Err(wrong("its key stands twice")),
                std::cmp::Ordering::Greater => break,
            }
        }
        self.out[here + 2..here + 4].copy_from_slice(&length.to_be_bytes());
        self.out[place..].rotate_right(4 + usize::from(length));
        Ok(())
    }
}

/// The key of a parameter as it is written.
#[derive(Clone, Copy)]
struct Key {
    number: u16,
    /// It is written by name in lower case: its value has a form of its own. Else it is raw octets.
    named: bool,
}

/// ```text
/// key = "mandatory" / "alpn" / … / "key" number
/// ```
fn key(word: &[u8]) -> Result<Key, Wrong> {
    let number = |at: usize| u16::try_from(at).expect("there are few keys");
    if let Some(at) = KEYS.iter().position(|known| *known == word) {
        return Ok(Key { number: number(at), named: true });
    }
    if let Some(digits) = word.strip_prefix(b"key")
        && let Some(value) = decimal(digits)
        && (digits == b"0" || !digits.starts_with(b"0"))
    {
        let number = u16::try_from(value).map_err(|_| "its key is larger than `key65535`")?;
        return Ok(Key { number, named: false });
    }
    let other = KEYS.iter().position(|known| known.eq_ignore_ascii_case(word));
    let at = other.ok_or("its key is not known; other keys are written as `key` and a number")?;
    Ok(Key { number: number(at), named: false })
}

/// Appends a value in wire format.
fn write(key: Key, value: &[u8], out: &mut Vec<u8>) -> Result<(), Wrong> {
    match key.number {
        MANDATORY if key.named => mandatory(value, out),
        ALPN if key.named => alpn(value, out),
        NO_DEFAULT_ALPN if key.named && !value.is_empty() => Err("it takes no value"),
        PORT if key.named => {
            let port = decimal(value).and_then(|port| u16::try_from(port).ok());
            out.extend(port.ok_or("a port is a number from 0 to 65535")?.to_be_bytes());
            Ok(())
        }
        IPV4HINT if key.named => hints(value, |address: Ipv4Addr| out.extend(address.octets())),
        IPV6HINT if key.named => hints(value, |address: Ipv6Addr| out.extend(address.octets())),
        ECH if key.named => {
            let mut decoder = Base64::default();
            for &byte in value.iter().filter(|byte| !byte.is_ascii_whitespace()) {
                decoder.push(byte, out)?;
            }
            decoder.finish()
        }
        _ => unescape(value, |byte| {
            out.push(byte);
            Ok(())
        }),
    }
}

/// Hands over the octets of a text with escapes.
fn unescape(mut text: &[u8], mut take: impl FnMut(u8) -> Result<(), Wrong>) -> Result<(), Wrong> {
    while !text.is_empty() {
        let (byte, length) = character(text).ok_or("it has an escape that is none")?;
        take(byte)?;
        text = &text[length..];
    }
    Ok(())
}

/// Addresses with commas between them.
fn hints<T: std::str::FromStr>(value: &[u8], mut take: impl FnMut(T)) -> Result<(), Wrong> {
    const WRONG: Wrong = "its value is not one or more addresses with commas between them, without blanks";
    for word in value.split(|&byte| byte == b',') {
        let address = std::str::from_utf8(word).ok().and_then(|word| word.parse().ok());
        take(address.ok_or(WRONG)?);
    }
    Ok(())
}

/// Keys with commas between them, by name in any case or as `key` and a number; on the wire sorted.
fn mandatory(value: &[u8], out: &mut Vec<u8>) -> Result<(), Wrong> {
    let start = out.len();
    for word in value.split(|&byte| byte == b',') {
        let key =
            key(word).map_err(|_| "its value is not one or more known keys with commas between them")?;
        let octets = key.number.to_be_bytes();
        let (keys, _) = out[start..].as_chunks::<2>();
        let place = keys.iter().position(|other| *other > octets).unwrap_or(keys.len());
        out.extend(octets);
        out[start + 2 * place..].rotate_right(2);
    }
    Ok(())
}

/// Protocol ids with commas between them, in two levels of escapes: the ones of every text, and then a
/// backslash before a comma or a backslash that is part of an id (RFC 9460 appendix A.1).
fn alpn(value: &[u8], out: &mut Vec<u8>) -> Result<(), Wrong> {
    let mut start = out.len();
    let mut escaped = false;
    out.push(0);
    let close = |out: &mut Vec<u8>, start: usize| {
        let length = u8::try_from(out.len() - start - 1).ok().filter(|&length| length > 0);
        out[start] = length.ok_or("a protocol of its list is empty or longer than 255 octets")?;
        Ok(())
    };
    unescape(value, |byte| {
        match byte {
            b'\\' if !escaped => {
                escaped = true;
                return Ok(());
            }
            b',' if !escaped => {
                close(out, start)?;
                start = out.len();
                out.push(0);
                return Ok(());
            }
            _ => {}
        }
        escaped = false;
        out.push(byte);
        Ok(())
    })?;
    if escaped { Err("its list ends in a backslash") } else { close(out, start) }
}

// ---- wire format ----

/// The parameters that octets are: key and value of each. They end where the form does.
fn params(mut octets: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let [a, b, c, d, rest @ ..] = octets else { return None };
        let (value, rest) = rest.split_at_checked(usize::from(u16::from_be_bytes([*c, *d])))?;
        octets = rest;
        Some((u16::from_be_bytes([*a, *b]), value))
    })
}

/// Octets are the parameters of a record: whole, in order, each with the value that its key takes, and
/// they fit together.
pub(super) fn are_params(octets: &[u8]) -> bool {
    let mut taken = 0;
    let mut last = None;
    for (key, value) in params(octets) {
        if last >= Some(key) || has_form(key, value).is_err() {
            return false;
        }
        last = Some(key);
        taken += value.len() + 4;
    }
    taken == octets.len() && fit(octets).is_ok()
}

/// Whether the value of a key has its form.
fn has_form(key: u16, value: &[u8]) -> Result<(), Wrong> {
    let good = match key {
        MANDATORY => return is_key_list(value),
        ALPN => is_alpn(value),
        NO_DEFAULT_ALPN => value.is_empty(),
        PORT => value.len() == 2,
        IPV4HINT => !value.is_empty() && value.len().is_multiple_of(4),
        IPV6HINT => !value.is_empty() && value.len().is_multiple_of(16),
        DOHPATH => return is_dohpath(value),
        _ => true,
    };
    if good { Ok(()) } else { Err("its value has not the form that its key takes") }
}

fn is_key_list(value: &[u8]) -> Result<(), Wrong> {
    let (keys, []) = value.as_chunks::<2>() else { return Err("its value is not a list of keys") };
    if keys.first().is_none_or(|first| *first == MANDATORY.to_be_bytes()) {
        return Err("`mandatory` names other keys, one or more, and not itself");
    }
    if keys.is_sorted_by(|a, b| a < b) { Ok(()) } else { Err("a key stands twice in its list") }
}

fn is_alpn(mut value: &[u8]) -> bool {
    let filled = !value.is_empty();
    while let Some((&length, rest)) = value.split_first() {
        match rest.get(usize::from(length)..).filter(|_| length > 0) {
            Some(rest) => value = rest,
            None => return false,
        }
    }
    filled
}

/// A relative URI template with the variable `dns` (RFC 9461 section 5).
fn is_dohpath(value: &[u8]) -> Result<(), Wrong> {
    let text = std::str::from_utf8(value).map_err(|_| "a path is UTF-8")?;
    if !text.starts_with('/') {
        return Err("a path begins with `/`");
    }
    let mut rest = text;
    let mut found = false;
    while let Some((_, tail)) = rest.split_once('{') {
        let (expression, tail) = tail.split_once('}').ok_or("a `{` of the path is not closed")?;
        let variables = expression.trim_start_matches(['+', '#', '.', '/', ';', '?', '&']);
        found |= variables.split(',').any(|variable| {
            let name = variable.split(['*', ':']).next().unwrap_or_default();
            name == "dns"
        });
        rest = tail;
    }
    if found { Ok(()) } else { Err("a path has the variable `dns`, as `/dns-query{?dns}`") }
}

/// Whether what one parameter asks of the others holds.
fn fit(octets: &[u8]) -> Result<(), Wrong> {
    let has = |wanted: u16| params(octets).any(|(key, _)| key == wanted);
    let (keys, _) = match params(octets).next() {
        Some((MANDATORY, list)) => list.as_chunks::<2>(),
        _ => (&[][..], &[][..]),
    };
    if !keys.iter().all(|key| has(u16::from_be_bytes(*key))) {
        return Err("a key that `mandatory` names is not there");
    }
    if has(NO_DEFAULT_ALPN) && !has(ALPN) {
        return Err("`no-default-alpn` is there and `alpn` is not");
    }
    Ok(())
}
