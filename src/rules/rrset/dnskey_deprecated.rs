//! # dnskey-deprecated
//!
//! A zone is signed with an algorithm that is not to be used any more.
//!
//! ## Why
//!
//! RSAMD5, DSA, RSASHA1 and GOST are broken or gone. Resolvers that do not know them treat the zone as
//! unsigned, and RSASHA1 is leaving the resolvers now. `named` loads the zone and logs `deprecated DNSKEY
//! algorithm found`.
//!
//! ## Example
//!
//! ```zone
//! @  DNSKEY  257 3 5 AwEAAaetidLzsKWUt4swWR8yu0wPHPiUi8LU
//! ```
//!
//! ## What to do
//!
//! Roll the keys over to algorithm 13 (ECDSAP256SHA256) or 8 (RSASHA256).
//!
//! ## References
//!
//! RFC 8624, RFC 9905, RFC 9906

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "dnskey-deprecated",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::DNSKEY], check),
};

/// What `named` calls deprecated.
const DEPRECATED: [(u8, &str); 6] =
    [(1, "RSAMD5"), (3, "DSA"), (5, "RSASHA1"), (6, "NSEC3DSA"), (7, "NSEC3RSASHA1"), (12, "ECCGOST")];

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    if set.owner() != zone.apex() {
        return;
    }
    let algorithm = |record| zone.rdata(record).wire().get(3).copied();
    for (number, name) in DEPRECATED {
        let Some(key) = set.records.iter().find(|key| algorithm(key) == Some(number)) else { continue };
        findings
            .report(
                zone.place(key, Part::Field(2)),
                format!("the zone is signed with algorithm `{number}` ({name}), which is not to be used any more"),
            )
            .about(zone.origin(), RrType::DNSKEY)
            .data(number)
            .note("resolvers that do not know it treat the zone as unsigned; `named` logs it and loads the zone")
            .help("roll the keys over to algorithm 13 (ECDSAP256SHA256) or 8 (RSASHA256)");
    }
}
