//! # label-too-long
//!
//! A label of a name, the text between two dots, is longer than 63 octets.
//!
//! ## Why
//!
//! The length of a label has six bits on the wire. `named` says `label too long` and refuses the zone.
//! Often blanks or dots between words were lost, or data was put in the place of the name. In UTF-8 a
//! letter may be two octets and more.
//!
//! ## Example
//!
//! ```zone
//! aaaaaaaaaabbbbbbbbbbccccccccccddddddddddeeeeeeeeeeffffffffff1234  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Shorten the label, or divide it with a dot.
//!
//! ## References
//!
//! RFC 1035 section 2.3.4

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "label-too-long",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::LabelTooLong, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    // Escapes are counted as they are written: they are rare, and the number is there to be compared.
    let length = fault.word.trim_matches('"').split('.').map(str::len).max().unwrap_or_default();
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` has {length} characters between two dots, and 63 are the limit; shorten it"),
        )
        .note("`named` says `label too long` and refuses the zone")
        .help("is a dot or a blank missing in it?");
}
