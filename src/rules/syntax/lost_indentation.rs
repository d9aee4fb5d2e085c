//! # lost-indentation
//!
//! A type stands at the start of a line and is read as an owner name.
//!
//! ## Why
//!
//! A record that has no owner of its own must begin with a blank: only then it continues the record
//! above. At the start of a line even `A` or `MX` is a name. `named` then looks for a type in the data
//! behind it, says `unknown RR type '192.0.2.4'` and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! imap  A  192.0.2.3
//! A        192.0.2.4
//! ```
//!
//! ## What to do
//!
//! Put a blank or a tab before the type, or write the owner before it.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "lost-indentation",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::LostIndentation, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let (word, owner) = (fault.shown(), &fault.detail);
    let report = findings.report(
        Place::whole(fault.span),
        format!(
            "`{word}` stands at the start of the line and is read as an owner name; indent it to continue \
             `{owner}`"
        ),
    );
    if let Some(above) = fault.related {
        report.label(Place::whole(above), "the record that it continues");
    }
    report
        .note(
            "`named` looks for a type behind that name, says `unknown RR type`, or `syntax error` to a text \
             in quotes, and refuses the zone",
        )
        .help(format!("put a blank before `{word}`, or write the owner there"));
}
