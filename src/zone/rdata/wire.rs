//! Wire format, field by field: what the generic form is tested against, and where the names are.

use crate::syntax::{Count, Field, FieldKind, NameRef, RrType};

use super::bitmaps::are_windows;
use super::loc::is_loc;
use super::opaque::MAX_HASH;
use super::regexp::substitution;
use super::svcb::are_params;
use super::text::is_caa_tag;

/// Whether octets have the form of these fields, as BIND tests what comes from the network. Letters in
/// names become lower-case on the way, but for those that are compared with case.
pub(super) fn has_form(rtype: RrType, fields: &[Field], wire: &mut [u8]) -> bool {
    // BIND's own type is kept as it is.
    rtype == RrType::KEYDATA
        || walk(fields, wire) && has_key_name(rtype, wire) && fits_together(rtype, wire).is_ok()
}

fn walk(fields: &[Field], wire: &mut [u8]) -> bool {
    let mut at = 0;
    for &Field { kind, count } in fields {
        let optional = matches!(count, Count::Optional | Count::Any);
        if at == wire.len() && (optional || count == Count::Some) {
            if optional {
                continue;
            }
            return false;
        }
        loop {
            let (before, rest) = wire.split_at(at);
            let Some(width) = width(kind, before, rest).filter(|&width| width <= rest.len()) else {
                return false;
            };
            let taken = &rest[..width];
            if !is_valid(kind, before, taken) {
                return false;
            }
            if let Some(name) = name_at(kind, before, taken).filter(|_| !is_cased(kind)) {
                wire[at + name..at + width].make_ascii_lowercase();
            }
            at += width;
            if at == wire.len() || matches!(count, Count::One | Count::Optional) {
                break;
            }
        }
    }
    at == wire.len()
}

/// The names of rdata, each with the index of its word; `fields` are those up to the last name.
pub(super) fn names<'w>(fields: &'static [Field], wire: &'w [u8]) -> impl Iterator<Item = (u8, NameRef<'w>)> {
    let (mut field, mut at, mut word) = (0, 0, 0u8);
    std::iter::from_fn(move || {
        while let Some(&Field { kind, count }) = fields.get(field) {
            let (before, rest) = wire.split_at(at);
            let repeats = matches!(count, Count::Some | Count::Any);
            if rest.is_empty() && count != Count::One {
                return None;
            }
            let width = width(kind, before, rest)?;
            let taken = rest.get(..width)?;
            let name = name_at(kind, before, taken);
            // The name is the last word of its field.
            word = word.saturating_add(words(kind, taken));
            field += usize::from(!repeats);
            at += width;
            if let Some((name, _)) = name.and_then(|from| NameRef::split_from(&taken[from..])) {
                return Some((word - 1, name));
            }
        }
        None
    })
}

/// How many words a field is written in, of those that may stand before a name.
fn words(kind: FieldKind, taken: &[u8]) -> u8 {
    match kind {
        FieldKind::Hip => 3,
        FieldKind::A6 => 1 + u8::from(taken.first() < Some(&128)) + u8::from(taken.first() > Some(&0)),
        _ => 1,
    }
}

/// Where in a field's octets its name begins.
fn name_at(kind: FieldKind, before: &[u8], taken: &[u8]) -> Option<usize> {
    match kind {
        FieldKind::Gateway => (gateway_type(before) == 3).then_some(0),
        FieldKind::A6 => {
            let prefix = *taken.first().filter(|prefix| **prefix > 0)?;
            Some(1 + suffix_length(prefix))
        }
        _ => kind.is_name().then_some(0),
    }
}

fn is_cased(kind: FieldKind) -> bool {
    kind.is_cased_name() || kind == FieldKind::Gateway
}

