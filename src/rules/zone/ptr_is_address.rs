//! # ptr-is-address
//!
//! The target of a PTR record is an address.
//!
//! ## Why
//!
//! A PTR record leads from an address to a name. `named` takes `192.0.2.1` as a name below the zone, and
//! loads it without a word; for an IPv6 address in a reverse zone it refuses the zone (`bad name
//! (check-names)`), because no host name has a colon.
//!
//! ## Example
//!
//! ```zone
//! 1  PTR  192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Write the name of the host.
//!
//! ## References
//!
//! RFC 1035 section 3.3.12

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::address_pointer;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Slip, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ptr-is-address",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::PTR], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    if let Target::Slip(Slip::Address(address)) = target {
        address_pointer(zone, record, address, findings);
    }
}
