//! What to load: which files are zones, of which name, and what they include.
//!
//! [`load`] walks, reads, tells zones from everything else, finds their origins, and has each judged
//! while its text is in memory. What is unclear comes back as a [`Doubt`], what could not be read as a
//! [`Failure`]. The outcome is the same for any number of threads.

mod doubt;
mod examine;
mod file_name;
mod gather;
pub mod git;
mod history;
mod in_file;
mod include;
mod known;
mod mapping;
mod named_conf;
mod origin;
mod paths;
mod pick;
mod reverse;
mod root;
mod rotation;
mod servers;
mod sniff;
#[cfg(test)]
mod tests;
mod tree;
mod unused;
mod walk;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Failure;
use crate::source::Sources;
use crate::zone::{Loaded, Outline, Zone, load_in_order};

pub use doubt::{Doubt, DoubtKind};
pub use history::{Base, Changes, History, Scope, compare, in_real_folder};
pub use include::{Resolver, ZoneIncludes};
pub use known::KnownZone;
pub use named_conf::{Cause, Fault as ConfFault};
pub use origin::How;
pub use root::{repository_of, root_of};
pub use servers::{BaseId, Servers};
pub use walk::{Candidate, ConfiguredZone, Found, Request, find};

use examine::{Examined, Examiner, Outcome, Room};

/// So many zones, of each of which a thread does no more than to look something up, are worth a thread.
pub(crate) const MANY: usize = 1000;

/// Files that a thread takes at once: more are not worth the balance, fewer not the effort.
const BATCH: usize = 32;

/// What becomes of a zone once it was judged by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stays at hand.
    Kept,
    /// Only its outline stays; whoever needs more of it [reads it again](reread).
    PutAside,
}

/// A zone that was loaded.
#[derive(Debug)]
pub struct LoadedZone<J> {
    /// What is always known of the zone.
    pub outline: Arc<Outline>,
    /// All of the zone, unless it was put aside.
    pub zone: Option<Box<Zone>>,
    /// How its origin was found.
    pub how: How,
    /// Where its relative includes start, if that is known.
    pub include_base: Option<BaseId>,
    /// The path by which its file was found.
    pub path: Arc<Path>,
    /// Its path may be a symbolic link.
    pub linked: bool,
    /// What the judge made of it.
    pub judged: J,
}

/// Everything that a request is about.
#[derive(Debug)]
pub struct Project<J> {
    /// The zones, in the order of their paths.
    pub zones: Vec<LoadedZone<J>>,
    /// What is unclear about files.
    pub doubts: Vec<Doubt>,
    /// The servers of the zones.
    pub servers: Servers,
    /// What is wrong in a `named.conf`.
    pub conf_faults: Vec<ConfFault>,
    /// Files that are no zones, and why.
    pub skipped: Vec<(PathBuf, String)>,
    /// What could not be checked.
    pub failures: Vec<Failure>,
    /// The number of files that were read as parts of zones.
    pub files: usize,
}

/// Loads all zones of a request; `judge` is called for each while its text is in memory, and says whether
/// the zone stays.
pub fn load<J: Send + Sync>(
    request: &Request,
    sources: &Sources,
    judge: impl Fn(&Loaded) -> (J, Fate) + Sync,
) -> Project<J> {
    let found = find(request, sources);
    sources.progress().found(found.files.len());
    let resolver = Resolver::new(sources, request, &found.servers).over(request.history.version.as_ref());
    let reader = Examiner::new(request, sources, &found, &resolver, judge);
    let places = found.files.par_iter().with_min_len(MANY);
    let mut examined: Vec<Examined<J>> = places.map(|_| Outcome::Dropped.into()).collect();
    let files = found.files.par_chunks(BATCH).zip(examined.par_chunks_mut(BATCH));
    // No thread is to have the last thousands of files alone.
    files.with_max_len(8).for_each_init(Room::default, |room, (candidates, examined)| {
        sources.progress().read(candidates.len());
        reader.examine_all(candidates, examined, room);
    });
    gather::drop_fragments(&found.files, &mut examined, &resolver);
    let reconsidered: Vec<bool> = examined
        .par_iter_mut()
        .zip(&found.files)
        .with_min_len(BATCH)
        .map_init(Room::default, |room, (examined, candidate)| {
            if !matches!(examined.outcome, Outcome::NoSoa | Outcome::Empty) {
                return false;
            }
            *examined = reader.reconsider(candidate, &examined.outcome, room);
            true
        })
        .collect();
    if reconsidered.contains(&true) {
        gather::drop_fragments(&found.files, &mut examined, &resolver);
    }
    let duplicates = gather::doubt_duplicates(&found, &mut examined);
    let unused = unused::doubt_unused(request, sources, &found, &mut examined);
    gather::gather(request, found, examined, [duplicates, unused].concat())
}

/// Reads a zone again that was put aside. If its file is gone by now, nothing is known of it.
pub fn reread<J>(loaded: &LoadedZone<J>, resolver: &Resolver<'_>, sources: &Sources) -> Zone {
    thread_local! {
        static ROOM: RefCell<Room> = RefCell::default();
    }
    let LoadedZone { outline, include_base, linked, .. } = loaded;
    let includes = resolver.of_zone(outline.file(), *linked, *include_base);
    ROOM.with_borrow_mut(|Room { text, scratch, .. }| {
        let read = sources.read(outline.file(), text);
        let mut zone = load_in_order(outline.file(), text, outline.origin(), &includes, scratch).zone;
        if read.is_err() {
            zone.forget();
        }
        if let Some(terms) = outline.terms() {
            zone.serve(terms.clone());
        }
        scratch.keep(zone)
    })
}
