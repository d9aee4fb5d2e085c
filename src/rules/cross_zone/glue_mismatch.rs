//! # glue-mismatch
//!
//! The addresses that come with a delegation are not those that the name server has in its own zone.
//!
//! ## Why
//!
//! Glue is a copy. When the server was renumbered and only its own zone was edited, resolvers that come by way of the
//! delegation still ask the old address: slowly, or a machine of somebody else.
//!
//! Both zones must be loaded.
//!
//! ## Example
//!
//! ```zone
//! ; file: example.com
//! sub     NS ns1.sub
//! ns1.sub A  192.0.2.99
//! ; file: sub.example.com
//! $TTL 3600
//! @   SOA ns1 hostmaster 1 7200 3600 1209600 3600
//! @   NS  ns1
//! ns1 A   192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Correct the copy above the delegation, and the glue that a registry keeps.
//!
//! ## References
//!
//! RFC 1034 section 4.2.1; RFC 1912 section 2.3; RFC 9471

use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::cluster::list;
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::{NameRef, RrType};
use crate::view::View;
use crate::zone::{Answer, NameId, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "glue-mismatch",
    group: Group::CrossZone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::View(check),
};

fn check(view: &View, zone: &Zone, findings: &mut Findings<'_>) {
    let Some((parent, cut)) = view.delegation(zone) else { return };
    let targets = parent.rrset(cut, RrType::NS).filter_map(|record| parent.rdata(record).target());
    let hosts: BTreeSet<NameRef<'_>> = targets.filter(|host| host.is_within(zone.origin())).collect();
    for host in hosts {
        let (Answer::Name(here) | Answer::Wildcard(here)) = zone.answer(host) else { continue };
        let Some(copy) = parent.find(host) else { continue };
        let (glue, own) = (addresses(parent, copy), addresses(zone, here));
        if glue.is_empty() || own.is_empty() || !parent.knows(host) || !zone.knows(zone.name(here)) {
            continue;
        }
        let difference = |a: &BTreeSet<IpAddr>, b| list(&a.difference(b).copied().collect::<Vec<_>>());
        let (extra, missing) = (difference(&glue, &own), difference(&own, &glue));
        let message = match (glue.is_subset(&own), own.is_subset(&glue)) {
            (true, true) => continue,
            (true, false) => format!("the glue of `{host}` lacks {missing}, which it has in its own zone"),
            (false, true) => format!("the glue of `{host}` has {extra}, which it has not in its own zone"),
            (false, false) => format!("the glue of `{host}` has {extra}, and its own zone {missing}"),
        };
        let is_wrong = |address: Option<IpAddr>| address.is_some_and(|address| !own.contains(&address));
        let records = || parent.at(copy).filter(|record| parent.rdata(record).address().is_some());
        let wrong = records().find(|record| is_wrong(parent.rdata(record).address()));
        let part = if wrong.is_some() { Part::Rdata } else { Part::Owner };
        let real = zone.at(here).find(|record| zone.rdata(record).address().is_some());
        let (Some(record), Some(real)) = (wrong.or_else(|| records().next()), real) else { continue };
        findings
            .report(parent.place(record, part), message)
            .within(parent.origin())
            .about(host, record.rtype())
            .label(zone.place(real, Part::Owner), "what its own zone says")
            .note(format!(
                "resolvers that come to `{}` by way of the delegation ask these addresses",
                zone.origin()
            ))
            .help(format!("give `{host}` the same addresses in both zones"));
    }
}

fn addresses(zone: &Zone, name: NameId) -> BTreeSet<IpAddr> {
    zone.at(name).filter_map(|record| zone.rdata(record).address()).collect()
}
