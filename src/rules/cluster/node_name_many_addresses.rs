//! # node-name-many-addresses
//!
//! A node name has more than one address.
//!
//! ## Why
//!
//! The name of a node binds a session to it (HOWTO 2.3.1). With several addresses the browser comes back to any
//! of them, and the session is bound to nothing.
//!
//! ## Example
//!
//! ```zone
//! webmail   A 192.0.2.10
//!           A 192.0.2.11
//! webmail00 A 192.0.2.10
//!           A 192.0.2.11
//! webmail01 A 192.0.2.11
//! ```
//!
//! ## What to do
//!
//! Leave the address of the node, and remove the others.
//!
//! ## Fix
//!
//! Unsafe: removes the addresses that are not the node's, if its own is among them.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.3.1

use crate::cluster::{Cluster, Domain, NodeVerdict, list};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::changes::remove_addresses;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "node-name-many-addresses",
    group: Group::Cluster,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let zone = domain.zone();
    for (_, name) in domain.node_names().filter(|(_, name)| name.verdict == NodeVerdict::Many) {
        let owner = zone.name(name.name);
        let found = list(&name.addresses.set);
        let node = cluster.standard().node_with_id(&name.id);
        let diagnostic = findings
            .report(
                domain.place(name.name, Part::Owner),
                format!("`{owner}` has more than one address: {found}"),
            )
            .about(owner, RrType::A)
            .note("the name of a node binds a session to it; with several addresses it is bound to nothing");
        match node {
            Some(node) => {
                let own = &cluster.nodes()[node].addresses;
                let (kept, more): (Vec<_>, Vec<_>) =
                    name.addresses.set.iter().copied().partition(|address| own.contains(address));
                if !kept.is_empty() && name.addresses.aliases.is_empty() {
                    let description = format!("removes {} from `{owner}`", list(&more));
                    diagnostic.unsafe_fix(description, remove_addresses(zone, name.name, &more));
                }
                diagnostic.help(format!("leave {}, the address of node {}", list(own), name.id))
            }
            None => diagnostic.help("leave the address of the one node that the name is for"),
        };
    }
}
