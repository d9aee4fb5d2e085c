//! What a zone shows of a mail cluster, as octets: two zones that show the same are in the same case.
//!
//! An ISP makes thousands of domains from one template. Names within the zone are written without the name of
//! the zone, so that all of them show the same, and one can be judged for all.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::ops::RangeInclusive;
use std::ptr;

use super::SERVICES;
use super::declaration::{Declaration, MX_SERVICE, Magic, Nodes};
use super::pattern::Cover;
use super::relay::RELAY;
use super::retired::named;
use super::standard::Standard;
use crate::syntax::{NameBuffer, NameRef, RrType};
use crate::zone::{Answer, NameId, Record, Zone};

/// What a zone shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// Nothing that a cluster could have to do with.
    Nothing,
    /// What was written; it may stand for any other zone that shows the same.
    Alike,
    /// Something that has to be looked at in this zone.
    Special,
}

/// What is looked at in each zone.
#[derive(Debug)]
pub struct Shapes<'d> {
    declarations: &'d [Declaration],
    /// The service names, as they begin in wire format.
    services: Vec<(&'d str, Box<[u8]>)>,
    /// What the leftmost labels of names of single nodes begin with.
    nodes: Vec<&'d [u8]>,
    /// The octets that one of all these names, or a wildcard, may begin with.
    first: [bool; 256],
    /// Names of single nodes may have several labels.
    deep: bool,
    retired: BTreeSet<IpAddr>,
    limits: Limits,
}

/// What a thread uses again for each zone.
#[derive(Debug, Default)]
pub struct Room {
    /// The service names of a zone, each with the index of the service.
    services: Vec<(usize, NameId)>,
    nodes: Vec<NameId>,
    asked: Vec<(NameId, RrType)>,
    owners: Vec<NameId>,
    preferences: Vec<u16>,
}

/// What no rule has a word on.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Octets that an answer may have.
    pub answer: usize,
    /// TTLs in seconds that balanced names may have.
    pub ttl: RangeInclusive<i64>,
}

impl<'d> Shapes<'d> {
    /// What these clusters, and those that may be inferred, look at; what is beyond the limits is special.
    pub fn new(declarations: &'d [Declaration], limits: Limits) -> Self {
        let declared = declarations.iter().filter_map(|declaration| declaration.magic.as_deref());
        let labels: BTreeSet<_> = declarations.iter().flat_map(Declaration::labels).chain(SERVICES).collect();
        let magic: Vec<&Magic> = declared.flatten().chain(Standard::usual_magic()).collect();
        let services: Vec<_> =
            labels.into_iter().filter_map(|label| Some((label, beginning(label)?))).collect();
        let nodes: Vec<_> = magic.iter().map(|magic| magic.names.beginning()).collect();
        // Before the first octet of a name stands the length of its label.
        let begin =
            services.iter().map(|(_, begin)| &begin[1..]).chain(nodes.iter().copied()).chain([&b"*"[..]]);
        let mut first = [begin.clone().any(<[u8]>::is_empty); 256];
        begin.filter_map(<[u8]>::first).for_each(|octet| first[usize::from(*octet)] = true);
        Self {
            declarations,
            services,
            deep: magic.iter().any(|magic| magic.names.with("0").contains('.')),
            nodes,
            first,
            retired: declarations.iter().flat_map(|declaration| &declaration.retired).copied().collect(),
            limits,
        }
    }

