//! # node-name-shared-address
//!
//! Two node names lead to one address.
//!
//! ## Why
//!
//! Each node sends its users on to a name of its own (HOWTO 2.3.1). Where two names lead to one node, the
//! sessions of the other one are not found there, and its users are asked to log in again and again.
//!
//! Where it is known which of the two is right, the other one is a finding of `node-name-wrong-address` instead.
//! A name that is bent to another node on purpose is declared as a pin (HOWTO 2.3.2).
//!
//! ## Example
//!
//! ```zone
//! webmail   A 192.0.2.10
//!           A 192.0.2.11
//! webmail00 A 192.0.2.10
//! webmail01 A 192.0.2.10
//! ```
//!
//! ## What to do
//!
//! Give each name the address of its own node.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.3.1, 2.3.2

use crate::cluster::{Cluster, Domain, NodeVerdict, list};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "node-name-shared-address",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let zone = domain.zone();
    for (binding, name) in domain.node_names() {
        let NodeVerdict::Shared { with, instead } = name.verdict else { continue };
        let (owner, other) = (zone.name(name.name), &binding.names[with]);
        let found = list(&name.addresses.set);
        let help = match instead {
            Some(node) => {
                let free = list(&cluster.nodes()[node].addresses);
                format!("one of the two is for {free}, to which no name leads")
            }
            None => "give each name the address of its own node, and remove one that is for none".to_owned(),
        };
        findings
            .report(
                domain.place(name.name, Part::Rdata),
                format!("`{owner}` leads to {found}, and so does `{}`", zone.name(other.name)),
            )
            .about(owner, RrType::A)
            .data(found)
            .label(domain.place(other.name, Part::Rdata), "the other name")
            .note("a node sends its users on to its own name; at another node their sessions are not known")
            .help(help);
    }
}
