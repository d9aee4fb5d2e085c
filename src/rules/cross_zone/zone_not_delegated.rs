//! # zone-not-delegated
//!
//! A zone is loaded, and the zone above it, which is loaded too, does not delegate it.
//!
//! ## Why
//!
//! On the servers that have both, it works: they answer from the lower zone. A server that has the upper zone only
//! says that there is no such name, and in a signed zone so do all validating resolvers. Records that the upper zone
//! has at or below the name are never answered where both are served; they are shown.
//!
//! For a zone that is meant for the inside only, ignore it.
//!
//! ## Example
//!
//! ```zone
//! ; file: example.com
//! www A 192.0.2.80
//! ; file: sub.example.com
//! www A 192.0.2.81
//! ```
//!
//! ## What to do
//!
//! Add the NS records of the lower zone to the upper one, and remove from it what lies below.
//!
//! ## References
//!
//! RFC 1034 section 4.2

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::View;
use crate::zone::{Answer, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "zone-not-delegated",
    group: Group::CrossZone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::View(check),
};

fn check(view: &View, zone: &Zone, findings: &mut Findings<'_>) {
    let Some(parent) = view.parent(zone).filter(|parent| parent.is_complete()) else { return };
    let origin = zone.origin();
    if matches!(parent.answer(origin), Answer::Delegated(_) | Answer::Unknown) {
        return;
    }
    // Only then may there be something below.
    let hidden = parent
        .find(origin)
        .and_then(|_| parent.records().iter().find(|record| parent.name(record.owner()).is_within(origin)));
    let message = match hidden {
        Some(_) => format!(
            "`{}` does not delegate `{origin}`, and has records there that nobody sees",
            parent.origin()
        ),
        None => format!("`{}` does not delegate `{origin}`", parent.origin()),
    };
    let found = findings.report(zone.heading(), message);
    found.about(origin, RrType::NS).data(parent.origin());
    match hidden {
        Some(record) => {
            found.label(
                parent.place(record, Part::Owner),
                "answered from the lower zone where both are served",
            );
        }
        None => _ = found.at_most(Level::Info),
    }
    found.note(format!("servers that have `{}` only say that there is no such name", parent.origin()));
    found.help(format!(
        "add the NS records of `{origin}` to `{}`; for a zone of the inside, ignore this",
        parent.origin()
    ));
}
