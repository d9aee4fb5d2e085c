//! # nsec3param-unsupported
//!
//! An NSEC3PARAM record names a hash algorithm that does not exist.
//!
//! ## Why
//!
//! The only hash algorithm of NSEC3 is 1, SHA-1. If the zone has NSEC3PARAM records and none with algorithm
//! 1, `named` refuses the whole zone (`no supported nsec3 hash algorithm`); beside one with algorithm 1 it
//! is logged and ignored.
//!
//! ## Example
//!
//! ```zone
//! @  NSEC3PARAM  2 0 0 -
//! ```
//!
//! ## What to do
//!
//! Write 1 for the algorithm, or delete the record.
//!
//! ## References
//!
//! RFC 5155 sections 4 and 11

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "nsec3param-unsupported",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::NSEC3PARAM], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    if set.owner() != zone.apex() {
        return;
    }
    let algorithm = |record| zone.rdata(record).wire().first().copied();
    let supported = set.records.iter().any(|record| algorithm(record) == Some(1));
    for record in set.records {
        let Some(algorithm) = algorithm(record).filter(|&algorithm| algorithm != 1) else { continue };
        let found = findings.report(
            zone.place(record, Part::Field(0)),
            format!("`{algorithm}` is no hash algorithm of NSEC3; write `1`"),
        );
        found.about(zone.origin(), RrType::NSEC3PARAM).data(algorithm);
        if supported {
            found
                .at_most(Level::Warning)
                .note("`named` says `unsupported nsec3 hash algorithm`, and ignores the record");
        } else {
            found.note(
                "`named` says `no supported nsec3 hash algorithm`, refuses the zone, and serves none of its names",
            );
        }
        found.help("the only one is 1, SHA-1");
    }
}
