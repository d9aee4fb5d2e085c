//! # mx-target-cname
//!
//! A mail server is an alias.
//!
//! ## Why
//!
//! The target of an MX record must have an address of its own (RFC 2181 section 10.3). Many senders follow
//! a CNAME there, and some do not: mail from those bounces. `named` loads the zone and only logs it.
//!
//! ## Example
//!
//! ```zone
//! @     MX     10 mail
//! mail  CNAME  ns1
//! ```
//!
//! ## What to do
//!
//! Name the mail server by the name that has the addresses, or replace the CNAME by A and AAAA records.
//!
//! ## References
//!
//! RFC 2181 section 10.3, RFC 5321 section 5.1

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::alias_target;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "mx-target-cname",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::MX], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    if let Target::Alias(home, alias) = target {
        alias_target(zone, record, (home, alias), findings);
    }
}