    /// The names that the declarations speak of: the zones that have them are special.
    pub fn named(declarations: &[Declaration]) -> impl Iterator<Item = NameRef<'_>> {
        declarations.iter().flat_map(|declaration| {
            let (hosts, from) = match &declaration.nodes {
                Nodes::Listed(nodes) => (&nodes[..], None),
                Nodes::From(name) => (&[][..], Some(name)),
            };
            let hosts = hosts.iter().filter_map(|node| node.host.as_ref());
            hosts.chain(from).chain(declaration.pins.iter().map(|pin| &pin.name)).map(|name| name.as_ref())
        })
    }

    /// Writes what a zone shows whose [questions](crate::view::questions) could all be asked: no SPF record of it
    /// speaks of its own names.
    pub fn write(&self, zone: &Zone, room: &mut Room, out: &mut Vec<u8>) -> Shown {
        if !self.retired.is_empty() && zone.records().iter().any(|record| self.is_retired(zone, record)) {
            return Shown::Special;
        }
        let claimed = self.write_claims(zone, out);
        let Room { services, nodes, asked, owners, preferences } = room;
        self.find_names(zone, services, nodes);
        let mail = zone.has(zone.apex(), RrType::MX);
        if services.is_empty() && !mail && !claimed {
            return Shown::Nothing;
        }
        asked.clear();
        asked.extend(mail.then_some((zone.apex(), RrType::MX)));
        for (_, id) in &*services {
            balanced(zone, *id, asked);
        }
        if zone.may_answer_above(self.limits.answer, asked) {
            return Shown::Special;
        }
        if services.iter().any(|(_, id)| has_fixed_order(zone, *id)) {
            return Shown::Special;
        }
        owners.clear();
        owners.extend(services.iter().map(|(_, id)| *id));
        let mut show = Show { zone, owners, out, preferences, special: false };
        if services.iter().any(|(service, _)| self.services[*service].0 == RELAY) {
            show.policy();
        }
        show.owners.push(zone.apex());
        show.owners.extend_from_slice(nodes);
        if self.deep {
            let turns =
                zone.records().iter().filter(|record| matches!(record.rtype(), RrType::NS | RrType::DNAME));
            turns.for_each(|record| show.look_at(Some(record.owner())));
        }
        show.write(&self.limits);
        if show.special { Shown::Special } else { Shown::Alike }
    }

    fn is_retired(&self, zone: &Zone, record: &Record) -> bool {
        named(zone, record).iter().any(|address| self.retired.contains(address))
    }

    /// Writes what declarations look at: which of them claim the zone, what they reserve for it, and the preferences
    /// of its MX records; whether one names it.
    fn write_claims(&self, zone: &Zone, out: &mut Vec<u8>) -> bool {
        if self.declarations.is_empty() {
            return false;
        }
        let name = zone.origin().to_string();
        let mut by_name = false;
        for declaration in self.declarations {
            let cover = declaration.claims(&name);
            by_name |= cover == Some(Cover::Name);
            out.push(match cover {
                None => 0,
                Some(Cover::Wildcard) => 1,
                Some(Cover::Name) => 2,
            });
            if cover.is_some() && !declaration.reserves.is_empty() {
                for label in declaration.labels().into_iter().chain([MX_SERVICE]) {
                    let reserve = declaration.reserve(&name, label).map_or(0, |it| ptr::from_ref(it).addr());
                    out.extend(reserve.to_ne_bytes());
                }
            }
        }
        // To a declaration it matters which numbers they are, and not their order alone.
        let preferences = zone.rrset(zone.apex(), RrType::MX).filter_map(|mx| zone.rdata(mx).preference());
        out.extend(preferences.flat_map(u16::to_be_bytes));
        by_name
    }

    /// Finds the service names that the zone has, whatever their records are, in one order for all zones; and the
    /// names that may be those of single nodes.
    fn find_names(&self, zone: &Zone, services: &mut Vec<(usize, NameId)>, nodes: &mut Vec<NameId>) {
        services.clear();
        nodes.clear();
        let above = zone.origin().wire().len();
        for id in zone.names() {
            let name = zone.name(id);
            let own = &name.wire()[..name.wire().len() - above];
            // Behind the length of the first label; the apex has none here.
            let Some(&first) = own.get(1).filter(|first| self.first[usize::from(**first)]) else { continue };
            // Many services are of one length: the first letter mostly tells.
            let is_it = |begin: &[u8]| begin[1] == first && *begin == *own;
            for (service, _) in self.services.iter().enumerate().filter(|(_, (_, begin))| is_it(begin)) {
                services.push((service, id));
            }
            if self.is_of_one_node(zone, id, name) {
                nodes.push(id);
            }
        }
        services.sort_unstable();
    }

    /// A name that may be that of one node, or a wildcard that may stand for one or for a service.
    fn is_of_one_node(&self, zone: &Zone, id: NameId, name: NameRef<'_>) -> bool {
        let answers = || name.is_wildcard() && (self.deep || zone.parent(id) == Some(zone.apex()));
        let may_begin = |begin: &&[u8]| name.first_label().starts_with(begin);
        id != zone.apex() && (self.nodes.iter().any(may_begin) || answers())
    }
}

