//! # serial-decreased
//!
//! The serial of a zone is lower than it was in an earlier commit.
//!
//! ## Why
//!
//! Secondaries have the higher serial, take this zone for an older one, and transfer nothing until its
//! serial is above theirs: with dates as serials, for ever after a number that was typed wrong. `named` logs
//! `zone serial has gone backwards`, and loads the zone; with `inline-signing` it does not, and goes on to serve
//! the old one.
//!
//! ## Example
//!
//! ```zone
//! ; file: old/example.com.zone
//! $TTL 3600
//! @    SOA  ns1 hostmaster 2026112302 7200 3600 1209600 3600
//! @    NS   ns1
//! ns1  A    192.0.2.1
//! ; file: new/example.com.zone
//! $TTL 3600
//! @    SOA  ns1 hostmaster 2026112301 7200 3600 1209600 3600
//! @    NS   ns1
//! ns1  A    192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Write a serial above the last one. To take back a change, take back its records and go on counting. To
//! come down from a serial that is too high, add 2147483647 to it, wait until all secondaries have that, and
//! then write the one that is wanted: serials go round, and it is above.
//!
//! Where serials are not kept by hand, nothing is said: see `serial-not-increased`.
//!
//! ## References
//!
//! RFC 1982, RFC 1912 section 3.1

use std::cmp::Ordering;

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::{Check, Rule, Versions};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "serial-decreased",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Versions(check),
};

fn check(versions: &Versions<'_>, findings: &mut Findings<'_>) {
    let Some((old, new)) = versions.serials() else { return };
    // A number that is higher and yet before the other is one for `serial-jump`.
    if new.against(old) != Some(Ordering::Less) || new.0 > old.0 {
        return;
    }
    let (next, base) = (old.next(findings.now()).0, versions.base);
    let (old, new) = (old.0, new.0);
    let message = format!("serial `{new}` is below that of `{base}`, {old}; count on from there");
    let found = findings.report(versions.place(), message);
    found.about(versions.new.origin(), "SOA").data(new).help(format!("write {next}"));
    let fate = format!("secondaries that have {old} take this zone for an older one, and transfer nothing");
    versions.tell_fate(found, fate);
}
