//! # unknown-rule
//!
//! A comment ignores a rule that does not exist.
//!
//! ## Why
//!
//! The name is misspelt, or the rule has another name in this version: nothing is ignored.
//!
//! ## Example
//!
//! ```zone
//! www A 192.0.2.1 ; zoneward: ignore[mising-dot] meant like this
//! ```
//!
//! ## What to do
//!
//! Write the name as it stands in brackets in the report: `error[missing-dot]`. `zoneward rules` lists all
//! names; a group, like `cluster`, stands for all of its rules.
//!
//! ## References
//!
//! None: ignores are zoneward's own.

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Remark, RemarkKind, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "unknown-rule",
    group: Group::Project,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Remark(RemarkKind::UnknownRule, check),
};

fn check(remark: &Remark, findings: &mut Findings<'_>) {
    let help = match &*remark.detail {
        "" => "`zoneward rules` lists the rules and groups",
        near => near,
    };
    findings
        .report(
            Place::whole(remark.span),
            format!("no rule or group is called `{}`, so nothing is ignored", remark.word),
        )
        .data(&remark.word)
        .help(help);
}
