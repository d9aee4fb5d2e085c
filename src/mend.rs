//! Checking and fixing in turn, until a check finds nothing more to fix.

use crate::cluster::Declaration;
use crate::diagnostic::Applicability;
use crate::fix::Repair;
use crate::project::Request;
use crate::source::Sources;
use crate::suppress::Policy;
use crate::{Outcome, check};

/// Of two fixes that touch, the second waits for the next round. There are never this many in a row but
/// for two fixes that undo each other.
const MOST_ROUNDS: usize = 32;

/// What fixes made of the zones, in memory.
#[derive(Debug)]
pub struct Mended {
    /// What the files are to be.
    pub repair: Repair,
    /// What a check finds in them as they are on the disk, and the texts that it read.
    pub before: (Outcome, Sources),
}

/// Checks, and makes fixes that are as sure as `least`, until there are none; then gives each zone that
/// has changed its next serial. Nothing is written.
pub fn mend(
    request: &Request,
    policy: &Policy,
    declarations: &[Declaration],
    least: Applicability,
) -> Mended {
    let mut repair = Repair::new(least);
    let round = |repair: &mut Repair| {
        let sources = Sources::with_overlay(repair.overlay());
        let outcome = check(request, policy, declarations, &sources);
        let more = repair.round(&outcome.diagnostics, &outcome.affected, &sources);
        ((outcome, sources), more)
    };
    let (before, mut more) = round(&mut repair);
    for _ in 1..MOST_ROUNDS {
        if !more {
            break;
        }
        (_, more) = round(&mut repair);
    }
    repair.bump_serials(policy.time());
    Mended { repair, before }
}
