//! # spf-passes-all
//!
//! The SPF record of a domain lets everyone send.
//!
//! ## Why
//!
//! `all` matches all senders, and without a sign before it, or with `+`, they pass: mail with a forged sender of the
//! domain is as good as its own. A record without `all` says nothing of others, which is better.
//!
//! ## Example
//!
//! ```zone
//! @ TXT "v=spf1 mx +all"
//! ```
//!
//! ## What to do
//!
//! Write `-all` (others are refused) or `~all` (others are suspected).
//!
//! ## References
//!
//! RFC 7208 sections 4.6.2, 5.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "spf-passes-all",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Record(&[RrType::TXT], check),
};

fn check(zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    if !zone.doubtful_spf(record).is_some_and(|spf| spf.passes_all()) {
        return;
    }
    let owner = zone.name(record.owner());
    findings
        .report(
            zone.place(record, Part::Rdata),
            format!("the SPF record of `{owner}` lets everyone send: write `-all` or `~all`"),
        )
        .about(owner, RrType::TXT)
        .note("`all` without a sign, or with `+`, is a pass for every sender in the world")
        .help("`-all` refuses who does not match before, `~all` suspects them");
}
