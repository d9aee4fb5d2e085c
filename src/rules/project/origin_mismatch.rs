//! # origin-mismatch
//!
//! The text of a file is about another zone than its name says.
//!
//! ## Why
//!
//! One of them is wrong. It happens when a zone is copied to make a new one and its `$ORIGIN` or SOA stays
//! behind: `named` takes the zone from `named.conf`, ignores what is outside it, and refuses the zone if
//! its SOA is among that.
//!
//! ## Example
//!
//! ```text
//! zones/db.example.net, which begins with `$ORIGIN example.com.`
//! ```
//!
//! ## What to do
//!
//! Correct the `$ORIGIN` or the owner of the SOA; or rename the file. If both are as they should be, a
//! `[[zone]]` in `zoneward.toml` with `file` and `origin` says which one counts.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Doubt, DoubtKind};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "origin-mismatch",
    group: Group::Project,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Doubt(DoubtKind::OriginMismatch, check),
};

fn check(doubt: &Doubt, findings: &mut Findings<'_>) {
    let zone = doubt.zone.as_deref().unwrap_or("another zone");
    let named = &doubt.detail;
    findings
        .report(
            Place::whole(doubt.span),
            format!("the file is called after `{named}`, but its text is about `{zone}`"),
        )
        .data(named)
        .note(format!("it is checked as `{zone}`"))
        .help(format!(
            "correct the text or the file name; or write a `[[zone]]` with `file` and `origin` into zoneward.toml \
             if `{zone}` is right"
        ));
}
