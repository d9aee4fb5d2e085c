//! # no-ns
//!
//! The zone has no NS record at its apex.
//!
//! ## Why
//!
//! The NS records at the apex name the servers of the zone. `named` refuses a zone without any
//! (`has no NS records`), so that all of its names are gone at the next reload.
//!
//! ## Example
//!
//! ```zone,whole
//! $TTL 3600
//! @    SOA  ns1 hostmaster 1 7200 3600 1209600 3600
//! ns1  A    192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Add an NS record for each name server of the zone; they are the ones that the parent zone names.
//!
//! ## References
//!
//! RFC 1035 section 3.3.11, RFC 1034 section 4.2.1

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "no-ns",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    let origin = zone.origin();
    if zone.has(zone.apex(), RrType::NS) || !zone.knows(origin) || is_elsewhere(zone) {
        return;
    }
    findings
        .report(zone.heading(), format!("`{origin}` has no NS record"))
        .about(origin, RrType::NS)
        .note("`named` refuses a zone without NS records at its apex, and serves none of its names")
        .help(format!("add the name servers of the zone, such as `{origin}. NS ns1.{origin}.`"));
}

/// SOA and NS are there, for another name: `no-soa` says why.
fn is_elsewhere(zone: &Zone) -> bool {
    zone.soa().is_none()
        && (zone.is_mostly_outside()
            || zone.stray_soas().next().is_some_and(|soa| zone.has(soa.owner(), RrType::NS)))
}
