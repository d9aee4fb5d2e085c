//! How far a run is: counted by the threads that read, looked at by the one that shows it.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The counters. They are for the eye: nothing waits for them, and nothing is decided by them.
#[derive(Debug, Default)]
pub struct Progress {
    files: AtomicUsize,
    read: AtomicUsize,
    zones: AtomicUsize,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are looked for.
    Searching,
    /// So many of so many files are read, and the zones in them judged.
    Reading(usize, usize),
    /// So many zones are held against each other.
    Comparing(usize),
}

impl Progress {
    /// So many files are to be read.
    pub fn found(&self, files: usize) {
        self.read.store(0, Ordering::Relaxed);
        self.files.store(files, Ordering::Relaxed);
    }

    /// So many more files are read.
    pub fn read(&self, files: usize) {
        self.read.fetch_add(files, Ordering::Relaxed);
    }

    /// All files are read, and so many zones were in them.
    pub fn loaded(&self, zones: usize) {
        self.zones.store(zones, Ordering::Relaxed);
    }

    /// What is being done now.
    pub fn stage(&self) -> Stage {
        let [files, read, zones] =
            [&self.files, &self.read, &self.zones].map(|it| it.load(Ordering::Relaxed));
        match (files, zones) {
            (0, 0) => Stage::Searching,
            (_, 0) => Stage::Reading(read.min(files), files),
            _ => Stage::Comparing(zones),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stage_follows_the_other() {
        let progress = Progress::default();
        assert_eq!(progress.stage(), Stage::Searching);
        progress.found(2);
        assert_eq!(progress.stage(), Stage::Reading(0, 2));
        (0..3).for_each(|_| progress.read(1));
        assert_eq!(progress.stage(), Stage::Reading(2, 2));
        progress.loaded(1);
        assert_eq!(progress.stage(), Stage::Comparing(1));
    }
}
