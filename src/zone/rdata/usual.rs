//! Rdata of the types that most records have, as it mostly is: without a walk through the fields of the table,
//! which takes a quarter more instructions for each record. What is unusual in any way is left to
//! [`super::encode()`], which alone knows what is wrong.

use crate::syntax::{FieldKind, RrType, Token, rr_types, ttl};

use super::addresses::{plain_ipv4, plain_ipv6};
use super::base64::Base64;
use super::encode::{Names, RdataFault, Written, encode};
use super::names::{has_odd_label, lacks_dot};
use super::numbers::{date, decimal};
use super::opaque::decode_pairs;
use super::wire::{digest_length, fits_together};

/// A text of more strings may be too long.
const FEW: usize = 16;

/// Reads the words of a record's rdata and appends their wire format to `out`, the quickest way there is. After a
/// fault, `out` may hold a part of it.
pub(in crate::zone) fn encode_any(
    rtype: RrType,
    text: &[u8],
    tokens: &[Token],
    mut names: Names<'_>,
    out: &mut Vec<u8>,
) -> Result<Written, RdataFault> {
    match encode_usual(rtype, text, tokens, &mut names, out) {
        Some(written) => Ok(written),
        None => encode((rtype, rr_types().kind(rtype)), text, tokens, names, out),
    }
}

/// As [`super::encode()`], of good rdata of some types in its usual form. `None` says nothing, and then nothing
/// was appended.
pub(super) fn encode_usual(
    rtype: RrType,
    text: &[u8],
    tokens: &[Token],
    names: &mut Names<'_>,
    out: &mut Vec<u8>,
) -> Option<Written> {
    let start = out.len();
    let word = |token: &Token| (!token.quoted).then(|| &text[token.range()]);
    let written = match (rtype, tokens) {
        (RrType::A, [address]) => {
            out.extend_from_slice(&plain_ipv4(word(address)?)?);
            Some(Written::default())
        }
        (RrType::AAAA, [address]) => {
            out.extend_from_slice(&plain_ipv6(word(address)?)?);
            Some(Written::default())
        }
        (RrType::NS | RrType::CNAME | RrType::PTR, [target]) => name(rtype, text, *target, names, out),
        (RrType::MX, [preference, host]) => {
            number::<2>(word(preference)?, out)?;
            name(rtype, text, *host, names, out)
        }
        (RrType::SRV, [numbers @ .., target]) if numbers.len() == 3 => {
            let all = numbers.iter().try_for_each(|token| number::<2>(word(token)?, out));
            all.and_then(|()| name(rtype, text, *target, names, out))
        }
        (RrType::SOA, [primary, mailbox, numbers @ ..]) => {
            soa([*primary, *mailbox], numbers.try_into().ok()?, text, names, out)
        }
        (RrType::TXT, strings) if (1..=FEW).contains(&strings.len()) => {
            let all = strings.iter().try_for_each(|string| character_string(string.of(text), out));
            all.map(|()| Written::default())
        }
        (RrType::DS, [tag, algorithm, digest_type, octets]) => {
            let words = [word(tag)?, word(algorithm)?, word(digest_type)?, word(octets)?];
            digest(words, out).map(|()| Written::default())
        }
        (RrType::RRSIG, words) => signature(words.try_into().ok()?, text, names, out),
        _ => None,
    };
    if written.is_none() {
        out.truncate(start);
    }
    written
}

/// A domain name, in lower case.
fn name(
    rtype: RrType,
    text: &[u8],
    word: Token,
    names: &mut Names<'_>,
    out: &mut Vec<u8>,
) -> Option<Written> {
    if word.quoted {
        return None;
    }
    let host = names.name.parse_plain(text, word.range(), names.origin)?;
    let word = &text[word.range()];
    let name = names.name.name();
    out.extend_from_slice(name.wire());
    Some(Written {
        lacks_dot: names.apex.is_some_and(|apex| lacks_dot(rtype, word, name, (apex, names.origin))),
        odd: names.apex.is_some() && (names.odd || !host) && has_odd_label(name),
        generic: false,
    })
}

/// A decimal number of so many octets.
fn number<const OCTETS: usize>(word: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let octets = decimal(word)?.to_be_bytes();
    let (above, octets) = octets.split_last_chunk::<OCTETS>()?;
    above.iter().all(|&octet| octet == 0).then(|| out.extend_from_slice(octets))
}

/// A text without escapes.
fn character_string(word: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let length = u8::try_from(word.len()).ok()?;
    if memchr::memchr(b'\\', word).is_some() {
        return None;
    }
    out.push(length);
    out.extend_from_slice(word);
    Some(())
}

/// Two names, the serial, and four periods.
fn soa(
    [primary, mailbox]: [Token; 2],
    [serial, periods @ ..]: &[Token; 5],
    text: &[u8],
    names: &mut Names<'_>,
    out: &mut Vec<u8>,
) -> Option<Written> {
    let primary = name(RrType::SOA, text, primary, names, out)?;
    let mailbox = name(RrType::SOA, text, mailbox, names, out)?;
    let word = |token: &Token| (!token.quoted).then(|| &text[token.range()]);
    number::<4>(word(serial)?, out)?;
    for period in periods {
        out.extend_from_slice(&ttl(word(period)?).ok()?.to_be_bytes());
    }
    Some(Written {
        lacks_dot: primary.lacks_dot | mailbox.lacks_dot,
        odd: primary.odd | mailbox.odd,
        generic: false,
    })
}

/// A signature in one word, its times as dates, all else in numbers.
fn signature(words: &[Token; 9], text: &[u8], names: &mut Names<'_>, out: &mut Vec<u8>) -> Option<Written> {
    if words.iter().any(|word| word.quoted) {
        return None;
    }
    let start = out.len();
    let signer = words[7];
    let [covered, algorithm, labels, ttl, end, begin, tag, _, octets] = words.map(|word| word.of(text));
    out.extend_from_slice(&rr_types().parse_known(covered)?.number().to_be_bytes());
    number::<1>(algorithm, out)?;
    number::<1>(labels, out)?;
    number::<4>(ttl, out)?;
    out.extend_from_slice(&date(end).ok()?.to_be_bytes());
    out.extend_from_slice(&date(begin).ok()?.to_be_bytes());
    number::<2>(tag, out)?;
    let written = name(RrType::RRSIG, text, signer, names, out)?;
    let mut decoder = Base64::default();
    decoder.take(octets, out).and_then(|()| decoder.finish()).ok()?;
    fits_together(RrType::RRSIG, &out[start..]).ok().map(|()| written)
}

/// Key tag, algorithm and digest type in numbers, and the digest in one word.
fn digest([tag, algorithm, digest_type, octets]: [&[u8]; 4], out: &mut Vec<u8>) -> Option<()> {
    number::<2>(tag, out)?;
    number::<1>(algorithm, out)?;
    number::<1>(digest_type, out)?;
    let (least, most) = digest_length(FieldKind::DsDigest, *out.last()?);
    let digits = decode_pairs(octets, out);
    (digits == octets.len() && digits > 0 && (least..=most).contains(&(digits / 2))).then_some(())
}
