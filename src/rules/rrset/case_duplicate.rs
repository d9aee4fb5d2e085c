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
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "case-duplicate",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&CASED, check),
};

/// The types with names that BIND compares with case.
const CASED: [RrType; 10] = [
    RrType::new(38), // A6
    RrType::new(45), // IPSECKEY
    RrType::NSEC,
    RrType::new(55),  // HIP
    RrType::new(58),  // TALINK
    RrType::new(64),  // SVCB
    RrType::new(65),  // HTTPS
    RrType::new(66),  // DSYNC
    RrType::new(107), // LP
    RrType::new(260), // AMTRELAY
];

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let has_case = |record: &&Record| zone.rdata(record).wire().iter().any(u8::is_ascii_uppercase);
    if set.records.len() == 1 || !set.records.iter().any(has_case) {
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

#[cfg(test)]
mod tests {
    use super::CASED;
    use crate::syntax::{RrType, rr_types};

    #[test]
    fn all_types_with_case_are_listed() {
        let mut cased: Vec<RrType> =
            rr_types().iter().filter(|kind| kind.cased).map(|kind| kind.rtype).collect();
        cased.sort_unstable();
        assert_eq!(cased, CASED);
    }
}
