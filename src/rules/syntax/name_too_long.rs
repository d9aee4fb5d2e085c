//! # name-too-long
//!
//! A name is longer than 255 octets, with the origin that is appended to it.
//!
//! ## Why
//!
//! `named` says `ran out of space` and refuses the zone, without a word about names. A name without a
//! final dot gets the origin behind it, and may become too long by that alone.
//!
//! ## Example
//!
//! ```zone
//! a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Shorten the name. If it is complete, end it with a dot.
//!
//! ## References
//!
//! RFC 1035 section 2.3.4

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "name-too-long",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::NameTooLong, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(
            Place::whole(fault.span),
            format!(
                "`{word}` is longer than a name can be, 255 octets with the origin behind it; shorten it"
            ),
        )
        .note("`named` says `ran out of space` and refuses the zone")
        .help("if the name is complete as it stands, end it with a dot, so that no origin is appended");
}
