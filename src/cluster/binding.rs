//! Names of single nodes (HOWTO 2.3.1): what binds a session to the node that began it.

use std::net::IpAddr;

use super::declaration::Magic;
use super::domain::{Asks, Service};
use super::primary;
use super::sight::SeenNode;
use super::standard::Standard;
use crate::syntax::NameBuffer;
use crate::view::{Addresses, Knowledge, View};
use crate::zone::{NameId, Zone};

/// The names of single nodes for one magic name of a domain.
#[derive(Debug)]
pub struct Binding<'v> {
    /// The magic name.
    pub magic: &'v Magic,
    /// Which of the domain's services it is, where the domain has it.
    pub(super) service: Option<usize>,
    /// The names, in the order of their ids.
    pub names: Vec<NodeName<'v>>,
    /// Nodes in the magic set that have no name.
    pub unnamed: Vec<usize>,
}

/// A name of one node, such as `webmail01`.
#[derive(Debug)]
pub struct NodeName<'v> {
    /// The name.
    pub name: NameId,
    /// What stands for the node in it.
    pub id: String,
    /// Where the name leads.
    pub addresses: Addresses<'v>,
    /// How it compares with the magic name.
    pub verdict: NodeVerdict,
}

/// How a node name compares with the magic name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeVerdict {
    /// It leads to its node, or it is not known where it leads, or to a retired node.
    Fine,
    /// It has more than one address.
    Many,
    /// It leads to another address than those of this node, which is its own.
    Wrong(usize),
    /// It lacks an address of this node, which is its own, though the magic name has it.
    Lacks(usize),
    /// Its id is that of no node in the magic set.
    Orphan,
    /// It leads to the same node as another name.
    Shared {
        /// The index of the other name.
        with: usize,
        /// The one node that no name leads to.
        instead: Option<usize>,
    },
}

impl<'v> Binding<'v> {
    /// Holds the names of single nodes against the magic name, and finds the nodes without one.
    pub(super) fn new(
        view: &View,
        standard: &Standard<'_>,
        zone: &'v Zone,
        (magic, service): (&'v Magic, Option<(usize, &Service<'v>)>),
        mut seen: Vec<SeenNode<'v>>,
        asks: Asks,
    ) -> Self {
        seen.retain(|node| standard.is_like_an_id(&node.id));
        let of_zone = OfZone { view, standard, zone, magic };
        let known = service.is_some_and(|(_, service)| service.addresses.knowledge == Knowledge::Whole);
        let unnamed = match service {
            Some((_, service)) if known && asks != Asks::Nothing => of_zone.unnamed(service, &seen),
            _ => Vec::new(),
        };
        let reference = standard.of_service(zone, &magic.service);
        let mut balanced: Vec<IpAddr> = reference.map(|reference| reference.set.clone()).unwrap_or_default();
        balanced.extend(service.iter().flat_map(|(_, service)| &service.addresses.set));
        let names = seen.into_iter().map(|node| {
            let verdict = of_zone.verdict(&node, &balanced, &unnamed);
            NodeName { name: node.name, id: node.id, addresses: node.addresses, verdict }
        });
        let mut binding =
            Self { magic, service: service.map(|(index, _)| index), names: names.collect(), unnamed };
        binding.find_shared(&of_zone);
        binding.forgive(standard);
        binding
    }

    /// Finds names that lead to one node.
    fn find_shared(&mut self, of_zone: &OfZone<'_, '_>) {
        for later in 1..self.names.len() {
            let (before, rest) = self.names.split_at_mut(later);
            let name = &mut rest[0];
            let set = primary(&name.addresses.set);
            let pinned =
                |name: &NodeName<'_>| of_zone.standard.pinned(of_zone.zone.name(name.name)).is_some();
            let same = |other: &NodeName<'_>| {
                other.verdict == NodeVerdict::Fine && primary(&other.addresses.set) == set && !pinned(other)
            };
            if name.verdict == NodeVerdict::Fine && set.len() == 1 && !pinned(name) {
                let shared = |with| NodeVerdict::Shared { with, instead: None };
                name.verdict = before.iter().position(same).map_or(NodeVerdict::Fine, shared);
            }
        }
    }

    /// A name that is there but leads elsewhere is not missing as well; and of two names that lead to
    /// one node, one is meant for another.
    fn forgive(&mut self, standard: &Standard<'_>) {
        let names = &self.names;
        self.unnamed.retain(|node| {
            !names.iter().any(|name| match name.verdict {
                NodeVerdict::Wrong(own) => own == *node,
                NodeVerdict::Fine => false,
                _ => standard.node_with_id(&name.id) == Some(*node),
            })
        });
        let verdicts = self.names.iter_mut().map(|name| &mut name.verdict);
        let mut shared: Vec<_> = verdicts
            .filter_map(|verdict| match verdict {
                NodeVerdict::Shared { instead, .. } => Some(instead),
                _ => None,
            })
            .collect();
        if self.unnamed.len() <= shared.len() {
            if let ([instead], [node]) = (&mut shared[..], &self.unnamed[..]) {
                **instead = Some(*node);
            }
            self.unnamed.clear();
        }
    }
}

