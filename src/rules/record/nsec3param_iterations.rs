//! # nsec3param-iterations
//!
//! The NSEC3 hash is repeated more than 150 times.
//!
//! ## Why
//!
//! Each name that does not exist costs resolvers the repeated hash. They treat a zone with more than 150
//! iterations as unsigned, some one with more than 50, and `named` logs `excessive NSEC3PARAM iterations`.
//! Iterations protect nothing: RFC 9276 asks for 0.
//!
//! ## Example
//!
//! ```zone
//! @  NSEC3PARAM  1 0 500 -
//! ```
//!
//! ## What to do
//!
//! Sign the zone anew with 0 iterations and no salt: `NSEC3PARAM 1 0 0 -`.
//!
//! ## References
//!
//! RFC 9276 section 3

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "nsec3param-iterations",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Record(&[RrType::NSEC3PARAM], check),
};

/// What resolvers and `named` take.
const MAX_ITERATIONS: u16 = 150;

fn check(zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    if record.owner() != zone.apex() {
        return;
    }
    let Some(&[high, low]) = zone.rdata(record).wire().get(2..4) else { return };
    let iterations = u16::from_be_bytes([high, low]);
    if iterations > MAX_ITERATIONS {
        findings
            .report(
                zone.place(record, Part::Field(2)),
                format!("`{iterations}` iterations are more than {MAX_ITERATIONS}; sign the zone with 0"),
            )
            .about(zone.origin(), RrType::NSEC3PARAM)
            .data(iterations)
            .note(
                "resolvers treat the zone as unsigned; `named` logs `excessive NSEC3PARAM iterations` and loads it",
            )
            .help("write `NSEC3PARAM 1 0 0 -`: iterations protect nothing (RFC 9276)");
    }
}
