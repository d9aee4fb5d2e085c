//! # no-current-owner
//!
//! A record without an owner name, and none above it to inherit one from.
//!
//! ## Why
//!
//! A line that begins with a blank continues the record above: it has the same owner. Where nothing is
//! above, `named` says `no current owner name` and refuses the zone. NSD takes the zone's own name here,
//! so a file that worked there may fail at BIND.
//!
//! ## Example
//!
//! ```zone
//! $TTL 3600
//!      SOA  ns1 hostmaster 1 7200 3600 1209600 3600
//! @    NS   ns1
//! ns1  A    192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Begin the line with the owner: `@` for the zone's own name.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "no-current-owner",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::NoCurrentOwner, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(
            Place::whole(fault.span),
            format!("no name stands before `{word}`; begin the line with one, `@` for the zone's own"),
        )
        .note(
            "a line that begins with a blank continues the record above, and there is none: `named` says `no \
             current owner name` and refuses the zone",
        )
        .help(format!("write `@ {word}`"));
}
