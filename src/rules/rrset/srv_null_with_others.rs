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

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::null_with_others;
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "srv-null-with-others",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::SRV], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    null_with_others(zone, set, ("does not have the service", "server"), findings);
}
