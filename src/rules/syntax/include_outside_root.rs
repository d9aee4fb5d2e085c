//! # include-outside-root
//!
//! A file that is included lies outside of the project, and is not read.
//!
//! ## Why
//!
//! zoneward reads nothing outside of the project's folder: who checks a change from a stranger must not
//! show that stranger the files of the machine. `named` knows no such border and quotes what it cannot
//! read. What the file would bring is not known, so that nothing is reported as absent from the zone.
//!
//! ## Example
//!
//! ```text
//! $INCLUDE ../../etc/secret.inc
//! ```
//!
//! ## What to do
//!
//! Move the file into the project, or allow its folder: `--include-base DIR`.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "include-outside-root",
    group: Group::Syntax,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::IncludeOutsideRoot, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(
            Place::whole(fault.span),
            format!(
                "`{word}` is outside of the project and was not read; allow its folder with `--include-base`"
            ),
        )
        .note("the zone is checked without the records of that file; `named` would read it")
        .help("`--include-base DIR`, or move the file into the project");
}
