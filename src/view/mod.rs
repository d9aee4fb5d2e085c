//! All zones that are served together: look-ups that cross zones.
//!
//! What is in no loaded zone is *unknown*, and so is what lies behind an include that could not be
//! read, or below a delegation to a zone that is not loaded. Nothing unknown is ever called absent.
//!
//! Not every zone stays in memory after it was judged by itself. One that was put aside is read again
//! when something leads into it; of the others only the names are known here.

mod question;
mod spf;
mod target;

use std::fmt;

use std::hash::BuildHasher;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use hashbrown::{DefaultHashBuilder, HashTable};
use rayon::prelude::*;

use crate::syntax::{Name, NameRef, RrType};
use crate::zone::{Answer, NameId, Outline, Record, Zone};

pub use question::{Question, questions};
pub use spf::{SpfError, SpfResult};
pub use target::{Target, Targets};

/// Aliases that are followed one after the other, as BIND does (`max-query-restarts`).
const MAX_ALIASES: usize = 16;

/// The zones of a BIND view.
pub struct View<'s> {
    members: Vec<Member>,
    /// Of each name the first member.
    by_origin: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// Reads a zone again that was put aside.
    reread: Option<&'s Reread<'s>>,
    chosen: Vec<Chosen>,
}

/// Reads the zone again that has this number in its project.
pub type Reread<'s> = dyn Fn(usize) -> Zone + Sync + 's;

/// A zone of a view, which may be put aside.
#[derive(Debug)]
pub struct Member {
    /// What is always known of it.
    pub outline: Arc<Outline>,
    /// Its number in its project.
    pub number: usize,
    /// All of it, once somebody has asked.
    zone: OnceLock<Box<Zone>>,
}

impl Member {
    /// A zone with this number, which is at hand or put aside.
    pub fn new(number: usize, outline: Arc<Outline>, zone: Option<Box<Zone>>) -> Self {
        Self { outline, number, zone: zone.map_or_else(OnceLock::new, OnceLock::from) }
    }

    /// It is not put aside.
    pub fn is_at_hand(&self) -> bool {
        self.zone.get().is_some()
    }
}

/// A zone that is to be judged among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chosen {
    /// The index of the member.
    pub member: usize,
    /// How many zones it stands for: those that are put aside and show just the same of a cluster.
    pub weight: usize,
    /// It is known that no rule but those on clusters has anything to say of it.
    pub is_good: bool,
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("View")
            .field("members", &self.members)
            .field("chosen", &self.chosen)
            .finish_non_exhaustive()
    }
}

