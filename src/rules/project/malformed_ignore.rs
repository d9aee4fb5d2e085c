//! # malformed-ignore
//!
//! A comment begins with `zoneward:` and is no ignore.
//!
//! ## Why
//!
//! Nothing is ignored, although someone meant it.
//!
//! ## Example
//!
//! ```zone
//! www A 192.0.2.1 ; zoneward: ignore missing-dot
//! ```
//!
//! ## What to do
//!
//! Write `; zoneward: ignore[RULE, RULE] reason` at the end of the line or alone on the line above, or
//! `; zoneward: ignore-file[RULE] reason` for the whole file. At least one rule or group is named; the
//! reason is for people.
//!
//! ## References
//!
//! None: ignores are zoneward's own.

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Remark, RemarkKind, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "malformed-ignore",
    group: Group::Project,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Remark(RemarkKind::Malformed, check),
};

fn check(remark: &Remark, findings: &mut Findings<'_>) {
    findings
        .report(
            Place::whole(remark.span),
            format!("`{}` {}, so nothing is ignored", remark.word, remark.detail),
        )
        .data(&remark.word)
        .help("write `; zoneward: ignore[RULE] reason`, or `; zoneward: ignore-file[RULE] reason`");
}
