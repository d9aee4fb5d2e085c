//! # nul-byte
//!
//! A byte of value 0 stands outside comments and quotes.
//!
//! ## Why
//!
//! `named` says `syntax error` or `unexpected token` and refuses the zone. Nobody types such a byte:
//! NULs at the end of a file are what a crash or a full disk leaves behind, and NULs after each letter
//! are UTF-16. Then more of the file may be lost than the bytes that are there.
//!
//! ## Example
//!
//! ```text
//! www  A  192.0.2.3<00><00><00><00>
//! ```
//!
//! ## What to do
//!
//! Compare the file with its last good version. If nothing is lost, delete the bytes:
//! `tr -d '\000' < FILE > NEW`.
//!
//! ## References
//!
//! RFC 1035 section 5.1; in a text a NUL can be written as `\000`

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "nul-byte",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::NulByte, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    findings
        .report(
            Place::whole(fault.span),
            "a NUL byte (value 0) stands here; delete it, after a look at the last good version of the file",
        )
        .note(
            "`named` says `syntax error` or `unexpected token` and refuses the zone; NULs at the end of a \
             file are often what a crash or a full disk leaves behind",
        )
        .help("`tr -d '\\000' < FILE > NEW` deletes all of them");
}
