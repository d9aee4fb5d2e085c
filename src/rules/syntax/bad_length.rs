//! # bad-length
//!
//! A digest, fingerprint or hash that is too short or too long for its type.
//!
//! ## Why
//!
//! The digest type or algorithm before it fixes the length: a SHA-256 digest has 32 octets, 64 digits.
//! `named` says `unexpected end of input`, `bad hex encoding` or `out of range` and refuses the zone. Either a
//! part was lost when it was copied, or the type is another one.
//!
//! ## Example
//!
//! ```zone
//! sub   DS     60485 8 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0
//! sub   NS     ns1.example.net.
//! host  SSHFP  1 1 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A
//! ```
//!
//! ## What to do
//!
//! Copy the digest whole, or correct its type.
//!
//! ## References
//!
//! RFC 4509 section 2.1, RFC 6605 section 3, RFC 4255 section 3.1.2, RFC 8976 section 2.2.3, RFC 5155 section 3.2

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "bad-length",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::BadLength, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let mut parts = fault.detail.split(' ');
    let (rtype, due) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let found = parts.next().unwrap_or_default();
    let octets = if found == "1" { "octet" } else { "octets" };
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` has {found} {octets}, and {due} are due here; copy it whole or correct its type"),
        )
        .note(
            "`named` says `unexpected end of input`, `bad hex encoding` or `out of range` and refuses the zone",
        )
        .help(match rtype {
            "SSHFP" => "fingerprint type 1 (SHA-1) has 20 octets, 2 (SHA-256) has 32; two digits are one octet",
            "ZONEMD" => "hash algorithm 1 (SHA-384) has 48 octets, 2 (SHA-512) has 64, others have 12 or more",
            "NSEC3" => "a hash of algorithm 1 (SHA-1) has 20 octets, which are 32 characters",
            _ => {
                "digest type 1 (SHA-1) has 20 octets, 2 (SHA-256) has 32, 4 (SHA-384) has 48; two digits are one \
                 octet"
            }
        });
}
