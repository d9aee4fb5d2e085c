//! # indented-owner
//!
//! An owner name is indented, and so read as a type.
//!
//! ## Why
//!
//! A line that begins with a blank has no owner of its own: its first word is a TTL, a class or a type.
//! `named` says `unknown RR type 'www'` and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//!  www  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Move the name to the start of the line.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "indented-owner",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::IndentedOwner, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` is indented and is read as a type; move it to the start of the line"),
        )
        .note(format!(
            "a line that begins with a blank has no owner of its own: `named` says `unknown RR type \
             '{word}'` and refuses the zone"
        ))
        .help(format!("delete the blanks before `{word}`"));
}
