//! # caa-tag
//!
//! The tag of a CAA record has other characters than letters and digits.
//!
//! ## Why
//!
//! `named` says `syntax error` and refuses the zone. Before the tag stands a flag, mostly `0`.
//!
//! ## Example
//!
//! ```zone
//! @  CAA  0 issue-wild "ca.example.net"
//! ```
//!
//! ## What to do
//!
//! Write the tag as registered: `issue`, `issuewild`, `iodef`.
//!
//! ## References
//!
//! RFC 8659 section 4.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind, nearest};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "caa-tag",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::CaaTag, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    const KNOWN: [&str; 7] =
        ["issue", "issuewild", "iodef", "issuemail", "issuevmc", "contactemail", "contactphone"];
    let word = fault.shown();
    let message = match nearest(&fault.word, KNOWN) {
        Some(known) => format!("`{word}` is no CAA tag; write `{known}`"),
        None => format!("`{word}` is no CAA tag; write one of letters and digits, as `issue`"),
    };
    findings
        .report(Place::whole(fault.span), message)
        .note("`named` says `syntax error` and refuses the zone")
        .help("tags in use are `issue`, `issuewild` and `iodef`: `CAA 0 issue \"ca.example.net\"`");
}
