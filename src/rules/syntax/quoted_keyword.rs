//! # quoted-keyword
//!
//! A type, class or TTL stands in quotes; or what `$TTL` or `$ORIGIN` sets.
//!
//! ## Why
//!
//! Quotes are for texts. `named` says `syntax error`, and `unbalanced quotes` on top of it, because it
//! reads on inside of the quotes; the zone is not loaded. NSD takes such a line, so that a file that
//! worked there may fail at BIND.
//!
//! ## Example
//!
//! ```zone
//! www  "A"  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Write the word without quotes.
//!
//! ## References
//!
//! RFC 1035 section 5.1; BIND: `syntax error`, then `unbalanced quotes`

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "quoted-keyword",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::QuotedKeyword, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let bare = word.trim_matches('"');
    findings
        .report(Place::whole(fault.span), format!("`{word}` must not stand in quotes; write `{bare}`"))
        .note(
            "quotes are for texts: `named` says `syntax error`, then `unbalanced quotes`, and refuses the \
             zone",
        )
        .help("if the word is the data of the record, its type is missing before it, as `TXT`");
}
