//! Numbers by hash: open addressing with linear probing, the hashes beside the numbers.
//!
//! A look-up touches one line of the cache where a table that leads to its entries touches three, and the
//! places are in the order of the hashes: to grow is to copy from one end to the other, and to put two indexes
//! together is to walk through both.

/// No number.
const NONE: u32 = u32::MAX;

/// A place of an index: a hash and a number.
#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u32,
    number: u32,
}

const EMPTY: Slot = Slot { hash: 0, number: NONE };

/// Places behind the last one that a hash leads to.
const MARGIN: usize = 16;

/// Numbers by hash.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// As many places as hashes lead to, and some more behind them.
    slots: Vec<Slot>,
    /// How many places hashes lead to.
    width: usize,
    len: usize,
    /// How many numbers there is room for.
    room: usize,
}

impl Index {
    /// Takes all out, and makes room for so many numbers.
    pub(super) fn clear(&mut self, numbers: usize) {
        self.len = 0;
        self.spread(width(numbers));
    }

    /// Empty places for hashes.
    fn spread(&mut self, width: usize) {
        self.width = width;
        self.room = width / 8 * 5;
        self.slots.clear();
        self.slots.resize(width + MARGIN, EMPTY);
    }

    /// The place that a hash leads to.
    fn place(&self, hash: u32) -> usize {
        ((u64::from(hash) * self.width as u64) >> 32) as usize
    }

    /// The number of this hash that is the one that is looked for.
    pub(super) fn find(&self, hash: u32, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        for slot in self.slots.get(self.place(hash)..)? {
            if slot.number == NONE {
                break;
            }
            if slot.hash == hash && is_it(slot.number) {
                return Some(slot.number);
            }
        }
        None
    }

    /// Adds a number.
    pub(super) fn insert(&mut self, hash: u32, number: u32) {
        self.reserve(1);
        self.len += 1;
        self.put(Slot { hash, number });
    }

    /// Puts a number into the first free place for its hash.
    fn put(&mut self, slot: Slot) {
        let place = self.place(slot.hash);
        match self.slots[place..].iter_mut().find(|slot| slot.number == NONE) {
            Some(free) => *free = slot,
            None => self.slots.push(slot),
        }
    }

    /// Makes room for more numbers.
    pub(super) fn reserve(&mut self, more: usize) {
        let needed = self.len + more;
        if needed > self.room {
            self.grow(width(needed).max(self.width + self.width / 2));
        }
    }

    fn grow(&mut self, width: usize) {
        let mut wider = Self { len: self.len, ..Self::default() };
        wider.spread(width);
        self.iter().for_each(|(hash, number)| wider.put(Slot { hash, number }));
        *self = wider;
    }

    /// The same numbers without room to spare.
    pub(super) fn compact(&self) -> Self {
        let mut narrow = Self::default();
        narrow.slots.reserve_exact(width(self.len) + MARGIN);
        narrow.clear(self.len);
        self.iter().for_each(|(hash, number)| narrow.insert(hash, number));
        narrow
    }

    /// Hashes and numbers, nearly in the order of the hashes.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, u32)> {
        self.slots.iter().filter(|slot| slot.number != NONE).map(|slot| (slot.hash, slot.number))
    }
}

/// The places for so many numbers: three of eight stay free.
fn width(numbers: usize) -> usize {
    (numbers / 5 + 1) * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_is_found() {
        let hash = |number: u32| number.wrapping_mul(0x9e37_79b9);
        let mut index = Index::default();
        index.clear(3);
        for number in 0..10_000 {
            index.insert(hash(number), number);
        }
        for index in [&index, &index.compact()] {
            assert!((0..10_000).all(|number| index.find(hash(number), |it| it == number) == Some(number)));
            assert!((10_000..20_000).all(|number| index.find(hash(number), |_| true).is_none()));
            assert_eq!(index.iter().count(), 10_000);
        }
    }

    #[test]
    fn hashes_that_are_the_same_are_kept_apart() {
        let mut index = Index::default();
        index.clear(0);
        (0..20).for_each(|number| index.insert(7, number));
        assert!((0..20).all(|number| index.find(7, |it| it == number) == Some(number)));
        assert_eq!(index.find(7, |_| false), None);
    }
}
