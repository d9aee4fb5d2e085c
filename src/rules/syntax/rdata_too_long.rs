//! # rdata-too-long
//!
//! The data of a record has more than 65,535 octets.
//!
//! ## Why
//!
//! The length of the data has 16 bits on the wire. `named` says `ran out of space`, without a line
//! number, and refuses the zone. Answers of that size would not get far in any case: above some 1,200
//! octets a client has to ask again over TCP.
//!
//! ## Example
//!
//! 257 texts of 255 octets each:
//!
//! ```text
//! big  TXT  ( "0123456789…"
//!             "0123456789…"
//!             … )
//! ```
//!
//! ## What to do
//!
//! Divide the data among several records, or several names.
//!
//! ## References
//!
//! RFC 1035 section 3.2.1; RFC 9715 for sizes that travel well

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "rdata-too-long",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::RdataTooLong, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(
            Place::whole(fault.span),
            format!("the data of `{word}` is larger than 65535 octets; divide it among several records"),
        )
        .note("`named` says `ran out of space`, without a line number, and refuses the zone")
        .help("each record may have 65535 octets; keep well below 1,200, which travels without TCP");
}
