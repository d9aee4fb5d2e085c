//! # incomplete-record
//!
//! A line ends before it says a type.
//!
//! ## Why
//!
//! `named` says `unexpected end of line`, refuses the zone, and leaves out the line below without a word
//! about it. A `;` begins a comment wherever it stands outside of quotes, in the middle of a word too:
//! all behind it is gone.
//!
//! ## Example
//!
//! ```zone
//! www  IN
//! ftp  A   192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Complete the record, or delete the line. If the line is a remark, begin it with `;`. If the `;`
//! belongs to the name, write `\;`.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "incomplete-record",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::IncompleteRecord, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let message = if fault.detail == "comment" {
        format!(
            "a comment begins directly after `{word}`, so that nothing of a record is left; delete the `;`"
        )
    } else {
        format!("`{word}` has no type and no data; complete the line, or delete it")
    };
    findings
        .report(Place::whole(fault.span), message)
        .note(
            "`named` says `unexpected end of line`, refuses the zone, and passes over the next line as well",
        )
        .help(
            "a record is a name, a type and its data, as `www A 192.0.2.1`; a line that is a remark begins \
             with `;`; a `;` in a name is written `\\;`",
        );
}
