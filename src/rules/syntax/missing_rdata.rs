//! # missing-rdata
//!
//! The data of a record ends too early.
//!
//! ## Why
//!
//! Each type has a fixed number of fields. `named` says `unexpected end of input` and refuses the zone.
//! Where a `;` stands in the data, all behind it is a comment: texts with a `;` belong in quotes.
//!
//! ## Example
//!
//! ```zone
//! @    MX   10
//! www  A
//! ```
//!
//! ## What to do
//!
//! Write what is missing.
//!
//! ## References
//!
//! RFC 1035 section 5.1, and the RFC of the type

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind, rdata_form};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "missing-rdata",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::MissingRdata, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let rtype = &fault.detail;
    let place = Place::whole(fault.span);
    let note = "`named` says `unexpected end of input` and refuses the zone; a `;` outside of quotes begins \
                a comment, and what stands behind it is no data";
    match rdata_form(rtype) {
        Some((what, example)) => findings
            .report(place, format!("the `{rtype}` record ends too early; it takes {what}, as `{example}`"))
            .note(note)
            .help(format!("write the rest of it, as in `{example}`")),
        None => findings
            .report(place, format!("the `{rtype}` record ends too early; write the rest of its data"))
            .note(note)
            .help(format!("compare it with another `{rtype}` record")),
    };
}
