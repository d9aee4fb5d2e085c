//! # missing-node-name
//!
//! The magic name balances over a node for which the domain has no name, or none for IPv4 or IPv6.
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
//! ## Fix
//!
//! Safe: adds the records.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.3.1, 2.3.2

use crate::cluster::{Binding, Cluster, Domain, Node, NodeName, NodeVerdict, Service, address_type, list};
use crate::diagnostic::{Change, Findings, Group, Level, NewRecord, Part};
use crate::rules::changes::{add_addresses, below, last_of, new_addresses};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::NameId;
use std::collections::BTreeMap;
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
    for binding in domain.bindings() {
        if let Some(magic) = domain.magic(binding)
            && cluster.has_node_names(binding.magic)
        {
            report(cluster, domain, (binding, magic), findings);
            for name in &binding.names {
                if let NodeVerdict::Lacks(node) = name.verdict {
                    report_part(domain, magic, (name, &cluster.nodes()[node]), findings);
                }
            }
        }
    }
}

/// The node has an address that its name has not.
fn report_part(
    domain: &Domain<'_>,
    magic: &Service<'_>,
    (name, node): (&NodeName<'_>, &Node),
    findings: &mut Findings<'_>,
) {
    let zone = domain.zone();
    let (owner, leads) = (zone.name(name.name), zone.name(magic.name));
    let lacking =
        |address: &&IpAddr| magic.addresses.set.contains(address) && !name.addresses.set.contains(address);
    let missing: Vec<IpAddr> = node.addresses.iter().filter(lacking).copied().collect();
    let Some(&first) = missing.first() else { return };
    let family = if first.is_ipv4() { "IPv4" } else { "IPv6" };
    let records = missing.iter().map(|address| format!("`{owner}. {} {address}`", address_type(*address)));
    let records = records.collect::<Vec<_>>().join(", ");
    let found = findings
        .report(
            domain.place(name.name, Part::Owner),
            format!("`{owner}` lacks {}, by which `{leads}` leads to its node", list(&missing)),
        )
        .about(owner, address_type(first))
        .data(list(&missing))
        .note(format!("the login fails for users with {family} alone: the node sends them on to a name that they cannot reach"))
        .help(format!("add {records}"));
    if let Some(changes) = add_addresses(zone, name.name, &missing) {
        found.safe_fix(format!("adds {records}"), changes.into_iter().map(Some));
    }
}

fn report(
    cluster: &Cluster<'_>,
    domain: &Domain<'_>,
    (binding, magic): (&Binding<'_>, &Service<'_>),
    findings: &mut Findings<'_>,
) {
    let zone = domain.zone();
    let origin = zone.origin();
    let name = |node: &Node| binding.magic.names.with(node.id.as_deref().unwrap_or("NN"));
    let nodes: Vec<&Node> = binding.unnamed.iter().map(|&node| &cluster.nodes()[node]).collect();
    let [first, rest @ ..] = &nodes[..] else { return };
    let leads = zone.name(magic.name);
    let message = if rest.is_empty() {
        let address = first.addresses[0];
        format!("`{}.{origin}` is missing: `{leads}` leads to {address} too", name(first))
    } else {
        let names: Vec<_> = nodes.iter().map(|node| format!("`{}.{origin}`", name(node))).collect();
        format!("{} are missing: `{leads}` leads to their nodes too", names.join(", "))
    };
    // Of each address only what the magic name leads to as well.
    let records = nodes.iter().flat_map(|node| {
        let addresses = node.addresses.iter().filter(|address| magic.addresses.set.contains(address));
        addresses.map(|address| format!("`{} {} {address}`", name(node), address_type(*address)))
    });
    let records: Vec<String> = records.collect();
    let found = findings
        .report(domain.place(magic.name, Part::Owner), message)
        .about(leads, RrType::A)
        .data(records.join(" "))
        .note("the node sends the browser on to its own name; without it the login fails for the users of this node")
        .help(format!("add {}", records.join(", ")));
    found.safe_fix(format!("adds {}", records.join(", ")), mend(cluster, domain, (binding, magic)));
}

/// Adds the names, each below the one before it, or below the magic name.
fn mend(
    cluster: &Cluster<'_>,
    domain: &Domain<'_>,
    (binding, magic): (&Binding<'_>, &Service<'_>),
) -> Vec<Option<Change>> {
    let zone = domain.zone();
    let mut places: BTreeMap<NameId, Option<Vec<NewRecord>>> = BTreeMap::new();
    for &node in &binding.unnamed {
        let node = &cluster.nodes()[node];
        let before = binding.names.iter().rev().find(|name| Some(&name.id) < node.id.as_ref());
        let owner = node.id.as_ref().and_then(|id| below(zone, &binding.magic.names.with(id)));
        let leads = node.addresses.iter().copied().filter(|address| magic.addresses.set.contains(address));
        let new = owner.map(|owner| new_addresses(&owner, &leads.collect::<Vec<_>>()));
        let place = places.entry(before.map_or(magic.name, |name| name.name)).or_insert(Some(Vec::new()));
        *place = place.take().zip(new).map(|(known, new)| [known, new].concat());
    }
    let add = |(id, records): (NameId, Option<Vec<NewRecord>>)| {
        Some(Change::Add { below: last_of(zone, id)?, records: records? })
    };
    places.into_iter().map(add).collect()
}
