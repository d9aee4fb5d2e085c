//! What is known of all records of a zone together, so that a rule that cannot fire need not look at them.

use std::ops::RangeInclusive;

use super::names::{DELEGATED, NameTable, ODD, REDIRECTED, Traits};
use super::rdata::Rdata;
use super::{CLASS_OWNER, LACKS_DOT, NameId, Record, Zone, is_hash};
use crate::syntax::RrType;

/// Gathered while a zone is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Facts {
    /// The types below 64, a bit each; the lowest stands for all others.
    types: u64,
    /// What some name is known for.
    traits: Traits,
    /// An SOA stands elsewhere than at the apex.
    stray_soa: bool,
    /// The owner of an NSEC3 record is no hash.
    bad_hash: bool,
    /// What some record is written like.
    flags: u16,
    /// A name in some rdata has a label that is none of a host name.
    odd_rdata: bool,
    /// The lowest and the highest TTL.
    ttls: (u32, u32),
    /// The lowest and the highest number that signatures have as the end of their time.
    ends: (u32, u32),
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            types: 0,
            traits: 0,
            stray_soa: false,
            bad_hash: false,
            flags: 0,
            odd_rdata: false,
            ttls: (u32::MAX, 0),
            ends: (u32::MAX, 0),
        }
    }
}

impl Facts {
    /// Takes in a record, and says what its owner is known for by it.
    #[inline]
    pub(super) fn add(&mut self, names: &NameTable, record: &Record) -> Traits {
        self.flags |= record.flags;
        self.odd_rdata |= record.has_odd_rdata();
        let ttl = record.ttl();
        self.ttls = (self.ttls.0.min(ttl), self.ttls.1.max(ttl));
        let bit = bit(record.rtype());
        self.types |= bit;
        if bit & NOTABLE == 0 { 0 } else { self.note(names, record) }
    }

    /// Takes in a record of a [`NOTABLE`] type.
    fn note(&mut self, names: &NameTable, record: &Record) -> Traits {
        let (id, rtype) = (record.owner(), record.rtype());
        let below = id != NameId::APEX;
        let traits = match rtype {
            RrType::NS if below => DELEGATED,
            RrType::DNAME => REDIRECTED,
            RrType::SOA => {
                self.stray_soa |= below;
                0
            }
            RrType::NSEC3 => {
                self.bad_hash |= !is_hash(names.name(id));
                0
            }
            RrType::RRSIG => {
                let end = Rdata::new(rtype, names.rdata(record.rdata)).expiration().unwrap_or(0);
                self.ends = (self.ends.0.min(end), self.ends.1.max(end));
                0
            }
            _ => 0,
        };
        self.traits |= traits;
        traits
    }

    /// Takes in what is known of other records.
    pub(super) fn merge(&mut self, other: Self) {
        *self = Self {
            types: self.types | other.types,
            traits: self.traits | other.traits,
            stray_soa: self.stray_soa | other.stray_soa,
            bad_hash: self.bad_hash | other.bad_hash,
            flags: self.flags | other.flags,
            odd_rdata: self.odd_rdata | other.odd_rdata,
            ttls: (self.ttls.0.min(other.ttls.0), self.ttls.1.max(other.ttls.1)),
            ends: (self.ends.0.min(other.ends.0), self.ends.1.max(other.ends.1)),
        };
    }

    pub(super) fn may_have(&self, rtype: RrType) -> bool {
        self.types & bit(rtype) != 0
    }

    pub(super) fn traits(&self) -> Traits {
        self.traits
    }

    pub(super) fn has_stray_soa(&self) -> bool {
        self.stray_soa
    }

    pub(super) fn has_bad_hash(&self) -> bool {
        self.bad_hash
    }

    pub(super) fn has_class_as_owner(&self) -> bool {
        self.flags & CLASS_OWNER != 0
    }

    pub(super) fn may_lack_dot(&self) -> bool {
        self.flags & LACKS_DOT != 0
    }

    pub(super) fn has_odd_rdata(&self) -> bool {
        self.odd_rdata
    }

