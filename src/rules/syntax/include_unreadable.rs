//! # include-unreadable
//!
//! A file that is included is there, and cannot be read.
//!
//! ## Why
//!
//! It is a directory, or its permissions do not allow it. `named` refuses a zone of which it cannot read
//! a part. What the file would bring is not known, so that nothing is reported as absent from the zone.
//!
//! ## Example
//!
//! ```text
//! $INCLUDE customers/
//! ```
//!
//! ## What to do
//!
//! Name a file, not a directory: `$INCLUDE` takes no pattern. Else correct the permissions.
//!
//! ## References
//!
//! RFC 1035 section 5.1; BIND: `not a file`, `permission denied`

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "include-unreadable",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::IncludeUnreadable, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let (word, why) = (fault.shown(), &fault.detail);
    findings
        .report(
            Place::whole(fault.span),
            format!("the included file `{word}` cannot be read; name a readable file"),
        )
        .note(format!("the system says: {why}"))
        .note("`named` refuses a zone of which it cannot read a part: `not a file`, or `permission denied`")
        .help("`$INCLUDE` takes one file, neither a directory nor a pattern");
}
