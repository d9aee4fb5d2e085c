//! What the domains of a cluster have, counted once for all of them.

use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;

use super::{Domain, Service};
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
    services: BTreeMap<&'static str, usize>,
    /// The most digits in the name of a node; 0 where no domain has such names.
    pub(super) digits: usize,
    /// How many domains have a service whose addresses stand at a name.
    ends: HashMap<(usize, NameId), usize>,
    /// The MX hosts that lead to just one node, and how many domains use them.
    hosts: BTreeMap<(IpAddr, NameRef<'v>), usize>,
}

impl<'v> Census<'v> {
    pub(super) fn of(domains: &[Domain<'v>]) -> Self {
        let mut census = Self::default();
        for domain in domains {
            census.count(domain);
        }
        census
    }

    fn count(&mut self, domain: &Domain<'v>) {
        if !domain.services().is_empty() {
            self.with_services += 1;
            self.with_mail += usize::from(!domain.exchanges().is_empty());
        }
        let mut ends: Vec<_> = domain.services().iter().filter_map(end).collect();
        ends.sort_unstable();
        ends.dedup();
        for end in ends {
            *self.ends.entry(end).or_default() += 1;
        }
        for service in domain.services() {
            *self.services.entry(service.label).or_default() += 1;
        }
        for exchange in domain.exchanges() {
            if let [node] = exchange.addresses.set[..] {
                *self.hosts.entry((node, exchange.host)).or_default() += 1;
            }
        }
        let digits = domain.node_names().iter().map(|name| name.digits.len()).max();
        self.digits = self.digits.max(digits.unwrap_or(0));
    }

    /// How many domains have a service.
    pub(super) fn with(&self, service: &str) -> usize {
        self.services.get(service).copied().unwrap_or(0)
    }

    /// More than one domain has a service whose addresses stand where this one's do.
    pub(super) fn is_shared(&self, service: &Service<'_>) -> bool {
        end(service).and_then(|end| self.ends.get(&end)).is_some_and(|&domains| domains > 1)
    }

    /// The host by which most MX records lead to a node, if several domains use it: the host of a
    /// single customer is none for others.
    pub(super) fn mail_host(&self, node: IpAddr) -> Option<NameRef<'v>> {
        let hosts =
            self.hosts.range((node, NameRef::ROOT)..).take_while(|((address, _), _)| *address == node);
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
