//! The TTL that an RRset is served with, where its records have several.

use super::{Record, Zone};
use crate::syntax::RrType;

/// SIG, the RRSIG of RFC 2535.
const SIG: RrType = RrType::new(24);

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
    /// BIND gathers the records of a [block](super::block) with the first TTL of each type, and then adds them to the
    /// zone, where the TTL that is added last counts.
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
}
