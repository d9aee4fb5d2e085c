//! # zone-shrunk
//!
//! A zone has lost most of its records since an earlier commit.
//!
//! ## Why
//!
//! A generator that failed half-way, a merge gone wrong, an `$INCLUDE` of an empty file: what is left is a
//! good zone, `named` loads it, and all other names are gone from the net.
//!
//! ## Example
//!
//! ```zone
//! ; file: old/example.com.zone
//! $TTL 3600
//! @      SOA  ns1 hostmaster 2026112301 7200 3600 1209600 3600
//! @      NS   ns1
//! ns1    A    192.0.2.1
//! $GENERATE 1-99 host$ A 192.0.2.$
//! ; file: new/example.com.zone
//! $TTL 3600
//! @      SOA  ns1 hostmaster 2026112302 7200 3600 1209600 3600
//! @      NS   ns1
//! ns1    A    192.0.2.1
//! ```
//!
//! ## What to do
//!
//! See what is missing, and bring it back. If it is meant, nothing is to be done: the next commit is compared
//! with this one. `lost-percent` (default 50) of a zone that had `at-least` records (default 20) must be gone.
//!
//! ## References
//!
//! RFC 2308 section 2.1: names that are gone stay gone in caches for the time of the SOA minimum

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::{Check, Rule, Versions};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "zone-shrunk",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[("lost-percent", 50), ("at-least", 20)],
    check: Check::Versions(check),
};

fn check(versions: &Versions<'_>, findings: &mut Findings<'_>) {
    let Versions { old, new, base } = *versions;
    let count = |records: usize| i64::try_from(records).unwrap_or(i64::MAX / 100);
    let (before, now) = (count(old.records().len()), count(new.records().len()));
    let lost = before - now;
    // Of a zone that could not be read, it is not known what is left.
    let known = new.is_complete() && before >= findings.option("at-least");
    if !known || lost * 100 < before * findings.option("lost-percent").max(1) {
        return;
    }
    let zone = new.origin();
    findings
        .report(new.heading(), format!("`{zone}` has {now} of the {before} records that it had in `{base}`"))
        .about(zone, "")
        .note("names that are gone do not exist for anyone, as long as the SOA minimum says")
        .help("bring back what is missing; if it is meant, this is said only once");
}
