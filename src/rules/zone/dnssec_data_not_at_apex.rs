//! # dnssec-data-not-at-apex
//!
//! A record that is about a whole zone does not stand at its apex.
//!
//! ## Why
//!
//! DNSKEY, CDNSKEY, CDS, CSYNC, NSEC3PARAM and ZONEMD records are about a zone, and nobody looks for them
//! elsewhere. `named` loads them without a word. Often the record of a subdomain came into the wrong file,
//! or the owner is wrong.
//!
//! ## Example
//!
//! ```zone
//! keys  DNSKEY  257 3 8 AwEAAaetidLzsKWUt4swWR8yu0wPHPiUi8LU
//! ```
//!
//! ## What to do
//!
//! Write `@` as the owner, or move the record to the zone that it is about.
//!
//! ## References
//!
//! RFC 4035 section 2.1, RFC 5155 section 4, RFC 7344 section 4.1, RFC 7477 section 2, RFC 8976 section 2

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "dnssec-data-not-at-apex",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(OF_A_ZONE, check),
};

/// The types that are about a zone as a whole.
const OF_A_ZONE: &[RrType] =
    &[RrType::DNSKEY, RrType::CDNSKEY, RrType::CDS, RrType::CSYNC, RrType::NSEC3PARAM, RrType::ZONEMD];

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let (owner, rtype, origin) = (zone.name(set.owner()), set.rtype(), zone.origin());
    // Of what is below a delegation, `occluded-by-delegation` speaks.
    if set.owner() == zone.apex() || zone.cut(set.owner()).is_some() {
        return;
    }
    findings
        .report(
            zone.place(set.first(), Part::Owner),
            format!("the {rtype} record of `{owner}` is about a zone, and `{owner}` is none"),
        )
        .about(owner, rtype)
        .note(format!(
            "{rtype} records stand at the apex, here at `{origin}`; nobody looks for them elsewhere"
        ))
        .help("write `@` as its owner, or move it to the zone that it is about");
}
