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

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::null_with_others;
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "null-mx-with-others",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::MX], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    null_with_others(zone, set, ("takes no mail", "mail server"), findings);
}
