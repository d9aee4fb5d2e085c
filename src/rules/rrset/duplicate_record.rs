//! # duplicate-record
//!
//! The same record stands twice.
//!
//! ## Why
//!
//! The records of an owner and type are a set: `named` keeps one of the two without a word. Nothing
//! breaks, until somebody changes or deletes one and wonders why the old data is still served.
//!
//! ## Example
//!
//! ```zone
//! www  A  192.0.2.3
//! www  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Delete one of them. Names are compared without regard to case, and addresses by value. What a
//! `$GENERATE` makes counts like what is written.
//!
//! ## Fix
//!
//! Safe: deletes the later one, if its TTL is that of the first.
//!
//! ## References
//!
//! RFC 2181 section 5

use crate::diagnostic::{Change, Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "duplicate-record",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Several(|_| true, check),
};

/// So many records are compared with each other.
const FEW: usize = 8;

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    // A few records need no sorting. Most differ at their ends, as all addresses do.
    let wire = |record: &Record| zone.rdata(record).wire();
    if are_few_and_different(set.records, |record| ends(wire(record)))
        || are_few_and_different(set.records, wire)
    {
        return;
    }
    // The sort is stable: twins stay in the order in which they are read.
    let mut sorted = set.records.to_vec();
    sorted.sort_by_key(|record| zone.rdata(record));
    for twins in sorted.chunk_by(|a, b| zone.rdata(a) == zone.rdata(b)) {
        // Of all that one line makes, the first.
        let mut later = twins[1..].to_vec();
        later.dedup_by_key(|record| zone.place(record, Part::Whole));
        for (again, number) in later.into_iter().zip(1..) {
            report(zone, (twins[0], again), number, findings);
        }
    }
}

/// No two of a few records give the same.
fn are_few_and_different<T: Copy + Default + PartialEq>(
    records: &[&Record],
    of: impl Fn(&Record) -> T,
) -> bool {
    let mut known = [T::default(); FEW];
    let is_new = |(at, record): (usize, &&Record)| {
        known[at] = of(record);
        !known[..at].contains(&known[at])
    };
    records.len() <= FEW && records.iter().enumerate().all(is_new)
}

/// The first and the last four octets, which may be the same.
fn ends(wire: &[u8]) -> (u32, u32) {
    let number = |octets: Option<&[u8; 4]>| octets.copied().map_or(0, u32::from_ne_bytes);
    (number(wire.first_chunk()), number(wire.last_chunk()))
}

fn report(zone: &Zone, (first, again): (&Record, &Record), number: usize, findings: &mut Findings<'_>) {
    let (owner, rtype) = (zone.name(again.owner()), again.rtype());
    let (here, there) = (zone.place(again, Part::Whole), zone.place(first, Part::Whole));
    let found = findings.report(here, format!("`{owner}` has the same {rtype} record twice"));
    found.about(owner, rtype).data(format!("{} {number}", zone.rdata(again)));
    match (here == there, again.is_generated()) {
        (true, true) => found.help("make the `$GENERATE` count in steps that give each record once"),
        (true, false) => found.help("include the file once: this line is read twice under one owner"),
        (false, true) => found
            .label(there, "the first one")
            .help("shorten the range of the `$GENERATE`, or delete the other record"),
        (false, false) => {
            let remove = zone.site(again).map(|record| Change::Remove { record });
            if first.ttl() == again.ttl() {
                found.safe_fix("deletes the second one", [remove]);
            }
            found.label(there, "the first one").help("delete one of them")
        }
    };
    found.note("`named` keeps one of them; who changes the other one later changes nothing");
}
