//! One served domain held against what its cluster agrees on. Each name gets one verdict, so that
//! one mistake makes one finding.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::sight::{Seen, SeenMx, SeenNode, Sight, numbered_host, wildcard_answers};
use super::{Cluster, MAGIC, SERVICES, primary};
use crate::diagnostic::{Part, Place};
use crate::syntax::NameRef;
use crate::view::{Addresses, Knowledge, View};
use crate::zone::{NameId, Record, Zone};

/// A domain that a cluster serves.
#[derive(Debug)]
pub struct Domain<'v> {
    zone: &'v Zone,
    services: Vec<Service<'v>>,
    exchanges: Vec<Exchange<'v>>,
    node_names: Vec<NodeName<'v>>,
    /// Service names that are not there, though a record or a wildcard could not hide them.
    absent: Vec<&'static str>,
    /// Nodes in the magic set that no node name leads to.
    unnamed: Vec<IpAddr>,
    /// In-zone host names of nodes that have another address than the node.
    drifted: Vec<Drift<'v>>,
}

/// A service name of a domain.
#[derive(Debug)]
pub struct Service<'v> {
    /// The label: `imap`.
    pub label: &'static str,
    /// The name.
    pub name: NameId,
    /// Where it leads.
    pub addresses: Addresses<'v>,
    /// How it compares with the cluster's reference.
    pub verdict: SetVerdict,
}

impl Service<'_> {
    /// It has addresses that are no nodes.
    pub fn has_foreign(&self) -> bool {
        matches!(&self.verdict, SetVerdict::Differs { foreign, .. } if !foreign.is_empty())
    }
}

/// How the address set of a service name compares with the cluster's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetVerdict {
    /// It is the same, or it is not known.
    Fine,
    /// It has one node where the others have several.
    Single(IpAddr),
    /// It has others.
    Differs {
        /// Addresses of the reference that it lacks.
        missing: Vec<IpAddr>,
        /// Addresses that the reference has not.
        foreign: Vec<IpAddr>,
    },
}

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
    /// It leads to these nodes.
    Nodes(Vec<IpAddr>),
    /// It is a host name of this node in the domain itself, with another address.
    Drifted(IpAddr),
    /// It leads to no node.
    Outside,
    /// It is not known where it leads, or it leads nowhere.
    Unknown,
}

/// A host name of a node within the domain that has another address than the node.
#[derive(Debug)]
pub struct Drift<'v> {
    /// The name.
    pub name: NameId,
    /// Its address record.
    pub record: &'v Record,
    /// The address that it has.
    pub found: Vec<IpAddr>,
    /// The address that the node has.
    pub node: IpAddr,
}

/// A name of one node, such as `webmail01`.
#[derive(Debug)]
pub struct NodeName<'v> {
    /// The name.
    pub name: NameId,
    /// The number of the node.
    pub number: u32,
    /// That number as written.
    pub digits: String,
    /// Where the name leads.
    pub addresses: Addresses<'v>,
    /// How it compares with the magic name.
    pub verdict: NodeVerdict,
}

/// How a node name compares with the magic name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeVerdict {
    /// It leads to its node, or it is not known where it leads.
    Fine,
    /// It has more than one address.
    Many,
    /// It leads to another address than this one of its node.
    Wrong(IpAddr),
    /// Its number is that of no node in the magic set.
    Orphan,
}

impl<'v> Domain<'v> {
    pub(super) fn new(view: &'v View, cluster: &Cluster<'_>, sight: Sight<'v>) -> Self {
        let drifted = drifts(cluster, &sight);
        let leads: Vec<Leads> =
            sight.exchanges.iter().map(|seen| leads(cluster, &sight, &drifted, seen)).collect();
        let zone = sight.zone;
        let services: Vec<_> = sight.services.into_iter().map(|seen| service(cluster, seen)).collect();
        let exchanges =
            sight.exchanges.into_iter().zip(leads).map(|(seen, leads)| exchange(seen, leads)).collect();
        let has = |label: &str| services.iter().any(|service: &Service<'_>| service.label == label);
        let absent = SERVICES.into_iter().filter(|label| !has(label) && lacks(view, zone, label)).collect();
        let (node_names, unnamed) = judge_node_names(cluster, zone, &services, sight.nodes);
        Self { zone, services, exchanges, node_names, absent, unnamed, drifted }
    }

    /// Its zone.
    pub fn zone(&self) -> &'v Zone {
        self.zone
    }

    /// Its service names.
    pub fn services(&self) -> &[Service<'v>] {
        &self.services
    }

    /// Its MX records, the null MX left out.
    pub fn exchanges(&self) -> &[Exchange<'v>] {
        &self.exchanges
    }

    /// Its names of single nodes, in the order of their numbers.
    pub fn node_names(&self) -> &[NodeName<'v>] {
        &self.node_names
    }

