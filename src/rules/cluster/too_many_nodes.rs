//! # too-many-nodes
//!
//! The cluster has more nodes than DNS should balance.
//!
//! ## Why
//!
//! The HOWTO discourages DNS balancing for clusters of more than three or four nodes (HOWTO 1.1): the load is
//! even on average only, a dead node stays in caches until the TTL ends, and every domain must be edited for
//! every change. A dedicated balancer does better.
//!
//! The numbers are options of the rule: `warn-above` (4) and `note-above` (3). The `max-nodes` of a declared
//! cluster stands above both.
//!
//! ## Example
//!
//! ```zone
//! imap A 192.0.2.10
//!      A 192.0.2.11
//!      A 192.0.2.12
//!      A 192.0.2.13
//!      A 192.0.2.14
//! ```
//!
//! ## What to do
//!
//! Put a balancer before the nodes, or split the cluster so that each domain uses a part of it (HOWTO 2.2.3).
//!
//! ## References
//!
//! DNS balancing HOWTO 1.1

use crate::cluster::{Asks, Cluster, Service};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use std::cmp::Reverse;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "too-many-nodes",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[("warn-above", 4), ("note-above", 3)],
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let above = |limit: i64, size: usize| i64::try_from(size).is_ok_and(|size| size > limit);
    let machines = |service: &Service<'_>| {
        let set = &service.addresses.set;
        let v4 = set.iter().filter(|address| address.is_ipv4()).count();
        let nodes = cluster.standard().nodes_in(set).len();
        if cluster.is_declared() { nodes } else { v4.max(set.len() - v4) }
    };
    let services =
        cluster.domains().iter().flat_map(|domain| domain.services().iter().map(move |s| (domain, s)));
    let largest = services.filter(|(_, service)| !service.has_foreign()).min_by_key(|(domain, service)| {
        (domain.asks() == Asks::Nothing, Reverse(machines(service)), domain.zone().origin())
    });
    let Some((domain, service)) = largest else { return };
    let size = cluster.size().max(machines(service));
    let declared = cluster.standard().declaration().and_then(|declaration| declaration.max_nodes);
    let declared = declared.and_then(|most| i64::try_from(most).ok());
    let warn = declared.unwrap_or_else(|| findings.option("warn-above"));
    let note = declared.unwrap_or_else(|| findings.option("note-above"));
    let (level, message) = if above(warn, size) {
        let why = if declared.is_some() { "and may have" } else { "and DNS balances" };
        let well = if declared.is_some() { "" } else { " well" };
        (Level::Warning, format!("the cluster balances over {size} nodes, {why} {warn} at most{well}"))
    } else if above(note, size) {
        (Level::Info, format!("the cluster balances over {size} nodes: with one more it wants a balancer"))
    } else {
        return;
    };
    let owner = domain.zone().name(service.name);
    findings
        .report(domain.place(service.name, Part::Owner), message)
        .within(domain.zone().origin())
        .about(owner, RrType::A)
        .data("size")
        .note("with more nodes a dedicated balancer spreads the load better and notices a dead node at once")
        .help("put a balancer before the nodes, or let each domain use a part of them")
        .at_most(level);
}
