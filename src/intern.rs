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
    /// Where each string ends; it begins where the one before ends.
    ends: Vec<usize>,
    index: HashTable<u32>,
}

impl Shard {
    fn get(&self, at: u32) -> &[u8] {
        slice(&self.octets, &self.ends, at)
    }
}

/// A string by its number in a shard.
fn slice<'o>(octets: &'o [u8], ends: &[usize], at: u32) -> &'o [u8] {
    let at = at as usize;
    let start = at.checked_sub(1).map_or(0, |before| ends[before]);
    &octets[start..ends[at]]
}

impl Interner {
    /// The number of a string, which gets one if it has none yet, and whether it is new. Which number it is
    /// depends on the threads.
    pub(crate) fn intern(&self, string: &[u8]) -> (u32, bool) {
        let hash = self.hasher.hash_one(string);
        let number = u32::try_from((hash >> 32) % u64::from(SHARDS)).expect("there are few shards");
        let mut shard = self.shards[number as usize].lock().unwrap_or_else(PoisonError::into_inner);
        let known = shard.index.find(hash, |&at| shard.get(at) == string).copied();
        let at = known.unwrap_or_else(|| {
            let Shard { octets, ends, index } = &mut *shard;
            let at = u32::try_from(ends.len()).expect("memory ends before 2^32 strings");
            octets.extend_from_slice(string);
            ends.push(octets.len());
            index.insert_unique(hash, at, |&at| self.hasher.hash_one(slice(octets, ends, at)));
            at
        });
        (at * SHARDS + number, known.is_none())
    }

    /// A copy of the string with this number.
    pub(crate) fn get(&self, number: u32) -> Vec<u8> {
        let shard = &self.shards[(number % SHARDS) as usize];
        shard.lock().unwrap_or_else(PoisonError::into_inner).get(number / SHARDS).to_vec()
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
        for (string, &number) in strings.iter().zip(&numbers) {
            assert_eq!(interner.get(number), string.as_bytes());
        }
    }
}
