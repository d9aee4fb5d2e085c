//! # case-duplicate
//!
//! Two records differ in the case of a name only, and `named` serves both.
//!
//! ## Why
//!
//! Names are equal whatever their case (RFC 4343), and for most types `named` keeps one of such twins. In the
//! types that came after 2005 it compares names with case (RFC 4034 section 6.2, RFC 6840 section 5.1): both
//! stay in the zone, are served and signed, and mean the same.
//!
//! ## Example
//!
//! ```zone
//! host LP 10 l64-subnet
//! host LP 10 L64-Subnet
//! ```
//!
//! ## What to do
//!
//! Delete one of them.
//!
//! ## References
//!
//! RFC 4343; BIND `check-dup-records`: `has semantically identical records`

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::{RrType, rr_types};
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "case-duplicate",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Several(|_| true, check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    // Most sets are of types without a name, or with one that is compared without case.
    if matches!(set.rtype(), RrType::A | RrType::AAAA | RrType::NS | RrType::MX | RrType::TXT) {
        return;
    }
    let has_case = |record: &&Record| zone.rdata(record).wire().iter().any(u8::is_ascii_uppercase);
    if !rr_types().kind(set.rtype()).is_some_and(|kind| kind.cased) || !set.records.iter().any(has_case) {
        return;
    }
    let mut sorted: Vec<(Vec<u8>, &Record)> =
        set.records.iter().map(|r| (zone.rdata(r).folded(), *r)).collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    for pair in sorted.windows(2) {
        let [(first_wire, first), (wire, again)] = pair else { continue };
        if first_wire != wire || zone.rdata(first) == zone.rdata(again) {
            continue;
        }
        let (owner, rtype) = (zone.name(again.owner()), again.rtype());
        findings
            .report(
                zone.place(again, Part::Rdata),
                format!("`{owner}` has this {rtype} record twice, but for the case of its name"),
            )
            .about(owner, rtype)
            .data(zone.rdata(again))
            .label(zone.place(first, Part::Rdata), "the first one")
            .note("names are equal whatever their case; `named` compares this type with case and serves both")
            .help("delete one of them");
    }
}
