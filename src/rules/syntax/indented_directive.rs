//! # indented-directive
//!
//! A directive such as `$TTL` is indented, and so read as a type.
//!
//! ## Why
//!
//! A directive is one only at the very start of a line. Behind a blank `named` takes it for a type, says
//! `unknown RR type '$TTL'` and refuses the zone. zoneward obeys it all the same, so that nothing below
//! is judged by a wrong origin or TTL.
//!
//! ## Example
//!
//! ```zone
//!  $ORIGIN sub
//! www  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Move the directive to the start of the line.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "indented-directive",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::IndentedDirective, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` is indented and is read as a type; move it to the start of the line"),
        )
        .note(format!("`named` says `unknown RR type '{word}'` and refuses the zone"))
        .help(format!("delete the blanks before `{word}`"));
}
