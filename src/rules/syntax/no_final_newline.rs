//! # no-final-newline
//!
//! The last line of the file does not end with a newline.
//!
//! ## Why
//!
//! After a record `named` only warns: `file does not end with newline`. After `$TTL`, `$ORIGIN` or
//! `$GENERATE` it refuses the zone: `extra input text`. And whatever is appended to the file later, by a
//! script or by `cat`, sticks to the last line and becomes a part of it.
//!
//! The level is `error` after such a directive, else `warning`.
//!
//! ## Example
//!
//! ```text
//! www  A  192.0.2.3<end of file>
//! ```
//!
//! ## What to do
//!
//! End the last line with a newline. Most editors do that by themselves; `echo >> FILE` does it once.
//!
//! ## Fix
//!
//! Safe: adds the newline.
//!
//! ## References
//!
//! POSIX.1-2024, definition of "line"; BIND: `file does not end with newline`

use crate::diagnostic::{Change, Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "no-final-newline",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::NoFinalNewline, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let directive = &fault.detail;
    let place = Place::whole(fault.span);
    let end_line = || [Some(Change::EndLine { span: fault.span })];
    if directive.is_empty() {
        findings
            .report(place, "the last line has no newline at its end; add one")
            .at_most(Level::Warning)
            .note(
                "`named` loads the zone and warns, `file does not end with newline`; but what a script \
                 appends to the file sticks to this line",
            )
            .help("`echo >> FILE` adds it")
            .safe_fix("adds the newline", end_line());
    } else {
        findings
            .report(place, format!("`{directive}` is cut off by the end of the file; add a newline after it"))
            .note("here `named` does not only warn: it says `extra input text` and refuses the zone")
            .help("`echo >> FILE` adds it")
            .safe_fix("adds the newline", end_line());
    }
}