/// Where a name was found.
#[derive(Debug, Clone, Copy)]
pub enum Found<'v> {
    /// The name exists; it may have no records (an empty non-terminal).
    Name(&'v Zone, NameId),
    /// A wildcard answers for it (RFC 4592).
    Wildcard(&'v Zone, NameId),
    /// A DNAME above it sends it elsewhere.
    Dname(&'v Zone, NameId),
    /// It lies at or below a delegation to a zone that is not loaded; there may be glue.
    Delegated(&'v Zone, NameId),
    /// The zone is loaded and has no such name.
    Missing(&'v Zone),
    /// No loaded zone has it, or its zone could not be read whole.
    Unknown,
}

/// Where a name leads through all aliases.
#[derive(Debug, Clone, Copy)]
pub enum End<'v> {
    /// To this name, which is no alias; it may be a wildcard.
    Name(&'v Zone, NameId),
    /// To a name that does not exist.
    Missing,
    /// In a circle.
    Loop,
    /// Out of the loaded zones, or behind something that could not be read.
    Unknown,
}

/// What is known of the addresses of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// All addresses are known.
    Whole,
    /// There are addresses, and there may be more: a record of the name could not be read.
    Partial,
    /// The name exists in a loaded zone and has no address, or it does not exist.
    None,
    /// The aliases go in a circle.
    Loop,
    /// It is in no loaded zone, or behind something that could not be read.
    Unknown,
}

/// The addresses of a name after all aliases.
#[derive(Debug, Clone)]
pub struct Addresses<'v> {
    /// What is known.
    pub knowledge: Knowledge,
    /// The addresses, sorted, each once; IPv4 before IPv6.
    pub set: Vec<IpAddr>,
    /// Where the address records stand, or would stand.
    pub end: Option<(&'v Zone, NameId)>,
    /// The aliases on the way.
    pub aliases: Vec<(&'v Zone, &'v Record)>,
}

impl<'s> View<'s> {
    /// A view of these zones, all of them at hand. Of two zones of one name, look-ups use the first.
    pub fn new(zones: Vec<Zone>) -> Self {
        let member =
            |(number, zone): (usize, Zone)| Member::new(number, zone.outline().into(), Some(Box::new(zone)));
        Self::of(zones.into_iter().enumerate().map(member).collect(), None)
    }

    /// A view of these zones; those that are put aside are read by `reread` when they are needed. All that are at
    /// hand are chosen to be judged, until it is [said otherwise](Self::choose).
    pub fn of(members: Vec<Member>, reread: Option<&'s Reread<'s>>) -> Self {
        let mut view = Self {
            by_origin: HashTable::with_capacity(members.len()),
            hasher: DefaultHashBuilder::default(),
            members: Vec::new(),
            reread,
            chosen: Vec::new(),
        };
        let hash = |member: &Member| view.hasher.hash_one(member.outline.origin().wire());
        let hashes: Vec<u64> = members.par_iter().map(hash).collect();
        for (index, (member, &hash)) in members.iter().zip(&hashes).enumerate() {
            let index = u32::try_from(index).expect("memory ends before 2^32 zones");
            let same = |&known: &u32| members[known as usize].outline.origin() == member.outline.origin();
            view.by_origin.entry(hash, same, |&known| hashes[known as usize]).or_insert(index);
        }
        let at_hand = members.iter().enumerate().filter(|(_, member)| member.is_at_hand());
        view.chosen = at_hand.map(|(member, _)| Chosen { member, weight: 1, is_good: false }).collect();
        view.members = members;
        view
    }

    /// All zones, in the order in which they were given, as far as they are known.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// Takes the view apart.
    pub fn into_members(self) -> Vec<Member> {
        self.members
    }

    /// Chooses the zones that are judged among the others, and how many each stands for; in the order of
    /// the members.
    pub fn choose(&mut self, chosen: Vec<Chosen>) {
        self.chosen = chosen;
    }

    /// The zones that are judged among the others.
    pub fn chosen(&self) -> &[Chosen] {
        &self.chosen
    }

    /// The zones that are judged among the others, in the order in which they were given.
    pub fn zones(&self) -> impl Iterator<Item = &Zone> {
        self.chosen.iter().map(|chosen| self.get(chosen.member))
    }

    /// A zone by its index; one that was put aside is read again.
    pub fn get(&self, member: usize) -> &Zone {
        let Member { number, zone, .. } = &self.members[member];
        zone.get_or_init(|| {
            let reread = self.reread.expect("what is put aside comes with somebody who reads it");
            Box::new(reread(*number))
        })
    }

    /// The index of the member of this name.
    pub fn member(&self, origin: NameRef<'_>) -> Option<usize> {
        let same = |&known: &u32| self.members[known as usize].outline.origin() == origin;
        self.by_origin.find(self.hasher.hash_one(origin.wire()), same).map(|&index| index as usize)
    }

    /// The index of the member that a name is in: the one with the longest name at or above it.
    pub fn member_of(&self, name: NameRef<'_>) -> Option<usize> {
        std::iter::successors(Some(name), |name| name.parent()).find_map(|name| self.member(name))
    }

    /// The zone of this name.
    pub fn zone(&self, origin: NameRef<'_>) -> Option<&Zone> {
        self.member(origin).map(|member| self.get(member))
    }

    /// The loaded zone that a name is in: the one with the longest name at or above it.
    pub fn zone_of(&self, name: NameRef<'_>) -> Option<&Zone> {
        self.member_of(name).map(|member| self.get(member))
    }

    /// The loaded zone right above a zone.
    pub fn parent(&self, zone: &Zone) -> Option<&Zone> {
        self.zone_of(zone.origin().parent()?)
    }

    /// The loaded zone right above a zone, and the name at which it delegates that zone.
    pub fn delegation(&self, zone: &Zone) -> Option<(&Zone, NameId)> {
        let parent = self.parent(zone)?;
        match parent.answer(zone.origin()) {
            Answer::Delegated(cut) if parent.name(cut) == zone.origin() => Some((parent, cut)),
            _ => None,
        }
    }

    /// Looks a name up as the servers of these zones would.
    pub fn find(&self, name: NameRef<'_>) -> Found<'_> {
        let Some(zone) = self.zone_of(name) else { return Found::Unknown };
        match zone.answer(name) {
            Answer::Name(id) => Found::Name(zone, id),
            Answer::Wildcard(id) => Found::Wildcard(zone, id),
            Answer::Dname(id) => Found::Dname(zone, id),
            Answer::Delegated(id) => Found::Delegated(zone, id),
            Answer::Missing => Found::Missing(zone),
            Answer::Unknown => Found::Unknown,
        }
    }

    /// The addresses of a name, through CNAME and DNAME in all zones.
    pub fn addresses(&self, name: NameRef<'_>) -> Addresses<'_> {
        let mut aliases = Vec::new();
        let found = self.follow(name, &mut aliases);
        // Where nothing is found behind the last alias, it is the end that is known.
        let last = aliases.iter().rfind(|(_, alias)| alias.rtype() == RrType::CNAME);
        let end = last.map(|&(zone, alias)| (zone, alias.owner()));
        let mut result = Addresses { knowledge: Knowledge::Unknown, set: Vec::new(), end, aliases };
        match found {
            End::Name(zone, id) => {
                result.end = Some((zone, id));
                collect(zone, id, &mut result);
            }
            End::Missing => result.knowledge = Knowledge::None,
            End::Loop => result.knowledge = Knowledge::Loop,
            End::Unknown => {}
        }
        result
    }

    /// Where a name leads through CNAME and DNAME in all zones; the aliases on the way are added to a list.
    pub fn follow<'v>(&'v self, name: NameRef<'_>, aliases: &mut Vec<(&'v Zone, &'v Record)>) -> End<'v> {
        // Only what a DNAME makes of it is a new name.
        let mut redirected: Name;
        let mut name = name;
        for _ in 0..=MAX_ALIASES {
            let (zone, id) = match self.find(name) {
                Found::Name(zone, id) | Found::Wildcard(zone, id) => (zone, id),
                Found::Dname(zone, id) => {
                    aliases.extend(zone.rrset(id, RrType::DNAME).next().map(|record| (zone, record)));
                    let Some(next) = zone.redirect(id, name) else { return End::Unknown };
                    redirected = next;
                    name = redirected.as_ref();
                    continue;
                }
                Found::Missing(_) => return End::Missing,
                Found::Delegated(..) | Found::Unknown => return End::Unknown,
            };
            let Some(alias) = zone.rrset(id, RrType::CNAME).next() else { return End::Name(zone, id) };
            let Some(target) = zone.rdata(alias).target() else { return End::Unknown };
            aliases.push((zone, alias));
            name = target;
        }
        End::Loop
    }
}

/// The addresses of a name that is no alias.
fn collect<'v>(zone: &'v Zone, id: NameId, result: &mut Addresses<'v>) {
    result.set.extend(zone.at(id).filter_map(|record| zone.rdata(record).address()));
    result.set.sort_unstable();
    result.set.dedup();
    result.knowledge = match (zone.knows(zone.name(id)), result.set.is_empty()) {
        (true, false) => Knowledge::Whole,
        (true, true) => Knowledge::None,
        (false, false) => Knowledge::Partial,
        (false, true) => Knowledge::Unknown,
    };
}
