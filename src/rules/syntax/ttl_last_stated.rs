//! # ttl-last-stated
//!
//! There is no `$TTL`: a record without a TTL takes the last one written above it.
//!
//! ## Why
//!
//! That is the oldest rule of zone files, and a trap: a record that is put in with a TTL of its own
//! changes all records below it that have none. `named` loads the zone and says
//! `using RFC1035 TTL semantics`. It is said once, for the first such record.
//!
//! ## Example
//!
//! ```zone
//! @    300  SOA  ns1 hostmaster 1 7200 3600 1209600 3600
//! @         NS   ns1
//! ns1       A    192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Write `$TTL` above the first record. Then look for records below one with a TTL of its own: theirs
//! changes to that of `$TTL`.
//!
//! ## References
//!
//! RFC 1035 section 5.1, RFC 2308 section 4

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ttl-last-stated",
    group: Group::Syntax,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::TtlLastStated, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let seconds = &fault.detail;
    findings
        .report(
            Place::whole(fault.span),
            format!(
                "there is no `$TTL`, so this record gets the last TTL written above, {seconds}; write `$TTL \
                 {seconds}` as the first line"
            ),
        )
        .note(
            "who writes a record with a TTL of its own changes all below it that have none; `named` says \
             `using RFC1035 TTL semantics`. The same holds for records below; it is said once",
        )
        .help("with a `$TTL` every record without a TTL has that one, wherever it stands");
}
