//! # orphan-node-name
//!
//! A node name for a node that the magic name does not balance over.
//!
//! ## Why
//!
//! No node sends anybody to this name: its node is not in the set of `webmail`, or no longer. What it leads to
//! may belong to somebody else by now, and users may still have it among their bookmarks.
//!
//! ## Example
//!
//! ```zone
//! webmail   A 192.0.2.10
//!           A 192.0.2.11
//! webmail00 A 192.0.2.10
//! webmail01 A 192.0.2.11
//! webmail02 A 192.0.2.99
//! ```
//!
//! ## What to do
//!
//! Remove the name, or add its node to the set of `webmail` in every domain.
//!
//! ## Fix
//!
//! Unsafe: removes the name, unless another record of the zone points to it.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.3.1, 2.3.2

use crate::cluster::{Cluster, Domain, NodeVerdict, list};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::changes::remove;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::Record;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "orphan-node-name",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(_: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let zone = domain.zone();
    for (binding, name) in domain.node_names().filter(|(_, name)| name.verdict == NodeVerdict::Orphan) {
        let magic = format!("{}.{}", binding.magic.service, zone.origin());
        let owner = zone.name(name.name);
        let found = list(&name.addresses.set);
        let diagnostic = findings
            .report(
                domain.place(name.name, Part::Owner),
                format!("`{owner}` leads to {found}, over which `{magic}` does not balance"),
            )
            .about(owner, RrType::A)
            .data(&found)
            .note("no node sends users to this name; its address may belong to somebody else by now")
            .help(format!("remove it, or add {found} to `{magic}` in every domain"));
        let used = zone.records().iter().any(|record| zone.rdata(record).target() == Some(owner));
        if !used {
            let leading =
                |record: &&Record| matches!(record.rtype(), RrType::A | RrType::AAAA | RrType::CNAME);
            let removed = zone.at(name.name).filter(leading).map(|record| remove(zone, record));
            diagnostic.unsafe_fix(format!("removes `{owner}`"), removed);
        }
        if let Some(magic) = domain.magic(binding) {
            diagnostic.label(
                domain.place(magic.name, Part::Owner),
                format!("balances over {}", list(&magic.addresses.set)),
            );
        }
    }
}
