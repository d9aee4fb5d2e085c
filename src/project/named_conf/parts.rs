//! A long text in parts, which are read on all threads: the zones of a provider stand one behind the other.
//!
//! It is cut where a line begins with `zone`, on the chance that nothing is open there. Whether that is so turns
//! out when the part before has been read: if it does not end with a statement, or has a bracket or a quote too
//! many, the text is read in one piece.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use memchr::memmem;
use rayon::prelude::*;

use super::fault::Fault;
use super::reader::Reader;
use super::text::Text;
use super::zone::ZoneDraft;
use super::{Files, Included};
use crate::source::FileId;

/// So many octets are worth a thread.
pub(super) const SIZE: usize = 64 << 10;

/// So many tokens has a zone that says its type and its file, as most do.
const OF_A_ZONE: usize = 11;

/// A part of a text.
pub(super) enum Part {
    /// All that it says are these zones, with these faults.
    Zones(Vec<ZoneDraft>, Vec<Fault>),
    /// It says other things, which may hold for what stands behind it: it is to be read in order.
    Text(Text),
}

impl Part {
    /// The number of the zones that were read.
    pub(super) fn zones(&self) -> usize {
        if let Self::Zones(zones, _) = self { zones.len() } else { 0 }
    }
}

/// Reads a text in parts of about this size, if it is longer and can be cut.
pub(super) fn read(file: FileId, bytes: &Arc<Vec<u8>>, size: usize) -> Option<Vec<Part>> {
    let parts = cut(bytes, size);
    if parts.len() == 1 {
        return None;
    }
    parts.into_par_iter().map(|part| Some(by_itself(Text::of_part(file, bytes, part)?))).collect()
}

/// The parts of a text.
fn cut(text: &[u8], size: usize) -> Vec<Range<usize>> {
    let zone = memmem::Finder::new("\nzone");
    let mut parts = Vec::with_capacity(text.len() / size + 1);
    let mut start = 0;
    while let Some(rest) = text.get(start + size..)
        && let Some(found) = zone.find(rest)
    {
        let end = start + size + found + 1;
        parts.push(start..end);
        start = end;
    }
    parts.push(start..text.len());
    parts
}

fn by_itself(mut text: Text) -> Part {
    let mut files = NoFiles;
    let mut reader = Reader::new(&mut files, usize::MAX);
    reader.draft.zones.reserve_exact(text.tokens() / OF_A_ZONE);
    reader.outermost(&mut text);
    if reader.draft.is_of_zones() {
        Part::Zones(reader.draft.zones, text.faults)
    } else {
        text.rewind();
        Part::Text(text)
    }
}

/// For a part by itself: what is included is not read, and said to be not.
struct NoFiles;

impl Files for NoFiles {
    fn include(&mut self, _: &Path, _: Option<&Path>, _: FileId) -> Result<Vec<Included>, String> {
        Err(String::new())
    }
}
