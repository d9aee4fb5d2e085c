//! # bad-number
//!
//! A number of the data is none, or is too large for its field.
//!
//! ## Why
//!
//! Numbers are decimal digits without sign, dot or unit, and each field has a largest one: 65535 for a
//! preference or a port, 255 for a flag, 4294967295 for a serial. `named` says `not a valid number` or
//! `out of range` and refuses the zone. Where a name stands in the place of the number, the number was
//! left out before it.
//!
//! ## Example
//!
//! ```zone
//! @  MX  mail
//! @  MX  70000 mail
//! ```
//!
//! ## What to do
//!
//! Write the number, or correct it. A serial has no dots and no units: `2026010101`.
//!
//! ## References
//!
//! RFC 1035 section 5.1, and the RFC of the type

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind, rdata_form};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "bad-number",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::BadNumber, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let (rtype, largest) = fault.detail.split_once(' ').unwrap_or(("", &fault.detail));
    let digits: String = fault.word.chars().filter(char::is_ascii_digit).collect();
    let (what, example) = rdata_form(rtype).unwrap_or(("a number here", "10"));
    let message = if digits == fault.word {
        format!("`{word}` is larger than {largest}, the most that this field takes; write a smaller number")
    } else if fault.word.starts_with(|c: char| c.is_ascii_alphabetic()) {
        format!("`{word}` is no number; `{rtype}` takes {what}, as `{example}`")
    } else if fault.word.contains(['.', '-']) && !fault.word.starts_with('-') && digits.parse::<u32>().is_ok()
    {
        format!("`{word}` is no number; write digits only, as `{digits}`")
    } else {
        format!("`{word}` is no number; write digits only, from 0 to {largest}")
    };
    let bare = if rtype == "SOA" { "the serial has" } else { "numbers have" };
    findings
        .report(Place::whole(fault.span), message)
        .note("`named` says `not a valid number` or `out of range` and refuses the zone")
        .help(format!("`{rtype}` takes {what}, as `{example}`; {bare} no sign, dot or unit"));
}
