//! The MX records of a domain held against the nodes, and the host names of nodes within the domain.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::sight::{SeenMx, Sight, numbered_host};
use super::standard::{Reference, Standard};
use crate::syntax::NameRef;
use crate::view::{Addresses, Knowledge};
use crate::zone::{NameId, Record, Zone};

/// An MX record of a domain.
#[derive(Debug)]
pub struct Exchange<'v> {
    /// The record.
    pub record: &'v Record,
    /// Its preference.
    pub preference: u16,
    /// Its host.
    pub host: NameRef<'v>,
    /// Where the host leads.
    pub addresses: Addresses<'v>,
    /// What the host is to the cluster.
    pub leads: Leads,
}

/// What the host of an MX record is to the cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leads {
    /// It leads to these nodes; to none of them in particular where its address is only known to be
    /// one of the cluster.
    Nodes(Vec<usize>),
    /// It is a host name of this node, with another address.
    Drifted(usize),
    /// It leads to a retired node.
    Retired,
    /// It leads to no node, or to none of those that are reserved for the domain.
    Outside,
    /// It is not known where it leads, or it leads nowhere.
    Unknown,
}

/// A host name of a node that has another address than the node.
#[derive(Debug)]
pub struct Drift<'v> {
    /// The zone of the name.
    pub zone: &'v Zone,
    /// The name.
    pub name: NameId,
    /// Its address record.
    pub record: &'v Record,
    /// The address that it has.
    pub found: Vec<IpAddr>,
    /// The node.
    pub node: usize,
    /// The address that the node has.
    pub address: IpAddr,
}

/// Judges the MX records of a domain, and the host names of nodes that they lead to.
pub(super) fn judge<'v>(
    standard: &Standard<'_>,
    mail: &Reference,
    sight: &mut Sight<'v>,
) -> (Vec<Exchange<'v>>, Vec<Drift<'v>>) {
    let drifted = drifts(standard, mail, sight);
    let leads: Vec<Leads> =
        sight.exchanges.iter().map(|seen| leads(standard, mail, sight, &drifted, seen)).collect();
    let exchange = |(seen, leads)| {
        let SeenMx { record, preference, host, addresses, .. } = seen;
        Exchange { record, preference, host, addresses, leads }
    };
    (sight.exchanges.drain(..).zip(leads).map(exchange).collect(), drifted)
}

fn leads(
    standard: &Standard<'_>,
    mail: &Reference,
    sight: &Sight<'_>,
    drifted: &[Drift<'_>],
    seen: &SeenMx<'_>,
) -> Leads {
    let nodes = |nodes: Vec<usize>| {
        let others = mail.reserved && !nodes.iter().any(|node| mail.nodes.contains(node));
        if others { Leads::Outside } else { Leads::Nodes(nodes) }
    };
    let SeenMx { host, addresses, elsewhere, .. } = seen;
    if let Some(drift) = drifted.iter().find(|drift| sight.zone.name(drift.name) == *host) {
        return Leads::Drifted(drift.node);
    }
    if let Some(node) = standard.node_of_host(*host) {
        return nodes(vec![node]);
    }
    if addresses.set.iter().any(|address| standard.members().contains(address)) {
        return nodes(standard.nodes_in(&addresses.set));
    }
    if addresses.set.iter().any(|&address| standard.is_retired(address)) {
        return Leads::Retired;
    }
    match addresses.knowledge {
        Knowledge::Whole => Leads::Outside,
        // A host of a domain that is not loaded is no node, unless it is named like one.
        Knowledge::Unknown if *elsewhere && !named_like_a_node(sight, *host) => Leads::Outside,
        _ => Leads::Unknown,
    }
}

/// Whether another MX host of the domain that is known has the same label but for its number.
fn named_like_a_node(sight: &Sight<'_>, host: NameRef<'_>) -> bool {
    let Some((stem, _)) = numbered_host(host.first_label()) else { return false };
    let known = sight.exchanges.iter().filter(|other| !other.elsewhere);
    known.filter_map(|other| numbered_host(other.host.first_label())).any(|(other, _)| other == stem)
}

/// An MX host within the domain.
struct OwnHost<'s> {
    name: NameId,
    label: &'s [u8],
    addresses: &'s [IpAddr],
}

