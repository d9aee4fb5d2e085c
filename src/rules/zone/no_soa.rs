//! # no-soa
//!
//! The zone has no SOA record at its apex.
//!
//! ## Why
//!
//! A zone begins with its SOA (RFC 1035 section 5.2). `named` refuses a zone without one
//! (`has 0 SOA records`), so that all of its names are gone at the next reload. Often the SOA is there,
//! but for another name: a wrong origin, or a missing final dot.
//!
//! ## Example
//!
//! ```zone
//! $TTL 3600
//! @    NS  ns1
//! ns1  A   192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Add the SOA, or correct its owner.
//!
//! ## References
//!
//! RFC 1035 section 5.2

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "no-soa",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    if zone.has(zone.apex(), RrType::SOA) || !zone.knows(zone.origin()) {
        return;
    }
    let origin = zone.origin();
    findings
        .report(zone.heading(), format!("`{origin}` has no SOA record"))
        .about(origin, RrType::SOA)
        .note("`named` refuses a zone without an SOA, and serves none of its names")
        .help(format!("add an SOA record for `{origin}.`, or give the file its right origin"));
}
