//! # cname-target-missing
//!
//! A CNAME leads to a name that does not exist.
//!
//! ## Why
//!
//! Whoever follows the alias finds nothing. `named` loads it without a word. Often the target was renamed
//! or deleted, or misspelt. If the target is in a zone that anybody may get, so is the name of the alias.
//!
//! ## Example
//!
//! ```zone
//! www  CNAME  wbe
//! ```
//!
//! ## What to do
//!
//! Correct the target, add the record that is missing, or delete the CNAME. Of targets in zones that are
//! not loaded, nothing is said.
//!
//! ## References
//!
//! RFC 1912 section 2.4

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::targets::{few_names, likely};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "cname-target-missing",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::CNAME], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    let Target::Missing(home) = target else { return };
    let (owner, origin) = (zone.name(record.owner()), home.origin());
    let Some(target) = zone.rdata(record).target() else { return };
    let there = if origin == zone.origin() { String::new() } else { format!(" to the zone `{origin}`") };
    let known = home.find(target);
    let below = known.and_then(|id| few_names(home).find(|&other| home.parent(other) == Some(id)));
    let state = if known.is_some() { "has no records" } else { "does not exist" };
    let found = findings.report(
        zone.place(record, Part::Field(0)),
        format!("`{owner}` is an alias of `{target}`, which {state}"),
    );
    if origin != zone.origin() {
        found.label(home.heading(), "the zone that the name would be in");
    }
    if let Some(below) = below {
        found.note(format!("only names below it have some, as `{}`", home.name(below)));
    }
    found
        .about(owner, RrType::CNAME)
        .data(target)
        .note("whoever looks it up finds nothing; `named` loads it without a word")
        .help(match likely(home, target) {
            Some(likely) => {
                format!("did you mean `{likely}.`? Otherwise add `{target}.`{there}, or delete the CNAME")
            }
            None => format!("correct the target, add `{target}.`{there}, or delete the CNAME"),
        });
}
