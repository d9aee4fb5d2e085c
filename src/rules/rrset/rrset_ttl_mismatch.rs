//! # rrset-ttl-mismatch
//!
//! Records of one owner and type have different TTLs.
//!
//! ## Why
//!
//! Such records have one TTL (RFC 2181 section 5.2), and `named` makes it so. Where they stand together,
//! the first TTL wins, and `named` says so (`TTL set to prior TTL`). Where another owner stands in
//! between, the last one wins, and it says nothing: a TTL that was lowered before a move is not in force.
//!
//! ## Example
//!
//! ```zone
//! www  300   A  192.0.2.3
//! www  7200  A  192.0.2.4
//! ```
//!
//! ## What to do
//!
//! Give all records of the name and type the same TTL. Signatures (RRSIG) are not compared: they have the
//! TTL of the records that they sign.
//!
//! ## References
//!
//! RFC 2181 section 5.2

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::source::Span;
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "rrset-ttl-mismatch",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(check),
};

/// SIG, the RRSIG of RFC 2535.
const SIG: RrType = RrType::new(24);

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let first = set.first();
    let differs = |record: &&&Record| record.ttl() != first.ttl();
    let Some(other) =
        set.records.iter().find(differs).filter(|_| !matches!(set.rtype(), RrType::RRSIG | SIG))
    else {
        return;
    };
    let (owner, rtype) = (zone.name(set.owner()), set.rtype());
    let (one, two) = (first.ttl(), other.ttl());
    let served = served(zone, set);
    let outcome = served.map_or(String::new(), |(ttl, _)| format!(", and `named` serves {ttl}"));
    let found = findings.report(
        zone.place(other, Part::Ttl),
        format!("the {rtype} records of `{owner}` have the TTLs {one} and {two}{outcome}"),
    );
    found
        .about(owner, rtype)
        .label(zone.place(first, Part::Ttl), format!("here it is {one}"))
        .note(match served {
            Some((_, true)) => {
                "an RRset has one TTL: where another owner stands in between, the last one wins, and `named` says nothing"
            }
            Some((_, false)) => "an RRset has one TTL: where the records stand together, the first one wins",
            None => "an RRset has one TTL: `named` serves all records with only one of them",
        })
        .help(format!("give all {rtype} records of `{owner}` one TTL"));
}

/// The TTL that is served: the first one of the last block of records that stand together; and whether
/// there are several blocks. What a `$GENERATE` makes is added out of turn.
fn served(zone: &Zone, set: &Rrset<'_>) -> Option<(u32, bool)> {
    if set.records.iter().any(|record| record.is_generated()) {
        return None;
    }
    let mut outside: Vec<Span> = zone.out_of_zone().iter().map(|block| block.span).collect();
    outside.sort_unstable();
    let last = set.records.chunk_by(|a, b| stand_together(zone, a, b, &outside)).last()?;
    Some((last[0].ttl(), last.len() < set.records.len()))
}

/// No other owner stands between two records of one owner: not in the zone, and not outside.
fn stand_together(zone: &Zone, first: &Record, second: &Record, outside: &[Span]) -> bool {
    let (from, to) = (zone.place(first, Part::Whole).span, zone.place(second, Part::Whole).span);
    let between = std::iter::successors(zone.before(second), |record| zone.before(record));
    let mut between = between.take_while(|record| !std::ptr::eq(*record, first));
    let after = outside.partition_point(|span| *span < from);
    from.file == to.file
        && outside.get(after).is_none_or(|span| *span > to)
        && between.all(|record| {
            record.owner() == first.owner() || record.is_generated() || is_glue(zone, first, record)
        })
}

/// A record is the glue of a delegation, which `named` reads without leaving the delegation's owner.
fn is_glue(zone: &Zone, delegation: &Record, record: &Record) -> bool {
    let name = zone.name(record.owner());
    delegation.rtype() == RrType::NS
        && delegation.owner() != zone.apex()
        && zone.rrset(delegation.owner(), RrType::NS).any(|ns| zone.rdata(ns).target() == Some(name))
}
