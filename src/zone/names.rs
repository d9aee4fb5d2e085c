//! The names of a zone and the arena that they share with the rdata.

use std::ops::Range;

use super::NONE;
use super::hasher::NameHasher;
use super::hostname::is_host_label;
use super::index::Index;
use super::rdata::Written;
use super::recent::RecentWords;
use crate::syntax::{NameRef, ShortLabel};

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

#[derive(Debug, Clone, Copy)]
struct Entry {
    /// Where its length stands in the arena, one octet; its wire format follows.
    wire: u32,
    parent: u32,
    /// Its first and its last record.
    first: u32,
    last: u32,
}

/// What is known of a name without a look at its octets or records: a set of these.
pub(super) type Traits = u8;

/// A label of it, or of a name above it, is none of a host name: `_tcp`, `*`, `#`.
pub(super) const ODD: Traits = 1;
/// A label of it, or of a name above it, is not even a `_` before letters, digits and hyphens, as those of services
/// are: `*`, `#`.
pub(super) const STRANGE: Traits = 8;
/// It is below the apex, and has NS records.
pub(super) const DELEGATED: Traits = 2;
/// It has a DNAME record.
pub(super) const REDIRECTED: Traits = 4;

/// Names by number and by their octets. With a name come all names between it and the apex: those
/// without records are the empty non-terminals (RFC 4592 section 2.2.2).
#[derive(Debug, Clone, Default)]
pub(super) struct NameTable {
    arena: Vec<u8>,
    entries: Vec<Entry>,
    traits: Vec<Traits>,
    /// What some of them had as they were added.
    met: Traits,
    index: Index,
    /// Octets of the name that all others end in.
    apex: usize,
    hasher: NameHasher,
    /// Words that may come again, each in the place that its hash leads to; nothing in small tables.
    recent: RecentWords,
}

impl NameTable {
    /// Makes it one that can be put together with another; it is to be empty.
    pub(super) fn hash_like(&mut self, other: &Self) {
        self.hasher = other.hasher;
    }

    /// Makes it a table with the apex in it alone, and room for what `text` octets of a master file will hold.
    pub(super) fn begin(&mut self, apex: NameRef<'_>, text: usize) {
        self.arena.clear();
        self.arena.reserve(text / 2);
        // Small zones have a name in 64 octets of text, registries in 150: to grow is to copy all that is there.
        let names = text.min(1 << 16) / 64 + text / 150;
        self.entries.clear();
        self.entries.reserve(names);
        self.traits.clear();
        self.traits.reserve(names);
        self.index.clear(names);
        self.recent.clear(text);
        self.apex = apex.wire().len();
        self.met = 0;
        let traits = apex.labels().fold(0, |traits, label| traits | traits_of(label));
        self.insert(apex, self.hash(apex), NONE, traits);
    }

