//! # cds-without-dnskey
//!
//! CDS or CDNSKEY records announce a key that the zone does not have.
//!
//! ## Why
//!
//! CDS and CDNSKEY records tell the parent which keys of the zone to publish. `named` refuses the whole
//! zone (`CDS/CDNSKEY consistency checks failed`) if the zone has no DNSKEY of the algorithm that one of
//! them names. It compares nothing but the algorithm.
//!
//! ## Example
//!
//! ```zone
//! @  CDS  60485 8 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A
//! ```
//!
//! ## What to do
//!
//! Delete the record if its key is gone, or add the DNSKEY. A zone that goes back to unsigned has `CDS 0 0
//! 0 00` alone.
//!
//! ## References
//!
//! RFC 7344 section 4.1, RFC 8078

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "cds-without-dnskey",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::CDS, RrType::CDNSKEY], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let (origin, rtype) = (zone.origin(), set.rtype());
    // The algorithm is behind the key tag, or behind flags and protocol.
    let (algorithm_at, deletion): (usize, &[u8]) = if rtype == RrType::CDS {
        (2, &super::cds_delete_not_alone::CDS_DELETE)
    } else {
        (3, &super::cds_delete_not_alone::CDNSKEY_DELETE)
    };
    let is_deletion = |wire: &[u8]| wire == deletion;
    if set.owner() != zone.apex() || set.records.iter().any(|r| is_deletion(zone.rdata(r).wire())) {
        return;
    }
    let key = |algorithm: u8| {
        zone.rrset(zone.apex(), RrType::DNSKEY).any(|key| zone.rdata(key).wire().get(3) == Some(&algorithm))
    };
    let orphan = set.records.iter().find_map(|record| {
        let algorithm = *zone.rdata(record).wire().get(algorithm_at)?;
        (!key(algorithm)).then_some((record, algorithm))
    });
    let Some((record, algorithm)) = orphan.filter(|_| zone.knows(origin)) else { return };
    let signed = zone.has(zone.apex(), RrType::DNSKEY);
    let what =
        if signed { format!("no key of algorithm {algorithm}") } else { "no DNSKEY record".to_owned() };
    findings
        .report(
            zone.place(record, Part::Whole),
            format!("the {rtype} record announces a key, but `{origin}` has {what}"),
        )
        .about(origin, rtype)
        .data(algorithm)
        .note(
            "`named` says `CDS/CDNSKEY consistency checks failed`, refuses the zone, and serves none of its names",
        )
        .help(format!("delete the {rtype} record, or add the DNSKEY that it is about"));
}