    /// Some end may be before `now`. Times are compared as serial numbers (RFC 1982): what is before is the half
    /// of all numbers up to it.
    pub(super) fn may_have_expired(&self, now: u32) -> bool {
        let (lowest, highest) = self.ends;
        match now.checked_sub(1 << 31) {
            Some(start) => lowest < now && highest > start,
            None => lowest <= highest && (lowest < now || highest > now + (1 << 31)),
        }
    }
}

impl Zone {
    /// It may have records of a type; `false` is certain.
    pub fn may_have(&self, rtype: RrType) -> bool {
        self.facts.may_have(rtype)
    }

    /// A name below the apex has NS records.
    pub(crate) fn delegates(&self) -> bool {
        self.facts.traits() & DELEGATED != 0
    }

    /// A name is below the apex, and has NS records.
    pub(crate) fn is_cut(&self, id: NameId) -> bool {
        self.names.traits(id) & DELEGATED != 0
    }

    /// The owner of an NSEC3 record is no hash; `false` is certain.
    pub(crate) fn may_have_bad_hash(&self) -> bool {
        self.facts.has_bad_hash()
    }

    /// A record has a class as its owner; `false` is certain.
    pub(crate) fn may_have_class_as_owner(&self) -> bool {
        self.facts.has_class_as_owner()
    }

    /// Some name is below a DNAME: then one is right below it.
    pub(crate) fn has_names_below_dname(&self) -> bool {
        let is_right_below =
            |id| self.parent(id).is_some_and(|above| self.names.traits(above) & REDIRECTED != 0);
        self.facts.traits() & REDIRECTED != 0 && self.names().any(is_right_below)
    }

    /// The end of a signature's time may be before a time, in seconds since 1970; `false` is certain.
    pub(crate) fn may_have_expired(&self, now: u32) -> bool {
        self.facts.may_have_expired(now)
    }

    /// No record has a higher TTL than this, in seconds.
    pub(crate) fn highest_ttl(&self) -> u32 {
        self.facts.ttls.1
    }

    /// All records have one TTL.
    pub(crate) fn has_one_ttl(&self) -> bool {
        self.facts.ttls.0 >= self.facts.ttls.1
    }

    /// The TTLs of all records, in seconds, are within a range.
    pub(crate) fn has_ttls_within(&self, range: &RangeInclusive<i64>) -> bool {
        let (lowest, highest) = self.facts.ttls;
        range.contains(&lowest.into()) && range.contains(&highest.into())
    }

    /// The SOA records that do not stand at the apex, in the order in which they are read.
    pub(crate) fn stray_soas(&self) -> impl Iterator<Item = &Record> {
        let any = self.facts.has_stray_soa().then_some(&self.records);
        let stray = |record: &&Record| record.rtype() == RrType::SOA && record.owner() != self.apex();
        any.into_iter().flatten().filter(stray)
    }

    /// Some record [lacks a dot](Record::lacks_dot).
    pub(crate) fn may_lack_dot(&self) -> bool {
        self.facts.may_lack_dot()
    }

    /// The records with a name in their rdata that has a label which is none of a host name.
    pub(crate) fn records_of_odd_rdata(&self) -> impl Iterator<Item = &Record> {
        let any = self.facts.has_odd_rdata().then_some(&self.records);
        any.into_iter().flatten().filter(|record| record.has_odd_rdata())
    }

    /// A label of a name, or of a name above it, is none of a host name.
    pub fn is_odd(&self, id: NameId) -> bool {
        self.names.traits(id) & ODD != 0
    }

    /// A label of some name is neither one of a host name nor `_` and one of a host name, as those of services are.
    pub fn has_strange_names(&self) -> bool {
        self.names.has_strange()
    }

    /// The names that [are odd](Self::is_odd), in their order.
    pub fn odd_names(&self) -> impl Iterator<Item = NameId> {
        self.names.known_for(ODD)
    }
}

/// The types of which more is known than that they are there.
const NOTABLE: u64 =
    bit(RrType::NS) | bit(RrType::DNAME) | bit(RrType::SOA) | bit(RrType::NSEC3) | bit(RrType::RRSIG);

/// The bit of a type.
const fn bit(rtype: RrType) -> u64 {
    match rtype.number() {
        number @ 0..64 => 1 << number,
        _ => 1,
    }
}
