//! # ds-at-apex
//!
//! The apex of a zone has a DS record.
//!
//! ## Why
//!
//! A DS record belongs to the parent: it stands beside the delegation, and says which key the zone is
//! signed with. In the zone itself it would be about a delegation that is not there. `named` refuses the
//! whole zone (`DS record at top of zone`).
//!
//! ## Example
//!
//! ```zone
//! @  DS  60485 8 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A
//! ```
//!
//! ## What to do
//!
//! Move the record to the parent zone, or give it to the registrar.
//!
//! ## References
//!
//! RFC 4035 section 2.4

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ds-at-apex",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::DS], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    if set.owner() != zone.apex() {
        as_glue(zone, set, findings);
        return;
    }
    let origin = zone.origin();
    let found = findings.report(
        zone.place(set.first(), Part::Type),
        format!("`{origin}` has its own DS record, which belongs to the zone above; move it there"),
    );
    found.about(origin, RrType::DS);
    // What a `$GENERATE` makes is not tested, nor what is read as glue of a delegation to the apex.
    if set.records.iter().all(|record| record.is_generated() || zone.read_as_glue(record).is_some()) {
        found.at_most(Level::Warning).note("nobody asks the servers of the zone itself for it");
    } else {
        found.note("`named` says `DS record at top of zone`, refuses the zone, and serves none of its names");
    }
    found.help("give it to the parent zone or the registrar, and delete it here");
}

/// A DS record right behind the NS records of the apex, at one of their targets: `named` takes it for glue
/// and tests the apex in its place.
fn as_glue(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    // Most are not even a target of the apex: for them, nobody need look back over the records.
    if !zone.is_glue(zone.apex(), zone.name(set.owner())) {
        return;
    }
    let of_apex = |record: &&&Record| {
        let servers = zone.read_as_glue(record).filter(|_| !record.is_generated());
        servers.is_some_and(|servers| servers.owner() == zone.apex())
    };
    let Some(record) = set.records.iter().find(of_apex) else { return };
    let (owner, origin) = (zone.name(record.owner()), zone.origin());
    findings
        .report(
            zone.place(record, Part::Type),
            format!("`named` takes the DS record of `{owner}` for one of `{origin}`; move it further down"),
        )
        .about(owner, RrType::DS)
        .note("right behind the NS records that point to its owner, it is read as glue: `named` says `DS record at top of zone` and refuses the zone")
        .help("put a record of another name before it");
}
