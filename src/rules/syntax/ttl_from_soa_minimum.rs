//! # ttl-from-soa-minimum
//!
//! Neither `$TTL` nor the SOA says a TTL: the last number of the SOA is taken.
//!
//! ## Why
//!
//! That number is meant for something else: how long resolvers remember that a name does *not* exist.
//! When somebody makes it short for that reason, all records that have no TTL of their own become
//! short-lived with it. `named` loads the zone and says `no TTL specified; using SOA MINTTL instead`.
//!
//! ## Example
//!
//! ```zone
//! @    SOA  ns1 hostmaster 1 7200 3600 1209600 300
//! @    NS   ns1
//! ns1  A    192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Write the TTL that you want above the SOA: `$TTL 3600`.
//!
//! ## References
//!
//! RFC 2308 section 4

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ttl-from-soa-minimum",
    group: Group::Syntax,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::TtlFromSoaMinimum, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let seconds = &fault.detail;
    findings
        .report(
            Place::whole(fault.span),
            format!(
                "there is no `$TTL`, so records without a TTL get the SOA's last number, {seconds}; write \
                 `$TTL {seconds}` above the SOA"
            ),
        )
        .note(
            "that number is how long resolvers remember that a name does not exist; who changes it for that \
             changes these TTLs with it. `named` says `no TTL specified; using SOA MINTTL instead`",
        )
        .help(format!(
            "write `$TTL {seconds}` above the SOA to keep what is served now, or the TTL that you want"
        ));
}
