//! # node-address-drift
//!
//! A host name for a node in a domain's own zone has another address than the node.
//!
//! ## Why
//!
//! Customers who do not want the provider's names in their zone get host names of their own for the nodes
//! (HOWTO 2.2.1, `node00.mydomain.org`). Each is a copy of an address, and the HOWTO warns of it: when a node
//! is renumbered, the copies stay behind, and mail for the domain goes to a machine that is not there.
//!
//! ## Example
//!
//! ```zone
//! @      MX 10 node00
//! @      MX 10 node01
//! @      MX 10 node02
//! node00 A  192.0.2.10
//! node01 A  192.0.2.99
//! node02 A  192.0.2.12
//! imap   A  192.0.2.10
//!        A  192.0.2.11
//!        A  192.0.2.12
//! smtp   A  192.0.2.10
//!        A  192.0.2.11
//!        A  192.0.2.12
//! ```
//!
//! ## What to do
//!
//! Give the name the address that the node has now, or point the MX to the provider's name for the node.
//!
//! ## Fix
//!
//! Safe: writes the address that the node has, where the name has one alone.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.2.1

use crate::cluster::{Cluster, Domain, list};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::changes::set_address;
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "node-address-drift",
    group: Group::Cluster,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let drifted = cluster.domains().iter().flat_map(Domain::drifted);
    for drift in drifted.chain(cluster.drifted_hosts()) {
        let zone = drift.zone;
        let owner = zone.name(drift.name);
        let now = if cluster.is_declared() { "by its declaration" } else { "now" };
        let mut known = drift.found.iter().map(|&address| cluster.standard().node_at(address));
        let primary = match known.next().flatten() {
            Some(other) => format!("this is {}", cluster.standard().call(other)),
            None => "no node has this address".to_owned(),
        };
        let found = findings
            .report(
                zone.place(drift.record, Part::Rdata),
                format!("`{owner}` is {}, but the node is {} {now}", list(&drift.found), drift.address),
            )
            .within(zone.origin())
            .about(owner, drift.record.rtype())
            .data(list(&drift.found))
            .primary(primary)
            .note("mail that an MX record sends to this name does not reach the node")
            .help(format!("write {} here", drift.address));
        if drift.found.len() == 1 {
            let description = format!("writes {} there", drift.address);
            found.safe_fix(description, [set_address(zone, drift.record, drift.address)]);
        }
    }
}