/// What the names of one magic name in one zone are held against.
struct OfZone<'a, 'v> {
    view: &'a View<'a>,
    standard: &'a Standard<'a>,
    zone: &'v Zone,
    magic: &'v Magic,
}

impl OfZone<'_, '_> {
    /// The nodes in the magic set without a name.
    fn unnamed(&self, service: &Service<'_>, seen: &[SeenNode<'_>]) -> Vec<usize> {
        let unsure = |node: &SeenNode<'_>| node.addresses.knowledge != Knowledge::Whole;
        if !self.zone.is_complete() || seen.iter().any(unsure) {
            return Vec::new();
        }
        let mut nodes = self.standard.nodes_in(&service.addresses.set);
        nodes.retain(|&node| !self.is_named(node, seen));
        nodes
    }

    fn is_named(&self, node: usize, seen: &[SeenNode<'_>]) -> bool {
        let Some(id) = &self.standard.nodes()[node].id else {
            return seen.iter().any(|name| self.leads_to(&name.addresses, node));
        };
        let has_it = |name: &SeenNode<'_>| self.standard.node_with_id(&name.id) == Some(node);
        // Where nobody declared the ids, a name with another one is as good.
        let declared = self.standard.declaration().is_some();
        let stands_in = |name: &SeenNode<'_>| !declared && self.leads_to(&name.addresses, node);
        if seen.iter().any(|name| has_it(name) || stands_in(name)) {
            return true;
        }
        // A wildcard may answer with just this node.
        let mut name = NameBuffer::new();
        let parsed = name.parse(self.magic.names.with(id).as_bytes(), self.zone.origin());
        parsed.is_ok_and(|()| {
            let addresses = self.view.addresses(name.name());
            match addresses.knowledge {
                Knowledge::Whole => self.standard.nodes_in(&addresses.set) == [node],
                Knowledge::Partial | Knowledge::Unknown => true,
                Knowledge::None | Knowledge::Loop => false,
            }
        })
    }

    fn leads_to(&self, addresses: &Addresses<'_>, node: usize) -> bool {
        addresses.set.iter().any(|&address| self.standard.node_at(address) == Some(node))
    }

    fn verdict(&self, name: &SeenNode<'_>, balanced: &[IpAddr], unnamed: &[usize]) -> NodeVerdict {
        let standard = self.standard;
        let set = &name.addresses.set;
        if set.is_empty() || set.iter().any(|&address| standard.is_retired(address)) {
            return NodeVerdict::Fine;
        }
        let own = standard.pinned(self.zone.name(name.name)).or_else(|| standard.node_with_id(&name.id));
        let right = own.is_some() && set.iter().all(|&address| standard.node_at(address) == own);
        if !right
            && [IpAddr::is_ipv4, IpAddr::is_ipv6]
                .iter()
                .any(|family| set.iter().filter(|a| family(a)).count() > 1)
        {
            return NodeVerdict::Many;
        }
        let in_magic_set = primary(set).iter().all(|address| balanced.contains(address));
        match own {
            Some(node) if !self.is_balanced(node, balanced) => NodeVerdict::Orphan,
            Some(node) if self.differs(node, set) => NodeVerdict::Wrong(node),
            Some(node) if self.lacks(node, name, balanced) => NodeVerdict::Lacks(node),
            Some(_) => NodeVerdict::Fine,
            None if standard.declaration().is_some() && !standard.nodes_in(set).is_empty() => {
                NodeVerdict::Orphan
            }
            // No other domain knows the id: it is right if it leads to a node at all.
            None if in_magic_set => NodeVerdict::Fine,
            None => match *unnamed {
                [only] if standard.declaration().is_none() => NodeVerdict::Wrong(only),
                _ => NodeVerdict::Orphan,
            },
        }
    }

    fn is_balanced(&self, node: usize, balanced: &[IpAddr]) -> bool {
        balanced.iter().any(|&address| self.standard.node_at(address) == Some(node))
    }

    /// Whether a name leads to a part of its node only: to one of two families.
    fn lacks(&self, node: usize, name: &SeenNode<'_>, balanced: &[IpAddr]) -> bool {
        let mut own = self.standard.nodes()[node].addresses.iter();
        name.addresses.knowledge == Knowledge::Whole
            && own.any(|address| balanced.contains(address) && !name.addresses.set.contains(address))
    }

    /// Whether a set has an address that the node has not. What is not declared may have IPv6
    /// addresses that no other domain knows.
    fn differs(&self, node: usize, set: &[IpAddr]) -> bool {
        let own = &self.standard.nodes()[node].addresses;
        let v6 = self.standard.declaration().is_some() || own.iter().any(IpAddr::is_ipv6);
        set.iter().any(|address| (address.is_ipv4() || v6) && !own.contains(address))
    }
}
