//! # forward-without-ptr
//!
//! An address has no PTR record in the reverse zone that is loaded.
//!
//! ## Why
//!
//! Mail from an address without a name is refused by many servers, and logs show a number instead of a host. In a
//! network whose reverse zone is kept by hand, the record was forgotten.
//!
//! This rule is off by default: not every address needs a name.
//!
//! ## Example
//!
//! ```zone
//! ; file: 2.0.192.in-addr.arpa
//! $TTL 3600
//! @  SOA ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 3600
//! @  NS  ns1.example.com.
//! 1  PTR ns1.example.com.
//! ; file: example.com
//! mail A 192.0.2.25
//! ```
//!
//! ## What to do
//!
//! Add the PTR record.
//!
//! ## References
//!
//! RFC 1912 section 2.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::{Found, View};
use crate::zone::{Record, Zone, name_of};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "forward-without-ptr",
    group: Group::CrossZone,
    level: Level::Info,
    default: false,
    options: &[],
    check: Check::Among(&[RrType::A, RrType::AAAA], check),
};

fn check(view: &View, zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    let Some(address) = zone.rdata(record).address() else { return };
    let owner = zone.name(record.owner());
    if zone.cut(record.owner()).is_some() {
        return;
    }
    let reverse = name_of(address);
    let home = match view.find(reverse.as_ref()) {
        Found::Missing(home) => home,
        Found::Name(home, id) if home.at(id).next().is_none() => home,
        _ => return,
    };
    findings
        .report(zone.place(record, Part::Rdata), format!("{address} of `{owner}` has no PTR record"))
        .about(owner, record.rtype())
        .data(address)
        .note("mail from an address without a name is refused by many servers")
        .help(format!(
            "add `{} {} {owner}.` to the zone `{}`",
            reverse.as_ref().relative_to(home.origin()),
            RrType::PTR,
            home.origin()
        ));
}
