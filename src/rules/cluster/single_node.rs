//! # single-node
//!
//! A service name has one address where the other domains balance over several.
//!
//! ## Why
//!
//! It works, as long as that one node does. A customer who is to use one node only may want it so (HOWTO
//! 2.3.2); more often the other addresses were forgotten when the cluster grew.
//!
//! ## Example
//!
//! ```zone
//! imap    A 192.0.2.10
//!         A 192.0.2.11
//! smtp    A 192.0.2.10
//!         A 192.0.2.11
//! webmail A 192.0.2.10
//! ```
//!
//! ## What to do
//!
//! Add the other nodes, or leave it if the domain is meant to use this node alone.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.1, 2.2.3, 2.3.2

use crate::cluster::{Cluster, Domain, SetVerdict, list, primary};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "single-node",
    group: Group::Cluster,
    level: Level::Info,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    for service in domain.services() {
        let SetVerdict::Single(node) = service.verdict else { continue };
        let node = &cluster.nodes()[node];
        let reference = &service.reference.set;
        let owner = domain.zone().name(service.name);
        let own = &service.addresses.set;
        let rest: Vec<_> = reference.iter().filter(|address| !own.contains(address)).copied().collect();
        findings
            .report(
                domain.place(service.name, Part::Owner),
                format!(
                    "`{owner}` has one node, {}; the cluster balances over {}",
                    list(&primary(&node.addresses)),
                    list(reference)
                ),
            )
            .about(owner, RrType::A)
            .data(service.label)
            .note("when this node fails, the name fails with it")
            .help(format!("add {}, unless the domain is meant to use this node alone", list(&rest)));
    }
}
