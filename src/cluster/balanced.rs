//! The names whose address records the cluster balances over, each once however many aliases lead there.

use std::collections::BTreeMap;

use super::{Cluster, Service};
use crate::syntax::{NameRef, RrType};
use crate::zone::{NameId, Zone};

/// A name that has several addresses of one family, by which clients reach the cluster.
#[derive(Debug)]
pub struct Balanced<'v> {
    /// The zone of its records.
    pub zone: &'v Zone,
    /// Where they stand in it; may be a wildcard.
    pub name: NameId,
    /// The names that the servers of this zone are asked for, to come to these records; sorted.
    pub asked: Vec<NameRef<'v>>,
}

impl<'v> Cluster<'v> {
    /// The balanced names: of each domain its own ones, and what aliases lead to.
    pub fn balanced(&self) -> impl Iterator<Item = Balanced<'v>> {
        let services = || {
            self.domains().iter().flat_map(|domain| domain.services().iter().map(move |s| (domain.zone(), s)))
        };
        let mut shared: BTreeMap<(NameRef<'v>, NameId), Balanced<'v>> = BTreeMap::new();
        for (own, service) in services().filter(|(_, service)| !service.addresses.aliases.is_empty()) {
            if let Some((zone, name)) = service.addresses.end.filter(|&end| is_balanced(end)) {
                let balanced = Balanced { zone, name, asked: Vec::new() };
                let entry = shared.entry((zone.origin(), name)).or_insert(balanced);
                let asked = asked(own, service, zone);
                if let Err(at) = entry.asked.binary_search(&asked) {
                    entry.asked.insert(at, asked);
                }
            }
        }
        let own = services().filter(|(_, service)| service.addresses.aliases.is_empty());
        let own = own.map(|(zone, service)| (zone, service.name)).filter(|&own| is_balanced(own));
        let mut alone = Vec::new();
        for (zone, name) in own {
            match shared.get_mut(&(zone.origin(), name)) {
                Some(entry) => entry.asked.push(zone.name(name)),
                None => alone.push(Balanced { zone, name, asked: vec![zone.name(name)] }),
            }
        }
        alone.into_iter().chain(shared.into_values())
    }
}

/// The name that the servers of the zone at the end are asked for: behind the last alias of another zone.
fn asked<'v>(own: &'v Zone, service: &Service<'v>, end: &Zone) -> NameRef<'v> {
    let other = |(zone, _): &&(&'v Zone, _)| zone.origin() != end.origin();
    let last = service.addresses.aliases.iter().rev().find(other);
    // What a DNAME makes of a name is about as long as its target.
    last.and_then(|&(zone, alias)| zone.rdata(alias).target()).unwrap_or(own.name(service.name))
}

/// There are several addresses of one family.
fn is_balanced((zone, name): (&Zone, NameId)) -> bool {
    [RrType::A, RrType::AAAA].into_iter().any(|rtype| zone.rrset(name, rtype).nth(1).is_some())
}
