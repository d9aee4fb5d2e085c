//! # srv-owner
//!
//! The owner of an SRV record does not begin with a service and a protocol.
//!
//! ## Why
//!
//! Clients ask for `_service._protocol.domain`: `sip._tcp` or `_sip.tcp` is never found. Only DNS-SD has the name of
//! an instance before both.
//!
//! ## Example
//!
//! ```zone
//! _sip.tcp SRV 0 5 5060 ns1
//! ```
//!
//! ## What to do
//!
//! Write `_` before both words.
//!
//! ## References
//!
//! RFC 2782; RFC 6763 section 4.1; RFC 8552 section 1.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "srv-owner",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::SRV], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let owner = zone.name(set.owner());
    let good = |label: &[u8]| label.starts_with(b"_") || label == b"*";
    let mut labels = owner.labels().map(good);
    let labels = [labels.next(), labels.next(), labels.next()].map(Option::unwrap_or_default);
    // DNS-SD puts the name of an instance before both.
    if matches!(labels, [true, true, _] | [_, true, true]) || owner.is_wildcard() {
        return;
    }
    findings
        .report(
            zone.place(set.first(), Part::Owner),
            format!("`{owner}` does not begin with `_service._protocol`, which clients of SRV ask for"),
        )
        .about(owner, RrType::SRV)
        .note("the record is never asked for")
        .help("write `_` before the service and before the protocol: `_sip._tcp`");
}
