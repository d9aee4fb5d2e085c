//! The names of a zone and the arena that they share with the rdata.

use std::hash::BuildHasher;
use std::ops::Range;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::NONE;
use crate::syntax::NameRef;

/// A name of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameId(u32);

impl NameId {
    /// The apex is the first name of every zone.
    pub(super) const APEX: Self = Self(0);

    /// Its place among the names of its zone.
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug)]
struct Entry {
    /// Where its length stands in the arena, one octet; its wire format follows.
    wire: u32,
    hash: u32,
    parent: u32,
    /// Its first and its last record.
    first: u32,
    last: u32,
}

/// Names by number and by their octets. With a name come all names between it and the apex: those
/// without records are the empty non-terminals (RFC 4592 section 2.2.2).
#[derive(Debug)]
pub(super) struct NameTable {
    arena: Vec<u8>,
    entries: Vec<Entry>,
    index: HashTable<u32>,
    hasher: NameHasher,
}

/// Hashes names; tables that are to be put together have the same one.
pub(super) type NameHasher = DefaultHashBuilder;

impl NameTable {
    /// A table with the apex in it, and room for what `text` octets of a master file will hold.
    pub(super) fn new(apex: NameRef<'_>, text: usize, hasher: NameHasher) -> Self {
        let mut table = Self {
            arena: Vec::with_capacity(text / 2),
            entries: Vec::with_capacity(text / 64),
            index: HashTable::with_capacity(text / 64),
            hasher,
        };
        let hash = table.hash(apex);
        table.insert(apex, hash, NONE);
        table
    }

    #[expect(clippy::cast_possible_truncation, reason = "half of a good hash is a good hash")]
    fn hash(&self, name: NameRef<'_>) -> u32 {
        self.hasher.hash_one(name.wire()) as u32
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn ids(&self, range: Range<usize>) -> impl Iterator<Item = NameId> + use<> {
        (number(range.start)..number(range.end.min(self.len()))).map(NameId)
    }

    pub(super) fn name(&self, id: NameId) -> NameRef<'_> {
        wire(&self.arena, &self.entries[id.0 as usize])
    }

    pub(super) fn parent(&self, id: NameId) -> Option<NameId> {
        let parent = self.entries[id.0 as usize].parent;
        (parent != NONE).then_some(NameId(parent))
    }

    /// The first record of a name, or [`NONE`].
    pub(super) fn first(&self, id: NameId) -> u32 {
        self.entries[id.0 as usize].first
    }

    /// Makes `record` the last one of a name, and returns the one that was.
    pub(super) fn append(&mut self, id: NameId, record: u32) -> Option<u32> {
        let entry = &mut self.entries[id.0 as usize];
        let last = std::mem::replace(&mut entry.last, record);
        if last == NONE {
            entry.first = record;
        }
        (last != NONE).then_some(last)
    }

    pub(super) fn find(&self, name: NameRef<'_>) -> Option<NameId> {
        self.find_hashed(name, self.hash(name))
    }

    fn find_hashed(&self, name: NameRef<'_>, hash: u32) -> Option<NameId> {
        let same = |&at: &u32| {
            let entry = &self.entries[at as usize];
            entry.hash == hash && wire(&self.arena, entry) == name
        };
        self.index.find(spread(hash), same).map(|&at| NameId(at))
    }

    /// The number of a name within the apex, which gets one if it has none yet.
    pub(super) fn intern(&mut self, name: NameRef<'_>) -> NameId {
        let hash = self.hash(name);
        if let Some(id) = self.find_hashed(name, hash) {
            return id;
        }
        let parent = name.parent().expect("names within the apex end at the apex");
        let parent = self.intern(parent);
        self.insert(name, hash, parent.0)
    }

    fn insert(&mut self, name: NameRef<'_>, hash: u32, parent: u32) -> NameId {
        let at = number(self.arena.len());
        self.arena.push(u8::try_from(name.wire().len()).expect("names are MAX_NAME at most"));
        self.arena.extend_from_slice(name.wire());
        self.add(Entry { wire: at, hash, parent, first: NONE, last: NONE })
    }

