//! Records that still name a node which is no more.

use std::net::IpAddr;

use rayon::prelude::*;

use super::Domain;
use super::standard::Standard;
use crate::syntax::RrType;
use crate::view::View;
use crate::zone::{Mechanism, Qualifier, Record, Term, Zone};

/// A record with the address of a retired node.
#[derive(Debug)]
pub struct Retired<'v> {
    /// The zone of the record.
    pub zone: &'v Zone,
    /// An A or AAAA record, or one with an SPF policy.
    pub record: &'v Record,
    /// The address.
    pub address: IpAddr,
    /// The address that belongs there now, where it is plain.
    pub instead: Option<IpAddr>,
}

/// Finds the records of all zones of a view, served or not, that name a retired node. None of those that are
/// put aside does.
pub(super) fn find<'v>(
    view: &'v View<'_>,
    standard: &Standard<'_>,
    domains: &[Domain<'v>],
) -> Vec<Retired<'v>> {
    if standard.declaration().is_none_or(|declaration| declaration.retired.is_empty()) {
        return Vec::new();
    }
    let of_zone = |zone: &'v Zone| {
        let named = zone
            .records()
            .iter()
            .flat_map(move |record| named(zone, record).into_iter().map(move |address| (record, address)));
        named.filter(|(_, address)| standard.is_retired(*address)).map(move |(record, address)| Retired {
            zone,
            record,
            address,
            instead: instead(standard, domains, zone, (record, address)),
        })
    };
    view.chosen().par_iter().flat_map_iter(|chosen| of_zone(view.get(chosen.member))).collect()
}

/// The addresses that a record names: its own, or those that an SPF policy lets send. A range names no
/// node.
pub(super) fn named(zone: &Zone, record: &Record) -> Vec<IpAddr> {
    let single = |term: &Term| match term {
        Term::Directive(Qualifier::Fail, _) => None,
        Term::Directive(_, Mechanism::Network(address, bits)) => {
            (*bits == if address.is_ipv4() { 32 } else { 128 }).then_some(*address)
        }
        _ => None,
    };
    match record.rtype() {
        RrType::A | RrType::AAAA => zone.rdata(record).address().into_iter().collect(),
        RrType::TXT => {
            zone.spf(record).map_or(Vec::new(), |policy| policy.terms.iter().filter_map(single).collect())
        }
        _ => Vec::new(),
    }
}

/// The address that belongs where the one of a retired node stands: that of the node whose name the
/// owner is, or the only one that the set of a service lacks.
fn instead(
    standard: &Standard<'_>,
    domains: &[Domain<'_>],
    zone: &Zone,
    (record, address): (&Record, IpAddr),
) -> Option<IpAddr> {
    if !matches!(record.rtype(), RrType::A | RrType::AAAA) {
        return None;
    }
    let same_family = |other: &&IpAddr| other.is_ipv4() == address.is_ipv4();
    let owner = zone.name(record.owner());
    let relative = owner.relative_to(zone.origin());
    let by_id =
        standard.magic().iter().find_map(|magic| standard.node_with_id(magic.names.id_in(&relative)?));
    let named = standard.pinned(owner).or(by_id).or_else(|| standard.node_of_host(owner));
    if let Some(node) = named.or_else(|| standard.node_of_label(owner.first_label())) {
        return standard.nodes()[node].addresses.iter().find(same_family).copied();
    }
    // Many domains may lead to one set: whichever comes first shows what it is to be.
    let leads = |end: Option<(&Zone, _)>| {
        end.is_some_and(|(end, name)| std::ptr::eq(end, zone) && name == record.owner())
    };
    let mut services = domains.iter().flat_map(Domain::services);
    let service = services.find(|service| leads(service.addresses.end))?;
    let set = &service.addresses.set;
    let mut lacking = service.reference.set.iter().filter(same_family).filter(|one| !set.contains(one));
    match (lacking.next(), lacking.next()) {
        (Some(&one), None) => Some(one),
        _ => None,
    }
}
