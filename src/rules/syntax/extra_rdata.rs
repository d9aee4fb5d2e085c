//! # extra-rdata
//!
//! There are more words in a record than its type takes.
//!
//! ## Why
//!
//! `named` says `extra input text` and refuses the zone. Mostly it is a remark without its `;`, a second
//! value that needs a record of its own, or a second record inside of one pair of parentheses.
//!
//! ## Example
//!
//! ```zone
//! www  A  192.0.2.3  # the new server
//! ftp  A  192.0.2.4 192.0.2.5
//! ```
//!
//! ## What to do
//!
//! Begin the remark with `;`. Give each value a record of its own; the owner may be left out there:
//!
//! ```text
//! ftp  A  192.0.2.4
//!      A  192.0.2.5
//! ```
//!
//! ## References
//!
//! RFC 1035 section 5.1

use std::net::IpAddr;

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind, rdata_form, rr_types};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "extra-rdata",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::ExtraRdata, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let (message, help) = meant(fault);
    findings
        .report(Place::whole(fault.span), message)
        .note("`named` says `extra input text` and refuses the zone")
        .help(help);
}

/// The message and the help.
fn meant(fault: &Fault) -> (String, String) {
    let (word, rtype) = (fault.shown(), &fault.detail);
    let what = rdata_form(rtype).map_or("less", |(what, _)| what);
    if ["#", "//", "/*", "--"].iter().any(|mark| fault.word.starts_with(mark)) {
        return (
            format!("`{word}` is no comment; begin it with `;`"),
            format!("write `; {}`", word.trim_start_matches(['#', '/', '*', '-', ' '])),
        );
    }
    let mut words = fault.word.split_whitespace();
    let first = words.next().unwrap_or_default();
    let address = first.trim_matches(',').parse::<IpAddr>().is_ok();
    if matches!(rtype.as_str(), "A" | "AAAA") && address || matches!(rtype.as_str(), "NS" | "PTR") {
        return (
            format!("`{word}` is too much, `{rtype}` takes {what}; give each a record of its own"),
            format!(
                "write `{rtype} {}` on a line of its own, indented, so that the owner is the same",
                first.trim_matches(',')
            ),
        );
    }
    if words.any(|word| rr_types().parse(word.as_bytes()).is_some()) {
        return (
            format!("`{word}` looks like a second record; begin a new line with it, outside of parentheses"),
            "close the parenthesis before it: a record ends with its line, or with the line of its `)`"
                .into(),
        );
    }
    (
        format!("`{word}` is too much, `{rtype}` takes {what}; delete it"),
        "if it is a remark, write `;` before it".into(),
    )
}
