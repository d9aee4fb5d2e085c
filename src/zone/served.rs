//! The TTL that an RRset is served with, where its records have several.

use super::{NameId, Record, Zone};
use crate::syntax::{NameRef, RrType};

/// SIG, the RRSIG of RFC 2535.
const SIG: RrType = RrType::new(24);

/// So many names of glue are looked back over.
const MAX_GLUE: usize = 16;

/// How the records of an RRset come to one TTL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Served {
    /// They stand together: the first one's TTL.
    First(u32),
    /// Another owner stands between some of them: the TTL of the first one of the last block.
    Last(u32),
    /// The TTL of what a `$GENERATE` makes, which is added at once, before the owner around it.
    Generated(u32),
}

impl Served {
    /// The TTL in seconds.
    pub fn ttl(self) -> u32 {
        match self {
            Self::First(ttl) | Self::Last(ttl) | Self::Generated(ttl) => ttl,
        }
    }
}

impl Zone {
    /// The TTL in seconds that `named` serves a record with: that of its RRset (RFC 2181 section 5.2).
    /// Of signatures, those of one type are a set.
    pub fn effective_ttl(&self, record: &Record) -> u32 {
        let covered = self.covered(record);
        let set = self.rrset(record.owner(), record.rtype());
        let set: Vec<_> = set.filter(|other| self.covered(other) == covered).collect();
        self.served(&set).ttl()
    }

    /// The type that a signature covers.
    pub(crate) fn covered(&self, record: &Record) -> Option<[u8; 2]> {
        let signature = matches!(record.rtype(), RrType::RRSIG | SIG);
        self.rdata(record).wire().first_chunk().copied().filter(|_| signature)
    }

    /// How the records of an RRset, which are in the order of the file, come to one TTL.
    ///
    /// BIND gathers the records of an owner until another one comes, with the first TTL of each type,
    /// and then adds them to the zone, where the TTL that is added last counts (`commit()` in its
    /// `master.c`). The beginning and the end of an included file end a block too.
    pub(crate) fn served(&self, set: &[&Record]) -> Served {
        let first = set.first().expect("an RRset has records");
        if set.iter().all(|record| record.ttl() == first.ttl()) {
            return Served::First(first.ttl());
        }
        let written: Vec<_> = set.iter().copied().filter(|record| !record.is_generated()).collect();
        let made = set.iter().rev().find(|record| record.is_generated());
        let mut blocks = written.chunk_by(|a, b| self.stand_together(a, b));
        let block = blocks.next_back();
        if let Some(made) = made
            && block
                .and_then(<[_]>::last)
                .is_none_or(|end| self.index(made) > self.index(end) && !self.stand_together(end, made))
        {
            return Served::Generated(made.ttl());
        }
        let block = block.expect("what is not made is written");
        if block.len() == written.len() {
            Served::First(block[0].ttl())
        } else {
            Served::Last(block[0].ttl())
        }
    }

    fn index(&self, record: &Record) -> usize {
        self.records.element_offset(record).expect("the record is of this zone")
    }

    /// Nothing that ends a block stands between two records of one owner.
    pub(crate) fn stand_together(&self, first: &Record, second: &Record) -> bool {
        let (from, to) = (self.index(first), self.index(second));
        let next_end = self.block_ends.partition_point(|&end| end as usize <= from);
        let between = &self.records[from..to];
        self.block_ends.get(next_end).is_none_or(|&end| end as usize > to)
            && between.iter().all(|record| {
                record.owner() == first.owner()
                    || record.is_generated()
                    || self.is_glue(first.owner(), self.name(record.owner()))
            })
    }

    /// The NS record for whose glue BIND takes a record, as it comes without anything in between. What is
    /// tested of SOA and DS records is tested of the owner of that NS record then.
    pub(crate) fn read_as_glue(&self, record: &Record) -> Option<&Record> {
        let at = self.index(record);
        if at == 0 {
            return None;
        }
        let ends = self.block_ends.partition_point(|&end| end as usize <= at);
        let from = ends.checked_sub(1).map_or(0, |end| self.block_ends[end] as usize).min(at);
        // Behind an included file, the owner before it is still glue if it was.
        let same_file = |before: &&Record| before.file == record.file && !before.is_generated();
        let before = self.records[..at].iter().rev().filter(same_file);
        let mut before = before.take_while(|before| before.owner() == record.owner());
        if let Some(before) = before.find(|before| self.index(before) < from) {
            return self.read_as_glue(before);
        }
        let mut glue = vec![self.name(record.owner())];
        for before in self.records[from..at].iter().rev().filter(|before| !before.is_generated()) {
            let name = self.name(before.owner());
            if glue.contains(&name) {
                continue;
            }
            // The first owner that is no glue itself is the one whose block it is.
            if glue.iter().all(|&name| self.is_glue(before.owner(), name)) {
                return self
                    .rrset(before.owner(), RrType::NS)
                    .find(|ns| self.index(ns) < at && self.rdata(ns).target() == Some(glue[0]));
            }
            if glue.len() == MAX_GLUE {
                break;
            }
            glue.push(name);
        }
        None
    }

    /// Whether a name is a target of an owner's NS records. BIND reads it without leaving that owner.
    pub(crate) fn is_glue(&self, owner: NameId, name: NameRef<'_>) -> bool {
        self.rrset(owner, RrType::NS).any(|record| self.rdata(record).target() == Some(name))
    }
}
