//! # ns-is-address
//!
//! The target of an NS record is an address.
//!
//! ## Why
//!
//! An NS record has the name of a server, not its address. `named` takes it as a name: `192.0.2.1`
//! without a final dot is the name `192.0.2.1.example.com`, which does not exist. At the apex `named`
//! refuses the zone for that (`has no address records`), and an IPv6 address anywhere
//! (`bad name (check-names)`); elsewhere the server is never found.
//!
//! ## Example
//!
//! ```zone
//! @  NS  192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Give the server a name with an A or AAAA record, and write that name.
//!
//! ## References
//!
//! RFC 1035 section 3.3.11, RFC 1912 section 2.8

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::address_target;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Slip, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ns-is-address",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::NS], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    if let Target::Slip(Slip::Address(address)) = target {
        address_target(zone, record, address, findings);
    }
}
