//! # owner-inherited-after-origin
//!
//! The first record after `$ORIGIN` has no owner, and keeps the one from before.
//!
//! ## Why
//!
//! `$ORIGIN` does not change the current owner. A record that is indented directly after it belongs to
//! the name above the `$ORIGIN`, and not to the new origin as it looks. `named` loads it and says
//! `record with inherited owner (example.com) immediately after $ORIGIN (sub.example.com)`. The same
//! happens at the beginning of a file that is included with an origin.
//!
//! ## Example
//!
//! ```zone
//! www      A    192.0.2.3
//! $ORIGIN  sub
//!          TXT  "of www.example.com, not of sub"
//! ```
//!
//! ## What to do
//!
//! Write the owner out: `@` for the new origin, or the old name with its final dot.
//!
//! ## References
//!
//! RFC 1035 section 5.1; BIND: `record with inherited owner`

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "owner-inherited-after-origin",
    group: Group::Syntax,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::OwnerInheritedAfterOrigin, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let owner = &fault.detail;
    findings
        .report(
            Place::whole(fault.span),
            format!("this record belongs to `{owner}`, from before the `$ORIGIN`; write its owner, as `@`"),
        )
        .note(
            "`$ORIGIN` does not change the current owner: `named` loads the record and says `record with \
             inherited owner … immediately after $ORIGIN`",
        )
        .help(format!("write `@` if the new origin is meant, or `{owner}.` if the old name is"));
}
