//! # bad-location
//!
//! The place of a LOC record is none.
//!
//! ## Why
//!
//! It is written as latitude, longitude, altitude, and optional sizes: `52 22 23.000 N 4 53 32.000 E -2.00m`.
//! `named` says `syntax error`, `not a valid number` or `out of range` and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! www  LOC  52 22 23 n 4 53 32 e -2m
//! ftp  LOC  91 N 4 E -2m
//! ```
//!
//! ## What to do
//!
//! Write degrees, minutes and seconds as whole numbers, seconds with up to three decimals, and `N`, `S`, `E` or
//! `W` in capitals behind them. The altitude is required.
//!
//! ## References
//!
//! RFC 1876 section 3

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "bad-location",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::BadLocation, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let (_, reason) = fault.detail.split_once(' ').unwrap_or_default();
    let message = match fault.word.as_str() {
        letter @ ("n" | "s" | "e" | "w") => {
            format!("`{word}` is no direction; write it in capitals: `{}`", letter.to_ascii_uppercase())
        }
        _ => format!("`{word}` cannot stand here: {reason}; correct it"),
    };
    findings
        .report(Place::whole(fault.span), message)
        .note("`named` says `syntax error`, `not a valid number` or `out of range` and refuses the zone")
        .help("as `LOC 52 22 23.000 N 4 53 32.000 E -2.00m 1m 10000m 10m`; the last three may be left out");
}