impl OwnHost<'_> {
    fn stem(&self) -> Option<&[u8]> {
        numbered_host(self.label).map(|(stem, _)| stem)
    }
}

/// The MX hosts of a domain in its own zone, each once.
fn own_hosts<'s>(sight: &'s Sight<'_>) -> Vec<OwnHost<'s>> {
    let zone = sight.zone;
    let mut hosts: Vec<OwnHost<'s>> = Vec::new();
    for exchange in &sight.exchanges {
        let known = exchange.addresses.knowledge == Knowledge::Whole && exchange.addresses.aliases.is_empty();
        let own = zone.find(exchange.host).filter(|&id| known && zone.parent(id) == Some(zone.apex()));
        if let Some(name) = own
            && hosts.iter().all(|host| host.name != name)
        {
            let label = exchange.host.first_label();
            hosts.push(OwnHost { name, label, addresses: &exchange.addresses.set });
        }
    }
    hosts
}

/// In-zone host names of nodes (HOWTO 2.2.1) that have another address than the node.
fn drifts<'v>(standard: &Standard<'_>, mail: &Reference, sight: &Sight<'v>) -> Vec<Drift<'v>> {
    let hosts = own_hosts(sight);
    let zone = sight.zone;
    let leads = |host: &OwnHost<'_>| standard.nodes_in(host.addresses);
    let drift = |host: &OwnHost<'_>| {
        let node = match standard.node_of_label(host.label) {
            // It counts the nodes in another way, and each of them is reached.
            Some(node)
                if !leads(host).is_empty() && hosts.iter().any(|other| leads(other).contains(&node)) =>
            {
                return None;
            }
            Some(node) => node,
            None => node_by_siblings(standard, mail, host, &hosts)?,
        };
        drift(standard, zone, host.name, host.addresses, node)
    };
    hosts.iter().filter_map(drift).collect()
}

/// A name with these addresses, if they are not those of the node that it is for. A family of which
/// the node has no address says nothing, and a retired address is another matter.
pub(super) fn drift<'v>(
    standard: &Standard<'_>,
    zone: &'v Zone,
    name: NameId,
    found: &[IpAddr],
    node: usize,
) -> Option<Drift<'v>> {
    let own = &standard.nodes()[node].addresses;
    let strange = |address: &IpAddr| {
        let family = own.iter().any(|own| own.is_ipv4() == address.is_ipv4());
        family && !own.contains(address) && !standard.is_retired(*address)
    };
    let found: Vec<IpAddr> = found.iter().copied().filter(strange).collect();
    let first = *found.first()?;
    let address = *own.iter().find(|own| own.is_ipv4() == first.is_ipv4())?;
    let record = zone.at(name).find(|record| zone.rdata(record).address() == Some(first))?;
    Some(Drift { zone, name, record, found, node, address })
}

/// The node that a host is for, by the others of the domain: its label has a number, its siblings lead
/// to nodes, it leads to none, and the node of that number is known or is the one left over.
fn node_by_siblings(
    standard: &Standard<'_>,
    mail: &Reference,
    host: &OwnHost<'_>,
    hosts: &[OwnHost<'_>],
) -> Option<usize> {
    let leads =
        |host: &OwnHost<'_>| host.addresses.iter().any(|address| standard.members().contains(address));
    let (stem, number) = numbered_host(host.label)?;
    let siblings = || hosts.iter().filter(|other| other.stem() == Some(stem) && leads(other));
    if leads(host) || siblings().next().is_none() {
        return None;
    }
    let reached: BTreeSet<usize> = siblings().flat_map(|other| standard.nodes_in(other.addresses)).collect();
    let mut left = mail.nodes.iter().copied().filter(|node| !reached.contains(node));
    match (standard.node_with_id(number), left.next(), left.next()) {
        (Some(node), ..) if !reached.contains(&node) => Some(node),
        (_, Some(only), None) => Some(only),
        _ => None,
    }
}
