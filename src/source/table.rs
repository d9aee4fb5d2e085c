//! A list that grows while all threads read it: what is in it never moves, and nobody waits for another.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Entries of a chunk.
const CHUNK: u32 = 256;

/// Rows of chunks: row `n` has `2^n` of them, and together they have room for every number.
const ROWS: usize = 25;

/// Places, each of which is filled once.
type Places<T> = Box<[OnceLock<T>]>;

/// The list. It takes memory by the chunk, so that a long one has hardly more than it needs.
#[derive(Debug)]
pub(super) struct Table<T> {
    rows: [OnceLock<Places<Places<T>>>; ROWS],
    taken: AtomicU32,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { rows: std::array::from_fn(|_| OnceLock::new()), taken: AtomicU32::new(0) }
    }
}

impl<T> Table<T> {
    /// Adds an entry and returns its number.
    pub(super) fn push(&self, entry: T) -> u32 {
        let number = self.reserve(1);
        self.put(number, entry);
        number
    }

    /// The first of so many numbers, whose entries are [put](Self::put) in their places later.
    pub(super) fn reserve(&self, count: u32) -> u32 {
        let first = self.taken.fetch_add(count, Ordering::Relaxed);
        assert!(first < u32::MAX - count, "memory ends before 2^32 files");
        first
    }

    /// Puts an entry in its place, unless there is one.
    pub(super) fn put(&self, number: u32, entry: T) {
        let (row, column, at) = place(number);
        let row = self.rows[row].get_or_init(|| places(1 << row));
        let chunk = row[column].get_or_init(|| places(CHUNK as usize));
        chunk[at].get_or_init(|| entry);
    }

    /// The entry of a number.
    pub(super) fn get(&self, number: u32) -> Option<&T> {
        let (row, column, at) = place(number);
        self.rows[row].get()?[column].get()?[at].get()
    }

    /// All entries with their numbers.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        let taken = self.taken.load(Ordering::Relaxed);
        (0..taken).filter_map(|number| Some((number, self.get(number)?)))
    }
}

fn places<T>(count: usize) -> Places<T> {
    (0..count).map(|_| OnceLock::new()).collect()
}

/// The row of a number, its chunk in that, and its place in that.
fn place(number: u32) -> (usize, usize, usize) {
    let chunk = number / CHUNK + 1;
    let row = chunk.ilog2();
    (row as usize, (chunk - (1 << row)) as usize, (number % CHUNK) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_its_own_place() {
        assert_eq!(place(0), (0, 0, 0));
        assert_eq!(place(CHUNK), (1, 0, 0));
        assert_eq!(place(3 * CHUNK - 1), (1, 1, 255));
        assert_eq!(place(3 * CHUNK), (2, 0, 0));
        assert!(place(u32::MAX).0 < ROWS);
    }

    #[test]
    fn what_all_threads_add_is_there() {
        let table = Table::default();
        std::thread::scope(|scope| {
            for thread in 0..4_u32 {
                let table = &table;
                scope.spawn(move || {
                    for n in 0..1000 {
                        let number = table.push(thread * 1000 + n);
                        assert_eq!(table.get(number), Some(&(thread * 1000 + n)));
                    }
                });
            }
        });
        let mut entries: Vec<u32> = table.iter().map(|(_, &entry)| entry).collect();
        entries.sort_unstable();
        assert_eq!(entries, (0..4000).collect::<Vec<_>>());
        assert_eq!(table.get(4000), None);
    }
}
