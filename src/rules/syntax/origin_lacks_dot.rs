//! # origin-lacks-dot
//!
//! The origin that an `$ORIGIN` or `$INCLUDE` sets was meant to be complete, and lacks its final dot.
//!
//! ## Why
//!
//! The origin is a name like others: without a final dot, the origin before it is added. After
//! `$ORIGIN sub.example.com` in the zone `example.com`, all names are below `sub.example.com.example.com`. `named` loads
//! them without a word, and nobody asks for them. If the SOA stands there too, it refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! $ORIGIN example.com
//! www A 192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Put a dot behind the name.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "origin-lacks-dot",
    group: Group::Syntax,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::OriginLacksDot, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let (word, read) = (fault.shown(), &fault.detail);
    findings
        .report(
            Place::whole(fault.span),
            format!("the origin `{word}` lacks its final dot: it is read as `{read}`"),
        )
        .note(format!(
            "all names without a final dot that follow are below `{read}`, where nobody asks for them"
        ))
        .help(format!("write `{word}.`"));
}
