//! # dnskey-weak-exponent
//!
//! An RSA key of the zone has the public exponent 3.
//!
//! ## Why
//!
//! With so small an exponent, signatures can be forged where a resolver checks their padding carelessly, as
//! some did (CVE-2006-4339). `named` says `weak RSASHA256 (8) key found (exponent=3)` and loads the zone.
//!
//! ## Example
//!
//! ```zone
//! @ DNSKEY 256 3 8 AQPSKmynfzW4kyBv015MUG2DeIQ3
//! ```
//!
//! ## What to do
//!
//! Roll the key over to a new one: every tool of today takes 65537, and ECDSA keys have no exponent.
//!
//! ## References
//!
//! RFC 3110 section 2, RFC 8017

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "dnskey-weak-exponent",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::DNSKEY], check),
};

/// The algorithms whose keys are RSA keys.
const RSA: [u8; 5] = [1, 5, 7, 8, 10];

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    if set.owner() != zone.apex() {
        return;
    }
    // Flags, protocol, algorithm, then the length of the exponent and the exponent (RFC 3110).
    let is_weak = |wire: &[u8]| matches!(wire, [_, _, _, algorithm, 1, 3, ..] if RSA.contains(algorithm));
    for key in set.records.iter().filter(|key| is_weak(zone.rdata(key).wire())) {
        findings
            .report(zone.place(key, Part::Field(3)), "this RSA key has the exponent 3; roll it over to a new key")
            .about(zone.origin(), RrType::DNSKEY)
            .data(key.rtype())
            .note("careless resolvers take forged signatures for it; `named` says `weak … key found (exponent=3)`")
            .help("keys with the exponent 65537, or ECDSA keys, have no such weakness");
    }
}
