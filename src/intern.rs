//! Octet strings that are kept once, each under a number.

use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

use hashbrown::{DefaultHashBuilder, HashTable};

/// Parts that are locked by themselves, so that threads hardly ever wait for each other.
const SHARDS: u32 = 16;

/// Octet strings, each of which is kept once. All threads add to it.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    shards: [Mutex<Shard>; SHARDS as usize],
    hasher: DefaultHashBuilder,
}

#[derive(Debug, Default)]
struct Shard {
    octets: Vec<u8>,
    /// Where each string begins and ends.
    places: Vec<Place>,
    /// The number of each string. Its place stands beside it, as there are too many for the cache.
    index: HashTable<(u32, Place)>,
}

/// Where a string begins and ends.
#[derive(Debug, Clone, Copy)]
struct Place(u32, u32);

impl Place {
    fn of(self, octets: &[u8]) -> &[u8] {
        &octets[self.0 as usize..self.1 as usize]
    }
}

impl Interner {
    /// The number of a string, which gets one if it has none yet, and whether it is new. Which number it is
    /// depends on the threads.
    pub(crate) fn intern(&self, string: &[u8]) -> (u32, bool) {
        let hash = self.hasher.hash_one(string);
        let number = u32::try_from((hash >> 32) % u64::from(SHARDS)).expect("there are few shards");
        let mut shard = self.shards[number as usize].lock().unwrap_or_else(PoisonError::into_inner);
        let Shard { octets, places, index } = &mut *shard;
        let known = index.find(hash, |(_, place)| place.of(octets) == string).map(|(at, _)| *at);
        let at = known.unwrap_or_else(|| {
            let offset = |at: usize| u32::try_from(at).expect("memory ends before 64 GiB of strings");
            let at = offset(places.len());
            let place = Place(offset(octets.len()), offset(octets.len() + string.len()));
            octets.extend_from_slice(string);
            places.push(place);
            index.insert_unique(hash, (at, place), |(_, place)| self.hasher.hash_one(place.of(octets)));
            at
        });
        (at * SHARDS + number, known.is_none())
    }

    /// All numbers are below this one.
    pub(crate) fn end(&self) -> usize {
        let len = |shard: &Mutex<Shard>| shard.lock().unwrap_or_else(PoisonError::into_inner).places.len();
        self.shards.iter().map(len).max().unwrap_or(0) * SHARDS as usize
    }

    /// A copy of the string with this number.
    pub(crate) fn get(&self, number: u32) -> Vec<u8> {
        let shard = &self.shards[(number % SHARDS) as usize];
        let shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        shard.places[(number / SHARDS) as usize].of(&shard.octets).to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_strings_have_one_number() {
        let interner = Interner::default();
        let strings: Vec<String> = (0..1000).map(|number| format!("{:x}", number % 500)).collect();
        let (numbers, new): (Vec<u32>, Vec<bool>) =
            strings.iter().map(|string| interner.intern(string.as_bytes())).unzip();
        assert_eq!(numbers[..500], numbers[500..]);
        assert!(new[..500].iter().all(|new| *new) && !new[500..].contains(&true));
        assert!(numbers.iter().all(|number| (*number as usize) < interner.end()));
        for (string, &number) in strings.iter().zip(&numbers) {
            assert_eq!(interner.get(number), string.as_bytes());
        }
    }
}
