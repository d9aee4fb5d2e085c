//! Hashes of names, and of short words. Most are no longer than sixteen octets, and take one multiplication.

use std::hash::BuildHasher;

use hashbrown::DefaultHashBuilder;

use crate::syntax::packed;

/// Hashes names; tables that are to be put together have the same one.
#[derive(Debug, Clone, Copy)]
pub(super) struct NameHasher {
    first: u64,
    second: u64,
}

impl Default for NameHasher {
    /// By chance, so that nobody can know which names have the same hash.
    fn default() -> Self {
        let chance = DefaultHashBuilder::default();
        Self { first: chance.hash_one(1), second: chance.hash_one(2) }
    }
}

impl NameHasher {
    /// The hash of some octets.
    pub(super) fn hash(self, octets: &[u8]) -> u32 {
        let (mut hash, mut rest) = (self.first, octets);
        while rest.len() > 16
            && let Some((chunk, behind)) = rest.split_first_chunk()
        {
            hash = self.fold(hash, u128::from_le_bytes(*chunk));
            rest = behind;
        }
        half(self.fold(hash, number(rest)))
    }

    /// The same of at most sixteen octets that are a number, the first one the lowest.
    pub(super) fn hash_packed(self, octets: u128) -> u32 {
        half(self.fold(self.first, octets))
    }

    #[expect(clippy::cast_possible_truncation, reason = "it is taken apart")]
    fn fold(self, hash: u64, octets: u128) -> u64 {
        let (low, high) = (octets as u64, (octets >> 64) as u64);
        let product = u128::from(low ^ hash) * u128::from(high ^ self.second);
        product as u64 ^ (product >> 64) as u64
    }
}

/// At most sixteen octets as a number.
fn number(octets: &[u8]) -> u128 {
    match (octets.first_chunk(), octets.last_chunk()) {
        (Some(first), Some(last)) => {
            let behind = u128::from(u64::from_le_bytes(*last)) << (8 * octets.len() - 64);
            u128::from(u64::from_le_bytes(*first)) | behind
        }
        _ => u128::from(packed(octets)),
    }
}

/// The half of a hash that is kept.
#[expect(clippy::cast_possible_truncation, reason = "half of a good hash is a good hash")]
fn half(hash: u64) -> u32 {
    (hash ^ hash >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_octets_are_a_number() {
        let hasher = NameHasher::default();
        for length in 0..=16 {
            let octets: Vec<u8> = (1..=length).collect();
            let packed = octets.iter().rev().fold(0, |packed, &octet| packed << 8 | u128::from(octet));
            assert_eq!(hasher.hash(&octets), hasher.hash_packed(packed));
        }
    }

    #[test]
    fn all_octets_count() {
        let names = NameHasher::default();
        let mut hashes: Vec<u32> = (0..100_u8)
            .flat_map(|at| (1..100_u8).map(move |octet| (at, octet)))
            .map(|(at, octet)| {
                let mut octets = [0; 100];
                octets[usize::from(at)] = octet;
                names.hash(&octets)
            })
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert!(hashes.len() > 9_890, "chance makes hardly any two the same");
    }
}
