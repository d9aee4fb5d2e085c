//! # rrset-ttl-mismatch
//!
//! Records of one owner and type have different TTLs.
//!
//! ## Why
//!
//! An RRset has one TTL (RFC 2181 section 5.2), and `named` makes it so. Where the records stand together,
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
    let Some(other) = set.records.iter().find(differs).filter(|_| !matches!(set.rtype(), RrType::RRSIG | SIG))
    else {
        return;
    };
    let (owner, rtype, ttl) = (zone.name(set.owner()), set.rtype(), other.ttl());
    let found = findings.report(
        zone.place(other, Part::Ttl),
        format!("`{owner}` has the TTL {ttl} in this {rtype} record, and {} in another", first.ttl()),
    );
    found
        .about(owner, rtype)
        .label(zone.place(first, Part::Ttl), format!("here it is {}", first.ttl()))
        .help(format!("give all {rtype} records of `{owner}` one TTL"));
    match served(zone, set) {
        Some((ttl, true)) => found.note(format!(
            "an RRset has one TTL: `named` serves all with {ttl}, the last one, because another owner stands in between; it does not say so"
        )),
        Some((ttl, false)) => found.note(format!("an RRset has one TTL: `named` serves all with {ttl}, the first one")),
        None => found.note("an RRset has one TTL: `named` serves all with only one of them"),
    };
}

/// The TTL that is served: the first one of the last block of records that stand together; and whether
/// there are several blocks. What a `$GENERATE` makes is added out of turn.
fn served(zone: &Zone, set: &Rrset<'_>) -> Option<(u32, bool)> {
    if set.records.iter().any(|record| record.is_generated()) {
        return None;
    }
    let last = set.records.chunk_by(|a, b| stand_together(zone, a, b)).last()?;
    Some((last[0].ttl(), last.len() < set.records.len()))
}

/// No other owner stands between two records of one owner.
fn stand_together(zone: &Zone, first: &Record, second: &Record) -> bool {
    let (from, to) = (zone.place(first, Part::Whole).span, zone.place(second, Part::Whole).span);
    let outside = |span: crate::source::Span| span.file == to.file && (from.start..to.start).contains(&span.start);
    let mut between = std::iter::successors(zone.before(second), |record| zone.before(record));
    let other = between
        .by_ref()
        .take_while(|record| !std::ptr::eq(*record, first))
        .any(|record| record.owner() != first.owner() && !record.is_generated());
    !other && from.file == to.file && !zone.out_of_zone().iter().any(|block| outside(block.span))
}
