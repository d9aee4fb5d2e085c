//! # several-soa
//!
//! The zone has two different SOA records.
//!
//! ## Why
//!
//! A zone has exactly one SOA: its serial tells the secondaries whether there is something new, and there
//! cannot be two of them. `named` refuses the zone (`multiple RRs of singleton type`). It comes from a
//! merge, or from an SOA in a file that `$INCLUDE` puts into many zones.
//!
//! ## Example
//!
//! ```zone
//! $TTL 3600
//! @  SOA  ns1 hostmaster 1 7200 3600 1209600 3600
//! @  SOA  ns1 hostmaster 2 7200 3600 1209600 3600
//! @  NS   ns1
//! ns1 A   192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Keep the SOA with the higher serial, and delete the other one.
//!
//! ## References
//!
//! RFC 1035 section 5.2, RFC 2181 section 6.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "several-soa",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    for other in zone.rrset(zone.apex(), RrType::SOA).skip(1) {
        let Some((first, soa)) = zone.soa() else { return };
        let rdata = zone.rdata(other);
        let Some(twin) = rdata.soa().filter(|_| rdata != zone.rdata(first)) else { continue };
        let origin = zone.origin();
        findings
            .report(zone.place(other, Part::Owner), format!("`{origin}` has a second, different SOA record"))
            .about(origin, RrType::SOA)
            .data(twin.serial)
            .label(zone.place(first, Part::Owner), format!("the first one, with serial {}", soa.serial))
            .note("a zone has one SOA: `named` refuses one with two, and serves none of its names")
            .help(format!("keep one SOA, and give it a serial above {}", soa.serial.max(twin.serial)));
    }
}
