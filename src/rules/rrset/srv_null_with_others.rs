//! # srv-null-with-others
//!
//! A record says that there is no server, and another one names a server.
//!
//! ## Why
//!
//! An SRV record with the target `.` says that the domain does not have the service. Beside other SRV
//! records it is a contradiction: some clients give up, others take the other records. `named` loads it
//! without a word.
//!
//! ## Example
//!
//! ```zone
//! _imap._tcp  SRV  0 0 0 .
//! _imap._tcp  SRV  0 0 143 ns1
//! ```
//!
//! ## What to do
//!
//! Delete one or the other.
//!
//! ## References
//!
//! RFC 2782

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::{NameRef, RrType};
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "srv-null-with-others",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    if set.rtype() != RrType::SRV || set.records.len() == 1 {
        return;
    }
    let is_null = |record: &&&Record| zone.rdata(record).target().is_some_and(NameRef::is_root);
    let Some(null) = set.records.iter().find(is_null) else { return };
    let Some(other) = set.records.iter().find(|record| !is_null(record)) else { return };
    let owner = zone.name(set.owner());
    findings
        .report(
            zone.place(null, Part::Rdata),
            format!("this SRV record says that `{owner}` does not have the service, and another one names a server; delete one"),
        )
        .about(owner, RrType::SRV)
        .label(zone.place(other, Part::Rdata), "the other one")
        .note("clients do not agree on what it means: some give up, others take the other records")
        .help("delete this record, or all others");
}
