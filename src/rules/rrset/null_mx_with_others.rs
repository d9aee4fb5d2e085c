//! # null-mx-with-others
//!
//! A record says that there is no mail server, and another one names a mail server.
//!
//! ## Why
//!
//! An MX record with the target `.` says that the domain takes no mail. Beside other MX records it is a
//! contradiction: some clients give up, others take the other records. `named` loads it without a word.
//!
//! ## Example
//!
//! ```zone
//! @  MX  0 .
//! @  MX  10 ns1
//! ```
//!
//! ## What to do
//!
//! Delete one or the other.
//!
//! ## References
//!
//! RFC 7505 section 3

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::{NameRef, RrType};
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "null-mx-with-others",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    if set.rtype() != RrType::MX || set.records.len() == 1 {
        return;
    }
    let is_null = |record: &&&Record| zone.rdata(record).target().is_some_and(NameRef::is_root);
    let Some(null) = set.records.iter().find(is_null) else { return };
    let Some(other) = set.records.iter().find(|record| !is_null(record)) else { return };
    let owner = zone.name(set.owner());
    findings
        .report(
            zone.place(null, Part::Rdata),
            format!("this MX record says that `{owner}` takes no mail, and another one names a mail server; delete one"),
        )
        .about(owner, RrType::MX)
        .label(zone.place(other, Part::Rdata), "the other one")
        .note("clients do not agree on what it means: some give up, others take the other records")
        .help("delete this record, or all others");
}
