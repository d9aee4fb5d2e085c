//! # tlsa-unusable
//!
//! A TLSA record is never found, or never matches.
//!
//! ## Why
//!
//! Clients of DANE ask for `_port._protocol.host`; another owner is never asked for. A matching type of 1 wants a
//! SHA-256 digest of 32 octets, 2 a SHA-512 digest of 64: with another length it matches no certificate, and where all
//! records of a mail server are so, mail to it is delayed or sent back.
//!
//! ## Example
//!
//! ```zone
//! _25._tcp.mail TLSA 3 1 1 0123456789abcdef0123456789abcdef01234567
//! mail A 192.0.2.25
//! ```
//!
//! ## What to do
//!
//! Make the record anew from the certificate.
//!
//! ## References
//!
//! RFC 6698 sections 2.1, 3; RFC 7672 section 2.2

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// TLSA (RFC 6698).
const TLSA: RrType = RrType::new(52);

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "tlsa-unusable",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Record(&[TLSA], check),
};

fn check(zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    let owner = zone.name(record.owner());
    let [_, _, matching, data @ ..] = zone.rdata(record).wire() else { return };
    let mut labels = owner.labels();
    let port = labels.next().is_some_and(is_port);
    let protocol = labels.next().is_some_and(|label| label.starts_with(b"_"));
    if !(owner.is_wildcard() || port && protocol) {
        findings
            .report(
                zone.place(record, Part::Owner),
                format!("`{owner}` does not begin with `_port._protocol`, which clients of TLSA ask for"),
            )
            .about(owner, TLSA)
            .data("owner")
            .note("the record is never asked for")
            .help("write the port and the protocol before the host: `_25._tcp.mail`");
    }
    let (digest, octets) = match matching {
        1 => ("SHA-256", 32),
        2 => ("SHA-512", 64),
        _ => return,
    };
    if data.len() != octets {
        findings
            .report(
                zone.place(record, Part::Field(3)),
                format!(
                    "the digest has {} octets, and {digest} (matching type {matching}) has {octets}",
                    data.len()
                ),
            )
            .about(owner, TLSA)
            .data("digest")
            .note("it matches no certificate")
            .help("make the record anew from the certificate");
    }
}

/// `_25`, or `_*`, which stands for itself and is harmless.
fn is_port(label: &[u8]) -> bool {
    label.strip_prefix(b"_").is_some_and(|port| {
        port == b"*" || !port.is_empty() && port.len() < 6 && port.iter().all(u8::is_ascii_digit)
    })
}
