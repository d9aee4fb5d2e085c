//! # nsec3-owner
//!
//! The owner of an NSEC3 record is no hash.
//!
//! ## Why
//!
//! The leftmost label of an NSEC3 record is the hash of a name, in base32 with the digits 0 to 9 and A to
//! V. `named` refuses the whole zone for anything else (`bad owner name (check-names)`). NSEC3 records are
//! made by the signer and not by hand.
//!
//! ## Example
//!
//! ```zone
//! www  NSEC3  1 0 0 - 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A
//! ```
//!
//! ## What to do
//!
//! Delete the NSEC3 records and sign the zone again.
//!
//! ## References
//!
//! RFC 5155 section 3

use std::fmt::Display;

use crate::diagnostic::{Diagnostic, Findings, Group, Level, Part, Place};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{CheckNames, Defect, Zone, is_hash};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "nsec3-owner",
    group: Group::Record,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    // `warn` does not help: the zone is refused all the same.
    if zone.terms().check_names == CheckNames::Ignore {
        return;
    }
    for outside in zone.bad_outside().iter().filter(|outside| outside.bad.defect == Defect::NoHash) {
        report(&outside.owner, outside.place(Part::Owner), findings)
            .note("the record is outside the zone and would be ignored, but `named` refuses the zone for it");
    }
    let records = if zone.may_have_bad_hash() { zone.records() } else { &[] };
    for record in records.iter().filter(|record| record.rtype() == RrType::NSEC3) {
        let owner = zone.name(record.owner());
        if !record.is_generated() && !is_hash(owner) {
            report(owner, zone.place(record, Part::Owner), findings).data(zone.rdata(record));
        }
    }
}

fn report<'f>(owner: impl Display, place: Place, findings: &'f mut Findings<'_>) -> &'f mut Diagnostic {
    findings
        .report(
            place,
            format!("`{owner}` is no hash of a name, and has an NSEC3 record; sign the zone again"),
        )
        .about(owner, RrType::NSEC3)
        .note("`named` says `bad owner name (check-names)`, refuses the zone, and serves none of its names")
        .help("delete the NSEC3 records: the signer makes them")
}
