//! One of the files that are read, and what is noted of it.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Octets;

/// What is noted of a file when it is read: to notice a change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stamp {
    /// The hash of the text, or of what the system says of a large file.
    pub(super) fingerprint: u64,
    pub(super) size: u32,
    /// [`super::MARK`] stands in it.
    pub(super) marked: bool,
    /// Its path is known to be no symbolic link.
    pub(super) plain: bool,
}

impl Stamp {
    /// The file is what it was.
    pub(super) fn is_same(&self, now: &Self) -> bool {
        let all = |it: &Self| (it.fingerprint, it.size, it.marked);
        all(self) == all(now)
    }
}

/// How far a file has been read. A hundred thousand files have one each: what few have is in a box.
#[derive(Debug)]
pub(super) enum State {
    /// Not yet; it may be known already to be a regular file.
    Unread { regular: bool },
    /// The bytes were dropped.
    Read(Stamp),
    /// The bytes are there.
    Kept(Box<Kept>),
}

/// What cannot be read a second time (standard input) or is read by many zones (included files).
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) bytes: Octets,
    /// None, where it is no file on the disk.
    pub(super) stamp: Option<Stamp>,
    /// [`super::MARK`] stands in it.
    pub(super) marked: bool,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) path: Arc<Path>,
    pub(super) state: Mutex<State>,
}

impl Entry {
    /// No thread waits here for another, unless both read the same file.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn kept(&self) -> Option<Octets> {
        if let State::Kept(kept) = &*self.state() { Some(kept.bytes.clone()) } else { None }
    }

    pub(super) fn stamp(&self) -> Option<Stamp> {
        match &*self.state() {
            State::Unread { .. } => None,
            State::Read(stamp) => Some(*stamp),
            State::Kept(kept) => kept.stamp,
        }
    }

    pub(super) fn is_marked(&self) -> bool {
        match &*self.state() {
            State::Unread { .. } => false,
            State::Read(stamp) => stamp.marked,
            State::Kept(kept) => kept.marked,
        }
    }

    /// Notes that it was read.
    pub(super) fn note(&self, stamp: Stamp) {
        match &mut *self.state() {
            State::Kept(kept) => (kept.stamp, kept.marked) = (Some(stamp), stamp.marked),
            state => *state = State::Read(stamp),
        }
    }

    /// Keeps its bytes.
    pub(super) fn keep(&self, bytes: Octets) {
        let (stamp, marked) = (self.stamp(), self.is_marked());
        *self.state() = State::Kept(Box::new(Kept { bytes, stamp, marked }));
    }
}
