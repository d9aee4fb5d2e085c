//! What the servers of one zone answer for a name.

use super::names::REDIRECTED;
use super::{NameId, Record, Zone};
use crate::syntax::{Name, NameBuffer, NameRef, RrType};

/// Where a name is in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The name exists; it may have no records (an empty non-terminal).
    Name(NameId),
    /// A wildcard answers for it (RFC 4592).
    Wildcard(NameId),
    /// A DNAME above it sends it elsewhere.
    Dname(NameId),
    /// It lies at or below a zone cut; there may be glue.
    Delegated(NameId),
    /// There is no such name.
    Missing,
    /// The zone could not be read whole, or the name is outside.
    Unknown,
}

/// What a name is to a record that points to it.
#[derive(Debug, Clone, Copy)]
pub enum Lead<'z> {
    /// It has an address.
    Address,
    /// It is an alias by this record: a CNAME, or a DNAME above it.
    Alias(&'z Record),
    /// It has no address, or does not exist at all.
    Nothing(Option<NameId>),
    /// It lies at or below this zone cut.
    Cut(NameId),
    /// Nobody knows: the zone could not be read whole, or the name is outside.
    Unknown,
}

impl Zone {
    /// Where a name is in the zone.
    pub fn answer(&self, name: NameRef<'_>) -> Answer {
        if !name.is_within(self.origin()) {
            return Answer::Unknown;
        }
        let exact = self.find(name);
        let encloser = exact.unwrap_or_else(|| self.closest_encloser(name.parent().unwrap_or(name)));
        if let Some(cut) = self.cut(encloser) {
            return Answer::Delegated(cut);
        }
        // A DNAME redirects what is below it, not its owner.
        let above = if exact.is_some() { self.parent(encloser) } else { Some(encloser) };
        if let Some(dname) = above.and_then(|above| self.highest(above, REDIRECTED)) {
            return Answer::Dname(dname);
        }
        if exact.is_some() {
            return Answer::Name(encloser);
        }
        if !self.knows(name) {
            return Answer::Unknown;
        }
        let mut wildcard = NameBuffer::new();
        match wildcard.parse(b"*", self.name(encloser)).ok().and_then(|()| self.find(wildcard.name())) {
            Some(id) => Answer::Wildcard(id),
            None => Answer::Missing,
        }
    }

    /// What a name is to a record that points to it.
    pub fn lead(&self, name: NameRef<'_>) -> Lead<'_> {
        match self.answer(name) {
            Answer::Name(id) | Answer::Wildcard(id) => match self.rrset(id, RrType::CNAME).next() {
                Some(alias) => Lead::Alias(alias),
                None if self.has_address(id) => Lead::Address,
                None if self.knows(self.name(id)) => Lead::Nothing(Some(id)),
                None => Lead::Unknown,
            },
            Answer::Dname(id) => self.rrset(id, RrType::DNAME).next().map_or(Lead::Unknown, Lead::Alias),
            Answer::Delegated(cut) => Lead::Cut(cut),
            Answer::Missing => Lead::Nothing(None),
            Answer::Unknown => Lead::Unknown,
        }
    }

    /// The name that the DNAME at `owner` makes of a name below it (RFC 6672 section 2.2).
    pub fn redirect(&self, owner: NameId, name: NameRef<'_>) -> Option<Name> {
        let target = self.rdata(self.rrset(owner, RrType::DNAME).next()?).target()?;
        let kept = name.wire().len() - self.name(owner).wire().len();
        let wire = [&name.wire()[..kept], target.wire()].concat();
        NameRef::split_from(&wire).map(|(name, _)| name.into())
    }

    /// A name has an A or AAAA record.
    pub fn has_address(&self, id: NameId) -> bool {
        self.at(id).any(|record| matches!(record.rtype(), RrType::A | RrType::AAAA))
    }

    /// `named` refuses the zone for this record: an NS at the apex whose target is in the zone, and is
    /// an alias or has no address. Of other zones it asks nothing.
    pub fn is_refused_for(&self, record: &Record) -> bool {
        record.rtype() == RrType::NS
            && record.owner() == self.apex()
            && self
                .rdata(record)
                .target()
                .is_some_and(|target| matches!(self.lead(target), Lead::Alias(_) | Lead::Nothing(_)))
    }
}
