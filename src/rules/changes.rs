//! Changes that the fixes of several rules are made of.

use std::net::IpAddr;

use crate::diagnostic::{Change, NewRecord, Site, Value};
use crate::syntax::{Name, NameBuffer, NameRef, RrType};
use crate::zone::{NameId, Record, Zone};

/// Gives a name more addresses: each below the last record of its type, or of its other addresses.
/// `None` where the name has no address record that could be written below.
pub(super) fn add_addresses(zone: &Zone, id: NameId, addresses: &[IpAddr]) -> Option<Vec<Change>> {
    let last = |v6: bool| {
        let of_family = |record: &&Record| zone.rdata(record).address().is_some_and(|a| a.is_ipv6() == v6);
        zone.at(id).filter(of_family).last()
    };
    let mut changes: Vec<(u32, Change)> = Vec::new();
    for &address in addresses {
        let below = zone.site(last(address.is_ipv6()).or(last(!address.is_ipv6()))?)?;
        let new = NewRecord::address(below.owner.clone(), address);
        match changes.iter_mut().find(|(at, _)| *at == below.span.start) {
            Some((_, Change::Add { records, .. })) => records.push(new),
            _ => changes.push((below.span.start, Change::Add { below, records: vec![new] })),
        }
    }
    Some(changes.into_iter().map(|(_, change)| change).collect())
}

/// The records of a name that have one of these addresses go away.
pub(super) fn remove_addresses<'z>(
    zone: &'z Zone,
    id: NameId,
    addresses: &'z [IpAddr],
) -> impl Iterator<Item = Option<Change>> + 'z {
    let named = |record: &&Record| zone.rdata(record).address().is_some_and(|a| addresses.contains(&a));
    zone.at(id).filter(named).map(|record| remove(zone, record))
}

/// A record goes away.
pub(super) fn remove(zone: &Zone, record: &Record) -> Option<Change> {
    Some(Change::Remove { record: zone.site(record)? })
}

/// An A or AAAA record gets another address of its family, which its owner has not got yet.
pub(super) fn set_address(zone: &Zone, record: &Record, address: IpAddr) -> Option<Change> {
    let old = zone.rdata(record).address()?;
    let known = zone.at(record.owner()).any(|other| zone.rdata(other).address() == Some(address));
    (old.is_ipv6() == address.is_ipv6() && !known).then_some(())?;
    Some(Change::Set { record: zone.site(record)?, field: 0, value: Value::Address(address) })
}

/// The last record of a name, as the place to write below.
pub(super) fn last_of(zone: &Zone, id: NameId) -> Option<Site> {
    zone.site(zone.at(id).last()?)
}

/// The addresses of names as new records.
pub(super) fn new_addresses(owner: &Name, addresses: &[IpAddr]) -> Vec<NewRecord> {
    addresses.iter().map(|&address| NewRecord::address(owner.clone(), address)).collect()
}

/// A new MX record.
pub(super) fn new_exchange(owner: NameRef<'_>, preference: u16, host: Name) -> NewRecord {
    let rdata = vec![Value::Number(preference.into()), Value::Name(host)];
    NewRecord { owner: owner.into(), rtype: RrType::MX, rdata }
}

/// `name` below a zone.
pub(super) fn below(zone: &Zone, name: &str) -> Option<Name> {
    let mut buffer = NameBuffer::new();
    buffer.parse(name.as_bytes(), zone.origin()).ok()?;
    Some(buffer.name().into())
}
