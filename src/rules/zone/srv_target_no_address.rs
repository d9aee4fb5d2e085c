//! # srv-target-no-address
//!
//! The host of a service has no address.
//!
//! ## Why
//!
//! Clients that look the service up find a name that they cannot connect to. `named` loads the zone and
//! only logs it.
//!
//! ## Example
//!
//! ```zone
//! _imaps._tcp  SRV  0 1 993 imap
//! ```
//!
//! ## What to do
//!
//! Add an A or AAAA record for the host, correct its name, or delete the SRV record. A service that is
//! not offered has the target `.`. Of targets in zones that are not loaded, nothing is said.
//!
//! ## References
//!
//! RFC 2782, RFC 6186

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::no_address;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "srv-target-no-address",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::SRV], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    if let Target::NoAddress(home, id) = target {
        no_address(zone, record, (home, id), findings);
    }
}
