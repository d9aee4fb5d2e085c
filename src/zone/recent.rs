//! Words that come again as rdata: the name servers of a provider are those of thousands of delegations.

use super::hasher::NameHasher;
use super::rdata::Written;

/// Octets of a word that may come again.
const LENGTH: usize = 32;

/// Places for words.
const PLACES: usize = 2048;

/// A text of less octets has too little rdata that is the same.
const LARGE: usize = 1 << 16;

/// Words that were rdata by themselves, each in the place that its hash leads to; nothing in small tables.
#[derive(Debug, Clone, Default)]
pub(super) struct RecentWords(Vec<Recent>);

#[derive(Debug, Clone, Copy, Default)]
struct Recent {
    octets: [u8; LENGTH],
    length: u8,
    /// The number of the origin that the word was read with.
    origin: u16,
    /// What it became.
    rdata: u32,
    written: Written,
}

impl RecentWords {
    /// Forgets all, and makes room for those of a text of so many octets.
    pub(super) fn clear(&mut self, text: usize) {
        self.0.clear();
        self.0.resize(if text < LARGE { 0 } else { PLACES }, Recent::default());
    }

    /// What a word became that was read with this origin.
    pub(super) fn find(&self, hasher: NameHasher, word: &[u8], origin: u16) -> Option<(u32, Written)> {
        let recent = self.0[self.place(hasher, word)?];
        let same = recent.octets[..usize::from(recent.length)] == *word && recent.origin == origin;
        same.then_some((recent.rdata, recent.written))
    }

    /// Keeps a word for [`Self::find`].
    pub(super) fn keep(
        &mut self,
        hasher: NameHasher,
        word: &[u8],
        origin: u16,
        (rdata, written): (u32, Written),
    ) {
        let Some(place) = self.place(hasher, word) else { return };
        let mut octets = [0; LENGTH];
        octets[..word.len()].copy_from_slice(word);
        let length = u8::try_from(word.len()).expect("longer words have no place");
        self.0[place] = Recent { octets, length, origin, rdata, written };
    }

    /// The place for a word that may be kept: one that is not long, in a large table.
    fn place(&self, hasher: NameHasher, word: &[u8]) -> Option<usize> {
        let kept = !self.0.is_empty() && word.len() <= LENGTH;
        kept.then(|| hasher.hash(word) as usize % PLACES)
    }
}
