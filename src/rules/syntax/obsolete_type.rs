//! # obsolete-type
//!
//! A record of type `MD` or `MF`.
//!
//! ## Why
//!
//! The two were for mail before `MX` was, and are obsolete since 1986. `named` says
//! `type 'MD': obsolete` and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! @  MD  mail
//! ```
//!
//! ## What to do
//!
//! Write an MX record: `MX 10` and the name.
//!
//! ## References
//!
//! RFC 973 section 2; RFC 1035 sections 3.3.4 and 3.3.5

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "obsolete-type",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::ObsoleteType, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(Place::whole(fault.span), format!("`{word}` is obsolete; write `MX 10` in its place"))
        .note(format!("`named` says `type '{word}': obsolete` and refuses the zone"))
        .help("`@ MX 10 mail` says the same today");
}
