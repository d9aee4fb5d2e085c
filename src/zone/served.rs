//! The TTL that an RRset is served with, where its records have several.

use super::{NameId, Record, Zone};
use crate::syntax::{NameRef, RrType};

/// SIG, the RRSIG of RFC 2535.
const SIG: RrType = RrType::new(24);

/// So many owners are looked back over for the one that another is glue of.
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
        let (first_at, second_at) = (self.index(first), self.index(second));
        self.block_start(first.owner(), second_at, first_at) <= first_at
    }

    /// Where the block of an owner began in which a record stands: the block is of its records and of those that BIND
    /// reads without leaving it, which are its glue and what a `$GENERATE` makes. What begins at `enough` or before is
    /// not followed further; behind the record, if that is not of the block.
    fn block_start(&self, owner: NameId, record: usize, enough: usize) -> usize {
        let mut start = record + 1;
        // Names whose NS record has to stand above them.
        let mut glue: Vec<NameRef<'_>> = Vec::new();
        for at in (self.last_end(record)..=record).rev() {
            let it = &self.records[at];
            let name = self.name(it.owner());
            if it.is_generated() {
                continue;
            }
            if it.owner() == owner {
                glue.retain(|&name| !self.points_to(it, name));
                if glue.is_empty() {
                    start = at;
                    if at <= enough {
                        break;
                    }
                }
            } else if !self.is_glue(owner, name) {
                break;
            } else if !glue.contains(&name) {
                glue.push(name);
            }
        }
        start
    }

    /// The first record behind the end of an included file, or what else has ended a block, before this one.
    fn last_end(&self, record: usize) -> usize {
        let ends = self.block_ends.partition_point(|&end| end as usize <= record);
        ends.checked_sub(1).map_or(0, |end| self.block_ends[end] as usize)
    }

    /// The TTL that a record's set has had since its block began; `None` where it is not the TTL of a set.
    pub(crate) fn prior_ttl(&self, record: usize) -> Option<u32> {
        /// So many records are looked back over.
        const LOOKED_BACK: usize = 256;
        let last = self.records.get(record).filter(|last| !last.is_generated())?;
        let start = self.block_start(last.owner(), record, record.saturating_sub(LOOKED_BACK));
        let is_of_set = |before: &&Record| {
            (before.owner(), before.rtype()) == (last.owner(), last.rtype())
                && !before.is_generated()
                && self.covered(before) == self.covered(last)
        };
        Some(self.records[start..record].iter().find(is_of_set).unwrap_or(last).ttl())
    }

    /// The NS record for whose glue BIND takes a record, as it comes without anything in between. What is
    /// tested of SOA and DS records is tested of the owner of that NS record then.
    pub(crate) fn read_as_glue(&self, record: &Record) -> Option<&Record> {
        let at = self.index(record);
        if at == 0 {
            return None;
        }
        let from = self.last_end(at);
        // Behind an included file, the owner before it is still glue if it was.
        let same_file = |before: &&Record| before.file == record.file && !before.is_generated();
        let before = self.records[..at].iter().rev().filter(same_file);
        let mut before = before.take_while(|before| before.owner() == record.owner());
        if let Some(before) = before.find(|before| self.index(before) < from) {
            return self.read_as_glue(before);
        }
        self.glue_above(self.name(record.owner()), at)
    }

    /// The NS record for whose glue BIND takes a name that comes behind so many records.
    pub(crate) fn glue_above(&self, name: NameRef<'_>, records: usize) -> Option<&Record> {
        let last = records.checked_sub(1)?;
        let mut owners = Vec::new();
        for before in self.records[self.last_end(records)..records].iter().rev() {
            let owner = before.owner();
            if owners.contains(&owner) || before.is_generated() {
                continue;
            }
            if self.is_glue(owner, name) {
                let block = &self.records[self.block_start(owner, last, 0)..records];
                let of_owner = |record: &&Record| record.owner() == owner && !record.is_generated();
                let servers = block.iter().filter(of_owner).find(|record| self.points_to(record, name));
                if servers.is_some() {
                    return servers;
                }
            }
            if owners.len() == MAX_GLUE {
                break;
            }
            owners.push(owner);
        }
        None
    }

    /// Whether a name is a target of an owner's NS records.
    pub(crate) fn is_glue(&self, owner: NameId, name: NameRef<'_>) -> bool {
        self.rrset(owner, RrType::NS).any(|record| self.points_to(record, name))
    }

    fn points_to(&self, record: &Record, name: NameRef<'_>) -> bool {
        record.rtype() == RrType::NS && self.rdata(record).target() == Some(name)
    }
}
