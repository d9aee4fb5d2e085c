//! # soa-timers
//!
//! The timers of the SOA record contradict each other, or make missing names stay missing.
//!
//! ## Why
//!
//! Secondaries ask for a new version every `refresh` seconds, after a failure every `retry` seconds, and stop to
//! answer when `expire` seconds have gone without success. If `expire` is below `refresh` and `retry` together, one
//! failure may be enough to take the zone away. If `retry` is above `refresh`, they wait longer after a failure than
//! otherwise.
//!
//! `minimum` is how long resolvers remember that a name does not exist: with more than a day, what was asked for too
//! early stays missing for days. BIND keeps it for three hours at most, others do not.
//!
//! ## Example
//!
//! ```zone
//! @ SOA ns1 hostmaster 1 86400 7200 3600 3600
//! @ NS ns1
//! ns1 A 192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Common values: refresh 86400, retry 7200, expire 3600000, minimum 3600.
//!
//! ## References
//!
//! RFC 1035 section 3.3.13; RFC 1912 section 2.2; RFC 2308 section 5

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "soa-timers",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[("longest-minimum", 86400)],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    let Some((record, soa)) = zone.soa() else { return };
    let longest = findings.option("longest-minimum");
    let mut say = |field: u8, level: Level, message: String, note: &str, help: &str| {
        findings
            .report(zone.place(record, Part::Field(field)), message)
            .about(zone.origin(), RrType::SOA)
            .data(field)
            .at_most(level)
            .note(note)
            .help(help);
    };
    if soa.expire < soa.refresh.saturating_add(soa.retry) {
        say(
            5,
            Level::Warning,
            format!(
                "expire, {} s, is below refresh and retry together, {} s",
                soa.expire,
                u64::from(soa.refresh) + u64::from(soa.retry)
            ),
            "a secondary may stop to answer before it has asked the primary a second time; one of BIND waits for that at least",
            "write a larger expire: some weeks, 3600000 for example",
        );
    } else if soa.retry > soa.refresh {
        say(
            4,
            Level::Info,
            format!("retry, {} s, is above refresh, {} s", soa.retry, soa.refresh),
            "secondaries wait longer after a failure than otherwise",
            "write a retry below refresh: 86400 and 7200 are common",
        );
    }
    if i64::from(soa.minimum) > longest {
        say(
            6,
            Level::Info,
            format!("minimum is {} s: a resolver may hold so long that a name does not exist", soa.minimum),
            "it is the TTL of negative answers, which BIND keeps for three hours at most, and others for longer",
            "write 3600 or less: a name that was asked for too early can be found so soon then",
        );
    }
}
