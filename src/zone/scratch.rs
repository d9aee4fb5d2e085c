//! Room that zones leave behind for the next ones.

use super::Zone;
use crate::source::FileId;
use crate::syntax::Token;

/// A zone with more room than this is large: it keeps what it has, and leaves nothing behind.
const LARGE: usize = 4 << 20;

/// What a thread that reads one zone after the other uses again: with it, a small zone takes no memory of
/// its own.
#[derive(Debug, Default)]
pub struct Scratch {
    zone: Option<Zone>,
    pub(super) tokens: Vec<Token>,
    pub(super) stack: Vec<FileId>,
}

impl Scratch {
    /// Takes back the room of a zone that is done with.
    pub fn recycle(&mut self, zone: Zone) {
        if !zone.is_large() {
            self.zone = Some(zone);
        }
    }

    /// A zone for longer, in as much memory as it needs; the room to spare goes back if the zone is small.
    pub fn keep(&mut self, mut zone: Zone) -> Zone {
        if zone.is_large() {
            zone.names.shrink();
            zone.records.shrink_to_fit();
            return zone;
        }
        let names = std::mem::take(&mut zone.names);
        let kept = Zone { names: names.compact(), ..zone.clone() };
        zone.names = names;
        self.recycle(zone);
        kept
    }

    /// A zone without anything in it, in the room of an earlier one.
    pub(super) fn zone(&mut self, file: FileId) -> Zone {
        match self.zone.take() {
            Some(zone) => zone.emptied(file),
            None => Zone::empty(file),
        }
    }
}

impl Zone {
    fn is_large(&self) -> bool {
        self.names.room() + self.records.capacity() * size_of::<super::Record>() > LARGE
    }
}
