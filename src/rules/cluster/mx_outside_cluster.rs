//! # mx-outside-cluster
//!
//! An MX record leads out of the cluster at a preference at or below that of the nodes.
//!
//! ## Why
//!
//! Mail goes to the lowest preference first (RFC 5321 section 5.1): it leaves the cluster before any node is
//! asked, or, with an equal preference, a part of it does. Often the record is left over from a move to or
//! from another provider.
//!
//! A backup outside the cluster at a higher number is fine.
//!
//! ## Example
//!
//! ```zone
//! @      MX 5  relay.elsewhere.example.
//! @      MX 10 node00
//! @      MX 10 node01
//! node00 A  192.0.2.10
//! node01 A  192.0.2.11
//! imap   A  192.0.2.10
//!        A  192.0.2.11
//! ```
//!
//! ## What to do
//!
//! Remove the record, or give it a higher number than the nodes have if it is a backup. If a filter in front of
//! the cluster is meant, set this rule to `off` for the domain.
//!
//! ## Fix
//!
//! Unsafe: removes the record.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.2.1; RFC 5321 section 5.1

use crate::cluster::{Cluster, Domain, Leads, list};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::changes::remove;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "mx-outside-cluster",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let zone = domain.zone();
    let nodes = domain.exchanges().iter().filter(|exchange| matches!(exchange.leads, Leads::Nodes(_)));
    let Some(lowest) = nodes.min_by_key(|exchange| exchange.preference) else { return };
    for exchange in domain.exchanges() {
        if exchange.leads != Leads::Outside || exchange.preference > lowest.preference {
            continue;
        }
        let when = if exchange.preference < lowest.preference {
            "before any node is asked"
        } else {
            "as often as to a node"
        };
        let place = match &exchange.addresses.set[..] {
            [] => "which is in none of the zones".to_owned(),
            set => format!("which is {}", list(set)),
        };
        let set = &exchange.addresses.set;
        let node = set.iter().any(|address| cluster.standard().members().contains(address));
        let what = if node { "no node that is reserved for it" } else { "no node" };
        findings
            .report(
                zone.place(exchange.record, Part::Rdata),
                format!("mail goes to `{}`, which is {what}, {when}", exchange.host),
            )
            .about(zone.origin(), RrType::MX)
            .data(exchange.host)
            .primary(place)
            .label(
                zone.place(lowest.record, Part::Field(0)),
                format!("the nodes have preference {}", lowest.preference),
            )
            .note("the lowest preference is asked first; this mail does not reach the cluster")
            .help(format!(
                "remove the record, or give it a preference above {} if it is a backup",
                lowest.preference
            ))
            .unsafe_fix("removes this record", [remove(zone, exchange.record)]);
    }
}
