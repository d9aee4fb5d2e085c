//! # stale-baseline
//!
//! Findings of the baseline are gone.
//!
//! ## Why
//!
//! The baseline lets pass what is in it. As long as a finding stays there that has been corrected, the same
//! mistake can come back unseen.
//!
//! ## Example
//!
//! ```text
//! zoneward check --baseline zoneward.baseline, after some of its findings have been corrected
//! ```
//!
//! ## What to do
//!
//! Write the baseline anew, so that it shrinks: `zoneward check --write-baseline FILE`. That takes in new
//! findings too: look at what `zoneward check --baseline FILE` still reports before.
//!
//! ## References
//!
//! None: the baseline is zoneward's own.

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Remark, RemarkKind, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "stale-baseline",
    group: Group::Project,
    level: Level::Info,
    default: true,
    options: &[],
    check: Check::Remark(RemarkKind::Vanished, check),
};

fn check(remark: &Remark, findings: &mut Findings<'_>) {
    let Remark { word, detail: file, count, .. } = remark;
    let message = match count {
        1 => format!("a finding of the baseline is gone: this one, of `{word}`"),
        count => {
            format!("{count} findings of the baseline are gone, the first of them is this one, of `{word}`")
        }
    };
    findings
        .report(Place::whole(remark.span), message)
        .note("what is in the baseline can come back unseen")
        .help(format!("`zoneward check --write-baseline {file}` makes the baseline smaller"));
}
