//! # missing-close-paren
//!
//! A `(` is never closed.
//!
//! ## Why
//!
//! Everything up to the `)` is one record. Without it `named` reads on through all records below, and
//! says `extra input text` at one of them, or `unbalanced parentheses` at the end of the file: far from
//! the place that is wrong. The zone is not loaded. zoneward takes the next line that is a record by all
//! appearance as the end.
//!
//! ## Example
//!
//! ```zone
//! $TTL 3600
//! @    SOA  ns1 hostmaster (
//!           1 7200 3600 1209600
//!           3600   ; the parenthesis should be closed here
//! @    NS   ns1
//! ns1  A    192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Write `)` after the last word of the record, before a comment that stands there.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "missing-close-paren",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::MissingCloseParen, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let report = findings
        .report(Place::whole(fault.span), "`(` is never closed; write `)` after the last word of its record");
    if let Some(end) = fault.related {
        report.label(Place::whole(end), "a `)` is due here at the latest");
    }
    report
        .note(
            "`named` takes the lines below for a part of this record and refuses the zone: `unbalanced \
             parentheses`, or `extra input text` further down",
        )
        .help("a `)` behind a `;` is part of the comment and closes nothing: write it before the `;`");
}
