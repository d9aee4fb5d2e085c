//! # single-name-server
//!
//! A zone has one name server, or several names for one machine.
//!
//! ## Why
//!
//! When it cannot be reached, the whole domain cannot: web, mail, everything. Mail is sent back after some days. Most
//! registries want two servers for that reason, in different networks.
//!
//! This rule is off by default. Addresses are known as far as the zones are loaded.
//!
//! ## Example
//!
//! ```zone
//! @ SOA ns1 hostmaster 1 7200 3600 1209600 3600
//! @ NS ns1
//! @ NS ns2
//! ns1 A 192.0.2.1
//! ns2 A 192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Add a name server elsewhere.
//!
//! ## References
//!
//! RFC 1034 section 4.1; RFC 2182 sections 3.1, 5

use std::collections::BTreeSet;

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::{Knowledge, View};
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "single-name-server",
    group: Group::CrossZone,
    level: Level::Info,
    default: false,
    options: &[],
    check: Check::View(check),
};

fn check(view: &View, zone: &Zone, findings: &mut Findings<'_>) {
    let records = || zone.rrset(zone.apex(), RrType::NS);
    let names: BTreeSet<_> = records().filter_map(|record| zone.rdata(record).target()).collect();
    let Some(first) = records().next().filter(|_| zone.knows(zone.origin())) else { return };
    let origin = zone.origin();
    let message = if names.len() == 1 {
        format!("`{origin}` has one name server; if it fails, the domain fails")
    } else {
        let mut sets = names.iter().map(|name| view.addresses(*name));
        let Some(set) = sets.next().filter(|one| one.knowledge == Knowledge::Whole) else { return };
        if !sets.all(|other| other.knowledge == Knowledge::Whole && other.set == set.set) {
            return;
        }
        format!(
            "the {} name servers of `{origin}` are one machine; if it fails, the domain fails",
            names.len()
        )
    };
    findings
        .report(zone.place(first, Part::Rdata), message)
        .about(origin, RrType::NS)
        .note("web and mail cannot be reached then, wherever they are")
        .help("add a name server in another network");
}
