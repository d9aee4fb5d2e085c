//! # meta-type
//!
//! A type that cannot be in a zone, such as `AXFR` or `OPT`.
//!
//! ## Why
//!
//! Some types exist only in queries and transfers: one can ask for `AXFR`, but there is no such record.
//! `named` says `invalid use of a meta type` and refuses the zone. A `$GENERATE` cannot make an SOA
//! either: `not at top of zone`.
//!
//! ## Example
//!
//! ```zone
//! www  AXFR  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Delete the record, or correct its type.
//!
//! ## References
//!
//! RFC 6895 section 3.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "meta-type",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::MetaType, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    if word.eq_ignore_ascii_case("SOA") {
        findings
            .report(
                Place::whole(fault.span),
                "`$GENERATE` cannot make an SOA; write it as a record of its own",
            )
            .note(
                "a zone has one SOA, for its own name: `named` says `not at top of zone` and refuses the \
                 zone",
            )
            .help("write `@ SOA …` on a line of its own, without `$GENERATE`");
        return;
    }
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` cannot be in a zone; correct the type or delete the record"),
        )
        .note(
            "the type is for queries and transfers: `named` says `invalid use of a meta type` and refuses \
             the zone",
        )
        .help("transfers are allowed in named.conf, with `allow-transfer`");
}
