//! # node-name-wrong-address
//!
//! A node name leads to another address than its node has.
//!
//! ## Why
//!
//! The node that takes a connection to `webmail` sends the browser on to its own name (HOWTO 2.3.1), and
//! expects it back: it alone knows the session. If the name leads to another node, the user is asked to log in
//! again and again; if it leads to no node, nothing answers.
//!
//! ## Example
//!
//! ```zone
//! webmail   A 192.0.2.10
//!           A 192.0.2.11
//! webmail00 A 192.0.2.10
//! webmail01 A 192.0.2.99
//! ```
//!
//! ## What to do
//!
//! Give the name the address of its node.
//!
//! ## Fix
//!
//! Safe: writes the address that the node is declared to have. Unsafe: writes the one that is inferred.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.3.1, 2.3.2

use crate::cluster::{Cluster, Domain, NodeVerdict, list};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::changes::set_address;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use std::net::IpAddr;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "node-name-wrong-address",
    group: Group::Cluster,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let zone = domain.zone();
    for (_, name) in domain.node_names() {
        let NodeVerdict::Wrong(node) = name.verdict else { continue };
        let owner = zone.name(name.name);
        let own = &cluster.nodes()[node].addresses;
        let wrong: Vec<_> = name.addresses.set.iter().copied().filter(|one| !own.contains(one)).collect();
        // To each wrong address belongs the one of its family; a node may have none.
        let right: Vec<_> =
            own.iter().copied().filter(|one| wrong.iter().any(|w| w.is_ipv4() == one.is_ipv4())).collect();
        let record =
            |address: IpAddr| zone.at(name.name).find(|record| zone.rdata(record).address() == Some(address));
        let change = |&wrong: &IpAddr| {
            let right = right.iter().find(|right| right.is_ipv4() == wrong.is_ipv4())?;
            set_address(zone, record(wrong)?, *right)
        };
        let changes: Vec<_> = wrong.iter().map(change).collect();
        let (found, node) = (list(&wrong), if right.is_empty() { list(own) } else { list(&right) });
        let diagnostic = findings
            .report(
                domain.place(name.name, Part::Rdata),
                format!("`{owner}` leads to {found}, but node {} is {node}", name.id),
            )
            .about(owner, RrType::A)
            .data(found)
            .note(
                "a session lives on the node that began it: sent to another address, the user is logged out",
            )
            .help(format!("write {node} here"));
        let description = format!("writes {node} there");
        if cluster.is_declared() {
            diagnostic.safe_fix(description, changes);
        } else {
            diagnostic.unsafe_fix(description, changes);
        }
    }
}
