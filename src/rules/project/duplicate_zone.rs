//! # duplicate-zone
//!
//! Two files are the same zone.
//!
//! ## Why
//!
//! Only one of them can be served; who edits the other one changes nothing. It is a copy that was left
//! behind, or a zone file that got the wrong name.
//!
//! ## Example
//!
//! ```text
//! zones/db.example.com and zones/old/example.com.zone
//! ```
//!
//! ## What to do
//!
//! Delete the file that is not in use, or leave it out: `exclude = ["old/**"]` in `zoneward.toml`. Where
//! both are served, in two views, `--named-conf FILE` tells which is which.
//!
//! ## References
//!
//! RFC 1034 section 4.2

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Doubt, DoubtKind};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "duplicate-zone",
    group: Group::Project,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Doubt(DoubtKind::DuplicateZone, check),
};

fn check(doubt: &Doubt, findings: &mut Findings<'_>) {
    let zone = doubt.zone.as_deref().unwrap_or("a zone");
    let found = findings.report(
        Place::whole(doubt.span),
        format!("this file is the zone `{zone}`, and so is `{}`", doubt.detail),
    );
    found
        .data(&doubt.detail)
        .note("only one of them can be served; changes to the other one have no effect")
        .help("delete one of them, put it under `exclude` in zoneward.toml, or give `--named-conf FILE`");
    if let Some(first) = doubt.related {
        found.label(Place::whole(first), "loaded first");
    }
}