    fn add(&mut self, entry: Entry) -> NameId {
        let id = number(self.entries.len());
        let hash = spread(entry.hash);
        self.entries.push(entry);
        let entries = &self.entries;
        self.index.insert_unique(hash, id, |&at| spread(entries[at as usize].hash));
        NameId(id)
    }

    /// Appends rdata, as `write` makes it, and returns where it begins and what `write` returns. What a failed `write` has
    /// written is taken back.
    pub(super) fn push_rdata<T, E>(
        &mut self,
        write: impl FnOnce(&mut Vec<u8>) -> Result<T, E>,
    ) -> Result<(u32, T), E> {
        let start = self.arena.len();
        self.arena.extend([0, 0]);
        let written = match write(&mut self.arena) {
            Ok(written) => written,
            Err(fault) => {
                self.arena.truncate(start);
                return Err(fault);
            }
        };
        let length = u16::try_from(self.arena.len() - start - 2).expect("rdata is 65535 octets at most");
        self.arena[start..start + 2].copy_from_slice(&length.to_be_bytes());
        Ok((number(start), written))
    }

    /// Takes back rdata that was appended last.
    pub(super) fn pop_rdata(&mut self, start: u32) {
        self.arena.truncate(start as usize);
    }

    /// The rdata that begins at `start`.
    pub(super) fn rdata(&self, start: u32) -> &[u8] {
        let start = start as usize;
        let length = u16::from_be_bytes([self.arena[start], self.arena[start + 1]]);
        &self.arena[start + 2..start + 2 + usize::from(length)]
    }

    /// An empty table of the same apex, and room for `text` octets, that can be put behind this one.
    pub(super) fn beginning(&self, text: usize) -> Self {
        Self::new(self.name(NameId::APEX), text, self.hasher.clone())
    }

    /// Puts the names and the rdata of another table behind those of this one. Returns for each name of the
    /// other its number here, and how far its rdata moved. What is chained to a name stays as it is: that
    /// is for [`Self::chain`].
    pub(super) fn append_table(&mut self, other: &Self) -> (Vec<NameId>, u32) {
        let moved = number(self.arena.len());
        self.arena.extend_from_slice(&other.arena);
        let mut ids: Vec<NameId> = Vec::with_capacity(other.entries.len());
        for entry in &other.entries {
            let id = self.find_hashed(wire(&other.arena, entry), entry.hash).unwrap_or_else(|| {
                let parent = ids[entry.parent as usize].0;
                self.add(Entry {
                    wire: entry.wire + moved,
                    hash: entry.hash,
                    parent,
                    first: NONE,
                    last: NONE,
                })
            });
            ids.push(id);
        }
        (ids, moved)
    }

    /// The first and the last record of a name, or [`NONE`].
    pub(super) fn ends(&self, id: NameId) -> (u32, u32) {
        let entry = &self.entries[id.0 as usize];
        (entry.first, entry.last)
    }

    /// Puts records, which are chained already, behind those of a name: the first and the last of them.
    /// Returns the one that was the last.
    pub(super) fn chain(&mut self, id: NameId, (first, last): (u32, u32)) -> Option<u32> {
        let before = self.append(id, first);
        self.entries[id.0 as usize].last = last;
        before
    }

    /// Gives back the room that was reserved and not used.
    pub(super) fn shrink(&mut self) {
        self.arena.shrink_to_fit();
        self.entries.shrink_to_fit();
        let entries = &self.entries;
        self.index.shrink_to_fit(|&at| spread(entries[at as usize].hash));
    }
}

fn wire<'a>(arena: &'a [u8], entry: &Entry) -> NameRef<'a> {
    let at = entry.wire as usize;
    NameRef::from_wire(&arena[at + 1..at + 1 + usize::from(arena[at])])
}

/// The table takes its bucket from one end of a hash and its tag from the other.
fn spread(hash: u32) -> u64 {
    u64::from(hash) << 32 | u64::from(hash)
}

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("a zone's arena is below 4 GiB, as its files are")
}
