//! # cname-is-address
//!
//! The target of a CNAME record is an address.
//!
//! ## Why
//!
//! A CNAME leads to a name. `named` takes `192.0.2.1` as the name `192.0.2.1.example.com`, which does not
//! exist, and loads it without a word. The alias leads nowhere.
//!
//! ## Example
//!
//! ```zone
//! www  CNAME  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Write an A or AAAA record.
//!
//! ## References
//!
//! RFC 1034 section 3.6.2

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::address_alias;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Slip, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "cname-is-address",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::CNAME], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    if let Target::Slip(Slip::Address(address)) = target {
        address_alias(zone, record, address, findings);
    }
}
