//! # empty-label
//!
//! A name has two dots in a row, or begins with a dot.
//!
//! ## Why
//!
//! Between two dots there must be something. `named` says `empty label` and refuses the zone. In a
//! `$GENERATE` it comes from a base `n` or `N` with an even width, which ends with a dot.
//!
//! ## Example
//!
//! ```zone
//! www..shop  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Delete the dot that is too many.
//!
//! ## References
//!
//! RFC 1035 sections 2.3.1 and 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "empty-label",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::EmptyLabel, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let message = if fault.word.trim_matches('"').is_empty() {
        format!("`{word}` is an empty name; write one, `@` for the origin")
    } else if fault.word.contains("..") {
        format!("`{word}` has two dots in a row; delete one")
    } else {
        format!("`{word}` begins with a dot; delete it")
    };
    findings
        .report(Place::whole(fault.span), message)
        .note("`named` says `empty label` and refuses the zone")
        .help(
            "between two dots stands a label of 1 to 63 characters; only the last dot of a name may end it",
        );
}
