//! # ns-target-cname
//!
//! A name server is an alias.
//!
//! ## Why
//!
//! The target of an NS record must have an address of its own (RFC 2181 section 10.3). Resolvers do not
//! follow a CNAME there, so that the server gets no queries. If the record stands at the apex and the
//! alias is in the same zone, `named` refuses the whole zone (`is a CNAME (illegal)`).
//!
//! ## Example
//!
//! ```zone
//! @    NS     ns2
//! ns2  CNAME  ns1
//! ```
//!
//! ## What to do
//!
//! Name the server by the name that has the addresses, or replace the CNAME by A and AAAA records.
//!
//! ## References
//!
//! RFC 2181 section 10.3

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::targets::alias_target;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ns-target-cname",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::NS], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    if let Target::Alias(home, alias) = target {
        alias_target(zone, record, (home, alias), findings);
    }
}
