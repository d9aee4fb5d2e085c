//! # bad-regexp
//!
//! The substitution expression of an NAPTR record is none.
//!
//! ## Why
//!
//! It is a delimiter, a regular expression, the delimiter, the replacement, the delimiter, and perhaps `i`:
//! `!^.*$!sip:info@example.com!`. `named` says `syntax error` and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! a  NAPTR  100 10 "u" "E2U+sip" "!^.*$!sip:info@example.com" .
//! b  NAPTR  100 10 "u" "E2U+sip" "!^(.*$!sip:\\1@example.com!" .
//! ```
//!
//! ## What to do
//!
//! Write three delimiters, and close each group and bracket. A backslash is written twice in a zone: `\\1` refers
//! to the first group.
//!
//! ## References
//!
//! RFC 3402 section 3.2, RFC 3403 section 4.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "bad-regexp",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::BadRegexp, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let (_, reason) = fault.detail.split_once(' ').unwrap_or_default();
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` is no substitution expression: {reason}; correct it"),
        )
        .note("`named` says `syntax error` and refuses the zone")
        .help("as `\"!^.*$!sip:info@example.com!\"`, or `\"\"` where the name behind it is the answer");
}
