//! # unmatched-close-paren
//!
//! A `)` without a `(` before it.
//!
//! ## Why
//!
//! `named` says `unbalanced parentheses` and refuses the zone. Mostly the `(` was deleted with a field,
//! or stands behind a `;`, where it is part of the comment.
//!
//! ## Example
//!
//! ```zone
//! www  A  192.0.2.3 )
//! ```
//!
//! ## What to do
//!
//! Delete the `)`, or write the `(` that it belongs to. In a text, put the text in quotes.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "unmatched-close-paren",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::UnmatchedCloseParen, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    findings
        .report(
            Place::whole(fault.span),
            "`)` closes nothing; delete it, or write the `(` that belongs to it",
        )
        .note("`named` says `unbalanced parentheses` and refuses the zone")
        .help(
            "a `(` behind a `;` is part of the comment and opens nothing; a `)` of a text belongs in quotes",
        );
}