/// How many of the octets a field takes. It may be more than there are.
fn width(kind: FieldKind, before: &[u8], rest: &[u8]) -> Option<usize> {
    Some(match kind {
        FieldKind::Discovery => 0,
        FieldKind::U8
        | FieldKind::Algorithm
        | FieldKind::DigestType
        | FieldKind::KeyProtocol
        | FieldKind::Nsec3Hash
        | FieldKind::DsyncScheme
        | FieldKind::GatewayType
        | FieldKind::RelayType => 1,
        FieldKind::U16 | FieldKind::Type | FieldKind::KeyFlags | FieldKind::CertType => 2,
        FieldKind::U32
        | FieldKind::Serial
        | FieldKind::Period
        | FieldKind::Timestamp
        | FieldKind::Date14
        | FieldKind::Ipv4 => 4,
        FieldKind::Eui48 => 6,
        FieldKind::U64 | FieldKind::Nid64 | FieldKind::Eui64 => 8,
        FieldKind::Ipv6 => 16,
        FieldKind::Text
        | FieldKind::X25
        | FieldKind::NaptrRegexp
        | FieldKind::CaaTag
        | FieldKind::Salt
        | FieldKind::HashLen32 => usize::from(*rest.first()?) + 1,
        FieldKind::A6 => {
            let prefix = *rest.first().filter(|prefix| **prefix <= 128)?;
            let suffix = 1 + suffix_length(prefix);
            if prefix == 0 { suffix } else { suffix + name_length(rest.get(suffix..)?)? }
        }
        FieldKind::Hip => {
            let [hit, _, a, b, ..] = *rest else { return None };
            4 + usize::from(hit) + usize::from(u16::from_be_bytes([a, b]))
        }
        FieldKind::Gateway => match gateway_type(before) {
            0 => 0,
            1 => 4,
            2 => 16,
            3 => name_length(rest)?,
            _ => rest.len(),
        },
        _ if kind.is_name() => name_length(rest)?,
        _ => rest.len(),
    })
}

/// Whether octets of the right number are a value of the field.
fn is_valid(kind: FieldKind, before: &[u8], taken: &[u8]) -> bool {
    let text = taken.get(1..).unwrap_or_default();
    match kind {
        FieldKind::X25 => text.len() >= 4 && text.iter().all(u8::is_ascii_digit),
        FieldKind::NaptrRegexp => substitution(text).is_ok(),
        FieldKind::CaaTag => is_caa_tag(text),
        FieldKind::HashLen32 => {
            if before.first() == Some(&1) {
                text.len() == 20
            } else {
                (1..=MAX_HASH).contains(&text.len())
            }
        }
        FieldKind::TypeBitmap => are_windows(taken),
        FieldKind::NxtBitmap => is_nxt_bitmap(taken),
        FieldKind::DsDigest | FieldKind::SshfpDigest | FieldKind::ZonemdDigest => {
            let (least, most) = digest_length(kind, before.last().copied().unwrap_or(0));
            (least..=most).contains(&taken.len())
        }
        FieldKind::KeyData => has_no_key(before) == taken.is_empty(),
        FieldKind::GatewayType => taken.first() <= Some(&3),
        FieldKind::Hip => {
            let [hit, _, a, b, ..] = *taken else { return false };
            hit > 0 && (a, b) != (0, 0)
        }
        FieldKind::Nsap => !taken.is_empty(),
        FieldKind::Atma => {
            !text.is_empty() && (taken.first() != Some(&1) || text.iter().all(u8::is_ascii_digit))
        }
        FieldKind::A6 => {
            let prefix = taken.first().copied().unwrap_or(0);
            prefix == 128 || taken.get(1).is_some_and(|first| first & !(0xff >> (prefix % 8)) == 0)
        }
        FieldKind::Wks => {
            (5..=5 + 0x2000).contains(&taken.len()) && (taken.len() == 5 || taken.last() != Some(&0))
        }
        FieldKind::Apl => are_ranges(taken),
        FieldKind::Loc => is_loc(taken),
        FieldKind::SvcParams => are_params(taken),
        _ => true,
    }
}

