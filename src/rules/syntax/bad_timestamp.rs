//! # bad-timestamp
//!
//! A point in time of a signature or key that is none.
//!
//! ## Why
//!
//! The times of an RRSIG record are dates as `20300131235959`, year to second in 14 digits, or seconds since
//! 1970 in up to ten digits. `named` says `syntax error` or `out of range` and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! www  RRSIG  A 13 3 3600 20300230000000 20300101000000 1 example.com. AAAA
//! ```
//!
//! ## What to do
//!
//! Sign the zone again rather than write the time by hand: the signature covers it.
//!
//! ## References
//!
//! RFC 4034 section 3.2

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "bad-timestamp",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::BadTimestamp, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let (_, part) = fault.detail.split_once(' ').unwrap_or_default();
    let message = match part {
        part if fault.detail.starts_with("$DATE") => {
            let what = if part == "digits" { String::new() } else { format!(", there is no such {part}") };
            format!("`{word}` is no time{what}; delete the `$DATE`, which has no effect in a zone")
        }
        "digits" => format!("`{word}` is no time; write 14 digits, year to second, as `20300131235959`"),
        "seconds" => format!(
            "`{word}` is no time; write seconds since 1970 up to 4294967295, or 14 digits as `20300131235959`"
        ),
        part => format!("`{word}` is no time, there is no such {part}; sign the zone again"),
    };
    findings
        .report(Place::whole(fault.span), message)
        .note("`named` says `syntax error` or `out of range` and refuses the zone")
        .help("`dnssec-signzone` writes these records; in SIG records a time is 14 digits only");
}
