//! # too-many-records
//!
//! A name has more than 100 records of one type.
//!
//! ## Why
//!
//! Since 9.18.28, `named` takes 100 records in an RRset and refuses the whole zone for more (`too many
//! records (must not exceed 100)`). `named-checkzone` and `named-checkconf` do not know the limit and say
//! that all is well.
//!
//! `named` counts before it drops duplicates: 101 equal lines in a row are too many.
//!
//! ## Example
//!
//! ```zone
//! $GENERATE 1-101 pool A 10.0.0.$
//! ```
//!
//! ## What to do
//!
//! Divide the records over several names. Or raise `max-records-per-type` in named.conf, which counts here
//! as well; without a named.conf, switch this rule off.
//!
//! ## References
//!
//! BIND option `max-records-per-type`, CVE-2024-1737

use std::collections::HashSet;
use std::num::NonZeroU32;

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "too-many-records",
    group: Group::Rrset,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Several(may_have_too_many, check),
};

/// In most zones there are not so many records in all.
fn may_have_too_many(zone: &Zone) -> bool {
    limit(zone).is_some_and(|limit| zone.records().len() > limit)
}

fn limit(zone: &Zone) -> Option<usize> {
    NonZeroU32::new(zone.terms().max_records).map(|limit| limit.get() as usize)
}

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let Some(limit) = limit(zone) else { return };
    if set.records.len() <= limit {
        return;
    }
    // The RRSIGs over one type are an RRset of their own.
    let mut records = set.records.to_vec();
    records.sort_by_key(|record| zone.covered(record));
    for records in records.chunk_by(|a, b| zone.covered(a) == zone.covered(b)) {
        if let Some(last) = refused_at(zone, records, limit) {
            report(zone, (records[0], last, records.len(), limit), findings);
        }
    }
}

/// The record at which `named` gives up. It takes what stands under one owner together, counts it, drops
/// the duplicates, and then merges it with what it has.
fn refused_at<'z>(zone: &Zone, records: &[&'z Record], limit: usize) -> Option<&'z Record> {
    if records.len() <= limit {
        return None;
    }
    let mut kept: HashSet<&[u8]> = HashSet::new();
    for batch in records.chunk_by(|a, b| is_one_batch(zone, a, b)) {
        let new: HashSet<&[u8]> = batch.iter().map(|record| zone.rdata(record).wire()).collect();
        if batch.len() > limit || kept.len() + new.len() > limit {
            let room = limit - if batch.len() > limit { 0 } else { kept.len() };
            return batch.get(room).or(batch.last()).copied();
        }
        kept.extend(new);
    }
    None
}

/// Between two records of one owner there are none of others. Each that a `$GENERATE` makes stands alone.
fn is_one_batch(zone: &Zone, first: &Record, second: &Record) -> bool {
    !first.is_generated() && !second.is_generated() && zone.stand_together(first, second)
}

fn report(
    zone: &Zone,
    (first, last, count, limit): (&Record, &Record, usize, usize),
    findings: &mut Findings<'_>,
) {
    let (owner, rtype) = (zone.name(first.owner()), first.rtype());
    let found = findings.report(
        zone.place(last, Part::Whole),
        format!("`{owner}` has {count} {rtype} records, and `named` takes no more than {limit}"),
    );
    found.about(owner, rtype);
    if zone.place(first, Part::Whole) != zone.place(last, Part::Whole) {
        found.label(zone.place(first, Part::Whole), "the first one");
    }
    found
        .note("`named` says `too many records`, refuses the zone, and serves none of its names; the checking tools do not")
        .help("divide them over several names, or raise `max-records-per-type` in named.conf");
}
