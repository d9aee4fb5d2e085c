//! # unknown-directive
//!
//! A word that begins with `$` and is no directive.
//!
//! ## Why
//!
//! `named` knows `$ORIGIN`, `$TTL`, `$INCLUDE` and `$GENERATE` (and `$DATE`, from its own dumps). To all
//! else it says `unknown $ directive` and refuses the zone; then it reads the rest of the line as a
//! record, so that a second message follows that means nothing.
//!
//! ## Example
//!
//! ```zone
//! $TTL3600
//! $INCULDE mail.inc
//! ```
//!
//! ## What to do
//!
//! Correct the word; a blank belongs between it and what it sets. For a name that begins with `$`, write
//! `\$`.
//!
//! ## References
//!
//! RFC 1035 section 5.1 (`$ORIGIN`, `$INCLUDE`), RFC 2308 section 4 (`$TTL`), BIND 9 ARM (`$GENERATE`)

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind, nearest};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "unknown-directive",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::UnknownDirective, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let message = match meant(&fault.word) {
        Some(meant) => format!("`{word}` is no directive; did you mean `{meant}`?"),
        None => format!(
            "`{word}` is no directive; delete the line, or write `\\$` for a name that begins with `$`"
        ),
    };
    findings
        .report(Place::whole(fault.span), message)
        .note(format!("`named` says `unknown $ directive '{word}'` and refuses the zone"))
        .help("the directives are `$ORIGIN`, `$TTL`, `$INCLUDE` and `$GENERATE`, with a blank behind them");
}

/// The directive that was meant; with the blank behind it that is missing.
fn meant(word: &str) -> Option<String> {
    const KNOWN: [&str; 4] = ["$TTL", "$ORIGIN", "$INCLUDE", "$GENERATE"];
    let glued = |known: &&str| word.get(..known.len()).is_some_and(|head| head.eq_ignore_ascii_case(known));
    match KNOWN.into_iter().find(glued) {
        Some(known) => Some(format!("{known} {}", word[known.len()..].trim_start_matches(['=', ':']))),
        None => nearest(word, KNOWN).map(str::to_owned),
    }
}
