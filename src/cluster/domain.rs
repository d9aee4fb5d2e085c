//! One served domain held against what its cluster agrees on. Each name gets one verdict, so that
//! one mistake makes one finding.

use std::net::IpAddr;
use std::sync::Arc;

use super::binding::{Binding, NodeName};
use super::mail::{self, Drift, Exchange};
use super::relay::{Uncovered, uncovered};
use super::sight::{Seen, Sight, wildcard_answers};
use super::standard::{Reference, Standard};
use crate::diagnostic::{Part, Place};
use crate::view::{Addresses, Knowledge, View};
use crate::zone::{NameId, Zone};

/// A domain that a cluster serves.
#[derive(Debug)]
pub struct Domain<'v> {
    zone: &'v Zone,
    weight: usize,
    asks: Asks,
    services: Vec<Service<'v>>,
    exchanges: Vec<Exchange<'v>>,
    mail: Arc<Reference>,
    bindings: Vec<Binding<'v>>,
    /// Service names that are not there, though a record or a wildcard could not hide them.
    absent: Vec<&'v str>,
    /// In-zone host names of nodes that have another address than the node.
    drifted: Vec<Drift<'v>>,
    /// Nodes that relay its mail, and that its SPF record does not cover.
    uncovered: Vec<Uncovered>,
}

/// What is asked of a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// Everything: the cluster claims it by its name.
    All,
    /// Everything if it has any service name: it may take nothing but mail here.
    WhereItHasServices,
    /// Nothing; what it has is to be right. It holds names that other domains lead to.
    Nothing,
}

/// A service name of a domain.
#[derive(Debug)]
pub struct Service<'v> {
    /// The label: `imap`.
    pub label: &'v str,
    /// The name.
    pub name: NameId,
    /// Where it leads.
    pub addresses: Addresses<'v>,
    /// Where it is to lead.
    pub reference: Arc<Reference>,
    /// How these compare.
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
    /// It is the same, or it is not known, or all that differs are addresses of retired nodes.
    Fine,
    /// It has this one node where the others have several.
    Single(usize),
    /// It has others.
    Differs {
        /// Addresses of the reference that it lacks.
        missing: Vec<IpAddr>,
        /// Addresses that the reference has not; those of retired nodes are left out.
        foreign: Vec<IpAddr>,
    },
}

impl<'v> Domain<'v> {
    pub(super) fn new(view: &'v View<'_>, standard: &Standard<'v>, mut sight: Sight<'v>, asks: Asks) -> Self {
        let (zone, weight) = (sight.zone, sight.weight);
        let mail = standard.of_mail(zone);
        let (exchanges, drifted) = mail::judge(standard, &mail, &mut sight);
        let services: Vec<_> = sight.services.into_iter().map(|seen| service(standard, zone, seen)).collect();
        let has = |label: &str| services.iter().any(|service: &Service<'_>| service.label == label);
        let lacks = |label: &&str| !has(label) && asks != Asks::Nothing && lacks(view, zone, label);
        let absent = standard.labels().into_iter().filter(lacks).collect();
        let bindings = standard
            .magic()
            .iter()
            .zip(sight.nodes)
            .map(|(magic, seen)| {
                let service = services.iter().position(|service| service.label == magic.service);
                let of = (magic, service.map(|index| (index, &services[index])));
                Binding::new(view, standard, zone, of, seen, asks)
            })
            .collect();
        let uncovered = uncovered(view, standard, zone, &services);
        Self { zone, weight, asks, services, exchanges, mail, bindings, absent, drifted, uncovered }
    }

    /// Its zone.
    pub fn zone(&self) -> &'v Zone {
        self.zone
    }

    /// How many domains it stands for: itself, and those that are put aside and show just the same.
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// What is asked of it.
    pub fn asks(&self) -> Asks {
        self.asks
    }

    /// Its service names.
    pub fn services(&self) -> &[Service<'v>] {
        &self.services
    }

    /// Its MX records, the null MX left out.
    pub fn exchanges(&self) -> &[Exchange<'v>] {
        &self.exchanges
    }

    /// What its MX records are to reach.
    pub fn mail(&self) -> &Reference {
        &self.mail
    }

    /// For each magic name what binds its sessions to single nodes.
    pub fn bindings(&self) -> &[Binding<'v>] {
        &self.bindings
    }

    /// Its names of single nodes, in the order of their ids, with the magic name of each.
    pub fn node_names(&self) -> impl Iterator<Item = (&Binding<'v>, &NodeName<'v>)> {
        self.bindings.iter().flat_map(|binding| binding.names.iter().map(move |name| (binding, name)))
    }

    /// The service names that it has not.
    pub fn absent(&self) -> &[&'v str] {
        &self.absent
    }

    /// Its host names of nodes that have another address than the node.
    pub fn drifted(&self) -> &[Drift<'v>] {
        &self.drifted
    }

    /// The magic name that a binding is for, where the domain has it.
    pub fn magic(&self, binding: &Binding<'v>) -> Option<&Service<'v>> {
        binding.service.map(|index| &self.services[index])
    }

    /// The nodes that relay its mail, and that its SPF record does not cover.
    pub fn uncovered(&self) -> &[Uncovered] {
        &self.uncovered
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

fn service<'v>(standard: &Standard<'_>, zone: &Zone, seen: Seen<'v>) -> Service<'v> {
    let reference = standard.of_service(zone, seen.label).unwrap_or_default();
    let verdict = compare(standard, &reference, &seen.addresses);
    Service { label: seen.label, name: seen.name, addresses: seen.addresses, reference, verdict }
}

fn compare(standard: &Standard<'_>, reference: &Reference, addresses: &Addresses<'_>) -> SetVerdict {
    let set = &addresses.set;
    let whole = match addresses.knowledge {
        Knowledge::Whole => true,
        Knowledge::Partial => false,
        Knowledge::None | Knowledge::Loop | Knowledge::Unknown => return SetVerdict::Fine,
    };
    if let Some(node) = single(standard, reference, set) {
        return if whole { SetVerdict::Single(node) } else { SetVerdict::Fine };
    }
    // Most domains may have no IPv6 at all; one that has some is then no worse for it. A declaration
    // says which machines there are.
    let v6 = standard.declaration().is_some() || reference.set.iter().any(IpAddr::is_ipv6);
    let missing: Vec<_> = reference.set.iter().filter(|a| whole && !set.contains(a)).copied().collect();
    let strange = set.iter().filter(|a| (a.is_ipv4() || v6) && !reference.set.contains(a)).copied();
    let (retired, foreign): (Vec<_>, Vec<_>) = strange.partition(|address| standard.is_retired(*address));
    // The new address is to be written where the retired one stands: one mistake.
    if foreign.is_empty() && missing.len() <= retired.len() {
        SetVerdict::Fine
    } else {
        SetVerdict::Differs { missing, foreign }
    }
}

/// The one node that a set leads to, where the reference has it among others.
fn single(standard: &Standard<'_>, reference: &Reference, set: &[IpAddr]) -> Option<usize> {
    let [node] = standard.nodes_in(set)[..] else { return None };
    let known = |address: &IpAddr| standard.members().contains(address) || address.is_ipv6();
    (reference.nodes.len() > 1 && reference.nodes.contains(&node) && set.iter().all(known)).then_some(node)
}
