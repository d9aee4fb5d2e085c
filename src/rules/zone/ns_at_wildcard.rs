//! # ns-at-wildcard
//!
//! A wildcard has an NS record.
//!
//! ## Why
//!
//! A wildcard cannot be delegated: what it would mean is not defined. `named` refuses the zone
//! (`invalid NS owner name (wildcard)`).
//!
//! ## Example
//!
//! ```zone
//! *.customers  NS  ns1
//! ```
//!
//! ## What to do
//!
//! Delegate each name with NS records of its own, or delegate the name above the wildcard.
//!
//! ## References
//!
//! RFC 4592 section 4.2

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ns-at-wildcard",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::NS], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let owner = zone.name(set.owner());
    if !owner.is_wildcard() || set.owner() == zone.apex() {
        return;
    }
    let above = owner.parent().unwrap_or(owner);
    findings
        .report(zone.place(set.first(), Part::Owner), format!("the wildcard `{owner}` has an NS record"))
        .about(owner, RrType::NS)
        .note("a wildcard cannot be delegated: `named` refuses the zone, and serves none of its names")
        .help(match zone.find(above) {
            Some(id) if id == zone.apex() => "give each delegated name NS records of its own".to_owned(),
            _ => format!("delegate `{above}.` itself, or give each delegated name NS records of its own"),
        });
}
