//! # dual-stack-parity
//!
//! A balanced name has IPv6 addresses for some of its nodes and not for the others.
//!
//! ## Why
//!
//! Clients with IPv6 prefer it (RFC 6724), and more than half of them have it. They only see the nodes that have
//! an AAAA record: these take their load alone, and when they fail, the others do not help.
//!
//! What is so in the whole cluster is reported once.
//!
//! ## Example
//!
//! ```zone
//! imap A    192.0.2.10
//!      A    192.0.2.11
//!      AAAA 2001:db8::10
//! ```
//!
//! ## What to do
//!
//! Add AAAA records for the other nodes. As long as they have no IPv6, take those of the first ones out.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.1; RFC 6724 section 2.1

use crate::cluster::{Cluster, list};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "dual-stack-parity",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for lopsided in cluster.lopsided() {
        let (zone, name) = (lopsided.zone, lopsided.name);
        let owner = zone.name(name);
        let lacking = lopsided.lacking.iter().map(|&node| cluster.nodes()[node].addresses[0]);
        let lacking: Vec<_> = lacking.collect();
        let message = match &lacking[..] {
            [] => {
                let plural = if lopsided.v6 == 1 { "" } else { "es" };
                format!("`{owner}` has {} IPv6 address{plural} for {} nodes", lopsided.v6, lopsided.v4)
            }
            lacking => format!("`{owner}` has IPv6 addresses, but none for {}", list(lacking)),
        };
        let mut records = zone.at(name);
        let Some(record) = records.find(|record| matches!(record.rtype(), RrType::AAAA | RrType::CNAME))
        else {
            continue;
        };
        findings
            .report(zone.place(record, Part::Rdata), message)
            .within(zone.origin())
            .about(owner, RrType::AAAA)
            .note("clients with IPv6 prefer it, and use only the nodes that have such an address")
            .help("add AAAA records for the other nodes, or take these out as long as the others have none");
    }
}
