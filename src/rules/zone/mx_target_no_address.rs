//! # mx-target-no-address
//!
//! A mail server has no address.
//!
//! ## Why
//!
//! Mail for the domain cannot be delivered to a name without address: it waits in the queues of its
//! senders, or bounces. `named` loads the zone and only logs it.
//!
//! ## Example
//!
//! ```zone
//! @  MX  10 mail
//! ```
//!
//! ## What to do
//!
//! Add an A or AAAA record for the mail server, correct its name, or delete the MX record. A domain that
//! takes no mail has `MX 0 .`. Of targets in zones that are not loaded, nothing is said.
//!
//! ## References
//!
//! RFC 5321 section 5.1, RFC 7505

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::no_address;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "mx-target-no-address",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::MX], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    if let Target::NoAddress(home, id) = target {
        no_address(zone, record, (home, id), findings);
    }
}
