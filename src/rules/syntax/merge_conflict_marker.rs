//! # merge-conflict-marker
//!
//! A line of `<<<<<<<`, `=======` or `>>>>>>>` is left from a merge.
//!
//! ## Why
//!
//! The file was saved with both sides of a conflict in it. `named` takes the marker for a record, says
//! `unknown RR type` or `unexpected end of line`, and refuses the zone. Without the markers both sides
//! would be served, the wrong records among them.
//!
//! ## Example
//!
//! ```zone
//! <<<<<<< HEAD
//! www  A  192.0.2.3
//! =======
//! www  A  192.0.2.4
//! >>>>>>> move-www
//! ```
//!
//! ## What to do
//!
//! Keep one side, or what is right of both, and delete the markers. Then look at the serial: it is what
//! such merges most often clash about.
//!
//! ## References
//!
//! git-merge(1), "How conflicts are presented"

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "merge-conflict-marker",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::MergeConflictMarker, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` is left from a merge; keep the records of one side and delete the marker"),
        )
        .note(
            "`named` takes the marker for a record, says `unknown RR type` or `unexpected end of line` and \
             refuses the zone; the records of both sides stand in the file",
        )
        .help("`git diff --check` lists all markers; look at the serial too once they are gone");
}
