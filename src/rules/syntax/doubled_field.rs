//! # doubled-field
//!
//! A record has two TTLs, or two classes.
//!
//! ## Why
//!
//! Between owner and type there is room for one TTL and one class, in either order. `named` takes the
//! second one for the type, says `unknown RR type 'IN'` and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! www  IN  300  IN  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Delete one of the two. If the second number is the data of the record, the type is missing before it.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind, class};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "doubled-field",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::DoubledField, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let what = if class(word.as_bytes()).is_some() { "class" } else { "TTL" };
    findings
        .report(Place::whole(fault.span), format!("`{word}` is a second {what}; delete one of the two"))
        .note(format!(
            "`named` takes it for the type of the record, says `unknown RR type '{word}'` and refuses the \
             zone"
        ))
        .help(
            "before the type stand one TTL and one class at most, in either order: `www 300 IN A 192.0.2.1`",
        );
}
