//! # include-not-found
//!
//! A file that is included is not there.
//!
//! ## Why
//!
//! `named` says `file not found` and refuses the zone. It looks from its working directory, which is
//! `directory` in named.conf, and not from the folder of the file that includes. What the file would
//! bring is not known here, so that nothing is reported as absent from the zone.
//!
//! ## Example
//!
//! ```zone
//! $INCLUDE nothing.inc
//! ```
//!
//! ## What to do
//!
//! Correct the path, or add the file to the repository. `--include-base DIR` says where `named` looks;
//! `--map FROM=TO` maps absolute paths of the server to the repository.
//!
//! ## References
//!
//! RFC 1035 section 5.1; BIND: `file not found`

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "include-not-found",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::IncludeNotFound, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let report = findings
        .report(
            Place::whole(fault.span),
            format!("the included file `{word}` is not there; correct the path or add the file"),
        )
        .note("`named` says `file not found` and refuses the zone");
    if !fault.detail.is_empty() {
        report.note(format!("looked for: {}", fault.detail));
    }
    report.help(
        "`named` looks from its `directory`, not from the folder of this file; `--include-base DIR` names \
         that directory here, `--map FROM=TO` maps absolute paths of the server",
    );
}
