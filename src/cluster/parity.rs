//! Balanced names that IPv6 clients see another cluster behind than IPv4 clients.

use std::collections::BTreeSet;
use std::net::IpAddr;

use super::{Asks, Cluster, Domain, Service, SetVerdict};
use crate::view::Knowledge;
use crate::zone::{NameId, Zone};

/// A name with IPv6 addresses for some of its nodes only.
#[derive(Debug)]
pub struct Lopsided<'v> {
    /// The zone of the address records.
    pub zone: &'v Zone,
    /// Their owner.
    pub name: NameId,
    /// The nodes without an IPv6 address, by number; empty where it is not known which they are.
    pub lacking: Vec<usize>,
    /// How many IPv4 addresses the name has.
    pub v4: usize,
    /// How many IPv6 addresses it has.
    pub v6: usize,
}

impl<'v> Cluster<'v> {
    /// The lopsided names. What is so in the whole cluster is shown once, and a name that lacks an
    /// address of the cluster is another matter.
    pub fn lopsided(&self) -> Vec<Lopsided<'v>> {
        let mut domains: Vec<&Domain<'v>> = self.domains().iter().collect();
        domains.sort_by_key(|domain| (domain.asks() == Asks::Nothing, domain.zone().origin()));
        let mut general = BTreeSet::new();
        let mut names = BTreeSet::new();
        let mut found = Vec::new();
        for domain in domains {
            for service in domain.services() {
                let Some((v4, v6, lacking)) = self.parity(service) else { continue };
                let (zone, name) = self.culprit(domain, service);
                let new = if service.addresses.set == service.reference.set {
                    general.insert((lacking.clone(), service.reference.reserved))
                } else {
                    names.insert((zone.origin(), name))
                };
                if new {
                    found.push(Lopsided { zone, name, lacking, v4, v6 });
                }
            }
        }
        found
    }

    /// How many addresses of each family a name has, and the nodes that it has no IPv6 address of, if
    /// it has some of others.
    fn parity(&self, service: &Service<'v>) -> Option<(usize, usize, Vec<usize>)> {
        let explained = match &service.verdict {
            SetVerdict::Fine => false,
            SetVerdict::Single(_) => true,
            SetVerdict::Differs { missing, foreign } => missing.iter().chain(foreign).any(IpAddr::is_ipv6),
        };
        let set = &service.addresses.set;
        if explained || service.addresses.knowledge != Knowledge::Whole {
            return None;
        }
        let (v4, v6): (Vec<_>, Vec<_>) = set.iter().copied().partition(IpAddr::is_ipv4);
        let (of_v4, of_v6) = (self.standard().nodes_in(&v4), self.standard().nodes_in(&v6));
        let lacking: Vec<usize> = of_v4.into_iter().filter(|node| !of_v6.contains(node)).collect();
        let sure = of_v6.len() == v6.len();
        let lopsided = if sure { !lacking.is_empty() } else { v6.len() < v4.len() };
        (v4.len() > 1 && !v6.is_empty() && lopsided)
            .then(|| (v4.len(), v6.len(), if sure { lacking } else { Vec::new() }))
    }
}
