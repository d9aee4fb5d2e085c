//! # missing-node-name
//!
//! The magic name balances over a node for which the domain has no name.
//!
//! ## Why
//!
//! Sessions are not shared: the node that takes a connection to `webmail` sends the browser on to its own name,
//! `webmail01` for the second node (HOWTO 2.3.1). Where that name does not exist, the login fails for all users
//! who happened upon that node, and works for the rest.
//!
//! Nothing is said where no domain of the cluster has such names: then sessions are shared.
//!
//! ## Example
//!
//! ```zone
//! webmail   A 192.0.2.10
//!           A 192.0.2.11
//!           A 192.0.2.12
//! webmail00 A 192.0.2.10
//! webmail01 A 192.0.2.11
//! ```
//!
//! ## What to do
//!
//! Add the record that the message names.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.3.1, 2.3.2

use crate::cluster::{Cluster, Domain, MAGIC};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use std::net::IpAddr;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "missing-node-name",
    group: Group::Cluster,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let (Some(magic), true) = (domain.magic(), cluster.has_node_names()) else { return };
    let zone = domain.zone();
    let digits = cluster.digits();
    let missing: Vec<(String, IpAddr)> = domain
        .unnamed()
        .iter()
        .map(|&node| match cluster.number_of(node) {
            Some(number) => (format!("{MAGIC}{number:0digits$}"), node),
            None => (format!("{MAGIC}NN"), node),
        })
        .collect();
    let [(first, node), ..] = &missing[..] else { return };
    let origin = zone.origin();
    let message = match &missing[..] {
        [_] => format!("`{first}.{origin}` is missing: `{}` leads to {node} too", zone.name(magic.name)),
        all => format!(
            "{} are missing: `{}` leads to their nodes too",
            all.iter().map(|(name, _)| format!("`{name}.{origin}`")).collect::<Vec<_>>().join(", "),
            zone.name(magic.name)
        ),
    };
    let records: Vec<String> = missing
        .iter()
        .map(|(name, node)| format!("`{name} {} {node}`", if node.is_ipv4() { "A" } else { "AAAA" }))
        .collect();
    findings
        .report(domain.place(magic.name, Part::Owner), message)
        .about(zone.name(magic.name), RrType::A)
        .data(records.join(" "))
        .note("the node sends the browser on to its own name; without it the login fails for the users of this node")
        .help(format!("add {}", records.join(", ")));
}
