//! Octet strings that are kept once, each under a number.
//!
//! They are told apart by 128 bits of hash, with keys that are chosen by chance: to look at the octets of one that is
//! known would be to wait for memory. A million strings have two with the same hash once in 10^26 runs.

use std::hash::BuildHasher;
use std::sync::{Mutex, PoisonError};

use hashbrown::{DefaultHashBuilder, HashTable};

/// Parts that are locked by themselves, so that threads hardly ever wait for each other.
const SHARDS: u32 = 16;

/// Octet strings, each of which is kept once. All threads add to it.
#[derive(Debug, Default)]
pub(crate) struct Interner {
    shards: [Mutex<Shard>; SHARDS as usize],
    hashers: [DefaultHashBuilder; 2],
}

/// What stands for a string.
type Hash = [u64; 2];

#[derive(Debug, Default)]
struct Shard {
    octets: Vec<u8>,
    /// Where each string ends.
    ends: Vec<u32>,
    /// The number of each string.
    index: HashTable<(Hash, u32)>,
}

impl Shard {
    fn add(&mut self, string: &[u8]) -> u32 {
        let offset = |at: usize| u32::try_from(at).expect("memory ends before 64 GiB of strings");
        self.octets.extend_from_slice(string);
        self.ends.push(offset(self.octets.len()));
        offset(self.ends.len() - 1)
    }

    fn get(&self, at: usize) -> &[u8] {
        let begin = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.octets[begin as usize..self.ends[at] as usize]
    }
}

impl Interner {
    /// The number of a string, which gets one if it has none yet, and whether it is new. Which number it is
    /// depends on the threads.
    pub(crate) fn intern(&self, string: &[u8]) -> (u32, bool) {
        let hash = self.hashers.each_ref().map(|hasher| hasher.hash_one(string));
        let number = u32::try_from(hash[1] % u64::from(SHARDS)).expect("there are few shards");
        let mut shard = self.shards[number as usize].lock().unwrap_or_else(PoisonError::into_inner);
        let known = shard.index.find(hash[0], |(known, _)| *known == hash).map(|(_, at)| *at);
        let at = known.unwrap_or_else(|| {
            let at = shard.add(string);
            shard.index.insert_unique(hash[0], (hash, at), |(hash, _)| hash[0]);
            at
        });
        (at * SHARDS + number, known.is_none())
    }

    /// All numbers are below this one.
    pub(crate) fn end(&self) -> usize {
        let len = |shard: &Mutex<Shard>| shard.lock().unwrap_or_else(PoisonError::into_inner).ends.len();
        self.shards.iter().map(len).max().unwrap_or(0) * SHARDS as usize
    }

    /// A copy of the string with this number.
    pub(crate) fn get(&self, number: u32) -> Vec<u8> {
        let shard = &self.shards[(number % SHARDS) as usize];
        let shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
        shard.get((number / SHARDS) as usize).to_vec()
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
