//! # soa-not-at-apex
//!
//! An SOA record stands at a name below the zone's own.
//!
//! ## Why
//!
//! The SOA belongs to the name of the zone and to no other. `named` refuses the zone
//! (`SOA record not at top of zone`). Either the owner lost its final dot, or two zones stand in one file.
//!
//! ## Example
//!
//! ```zone
//! $TTL 3600
//! @    SOA  ns1 hostmaster 1 7200 3600 1209600 3600
//! @    NS   ns1
//! ns1  A    192.0.2.1
//! sub  SOA  ns1 hostmaster 1 7200 3600 1209600 3600
//! ```
//!
//! ## What to do
//!
//! Delete the SOA if the names below it belong to this zone. If they are a zone of their own, move them to
//! a file of its own, and leave only its NS records and their glue here.
//!
//! If the zone has no other SOA, `no-soa` says so instead.
//!
//! ## References
//!
//! RFC 1035 section 5.2

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "soa-not-at-apex",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    // In most zones it is the first record, and the only one.
    let is_first = |first: &Record| first.rtype() == RrType::SOA && first.owner() == zone.apex();
    if zone.records().first().is_some_and(is_first) && zone.stray_soas().next().is_none() {
        return;
    }
    // Without one at the apex, `no-soa` speaks of the one that stands elsewhere.
    let Some((soa, _)) = zone.soa() else { return };
    for stray in zone.stray_soas() {
        let (owner, origin) = (zone.name(stray.owner()), zone.origin());
        let help = if zone.owner_slip(stray).is_some() {
            format!("delete it; its owner lacks the final dot, but `{origin}` has its SOA already")
        } else {
            format!("delete it, or move `{owner}` and what is below it to a zone file of its own")
        };
        findings
            .report(
                zone.place(stray, Part::Owner),
                format!("`{owner}` has an SOA, but the zone is `{origin}`"),
            )
            .about(owner, RrType::SOA)
            .label(zone.place(soa, Part::Owner), "the SOA of the zone")
            .note(
                "only the name of a zone has an SOA: `named` refuses this zone, and serves none of its names",
            )
            .help(help);
    }
    if let Some(delegation) = zone.read_as_glue(soa) {
        let (owner, origin) = (zone.name(delegation.owner()), zone.origin());
        findings
            .report(
                zone.place(soa, Part::Owner),
                format!("`named` takes the SOA for glue of `{owner}`; move it to the top of the file"),
            )
            .about(zone.origin(), RrType::SOA)
            .label(
                zone.place(delegation, Part::Whole),
                format!("a delegation to `{origin}` stands right above"),
            )
            .note("`named` says `SOA record not at top of zone` and refuses the zone")
            .help("the SOA is the first record of a zone");
    }
}