    /// Of what stands before the apex: that is where the names of a zone differ, and short.
    fn hash(&self, name: NameRef<'_>) -> u32 {
        let wire = name.wire();
        self.hasher.hash(&wire[..wire.len().saturating_sub(self.apex)])
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

    /// What is known of a name.
    pub(super) fn traits(&self, id: NameId) -> Traits {
        self.traits[id.0 as usize]
    }

    /// A label of some name is neither one of a host nor one of a service.
    pub(super) fn has_strange(&self) -> bool {
        self.met & STRANGE != 0
    }

    /// The names that are known for something, in their order.
    pub(super) fn known_for(&self, traits: Traits) -> impl Iterator<Item = NameId> {
        let known = (0..).zip(&self.traits).filter(move |(_, known)| *known & traits != 0);
        known.map(|(number, _)| NameId(number))
    }

    /// Notes something of a name.
    pub(super) fn note(&mut self, id: NameId, traits: Traits) {
        self.traits[id.0 as usize] |= traits;
    }

    /// The first record of a name, or [`NONE`].
    pub(super) fn first(&self, id: NameId) -> u32 {
        self.entries[id.0 as usize].first
    }

    /// Makes `record` the last one of a name, and returns the one that was.
    pub(super) fn append(&mut self, id: NameId, record: u32) -> Option<u32> {
        self.chain(id, (record, record))
    }

    /// Puts records, which are chained already, behind those of a name: the first and the last of them.
    /// Returns the one that was the last.
    fn chain(&mut self, id: NameId, (first, last): (u32, u32)) -> Option<u32> {
        let entry = &mut self.entries[id.0 as usize];
        let before = std::mem::replace(&mut entry.last, last);
        if before == NONE {
            entry.first = first;
        }
        (before != NONE).then_some(before)
    }

    pub(super) fn find(&self, name: NameRef<'_>) -> Option<NameId> {
        self.find_hashed(name, self.hash(name))
    }

    /// As [`Self::find`], of a name that may have been met soon after `near`: those few are looked at first, as they are
    /// beside each other in memory.
    pub(super) fn find_behind(&self, near: NameId, name: NameRef<'_>) -> Option<NameId> {
        const FEW: usize = 3;
        let next = near.index() + 1;
        self.ids(next..next + FEW).find(|&id| self.name(id) == name).or_else(|| self.find(name))
    }

    fn find_hashed(&self, name: NameRef<'_>, hash: u32) -> Option<NameId> {
        let same = |at: u32| wire(&self.arena, &self.entries[at as usize]) == name;
        self.index.find(hash, same).map(NameId)
    }

    /// The number of a name within the apex, which gets one if it has none yet. The name above it is looked for first
    /// around the name that was met last.
    pub(super) fn intern(&mut self, name: NameRef<'_>, near: NameId) -> NameId {
        let hash = self.hash(name);
        if let Some(id) = self.find_hashed(name, hash) {
            return id;
        }
        let parent = name.parent().expect("names within the apex end at the apex");
        let parent = if parent.wire().len() == self.apex {
            NameId::APEX
        } else {
            let around = [Some(near), self.parent(near)];
            let known = around.into_iter().flatten().find(|&known| self.name(known) == parent);
            known.unwrap_or_else(|| self.intern(parent, near))
        };
        let traits = self.traits_below(parent, name.first_label());
        self.insert(name, hash, parent.0, traits)
    }

    /// The same of the name that a label before the apex is; `None` where it is too long.
    pub(super) fn intern_label(&mut self, label: ShortLabel) -> Option<NameId> {
        let (octets, count) = label.wire();
        let octets = &octets[..count];
        let length = u8::try_from(count + self.apex).ok()?;
        let hash = self.hasher.hash_packed(label.packed());
        let is_it = |at: u32| {
            let known = &self.arena[self.entries[at as usize].wire as usize..];
            known[0] == length && known[1..].starts_with(octets)
        };
        if let Some(known) = self.index.find(hash, is_it) {
            return Some(NameId(known));
        }
        let wire = number(self.arena.len());
        self.arena.push(length);
        self.arena.extend_from_slice(octets);
        self.arena.extend_from_within(1..=self.apex);
        let traits = self.traits_below(NameId::APEX, &octets[1..]);
        Some(self.enter((wire, hash), NameId::APEX.0, traits))
    }

    /// What a name that a label makes below another one is known for.
    fn traits_below(&self, parent: NameId, label: &[u8]) -> Traits {
        self.traits(parent) & (ODD | STRANGE) | traits_of(label)
    }

    fn insert(&mut self, name: NameRef<'_>, hash: u32, parent: u32, traits: Traits) -> NameId {
        let at = number(self.shared(name).unwrap_or(self.arena.len()));
        if at as usize == self.arena.len() {
            self.arena.push(u8::try_from(name.wire().len()).expect("names are MAX_NAME at most"));
            self.arena.extend_from_slice(name.wire());
        }
        self.enter((at, hash), parent, traits)
    }

    /// Gives a number to the name that stands at a place of the arena.
    fn enter(&mut self, (wire, hash): (u32, u32), parent: u32, traits: Traits) -> NameId {
        let id = self.add(Entry { wire, parent, first: NONE, last: NONE }, traits);
        self.index.insert(hash, id.0);
        id
    }

    /// Where in the arena the length of a name stands already, if the rdata that was appended last ends in that
    /// name: so glue follows its NS record.
    fn shared(&self, name: NameRef<'_>) -> Option<usize> {
        let length = name.wire().len();
        let at = self.arena.len().checked_sub(length + 1)?;
        (usize::from(self.arena[at]) == length && self.arena[at + 1..] == *name.wire()).then_some(at)
    }

    fn add(&mut self, entry: Entry, traits: Traits) -> NameId {
        let id = number(self.entries.len());
        self.entries.push(entry);
        self.traits.push(traits);
        self.met |= traits;
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

    /// Appends the rdata that an IPv4 address is, and returns where it begins.
    pub(super) fn push_address(&mut self, [a, b, c, d]: [u8; 4]) -> u32 {
        let start = number(self.arena.len());
        self.arena.extend_from_slice(&[0, 4, a, b, c, d]);
        start
    }

    /// Takes back rdata that was appended last.
    pub(super) fn pop_rdata(&mut self, start: u32) {
        self.arena.truncate(start as usize);
    }

    /// What a word is as rdata, if it was the same with this origin before: it need not be read again, nor kept twice.
    pub(super) fn again(&self, word: &[u8], origin: u16) -> Option<(u32, Written)> {
        self.recent.find(self.hasher, word, origin)
    }

    /// Keeps a word for [`Self::again`].
    pub(super) fn keep_word(&mut self, word: &[u8], origin: u16, rdata: (u32, Written)) {
        self.recent.keep(self.hasher, word, origin, rdata);
    }

    /// The rdata that begins at `start`.
    pub(super) fn rdata(&self, start: u32) -> &[u8] {
        let start = start as usize;
        let length = u16::from_be_bytes([self.arena[start], self.arena[start + 1]]);
        &self.arena[start + 2..start + 2 + usize::from(length)]
    }

    /// An empty table that can be put behind this one.
    pub(super) fn beginning(&self) -> Self {
        let mut table = Self::default();
        table.hash_like(self);
        table.begin(self.name(NameId::APEX), 0);
        table
    }

    /// Puts the names and the rdata of another table, whose records will be counted from `base` on, behind
    /// those of this one. Returns for each name of the other its number here, and how far its rdata moved.
    /// `link` is told of each record that another one now follows.
    ///
    /// The names come in the order of their hashes, which is that of their places in both indexes: on the
    /// way through a large one they are met one after the other.
    pub(super) fn append_table(
        &mut self,
        other: &Self,
        base: u32,
        mut link: impl FnMut(u32, u32),
    ) -> (Vec<NameId>, u32) {
        let moved = number(self.arena.len());
        let mut ids = vec![NameId(NONE); other.len()];
        for (hash, at) in other.index.iter() {
            // Mostly there is none of this hash, and the name itself is not needed.
            let same = |known: u32| {
                let name = wire(&other.arena, &other.entries[at as usize]);
                wire(&self.arena, &self.entries[known as usize]) == name
            };
            if let Some(known) = self.index.find(hash, same) {
                ids[at as usize] = NameId(known);
            }
        }
        self.arena.extend_from_slice(&other.arena);
        let known = number(self.len());
        for (at, (entry, &traits)) in other.entries.iter().zip(&other.traits).enumerate() {
            let moved_record = |record: u32| if record == NONE { NONE } else { record + base };
            let (first, last) = (moved_record(entry.first), moved_record(entry.last));
            let id = ids[at];
            if id.0 == NONE {
                let parent = ids[entry.parent as usize].0;
                ids[at] = self.add(Entry { wire: entry.wire + moved, parent, first, last }, traits);
                continue;
            }
            self.note(id, traits);
            if first != NONE
                && let Some(before) = self.chain(id, (first, last))
            {
                link(before, first);
            }
        }
        self.index.reserve(self.len() - known as usize);
        for (hash, at) in other.index.iter() {
            let id = ids[at as usize];
            if id.0 >= known {
                self.index.insert(hash, id.0);
            }
        }
        (ids, moved)
    }

    /// Octets that are reserved.
    pub(super) fn room(&self) -> usize {
        self.arena.capacity() + self.entries.capacity() * size_of::<Entry>()
    }

    /// The same table without room to spare.
    pub(super) fn compact(&self) -> Self {
        Self {
            arena: self.arena.clone(),
            entries: self.entries.clone(),
            traits: self.traits.clone(),
            met: self.met,
            index: self.index.compact(),
            apex: self.apex,
            hasher: self.hasher,
            recent: RecentWords::default(),
        }
    }

    /// Gives back the room that was reserved and not used.
    pub(super) fn shrink(&mut self) {
        self.arena.shrink_to_fit();
        self.entries.shrink_to_fit();
        self.traits.shrink_to_fit();
        self.recent = RecentWords::default();
    }
}

/// What a name is known for by a label.
fn traits_of(label: &[u8]) -> Traits {
    match label {
        label if is_host_label(label) => 0,
        [b'_', rest @ ..] if is_host_label(rest) => ODD,
        _ => ODD | STRANGE,
    }
}

fn wire<'a>(arena: &'a [u8], entry: &Entry) -> NameRef<'a> {
    let at = entry.wire as usize;
    NameRef::from_wire(&arena[at + 1..at + 1 + usize::from(arena[at])])
}

fn number(length: usize) -> u32 {
    u32::try_from(length).expect("a zone's arena is below 4 GiB, as its files are")
}
