//! # ttl-missing
//!
//! A record has no TTL, and nothing before it says one.
//!
//! ## Why
//!
//! A TTL comes from the record, from `$TTL` above it, or from the SOA. A record above all three of them
//! has none: `named` says `no TTL specified; zone rejected`. It is said once, for the first such record.
//!
//! ## Example
//!
//! ```zone
//! www  A    192.0.2.3
//! @    SOA  ns1 hostmaster 1 7200 3600 1209600 3600
//! @    NS   ns1
//! ns1  A    192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Make `$TTL 3600`, or another time, the first line of the file.
//!
//! ## References
//!
//! RFC 2308 section 4, RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ttl-missing",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::TtlMissing, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    findings
        .report(
            Place::whole(fault.span),
            "the record has no TTL, and there is no `$TTL` above it; write `$TTL 3600` as the first line",
        )
        .note("`named` says `no TTL specified; zone rejected`")
        .help("`$TTL` sets the time for all records below that have none of their own");
}
