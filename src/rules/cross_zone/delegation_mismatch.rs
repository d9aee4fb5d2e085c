//! # delegation-mismatch
//!
//! The name servers of a delegation are not those that the zone itself names.
//!
//! ## Why
//!
//! Resolvers come by way of the delegation and then go by what the zone says: which servers are asked depends on what
//! they met last. A server that only the delegation names may no longer have the zone; one that only the zone names is
//! not used until somebody is told of it. Mostly one of both was forgotten when a server was changed.
//!
//! Both zones must be loaded.
//!
//! ## Example
//!
//! ```zone
//! ; file: example.com
//! sub NS ns1.example.net.
//! sub NS ns2.example.net.
//! ; file: sub.example.com
//! $TTL 3600
//! @ SOA ns1.example.net. hostmaster.example.net. 1 7200 3600 1209600 3600
//! @ NS ns1.example.net.
//! @ NS ns3.example.net.
//! ```
//!
//! ## What to do
//!
//! Bring both sets together: first the one of the zone itself, then that of the delegation.
//!
//! ## References
//!
//! RFC 1034 section 4.2.2; RFC 1912 section 2.3

use std::collections::BTreeSet;

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::{NameRef, RrType};
use crate::view::View;
use crate::zone::{NameId, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "delegation-mismatch",
    group: Group::CrossZone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::View(check),
};

fn check(view: &View, zone: &Zone, findings: &mut Findings<'_>) {
    let Some((parent, cut)) = view.delegation(zone) else { return };
    let origin = zone.origin();
    let (above, below) = (servers(parent, cut), servers(zone, zone.apex()));
    let known = parent.knows(origin) && zone.knows(origin);
    let (Some(delegating), Some(own), true) =
        (parent.rrset(cut, RrType::NS).next(), zone.rrset(zone.apex(), RrType::NS).next(), known)
    else {
        return;
    };
    let (missing, extra) = (list(below.difference(&above)), list(above.difference(&below)));
    let message = match (&missing[..], &extra[..]) {
        ("", "") => return,
        (missing, "") => format!("the delegation of `{origin}` lacks {missing}, which the zone itself names"),
        ("", extra) => format!("the delegation of `{origin}` names {extra}, which the zone itself does not"),
        (missing, extra) => {
            format!("the delegation of `{origin}` names {extra}, and the zone itself {missing}")
        }
    };
    findings
        .report(parent.place(delegating, Part::Owner), message)
        .within(parent.origin())
        .about(origin, RrType::NS)
        .label(zone.place(own, Part::Type), "what the zone itself says")
        .note(
            "which servers are asked depends on what a resolver met last; one of these may not know the zone",
        )
        .help("give both the same NS records");
}

fn servers(zone: &Zone, owner: NameId) -> BTreeSet<NameRef<'_>> {
    zone.rrset(owner, RrType::NS).filter_map(|record| zone.rdata(record).target()).collect()
}

/// Names for a message.
fn list<'n>(names: impl Iterator<Item = &'n NameRef<'n>>) -> String {
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    match &names[..] {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => names.concat(),
    }
}
