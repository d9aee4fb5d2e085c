//! # serial-jump
//!
//! The serial of a zone jumped: so far that secondaries see it go back, or from a date to the far future.
//!
//! ## Why
//!
//! Serials go round: of two, the one that is less than 2147483648 ahead is the later one. A jump further than
//! that is a step back, and secondaries transfer nothing. A jump of exactly 2147483648 is not defined.
//!
//! A serial that is a date and was typed wrong, `2206010101` for `2026010101`, is transferred at once. Every
//! right date after that is below it, and is not transferred.
//!
//! ## Example
//!
//! ```zone
//! ; file: old/example.com.zone
//! $TTL 3600
//! @    SOA  ns1 hostmaster 2025112301 7200 3600 1209600 3600
//! @    NS   ns1
//! ns1  A    192.0.2.1
//! ; file: new/example.com.zone
//! $TTL 3600
//! @    SOA  ns1 hostmaster 2206010101 7200 3600 1209600 3600
//! @    NS   ns1
//! ns1  A    192.0.2.2
//! ```
//!
//! ## What to do
//!
//! Correct the serial before it is published. `days-ahead` (default 7) is how many days a date may be in the
//! future: more than 99 changes a day run over into the next one, and that heals by itself.
//!
//! Where serials are not kept by hand, nothing is said: see `serial-not-increased`.
//!
//! ## References
//!
//! RFC 1982 section 3.2, RFC 1912 section 2.2

use std::cmp::Ordering;

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::{Check, Rule, Versions};
use crate::zone::Serial;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "serial-jump",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[("days-ahead", 7)],
    check: Check::Versions(check),
};

fn check(versions: &Versions<'_>, findings: &mut Findings<'_>) {
    let Some((old, new)) = versions.serials() else { return };
    let (from, base) = (old.0, versions.base);
    let (message, reason) = match new.against(old) {
        None => (
            format!("serial `{}` is exactly 2147483648 away from that of `{base}`, {from}", new.0),
            "which of the two is the later one is not defined: some secondaries transfer the zone, and some do not",
        ),
        Some(Ordering::Less) if new.0 > old.0 => (
            format!("serial `{}` is more than 2147483647 above that of `{base}`, {from}", new.0),
            "for secondaries that is a step back, and they transfer nothing",
        ),
        Some(Ordering::Greater) if is_far_ahead(old, new, findings) => (
            format!("serial `{}` is no date near today, and that of `{base}` was: {from}", new.0),
            "secondaries take it at once, and then no date below it, for years",
        ),
        _ => return,
    };
    let next = old.next(findings.now()).0;
    findings
        .report(versions.place(), message)
        .about(versions.new.origin(), "SOA")
        .data(new.0)
        .note(reason)
        .help(format!("write {next}"));
}

/// The serial was a date, and goes beyond all dates that are to come soon.
fn is_far_ahead(old: Serial, new: Serial, findings: &Findings<'_>) -> bool {
    let today = i64::from(findings.now() / 86_400);
    // Before the last day that a serial of 32 bits can name, 4294-12-31.
    let limit = (today + findings.option("days-ahead")).clamp(0, 800_000);
    let limit = u32::try_from(limit).expect("it is clamped");
    old.day().is_some_and(|day| day <= limit) && new.0 >= Serial::of_day(limit + 1).0
}
