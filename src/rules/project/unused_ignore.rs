//! # unused-ignore
//!
//! An ignore matches nothing.
//!
//! ## Why
//!
//! What it was written for has been corrected, or has moved away. Left where it is, it hides the next
//! mistake of the same kind, and who reads it believes in a problem that is gone.
//!
//! A comment at the end of a line is about the findings of that record; alone on a line it is about
//! those of the next record. An ignore is not called unused where the rule did not run, where a part of the
//! zone could not be read, or where the run saw too little of the project to know.
//!
//! ## Example
//!
//! ```zone
//! www A 192.0.2.1 ; zoneward: ignore[missing-dot] meant like this
//! ```
//!
//! ## What to do
//!
//! Take it out: the comment, the one name in its brackets, or the `[[ignore]]` in `zoneward.toml`.
//!
//! ## References
//!
//! None: ignores are zoneward's own.

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Remark, RemarkKind, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "unused-ignore",
    group: Group::Project,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Remark(RemarkKind::Unused, check),
};

fn check(remark: &Remark, findings: &mut Findings<'_>) {
    findings
        .report(
            Place::whole(remark.span),
            format!("this ignore of `{}` matches nothing; take it out", remark.word),
        )
        .data(format!("{} {}", remark.word, remark.detail).trim_end())
        .note("it would hide the next finding of this kind");
}
