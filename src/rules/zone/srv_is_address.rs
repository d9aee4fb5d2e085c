//! # srv-is-address
//!
//! The target of an SRV record is an address.
//!
//! ## Why
//!
//! An SRV record has the name of a host, not its address. `named` takes it as a name: `192.0.2.1`
//! without a final dot is the name `192.0.2.1.example.com`, which does not exist. Clients cannot connect.
//! For an IPv6 address it refuses the zone: no host name has a colon (`bad name (check-names)`).
//!
//! ## Example
//!
//! ```zone
//! _imaps._tcp  SRV  0 1 993 192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Give the host a name with an A or AAAA record, and write that name.
//!
//! ## References
//!
//! RFC 2782

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::address_target;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Slip, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "srv-is-address",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::SRV], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    if let Target::Slip(Slip::Address(address)) = target {
        address_target(zone, record, address, findings);
    }
}
