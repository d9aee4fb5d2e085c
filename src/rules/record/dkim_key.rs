//! # dkim-key
//!
//! The public key of a DKIM record is not whole, or of no known kind.
//!
//! ## Why
//!
//! Keys are longer than a string of a TXT record, and get lost in pieces when they are split, wrapped or pasted. Receivers
//! cannot check a signature then: mail fails DKIM, and with it mostly DMARC. `named` serves the text as it is.
//!
//! An empty `p=` is fine: it withdraws the key.
//!
//! ## Example
//!
//! ```zone
//! s1._domainkey TXT "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC5"
//! ```
//!
//! ## What to do
//!
//! Copy the key again, split into strings of 255 octets at most, each in quotes, with nothing added between them.
//!
//! ## References
//!
//! RFC 6376 sections 3.6.1, 3.6.2.2; RFC 8463 section 4

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Zone, as_text, decode_base64, tags};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "dkim-key",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Record(&[RrType::TXT], check),
};

fn check(zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    // A name with an underscore is odd.
    if !zone.is_odd(record.owner()) {
        return;
    }
    let owner = zone.name(record.owner());
    if owner.labels().nth(1).is_none_or(|label| label != b"_domainkey") || zone.cut(record.owner()).is_some()
    {
        return;
    }
    let Some(text) = zone.rdata(record).text().map(as_text) else { return };
    let (mut count, mut version, mut kind, mut key) = (0, None, None, None);
    for tag in tags(&text) {
        count += 1;
        match tag {
            Ok(("v", value)) => _ = version.get_or_insert(value),
            Ok(("k", value)) => _ = kind.get_or_insert(value),
            Ok(("p", value)) => _ = key.get_or_insert(value),
            _ => {}
        }
    }
    // Something else stands there, which no receiver takes for a key; or what is left before an unquoted `;`.
    let nothing = key.is_none() && (version.is_none() || count == 1);
    if nothing || version.is_some_and(|version| version != "DKIM1") {
        return;
    }
    let kind = kind.unwrap_or("rsa");
    let is_known = KINDS.iter().any(|known| known.eq_ignore_ascii_case(kind));
    let (message, help) = if is_known {
        let Some(message) = mistake(kind, key) else { return };
        (message, "copy the key again, in strings of 255 octets at most, with nothing added between them")
    } else {
        (
            format!("`k={kind}` in the DKIM record is no kind of key that receivers know"),
            "write `k=rsa` or `k=ed25519`, as the key is",
        )
    };
    findings
        .report(zone.place(record, Part::Rdata), message)
        .about(owner, RrType::TXT)
        .note("receivers cannot check signatures with it: mail fails DKIM, and mostly DMARC too")
        .help(help);
}

/// The kinds of keys (RFC 6376 section 3.3, RFC 8463).
const KINDS: [&str; 2] = ["rsa", "ed25519"];

/// What is wrong with a key of a kind.
fn mistake(kind: &str, key: Option<&str>) -> Option<String> {
    let Some(key) = key else {
        return Some("the DKIM record has no `p=`, which holds the key".to_owned());
    };
    if key.trim_ascii().is_empty() {
        return None;
    }
    let without_blanks = || key.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect::<Vec<u8>>();
    let Some((head, octets)) = measure(key.as_bytes()).or_else(|| measure(&without_blanks())) else {
        return Some(
            "the key of the DKIM record is no Base64: a piece is missing, or something was added".to_owned(),
        );
    };
    if kind.eq_ignore_ascii_case("rsa") {
        return match der_length(&head) {
            Some(length) if length == octets => None,
            Some(length) if length > octets => Some(format!(
                "the key of the DKIM record has {octets} octets of {length}: the rest is missing"
            )),
            _ => Some("the key of the DKIM record is no RSA key".to_owned()),
        };
    }
    (kind.eq_ignore_ascii_case("ed25519") && octets != 32)
        .then(|| format!("the key of the DKIM record has {octets} octets, and an Ed25519 key has 32"))
}

/// The first and the last octets of what is written in Base64, and how many there are in all; `None` where it is
/// none. In between it is enough that there are no other characters, which takes less than half of the instructions.
fn measure(text: &[u8]) -> Option<(Vec<u8>, usize)> {
    let text = text.iter().rposition(|byte| *byte != b'=').map_or(&[][..], |last| &text[..=last]);
    let (head, rest) = text.split_at_checked(ENDS).unwrap_or((text, &[]));
    let (inner, tail) = rest.split_at(rest.len().saturating_sub(ENDS).next_multiple_of(4));
    // The digits stand behind the `/`.
    let is_of_base64 = |byte: &u8| (byte | 0x20).is_ascii_lowercase() | matches!(byte, b'/'..=b'9' | b'+');
    if !inner.iter().fold(true, |good, byte| good & is_of_base64(byte)) {
        return None;
    }
    let mut ends = [0; 2 * ENDS];
    let ends = &mut ends[..head.len() + tail.len()];
    ends[..head.len()].copy_from_slice(head);
    ends[head.len()..].copy_from_slice(tail);
    let ends = decode_base64(ends)?;
    let octets = ends.len() + inner.len() / 4 * 3;
    Some((ends, octets))
}

/// So many characters at either end of Base64, whole groups, are decoded.
const ENDS: usize = 8;

/// The length that a DER sequence says it has, its head included.
fn der_length(der: &[u8]) -> Option<usize> {
    match *der {
        [0x30, length @ 0..=0x7f, ..] => Some(2 + usize::from(length)),
        [0x30, 0x81, length, ..] => Some(3 + usize::from(length)),
        [0x30, 0x82, high, low, ..] => Some(4 + usize::from(u16::from_be_bytes([high, low]))),
        _ => None,
    }
}