/// What ties fields to each other beyond their own forms: the index of the word that is wrong, and why.
pub(super) fn fits_together(rtype: RrType, wire: &[u8]) -> Result<(), (usize, &'static str)> {
    match rtype {
        RrType::RRSIG => {
            let labels = wire.get(3).copied().unwrap_or(0);
            let signer = wire.get(18..).and_then(NameRef::split_from);
            if signer.is_some_and(|(signer, _)| signer.labels().count() > usize::from(labels)) {
                return Err((2, "it is smaller than the number of labels of the signer's name"));
            }
        }
        RrType::RKEY if wire.get(..2) != Some(&[0, 0]) => return Err((0, "the flags of an RKEY are 0")),
        _ => {}
    }
    Ok(())
}

/// A key of the algorithm PRIVATEDNS begins with the name of its algorithm (RFC 4034 appendix A.1.1). BIND
/// tests it in the generic form alone.
fn has_key_name(rtype: RrType, wire: &[u8]) -> bool {
    let key = matches!(rtype, RrType::KEY | RrType::DNSKEY | RrType::CDNSKEY | RrType::RKEY);
    !key || wire.get(3) != Some(&253) || wire.len() == 4 || name_length(&wire[4..]).is_some()
}

/// Octets of the name that begins here, uncompressed.
fn name_length(octets: &[u8]) -> Option<usize> {
    let (name, _) = NameRef::split_from(octets)?;
    name.labels().all(|label| label.len() < 64).then_some(name.wire().len())
}

/// Octets of an A6 address behind a prefix of so many bits.
fn suffix_length(prefix: u8) -> usize {
    usize::from(128 - prefix.min(128)).div_ceil(8)
}

/// The type of a gateway or relay; it is the second octet, without the bit for discovery.
pub(super) fn gateway_type(before: &[u8]) -> u8 {
    before.get(1).copied().unwrap_or(0) & 0x7f
}

/// The flags of a key, four octets back, say that there is none (RFC 2535 section 3.1.2).
pub(super) fn has_no_key(before: &[u8]) -> bool {
    before.last_chunk::<4>().is_some_and(|[flags, ..]| flags & 0xc0 == 0xc0)
}

/// The fewest and the most octets that a digest of this type has.
pub(super) fn digest_length(kind: FieldKind, digest_type: u8) -> (usize, usize) {
    let exactly = match (kind, digest_type) {
        (FieldKind::DsDigest | FieldKind::SshfpDigest, 1) => 20,
        (FieldKind::DsDigest | FieldKind::SshfpDigest, 2) => 32,
        (FieldKind::DsDigest, 4) | (FieldKind::ZonemdDigest, 1) => 48,
        (FieldKind::ZonemdDigest, 2) => 64,
        (FieldKind::ZonemdDigest, _) => return (12, usize::MAX),
        (FieldKind::SshfpDigest, _) => return (0, usize::MAX),
        _ => return (1, usize::MAX),
    };
    (exactly, exactly)
}

/// Octets are the bitmap of an NXT record.
fn is_nxt_bitmap(bits: &[u8]) -> bool {
    match bits {
        [] => true,
        [first, .., last] => first & 0x80 == 0 && *last != 0 && bits.len() <= 16,
        [only] => only & 0x80 == 0 && *only != 0,
    }
}

/// Octets are ranges of addresses (RFC 3123 section 4); of other families than IPv4 and IPv6 any are.
fn are_ranges(mut octets: &[u8]) -> bool {
    while let [a, b, prefix, length, rest @ ..] = octets {
        let length = length & 0x7f;
        let Some((address, rest)) = rest.split_at_checked(usize::from(length)) else { return false };
        let (most_bits, most_octets) = match u16::from_be_bytes([*a, *b]) {
            1 => (32, 4),
            2 => (128, 16),
            _ => (255, 127),
        };
        if *prefix > most_bits || length > most_octets || address.last() == Some(&0) {
            return false;
        }
        octets = rest;
    }
    octets.is_empty()
}
