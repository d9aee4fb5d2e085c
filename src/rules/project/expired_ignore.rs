//! # expired-ignore
//!
//! The last day of an `[[ignore]]` is over.
//!
//! ## Why
//!
//! Someone promised to have it corrected by then. It holds no longer: what it ignored is reported again.
//!
//! ## Example
//!
//! ```toml
//! [[ignore]]
//! rule = "single-node"
//! zone = "small.example"
//! reason = "the second node comes in February"
//! until = 2020-03-01
//! ```
//!
//! ## What to do
//!
//! Correct the zone and take the `[[ignore]]` out of `zoneward.toml`. Or agree on another day.
//!
//! ## References
//!
//! None: ignores are zoneward's own.

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Remark, RemarkKind, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "expired-ignore",
    group: Group::Project,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Remark(RemarkKind::Expired, check),
};

fn check(remark: &Remark, findings: &mut Findings<'_>) {
    let Remark { word, detail: day, .. } = remark;
    let found = findings
        .report(Place::whole(remark.span), format!("the ignore of `{word}` held until `{day}` and is over"));
    found.data(format!("{word} {day}"));
    match remark.count {
        0 => found.note("it would ignore nothing any more").help("take it out"),
        count => found
            .note(format!(
                "{count} finding{} that it ignored {} reported again",
                if count == 1 { "" } else { "s" },
                if count == 1 { "is" } else { "are" }
            ))
            .help("correct the zone and take the ignore out, or agree on another day"),
    };
}
