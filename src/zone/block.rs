//! Blocks: what BIND gathers of an owner before it adds it to the zone (`commit()` in its `master.c`).
//!
//! A block ends where another owner comes, unless that is glue: a target of the NS records in the block. The beginning and
//! the end of an included file end it, too. What a `$GENERATE` makes is added by itself, and ends nothing.

use super::{NameId, Record, Zone};
use crate::syntax::{NameRef, RrType};

/// So many owners are looked back over for the one that another is glue of.
const MAX_GLUE: usize = 16;

impl Zone {
    /// The number of a record of the zone.
    pub(super) fn index(&self, record: &Record) -> usize {
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
    pub(super) fn block_start(&self, owner: NameId, record: usize, enough: usize) -> usize {
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
