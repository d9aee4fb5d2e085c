//! # svc-param
//!
//! A parameter of an SVCB or HTTPS record that is wrong.
//!
//! ## Why
//!
//! A parameter is `key=value` without blanks, and each key takes values of its own. `named` says
//! `syntax error`, `FORMERR`, `duplicate query` or `disallowed (by application policy)`, never what it misses,
//! and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! @    HTTPS  1 . alpn=h2 port=https
//! www  HTTPS  1 . no-default-alpn
//! ftp  HTTPS  1 . ipv4hint=192.0.2.1,
//! ```
//!
//! ## What to do
//!
//! Correct the parameter: `alpn=h2,h3`, `port=8443`, `ipv4hint=192.0.2.1,192.0.2.2`. Write a key that BIND 9.18
//! does not know as `key` and its number.
//!
//! ## References
//!
//! RFC 9460 sections 2.1, 7 and 8; RFC 9461 section 5

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "svc-param",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::SvcParam, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let (rtype, reason) = fault.detail.split_once(' ').unwrap_or_default();
    findings
        .report(
            Place::whole(fault.span),
            format!("the parameter `{word}` of the `{rtype}` record is wrong: {reason}; correct it"),
        )
        .note(
            "`named` says `syntax error`, `FORMERR` or `disallowed (by application policy)` and refuses the zone",
        )
        .help(
            "a parameter is `key=value` or `key=\"value\"`; keys are `mandatory`, `alpn`, `no-default-alpn`, \
             `port`, `ipv4hint`, `ech`, `ipv6hint`, `dohpath`, and `key` with a number",
        );
}
