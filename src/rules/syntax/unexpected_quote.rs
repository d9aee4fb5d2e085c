//! # unexpected-quote
//!
//! Quotes around a name, a number or an address.
//!
//! ## Why
//!
//! Quotes are for texts, in TXT and CAA records and a few more. Elsewhere `named` says
//! `unexpected token` and refuses the zone. Control panels and scripts that quote all data make such
//! records.
//!
//! ## Example
//!
//! ```zone
//! www  A  "192.0.2.3"
//! ```
//!
//! ## What to do
//!
//! Write the word without quotes.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "unexpected-quote",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::UnexpectedQuote, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let bare = word.trim_matches('"');
    findings
        .report(Place::whole(fault.span), format!("`{word}` must not stand in quotes here; write `{bare}`"))
        .note(
            "quotes are for texts: `named` says `unexpected token`, to a number `not a valid number`, and \
             refuses the zone",
        )
        .help("names, numbers and addresses stand without quotes; texts, as in TXT, with them");
}
