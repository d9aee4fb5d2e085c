//! The part of a zone that shows what it has of a mail cluster, written as octets.

use super::shape::Limits;
use crate::syntax::{NameRef, RrType};
use crate::zone::{Answer, NameId, Record, Zone};

/// The names whose records are written, and where they are written to.
pub(super) struct Show<'z, 'o> {
    pub(super) zone: &'z Zone,
    /// Those that were written, and behind them those that are still to be.
    pub(super) owners: &'o mut Vec<NameId>,
    pub(super) out: &'o mut Vec<u8>,
    /// The preferences of MX records at the apex, each once, in their order.
    pub(super) preferences: &'o mut Vec<u16>,
    /// Something has to be looked at in this zone.
    pub(super) special: bool,
}

impl Show<'_, '_> {
    /// Writes the SPF records of the apex, and notes whose addresses they allow.
    pub(super) fn policy(&mut self) {
        let zone = self.zone;
        for record in zone.rrset(zone.apex(), RrType::TXT).filter(|record| zone.may_be_spf(record)) {
            debug_assert!(!zone.may_mention_itself(record), "who speaks of itself is judged by itself");
            let rdata = zone.rdata(record).wire();
            self.out.extend_from_slice(rdata);
            if may_allow_itself(rdata) {
                self.addresses(zone.apex());
            }
        }
    }

    /// Writes the addresses of a name, and nothing else of it.
    fn addresses(&mut self, id: NameId) {
        let zone = self.zone;
        let addresses = zone.at(id).filter(|record| zone.rdata(record).address().is_some());
        addresses.for_each(|record| self.address(record));
    }

    /// Writes the names and what they lead to. Of the first `served` of them, which are those of services, it is
    /// noted which answers may not have [room](Zone::room_in_answers).
    pub(super) fn write(
        &mut self,
        limits: &Limits,
        (served, octets): (usize, usize),
        asked: &mut Vec<(NameId, RrType)>,
    ) {
        let zone = self.zone;
        // In most zones all of them are.
        let are_usual = zone.has_ttls_within(&limits.ttl);
        self.rank_exchanges();
        let mut at = 0;
        while let Some(&owner) = self.owners.get(at) {
            let Addresses { v4, v6, behind_alias } = self.owner(owner);
            self.special |= !are_usual && v4 + v6 > 1 && has_unusual_ttl(zone, owner, limits);
            if at < served && (behind_alias || !zone.has_room_for(v4.max(v6), owner, octets)) {
                let several = [(v4, RrType::A), (v6, RrType::AAAA)].into_iter();
                let several = several.filter(|(number, _)| behind_alias || *number > 1);
                asked.extend(several.map(|(_, rtype)| (owner, rtype)));
            }
            at += 1;
        }
    }

    /// Writes a name and what is looked at of it.
    fn owner(&mut self, owner: NameId) -> Addresses {
        let zone = self.zone;
        // What is below a delegation or a DNAME is not of this zone.
        self.look_at(zone.parent(owner));
        self.name_within(zone.name(owner));
        let apex = owner == zone.apex();
        let mut addresses = Addresses::default();
        for record in zone.at(owner) {
            match record.rtype() {
                RrType::A | RrType::AAAA => {
                    addresses.v4 += usize::from(record.rtype() == RrType::A);
                    addresses.v6 += usize::from(record.rtype() == RrType::AAAA);
                    if !apex {
                        self.address(record);
                    }
                }
                RrType::MX if apex => self.exchange(record),
                RrType::CNAME | RrType::DNAME => {
                    self.head(record);
                    let leads_here = self.target(record);
                    addresses.behind_alias |= leads_here && record.rtype() == RrType::CNAME;
                }
                RrType::NS if !apex => _ = self.head(record),
                _ => {}
            }
        }
        self.out.push(0xff);
        addresses
    }

    /// Writes an A or AAAA record. What has a length that is known is written at once.
    fn address(&mut self, record: &Record) {
        let wire = self.zone.rdata(record).wire();
        match (record.rtype(), wire) {
            (RrType::A, &[a, b, c, d]) => self.out.extend_from_slice(&[0, 1, a, b, c, d]),
            (RrType::AAAA, wire) if let Ok(wire) = <&[u8; 16]>::try_from(wire) => {
                self.head(record).extend_from_slice(wire);
            }
            _ => self.head(record).extend_from_slice(wire),
        }
    }

