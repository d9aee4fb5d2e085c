//! # foreign-comment
//!
//! A line begins with `#`, `//`, `/*` or `--`, as if it were a comment.
//!
//! ## Why
//!
//! In a zone file comments begin with `;` and with nothing else. `named` takes `#` for an owner name,
//! looks for a type in the remark behind it (`unknown RR type`) and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! # the web server moved in May
//! www  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Begin the comment with `;`.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "foreign-comment",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::ForeignComment, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(Place::whole(fault.span), format!("`{word}` is no comment; begin it with `;`"))
        .note("`named` takes the first word for an owner name, says `unknown RR type` and refuses the zone")
        .help("only `;` begins a comment in a zone file, at the start of a line or behind a record");
}
