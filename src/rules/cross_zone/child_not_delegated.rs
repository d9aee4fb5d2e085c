//! # child-not-delegated
//!
//! A zone and the zone above it are served together, and the one above does not delegate the other.
//!
//! ## Why
//!
//! This server answers from the zone below, so that here all looks well. Whoever asks another server of the
//! zone above, one that does not have the zone below, is told that its names do not exist; validating resolvers
//! say so too. What the zone above has itself at these names is never served from here.
//!
//! ## Example
//!
//! ```zone
//! ; file: example.com.zone
//! www  A  192.0.2.1
//! ; file: dev.example.com.zone
//! www  A  192.0.2.2
//! ```
//!
//! ## What to do
//!
//! Add the NS records of the zone below to the zone above, with the same servers as in its own NS records,
//! and addresses for those within it. If there need be no zone of its own, move its records up.
//!
//! ## References
//!
//! RFC 1034 sections 4.2.1 and 4.2.2

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::{NameRef, RrType};
use crate::view::View;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "child-not-delegated",
    group: Group::CrossZone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::View(check),
};

fn check(view: &View, zone: &Zone, findings: &mut Findings<'_>) {
    let origin = zone.origin();
    let Some(above) = origin.parent().and_then(|parent| view.zone_of(parent)) else { return };
    // A list of names to be blocked is one file for many zones.
    let is_list = above.files() == zone.files();
    if is_list || above.origin().is_root() || !above.is_complete() || is_delegated(above, origin) {
        return;
    }
    let parent = above.origin();
    let found = findings.report(
        zone.heading(),
        format!("`{origin}` is served beside `{parent}`, which has no NS records for it"),
    );
    found.about(origin, RrType::NS).label(above.heading(), "the zone above");
    if let Some((hidden, count)) = hidden(above, origin) {
        let what = if count == 1 { "this is".to_owned() } else { format!("this and {} more are", count - 1) };
        found.label(above.place(hidden, Part::Owner), format!("{what} never served from here"));
    }
    found
        .note(format!("a server of `{parent}` that lacks `{origin}` says that its names do not exist"))
        .help(format!("add the NS records of `{origin}` to `{parent}`"));
}

/// Whether a name or one above it has NS records, or a DNAME takes it elsewhere.
fn is_delegated(above: &Zone, name: NameRef<'_>) -> bool {
    std::iter::successors(Some(name), |name| name.parent())
        .take_while(|name| *name != above.origin())
        .filter_map(|name| above.find(name))
        .any(|id| above.has(id, RrType::NS) || above.has(id, RrType::DNAME))
}

/// The first record at or below a name, and how many there are.
fn hidden<'z>(above: &'z Zone, name: NameRef<'_>) -> Option<(&'z Record, usize)> {
    above.find(name)?;
    let mut records =
        above.records().iter().filter(|record| above.name(record.owner()).is_within(name)).peekable();
    let first = *records.peek()?;
    Some((first, records.count()))
}
