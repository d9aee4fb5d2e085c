//! What a zone shows of a mail cluster, as octets: two zones that show the same are in the same case.
//!
//! An ISP makes thousands of domains from one template. Names within the zone are written without the name of
//! the zone, so that all of them show the same, and one can be judged for all.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::ops::{Range, RangeInclusive};
use std::ptr;

use super::SERVICES;
use super::declaration::{Declaration, MX_SERVICE, Magic, Nodes};
use super::pattern::Cover;
use super::relay::RELAY;
use super::retired::named;
use super::show::Show;
use super::standard::Standard;
use crate::syntax::{NameBuffer, NameRef, RrType};
use crate::zone::{NameId, Record, Zone};

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
    /// The service names, as they begin in wire format; those that begin with one letter stand together.
    services: Vec<(&'d str, Box<[u8]>)>,
    /// What the leftmost labels of names of single nodes begin with.
    nodes: Vec<&'d [u8]>,
    /// By the first octet of a name, which is mostly enough, what it may be.
    first: Box<[Beginning; 256]>,
    /// Names of single nodes may have several labels.
    deep: bool,
    retired: BTreeSet<IpAddr>,
    limits: Limits,
}

/// What a name may be that begins with an octet.
#[derive(Debug, Clone, Default)]
struct Beginning {
    /// One of these services.
    services: Range<usize>,
    /// The name of a single node, or a wildcard.
    node: bool,
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
        let services = labels.into_iter().filter_map(|label| Some((label, beginning(label)?)));
        let mut services: Vec<(&str, Box<[u8]>)> = services.collect();
        // Before the first octet of a name stands the length of its label.
        services.sort_by(|(_, a), (_, b)| a[1..].cmp(&b[1..]));
        let nodes: Vec<_> = magic.iter().map(|magic| magic.names.beginning()).collect();
        let first = (0..=u8::MAX).map(|octet| Beginning {
            services: Range {
                start: services.partition_point(|(_, begin)| begin[1] < octet),
                end: services.partition_point(|(_, begin)| begin[1] <= octet),
            },
            node: octet == b'*'
                || nodes.iter().any(|begin| begin.first().is_none_or(|first| *first == octet)),
        });
        let first: Vec<Beginning> = first.collect();
        Self {
            declarations,
            services,
            deep: magic.iter().any(|magic| magic.names.with("0").contains('.')),
            nodes,
            first: first.try_into().expect("there is one for each octet"),
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
        if services.iter().any(|(_, id)| has_fixed_order(zone, *id)) {
            return Shown::Special;
        }
        let Some(octets) = zone.room_in_answers(self.limits.answer) else { return Shown::Special };
        asked.clear();
        asked.extend(mail.then_some((zone.apex(), RrType::MX)));
        owners.clear();
        owners.extend(services.iter().map(|(_, id)| *id));
        let served = owners.len();
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
        show.write(&self.limits, (served, octets), asked);
        if show.special || zone.may_answer_above(self.limits.answer, octets, asked) {
            Shown::Special
        } else {
            Shown::Alike
        }
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
            let Some(&first) = own.get(1) else { continue };
            let first = &self.first[usize::from(first)];
            let is_it = |service: &usize| *self.services[*service].1 == *own;
            services.extend(first.services.clone().filter(is_it).map(|service| (service, id)));
            if first.node && self.is_of_one_node(zone, id, name) {
                nodes.push(id);
            }
        }
        services.sort_unstable();
    }

    /// A name that may be that of one node, or a wildcard that may stand for one or for a service.
    fn is_of_one_node(&self, zone: &Zone, id: NameId, name: NameRef<'_>) -> bool {
        let answers = || name.is_wildcard() && (self.deep || zone.parent(id) == Some(zone.apex()));
        let may_begin = |begin: &&[u8]| name.first_label().starts_with(begin);
        self.nodes.iter().any(may_begin) || answers()
    }
}

/// The labels of a service name in wire format.
fn beginning(label: &str) -> Option<Box<[u8]>> {
    let mut name = NameBuffer::new();
    name.parse(label.as_bytes(), NameRef::ROOT).ok()?;
    name.name().wire().strip_suffix(b"\0").map(Into::into)
}

/// Addresses of a name are given in a fixed order.
fn has_fixed_order(zone: &Zone, id: NameId) -> bool {
    zone.terms().order.as_ref().is_some_and(|order| {
        [RrType::A, RrType::AAAA].into_iter().any(|rtype| !order.rotates(zone.name(id), rtype))
    })
}
