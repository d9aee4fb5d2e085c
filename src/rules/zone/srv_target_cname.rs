//! # srv-target-cname
//!
//! The host of a service is an alias.
//!
//! ## Why
//!
//! The target of an SRV record must not be an alias (RFC 2782): some clients follow the CNAME, others give
//! up. `named` loads the zone and only logs it.
//!
//! ## Example
//!
//! ```zone
//! _imaps._tcp  SRV    0 1 993 imap
//! imap         CNAME  ns1
//! ```
//!
//! ## What to do
//!
//! Name the host by the name that has the addresses, or replace the CNAME by A and AAAA records.
//!
//! ## References
//!
//! RFC 2782

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::alias_target;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "srv-target-cname",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::SRV], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    if let Target::Alias(home, alias) = target {
        alias_target(zone, record, (home, alias), findings);
    }
}