    /// The service names that it has not.
    pub fn absent(&self) -> &[&'static str] {
        &self.absent
    }

    /// The nodes in its magic set that no node name leads to.
    pub fn unnamed(&self) -> &[IpAddr] {
        &self.unnamed
    }

    /// Its host names of nodes that have another address than the node.
    pub fn drifted(&self) -> &[Drift<'v>] {
        &self.drifted
    }

    /// Its magic name.
    pub fn magic(&self) -> Option<&Service<'v>> {
        self.services.iter().find(|service| service.label == MAGIC)
    }

    /// The place of the first record of a name.
    pub fn place(&self, name: NameId, part: Part) -> Place {
        match self.zone.at(name).next() {
            Some(record) => self.zone.place(record, part),
            None => self.zone.heading(),
        }
    }
}

/// Whether a zone has no such name, and would show it if it had.
fn lacks(view: &View, zone: &Zone, label: &str) -> bool {
    zone.is_complete() && !wildcard_answers(view, zone, label)
}

fn service<'v>(cluster: &Cluster<'_>, seen: Seen<'v>) -> Service<'v> {
    let reference = cluster.reference(seen.label).map_or(&[][..], |reference| &reference.set);
    let verdict = compare(cluster, reference, &seen.addresses);
    Service { label: seen.label, name: seen.name, addresses: seen.addresses, verdict }
}

fn compare(cluster: &Cluster<'_>, reference: &[IpAddr], addresses: &Addresses<'_>) -> SetVerdict {
    let set = &addresses.set;
    let whole = match addresses.knowledge {
        Knowledge::Whole => true,
        Knowledge::Partial => false,
        Knowledge::None | Knowledge::Loop | Knowledge::Unknown => return SetVerdict::Fine,
    };
    if let [one] = primary(set)[..]
        && primary(reference).len() > 1
        && cluster.members().contains(&one)
    {
        return if whole { SetVerdict::Single(one) } else { SetVerdict::Fine };
    }
    // Most domains may have no IPv6 at all; one that has some is then no worse for it.
    let v6 = reference.iter().any(IpAddr::is_ipv6);
    let missing: Vec<_> = reference.iter().filter(|a| whole && !set.contains(a)).copied().collect();
    let foreign: Vec<_> =
        set.iter().filter(|a| (a.is_ipv4() || v6) && !reference.contains(a)).copied().collect();
    if missing.is_empty() && foreign.is_empty() {
        SetVerdict::Fine
    } else {
        SetVerdict::Differs { missing, foreign }
    }
}