    /// Writes an MX record of the apex.
    fn exchange(&mut self, record: &Record) {
        let preference = self.zone.rdata(record).preference().unwrap_or(0);
        let rank = self.preferences.iter().position(|known| *known == preference).unwrap_or(0);
        self.head(record).extend_from_slice(&rank.to_ne_bytes());
        self.target(record);
    }

    fn head(&mut self, record: &Record) -> &mut Vec<u8> {
        self.out.extend_from_slice(&record.rtype().number().to_be_bytes());
        self.out
    }

    /// Writes where a record leads, and whether that is in the zone; what is there is written too.
    fn target(&mut self, record: &Record) -> bool {
        let Some(target) = self.zone.rdata(record).target() else { return false };
        if !target.is_within(self.zone.origin()) {
            self.out.extend_from_slice(target.wire());
            return false;
        }
        self.name_within(target);
        if target == self.zone.origin() {
            // Otherwise the addresses of the domain itself, its web server for one, are no matter.
            self.addresses(self.zone.apex());
        }
        match self.zone.answer(target) {
            Answer::Name(id) => self.look_at(Some(id)),
            Answer::Wildcard(id) => {
                self.look_at(Some(self.zone.closest_encloser(target)));
                self.look_at(Some(id));
            }
            _ => self.look_at(Some(self.zone.closest_encloser(target))),
        }
        true
    }

    /// Notes that the records of a name are to be written. The apex is written in any case.
    pub(super) fn look_at(&mut self, id: Option<NameId>) {
        if let Some(id) = id
            && id != self.zone.apex()
            && !self.owners.contains(&id)
        {
            self.owners.push(id);
        }
    }

    /// What preferences there are, in their order: which numbers they are matters only to a declaration.
    fn rank_exchanges(&mut self) {
        let zone = self.zone;
        let exchanges = zone.rrset(zone.apex(), RrType::MX);
        self.preferences.clear();
        self.preferences.extend(exchanges.filter_map(|record| zone.rdata(record).preference()));
        self.preferences.sort_unstable();
        self.preferences.dedup();
    }

    /// Writes a name of the zone, without that of the zone.
    fn name_within(&mut self, name: NameRef<'_>) {
        let (wire, above) = (name.wire(), self.zone.origin().wire().len());
        self.out.extend_from_slice(&wire[..wire.len() - above]);
        // No label is so long: what follows is the name of the zone.
        self.out.push(0xfe);
    }
}

/// How many addresses a name has.
#[derive(Default)]
struct Addresses {
    v4: usize,
    v6: usize,
    /// Others may stand in the zone where its CNAME leads.
    behind_alias: bool,
}

/// An address of a name has a TTL that may be spoken of.
fn has_unusual_ttl(zone: &Zone, id: NameId, limits: &Limits) -> bool {
    let mut addresses = zone.at(id).filter(|record| matches!(record.rtype(), RrType::A | RrType::AAAA));
    addresses.any(|record| !limits.ttl.contains(&record.ttl().into()))
}

/// An SPF record may have an `a` without a name: the addresses of the domain itself. `rdata` of several strings
/// is not looked into.
fn may_allow_itself(rdata: &[u8]) -> bool {
    let Some((&length, text)) = rdata.split_first() else { return true };
    let is_own = |at: usize| {
        let word = text[at..].trim_ascii_start();
        let word = word.strip_prefix(b"+").or(word.strip_prefix(b"-")).unwrap_or(word);
        let word = word.strip_prefix(b"?").or(word.strip_prefix(b"~")).unwrap_or(word);
        matches!(word, [b'a' | b'A'] | [b'a' | b'A', b'/' | b' ', ..])
    };
    let words = || memchr::memchr_iter(b' ', text).map(|blank| blank + 1);
    text.len() != usize::from(length) || is_own(0) || words().any(is_own)
}
