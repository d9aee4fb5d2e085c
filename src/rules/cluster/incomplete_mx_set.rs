//! # incomplete-mx-set
//!
//! The MX records of a domain do not reach every node of the cluster.
//!
//! ## Why
//!
//! Reception is balanced by one MX record for every node, all with the same preference (HOWTO 2.2.1). A node
//! without one takes no mail of this domain, and the others take its share.
//!
//! Nothing is said where the address of an MX host is not known.
//!
//! ## Example
//!
//! ```zone
//! @      MX 10 node00
//! @      MX 10 node01
//! node00 A  192.0.2.10
//! node01 A  192.0.2.11
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
//! Add an MX record for each node that is missing.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.2.1

use crate::cluster::{Cluster, Domain, Leads, list};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use std::net::IpAddr;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "incomplete-mx-set",
    group: Group::Cluster,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let zone = domain.zone();
    let wanted = domain.mail();
    let mut reached: Vec<usize> = Vec::new();
    let mut retired = 0;
    for exchange in domain.exchanges() {
        match &exchange.leads {
            Leads::Nodes(nodes) if nodes.is_empty() => return,
            Leads::Nodes(nodes) => reached.extend(nodes),
            Leads::Drifted(node) => reached.push(*node),
            Leads::Retired => retired += 1,
            Leads::Unknown => return,
            Leads::Outside => {}
        }
    }
    let (Some(first), true) = (domain.exchanges().first(), zone.knows(zone.origin())) else { return };
    let missing: Vec<usize> = wanted.nodes.iter().copied().filter(|node| !reached.contains(node)).collect();
    // The mail of a domain may be elsewhere, unless it is declared that it is not. A record that
    // leads to a retired node is in the place of one that is missing.
    let declared = cluster.standard().declaration().is_some_and(|declaration| declaration.mx.is_some());
    if reached.is_empty() && !declared && !wanted.reserved || missing.len() <= retired {
        return;
    }
    let origin = zone.origin();
    let preference = cluster.preference().unwrap_or(first.preference);
    let hosts: Vec<String> = missing
        .iter()
        .filter_map(|&node| cluster.mail_host(domain, node))
        .map(|host| format!("`{host}`"))
        .collect();
    let help = match &hosts[..] {
        [] => format!("add an MX record with preference {preference} for each of them"),
        hosts => format!("add an MX record with preference {preference} for {}", hosts.join(", ")),
    };
    let addresses: Vec<IpAddr> = missing.iter().map(|&node| cluster.nodes()[node].addresses[0]).collect();
    findings
        .report(
            zone.place(first.record, Part::Owner),
            format!("no MX record of `{origin}` leads to {}", list(&addresses)),
        )
        .about(origin, RrType::MX)
        .note("a node without an MX record takes no mail of the domain, and the others take its share")
        .help(help);
}
