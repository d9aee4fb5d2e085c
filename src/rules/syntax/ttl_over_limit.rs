//! # ttl-over-limit
//!
//! A TTL of 2147483648 seconds (2^31) or more.
//!
//! ## Why
//!
//! Such a TTL is taken as 0, which is the opposite of what was meant: no resolver keeps the record, and
//! each question comes back to your servers. `named` loads the zone and warns:
//! `$TTL 2147483648 > MAXTTL, setting $TTL to 0`.
//!
//! ## Example
//!
//! ```zone
//! www  2147483648  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Write a day (`1d`) or a week (`1w`). Resolvers rarely keep a record longer than that.
//!
//! ## References
//!
//! RFC 2181 section 8

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ttl-over-limit",
    group: Group::Syntax,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::TtlOverLimit, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let (word, seconds) = (fault.shown(), &fault.detail);
    let shown = if word == *seconds { String::new() } else { format!(" ({seconds} seconds)") };
    findings
        .report(
            Place::whole(fault.span),
            format!(
                "the TTL `{word}`{shown} is taken as 0, because it is larger than 2147483647; write `1d`"
            ),
        )
        .note(
            "with a TTL of 0 no resolver keeps the record; `named` loads it and says `MAXTTL, setting $TTL \
             to 0`",
        )
        .help("a day (`1d`) or a week (`1w`) is the most that resolvers make use of");
}