fn exchange(seen: SeenMx<'_>, leads: Leads) -> Exchange<'_> {
    let SeenMx { record, preference, host, addresses, .. } = seen;
    Exchange { record, preference, host, addresses, leads }
}

fn leads(cluster: &Cluster<'_>, sight: &Sight<'_>, drifted: &[Drift<'_>], seen: &SeenMx<'_>) -> Leads {
    let nodes: Vec<_> =
        seen.addresses.set.iter().filter(|a| cluster.members().contains(a)).copied().collect();
    if !nodes.is_empty() {
        return Leads::Nodes(nodes);
    }
    if let Some(drift) = drifted.iter().find(|drift| sight.zone.name(drift.name) == seen.host) {
        return Leads::Drifted(drift.node);
    }
    match seen.addresses.knowledge {
        Knowledge::Whole => Leads::Outside,
        // A host of a domain that is not loaded is no node, unless it is named like one.
        Knowledge::Unknown if seen.elsewhere && !named_like_a_node(sight, seen.host) => Leads::Outside,
        _ => Leads::Unknown,
    }
}

/// Whether another MX host of the domain that is known has the same label but for its number.
fn named_like_a_node(sight: &Sight<'_>, host: NameRef<'_>) -> bool {
    let Some((stem, _)) = numbered_host(host.first_label()) else { return false };
    let known = sight.exchanges.iter().filter(|other| !other.elsewhere);
    known.filter_map(|other| numbered_host(other.host.first_label())).any(|(other, _)| other == stem)
}

/// An MX host within the domain whose label ends in a number.
struct OwnHost<'s> {
    name: NameId,
    stem: &'s [u8],
    number: u32,
    addresses: &'s [IpAddr],
}

/// The MX hosts of a domain in its own zone that have a number, each once.
fn own_hosts<'s>(sight: &'s Sight<'_>) -> Vec<OwnHost<'s>> {
    let zone = sight.zone;
    let mut hosts: Vec<OwnHost<'s>> = Vec::new();
    for exchange in &sight.exchanges {
        let known = exchange.addresses.knowledge == Knowledge::Whole && exchange.addresses.aliases.is_empty();
        let own = zone.find(exchange.host).filter(|&id| known && zone.parent(id) == Some(zone.apex()));
        if let (Some(name), Some((stem, number))) = (own, numbered_host(exchange.host.first_label()))
            && hosts.iter().all(|host| host.name != name)
        {
            hosts.push(OwnHost { name, stem, number, addresses: &exchange.addresses.set });
        }
    }
    hosts
}

/// In-zone host names of nodes (HOWTO 2.2.1) that have another address than the node: the label has a
/// number, its siblings lead to nodes, and the node of that number is known or is the one left over.
fn drifts<'v>(cluster: &Cluster<'_>, sight: &Sight<'v>) -> Vec<Drift<'v>> {
    let zone = sight.zone;
    let hosts = own_hosts(sight);
    let leads = |host: &OwnHost<'_>| host.addresses.iter().any(|address| cluster.members().contains(address));
    let mut drifts = Vec::new();
    for host in hosts.iter().filter(|host| !leads(host)) {
        let siblings = || hosts.iter().filter(|other| other.stem == host.stem && leads(other));
        if siblings().next().is_none() {
            continue;
        }
        let reached: BTreeSet<IpAddr> = siblings().flat_map(|other| other.addresses).copied().collect();
        let mut left = primary(&cluster.mail().set).into_iter().filter(|address| !reached.contains(address));
        let node = match (cluster.node(host.number), left.next(), left.next()) {
            (Some(node), ..) if !reached.contains(&node) => node,
            (_, Some(only), None) => only,
            _ => continue,
        };
        let record = zone.at(host.name).find(|record| zone.rdata(record).address().is_some());
        let found = host.addresses.to_vec();
        drifts.extend(record.map(|record| Drift { name: host.name, record, found, node }));
    }
    drifts
}

/// Holds the names of single nodes against the magic name, and finds the nodes without one.
fn judge_node_names<'v>(
    cluster: &Cluster<'_>,
    zone: &'v Zone,
    services: &[Service<'v>],
    seen: Vec<SeenNode<'v>>,
) -> (Vec<NodeName<'v>>, Vec<IpAddr>) {
    let magic = services.iter().find(|service| service.label == MAGIC);
    let magic_set = magic.map_or(&[][..], |magic| &magic.addresses.set);
    let known = magic.is_some_and(|magic| magic.addresses.knowledge == Knowledge::Whole);
    let reference = cluster.reference(MAGIC).map_or(&[][..], |reference| &reference.set);
    let balanced: BTreeSet<IpAddr> = magic_set.iter().chain(reference).copied().collect();

    let leads_to = |address: &IpAddr| seen.iter().any(|node| node.addresses.set.contains(address));
    let uncertain = !zone.is_complete()
        || seen.iter().any(|node| !matches!(node.addresses.knowledge, Knowledge::Whole | Knowledge::None));
    let nodes = primary(magic_set);
    let mut unnamed: Vec<IpAddr> = nodes
        .iter()
        .filter(|address| known && !uncertain && cluster.members().contains(address) && !leads_to(address))
        .copied()
        .collect();
    let mut names: Vec<NodeName<'v>> = Vec::with_capacity(seen.len());
    for node in seen {
        let expected = cluster.numbers.get(&node.number).map(|numbered| &numbered.addresses);
        let verdict = node_verdict(&node, expected, &balanced, &unnamed);
        names.push(NodeName {
            name: node.name,
            number: node.number,
            digits: node.digits,
            addresses: node.addresses,
            verdict,
        });
    }
    // A name that is there but leads elsewhere is not missing as well.
    unnamed.retain(|address| {
        let number = cluster.number_of(*address);
        !names.iter().any(|name| {
            name.verdict == NodeVerdict::Wrong(*address)
                || Some(name.number) == number && name.verdict != NodeVerdict::Fine
        })
    });
    (names, unnamed)
}

fn node_verdict(
    node: &SeenNode<'_>,
    expected: Option<&BTreeSet<IpAddr>>,
    balanced: &BTreeSet<IpAddr>,
    unnamed: &[IpAddr],
) -> NodeVerdict {
    let found = primary(&node.addresses.set);
    let [address] = found[..] else {
        return if found.len() > 1 { NodeVerdict::Many } else { NodeVerdict::Fine };
    };
    let expected = expected.into_iter().flatten().find(|expected| expected.is_ipv4() == address.is_ipv4());
    match expected {
        Some(&node) if balanced.contains(&node) && node != address => NodeVerdict::Wrong(node),
        Some(node) if !balanced.contains(node) => NodeVerdict::Orphan,
        Some(_) => NodeVerdict::Fine,
        // No other domain knows the number: it is right if it leads to a node at all.
        None if balanced.contains(&address) => NodeVerdict::Fine,
        None => match *unnamed {
            [only] => NodeVerdict::Wrong(only),
            _ => NodeVerdict::Orphan,
        },
    }
}
