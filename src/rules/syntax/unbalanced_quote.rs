//! # unbalanced-quote
//!
//! A `"` is not closed on its line.
//!
//! ## Why
//!
//! A text in quotes ends on the line on which it begins. `named` says `unbalanced quotes` and refuses
//! the zone. A quote inside of a text has to be written as `\"`.
//!
//! ## Example
//!
//! ```zone
//! @  TXT  "v=spf1 mx -all
//! ```
//!
//! ## What to do
//!
//! Close the quote. A text that is too long for one line is cut into several, in parentheses; they are
//! joined without a blank between them:
//!
//! ```text
//! @  TXT  ( "v=spf1 ip4:192.0.2.0/24 "
//!           "mx -all" )
//! ```
//!
//! ## References
//!
//! RFC 1035 section 5.1 (quotes), RFC 7208 section 3.3 (joined texts)

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "unbalanced-quote",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::UnbalancedQuote, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(Place::whole(fault.span), format!("`{word}` has no closing quote; write `\"` at its end"))
        .note("a text in quotes ends on its line: `named` says `unbalanced quotes` and refuses the zone")
        .help(
            "end the text with `\"` and, where it is to go on in the next line, begin another one there, \
             with `(` before the first and `)` after the last; a quote inside of a text is written `\\\"`",
        );
}
