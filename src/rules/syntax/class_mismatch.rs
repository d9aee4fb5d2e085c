//! # class-mismatch
//!
//! A record of another class than `IN`.
//!
//! ## Why
//!
//! A zone has one class, and that of all zones of the Internet is `IN`. `named` says
//! `class 'CH' != zone class 'IN'` and refuses the zone. `CH` is there for `version.bind` and its like,
//! `HS` for Hesiod; `ANY` and `NONE` are for queries and updates.
//!
//! ## Example
//!
//! ```zone
//! www  CH  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Write `IN`, or leave the class out. A zone of class `CH` needs `class` in its `zone` statement, and
//! is nothing that zoneward checks.
//!
//! ## References
//!
//! RFC 1035 sections 3.2.4 and 5.2

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "class-mismatch",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::ClassMismatch, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` is not the class of the zone; write `IN`, or leave it out"),
        )
        .note(format!("`named` says `class '{word}' != zone class 'IN'` and refuses the zone"))
        .help("a record without a class has that of its zone");
}
