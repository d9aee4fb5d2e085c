//! # generic-rdata
//!
//! Data in the form for unknown types, `\# length octets`, that is wrong; or an unknown type without it.
//!
//! ## Why
//!
//! For a type without a name, `TYPE65534`, the data is written as `\#`, the number of octets, and the
//! octets as hexadecimal digits. The number must be right, and for a known type the octets must have its
//! form. `named` says `unexpected end of input`, `extra input data`, `bad hex encoding` or
//! `unknown class/type`, and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! www  TYPE65534  010203
//! ftp  A          \# 5 C0000203
//! ```
//!
//! ## What to do
//!
//! Count the octets: two digits are one. For a type that BIND knows write the data as usual.
//!
//! ## References
//!
//! RFC 3597 section 5

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "generic-rdata",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::GenericRdata, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let (word, rtype) = (fault.shown(), &fault.detail);
    let message = match meant(&fault.word) {
        Some(meant) if meant == fault.word => {
            format!(
                "`{word}` has not the form of an `{rtype}` record; write its data as usual, without `\\#`"
            )
        }
        Some(meant) => format!("`{word}` is no data for `{rtype}`; write `{meant}`"),
        None => format!("`{word}` is no data for `{rtype}`; write `\\#`, a length and hexadecimal digits"),
    };
    findings
        .report(Place::whole(fault.span), message)
        .note(
            "`named` says `unknown class/type`, `unexpected end of input`, `extra input data` or `bad hex \
             encoding` and refuses the zone",
        )
        .help("`\\# 3 010203` is three octets; two hexadecimal digits are one octet");
}

/// The same octets with the right length; `None` where the digits are none, or too many to be shown.
fn meant(word: &str) -> Option<String> {
    let digits: String = match word.strip_prefix("\\#") {
        Some(rest) => rest.split_whitespace().skip(1).collect(),
        None => word.split_whitespace().collect(),
    };
    let whole = digits.len().is_multiple_of(2) && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let octets = digits.len() / 2;
    let meant = if octets == 0 { "\\# 0".to_owned() } else { format!("\\# {octets} {digits}") };
    (whole && meant.len() <= 48).then_some(meant)
}
