//! # generate-range
//!
//! The range of a `$GENERATE` is none.
//!
//! ## Why
//!
//! A range is `first-last` or `first-last/step`, in whole numbers up to 2147483647, the smaller one
//! first. `named` says `invalid range` and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! $GENERATE 9-1 host$ A 192.0.2.$
//! ```
//!
//! ## What to do
//!
//! Write the smaller number first. For numbers below zero, write an offset: `${-5}`.
//!
//! ## References
//!
//! BIND 9 ARM, "BIND Primary File Extension: the $GENERATE Directive"

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "generate-range",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::GenerateRange, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let message = match meant(&fault.word) {
        Some(meant) => format!("`{word}` is no range; write `{meant}`"),
        None => format!("`{word}` is no range; write `first-last` or `first-last/step`, as `1-9`"),
    };
    findings
        .report(Place::whole(fault.span), message)
        .note(format!("`named` says `invalid range '{word}'` and refuses the zone"))
        .help("the smaller number comes first; the largest is 2147483647, and the step is 1 or more");
}

/// The range that was meant, where its two numbers are clear.
fn meant(word: &str) -> Option<String> {
    let mut numbers = word.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let (first, last) = (numbers.next()?.parse::<u32>().ok()?, numbers.next()?.parse::<u32>().ok()?);
    let clear = numbers.all(|step| step == "0") && !word.starts_with('-') && first.max(last) <= 0x7fff_ffff;
    clear.then(|| format!("{}-{}", first.min(last), first.max(last)))
}
