//! # cds-delete-not-alone
//!
//! A record that asks to delete all DS records stands beside others.
//!
//! ## Why
//!
//! `CDS 0 0 0 00` and `CDNSKEY 0 3 0 AA==` ask the parent to delete all DS records of the zone. Beside
//! another record of their type this is a contradiction, and `named` refuses the whole zone (`CDS/CDNSKEY
//! consistency checks failed`).
//!
//! ## Example
//!
//! ```zone
//! @  CDS     0 0 0 00
//! @  CDS     60485 8 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A
//! ```
//!
//! ## What to do
//!
//! Delete one or the other.
//!
//! ## References
//!
//! RFC 8078 section 4

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "cds-delete-not-alone",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::CDS, RrType::CDNSKEY], check),
};

/// `0 0 0 00`
pub(super) const CDS_DELETE: [u8; 5] = [0; 5];
/// `0 3 0 AA==`
pub(super) const CDNSKEY_DELETE: [u8; 5] = [0, 0, 3, 0, 0];

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let (origin, rtype) = (zone.origin(), set.rtype());
    let deletion = if rtype == RrType::CDS { CDS_DELETE } else { CDNSKEY_DELETE };
    let is_deletion = |record: &&&Record| zone.rdata(record).wire() == deletion;
    if set.owner() != zone.apex() {
        return;
    }
    let Some(delete) = set.records.iter().find(is_deletion) else { return };
    let Some(other) = set.records.iter().find(|record| !is_deletion(record)) else { return };
    findings
        .report(
            zone.place(delete, Part::Whole),
            format!("this {rtype} record asks to delete all DS records, and another one to add some; keep one"),
        )
        .about(origin, rtype)
        .label(zone.place(other, Part::Whole), "the other one")
        .note(
            "`named` says `CDS/CDNSKEY consistency checks failed`, refuses the zone, and serves none of its names",
        )
        .help("delete this one if the zone stays signed, the others if it goes back to unsigned");
}