/// The labels of a service name in wire format.
fn beginning(label: &str) -> Option<Box<[u8]>> {
    let mut name = NameBuffer::new();
    name.parse(label.as_bytes(), NameRef::ROOT).ok()?;
    name.name().wire().strip_suffix(b"\0").map(Into::into)
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

/// Adds the types of which a name has several addresses in this zone, or may have by an alias.
fn balanced(zone: &Zone, id: NameId, asked: &mut Vec<(NameId, RrType)>) {
    let (mut v4, mut v6) = (0, 0);
    for record in zone.at(id) {
        let leads_here = || zone.rdata(record).target().is_some_and(|target| target.is_within(zone.origin()));
        match record.rtype() {
            RrType::A => v4 += 1,
            RrType::AAAA => v6 += 1,
            RrType::CNAME if leads_here() => (v4, v6) = (2, 2),
            _ => {}
        }
    }
    for (number, rtype) in [(v4, RrType::A), (v6, RrType::AAAA)] {
        if number > 1 {
            asked.push((id, rtype));
        }
    }
}

/// Addresses of a name are given in a fixed order.
fn has_fixed_order(zone: &Zone, id: NameId) -> bool {
    zone.terms().order.as_ref().is_some_and(|order| {
        [RrType::A, RrType::AAAA].into_iter().any(|rtype| !order.rotates(zone.name(id), rtype))
    })
}

/// The names whose records are written, and where they are written to.
struct Show<'z, 'o> {
    zone: &'z Zone,
    /// Those that were written, and behind them those that are still to be.
    owners: &'o mut Vec<NameId>,
    out: &'o mut Vec<u8>,
    /// The preferences of MX records at the apex, each once, in their order.
    preferences: &'o mut Vec<u16>,
    /// Something has to be looked at in this zone.
    special: bool,
}

impl Show<'_, '_> {
    /// Writes the SPF records of the apex, and notes whose addresses they allow.
    fn policy(&mut self) {
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
        for record in zone.at(id).filter(|record| zone.rdata(record).address().is_some()) {
            self.head(record).extend_from_slice(zone.rdata(record).wire());
        }
    }

    fn write(&mut self, limits: &Limits) {
        let zone = self.zone;
        self.rank_exchanges();
        let mut at = 0;
        while let Some(&owner) = self.owners.get(at) {
            at += 1;
            // What is below a delegation or a DNAME is not of this zone.
            self.look_at(zone.parent(owner));
            self.name_within(zone.name(owner));
            let apex = owner == zone.apex();
            let mut addresses = 0;
            let mut within = true;
            for record in zone.at(owner) {
                match record.rtype() {
                    RrType::A | RrType::AAAA => {
                        addresses += 1;
                        within &= limits.ttl.contains(&record.ttl().into());
                        if !apex {
                            self.head(record).extend_from_slice(zone.rdata(record).wire());
                        }
                    }
                    RrType::MX if apex => self.exchange(record),
                    RrType::CNAME | RrType::DNAME => {
                        self.head(record);
                        self.target(record);
                    }
                    RrType::NS if !apex => _ = self.head(record),
                    _ => {}
                }
            }
            self.special |= addresses > 1 && !within;
            self.out.push(0xff);
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

    /// Writes where a record leads; what is in the zone is written too.
    fn target(&mut self, record: &Record) {
        let Some(target) = self.zone.rdata(record).target() else { return };
        if !target.is_within(self.zone.origin()) {
            self.out.extend_from_slice(target.wire());
            return;
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
    }

    /// Notes that the records of a name are to be written. The apex is written in any case.
    fn look_at(&mut self, id: Option<NameId>) {
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
