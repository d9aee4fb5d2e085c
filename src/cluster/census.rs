//! What the domains of a cluster have, counted once for all of them.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::{Asks, Domain, Leads, Service};
use crate::syntax::NameRef;
use crate::zone::{NameId, Zone};

/// The counts.
#[derive(Debug, Default)]
pub(super) struct Census<'v> {
    /// Domains that have a service name at all.
    pub(super) with_services: usize,
    /// Of these, the ones with an MX record.
    pub(super) with_mail: usize,
    /// Of these, the ones with each service.
    services: BTreeMap<&'v str, usize>,
    /// The magic names for which some domain has names of single nodes.
    bound: BTreeSet<&'v str>,
    /// How many domains have a service whose addresses stand at a name.
    ends: HashMap<(usize, NameId), usize>,
    /// How many domains have a service as an alias.
    aliases: BTreeMap<&'v str, usize>,
    /// For each service a domain that has just the set that it is to have, and its name: the first by
    /// name, so that the order of the files does not matter.
    examples: BTreeMap<&'v str, (NameRef<'v>, usize, NameId)>,
    /// The MX hosts that lead to just one node, and how many domains use them.
    hosts: BTreeMap<(usize, NameRef<'v>), usize>,
}

impl<'v> Census<'v> {
    pub(super) fn of(domains: &[Domain<'v>]) -> Self {
        let mut census = Self::default();
        for (index, domain) in domains.iter().enumerate() {
            census.count(index, domain);
        }
        census
    }

    fn count(&mut self, index: usize, domain: &Domain<'v>) {
        let weight = domain.weight();
        if !domain.services().is_empty() && domain.asks() != Asks::Nothing {
            self.with_services += weight;
            self.with_mail += if domain.exchanges().is_empty() { 0 } else { weight };
        }
        let mut ends: Vec<_> = domain.services().iter().filter_map(end).collect();
        ends.sort_unstable();
        ends.dedup();
        // Each of those that a domain stands for has its own names, and shares with it only those of others.
        let own = std::ptr::from_ref(domain.zone()).addr();
        for end in ends {
            *self.ends.entry(end).or_default() += if end.0 == own { 1 } else { weight };
        }
        for service in domain.services() {
            *self.services.entry(service.label).or_default() += weight;
            if !service.addresses.aliases.is_empty() {
                *self.aliases.entry(service.label).or_default() += weight;
            }
            if service.addresses.set == service.reference.set {
                let this = (domain.zone().origin(), index, service.name);
                let first = self.examples.entry(service.label).or_insert(this);
                *first = (*first).min(this);
            }
        }
        for exchange in domain.exchanges() {
            if let Leads::Nodes(nodes) = &exchange.leads
                && let [node] = nodes[..]
            {
                let shared = !exchange.host.is_within(domain.zone().origin());
                *self.hosts.entry((node, exchange.host)).or_default() += if shared { weight } else { 1 };
            }
        }
        self.bound.extend(domain.node_names().map(|(binding, _)| binding.magic.service.as_str()));
    }

    /// How many domains have a service.
    pub(super) fn with(&self, service: &str) -> usize {
        self.services.get(service).copied().unwrap_or(0)
    }

    /// Some domain has names of single nodes for a magic name.
    pub(super) fn has_node_names(&self, magic: &str) -> bool {
        self.bound.contains(magic)
    }

    /// A domain whose service has just the set that it is to have, by number, and the name.
    pub(super) fn example(&self, service: &str) -> Option<(usize, NameId)> {
        self.examples.get(service).map(|&(_, domain, name)| (domain, name))
    }

    /// More than one domain has a service whose addresses stand where this one's do.
    pub(super) fn is_shared(&self, service: &Service<'_>) -> bool {
        self.sharing(service) > 1
    }

    /// Most domains that have the service as an alias have its addresses where this one has them.
    pub(super) fn is_usual(&self, service: &Service<'_>) -> bool {
        let aliases = self.aliases.get(service.label).copied().unwrap_or(0);
        self.sharing(service) * 2 > aliases
    }

    fn sharing(&self, service: &Service<'_>) -> usize {
        end(service).and_then(|end| self.ends.get(&end)).copied().unwrap_or(0)
    }

    /// The host by which most MX records lead to a node, if several domains use it: the host of a
    /// single customer is none for others.
    pub(super) fn mail_host(&self, node: usize) -> Option<NameRef<'v>> {
        let hosts = self.hosts.range((node, NameRef::ROOT)..).take_while(|((other, _), _)| *other == node);
        let shared = hosts.filter(|&(_, &domains)| domains > 1);
        shared
            .max_by_key(|&((_, host), domains)| (domains, std::cmp::Reverse(host)))
            .map(|((_, host), _)| *host)
    }
}

/// The name at which a service's addresses stand, as a key.
fn end(service: &Service<'_>) -> Option<(usize, NameId)> {
    service.addresses.end.map(|(zone, id)| (std::ptr::from_ref::<Zone>(zone).addr(), id))
}
