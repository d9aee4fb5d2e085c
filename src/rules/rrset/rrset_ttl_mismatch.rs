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
use crate::syntax::RrType;
use crate::zone::{Record, Served, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "rrset-ttl-mismatch",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Several(may_differ, check),
};

/// SIG, the RRSIG of RFC 2535.
const SIG: RrType = RrType::new(24);

/// In many zones all records have one TTL.
fn may_differ(zone: &Zone) -> bool {
    !zone.has_one_ttl()
}

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
    let served = zone.served(set.records);
    let found = findings.report(
        zone.place(other, Part::Ttl),
        format!(
            "the {rtype} records of `{owner}` have the TTLs {one} and {two}, and `named` serves {}",
            served.ttl()
        ),
    );
    found
        .about(owner, rtype)
        .label(zone.place(first, Part::Ttl), format!("here it is {one}"))
        .note(match served {
            Served::Last(_) => {
                "an RRset has one TTL: where another owner stands in between, the last one wins, and `named` says nothing"
            }
            Served::First(_) => "an RRset has one TTL: where the records stand together, the first one wins",
            Served::Generated(_) => {
                "an RRset has one TTL: what a `$GENERATE` makes is added at once, and what is added last wins"
            }
        })
        .help(format!("give all {rtype} records of `{owner}` one TTL"));
}
