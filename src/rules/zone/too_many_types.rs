//! # too-many-types
//!
//! A name has records of more than 100 types.
//!
//! ## Why
//!
//! Since 9.18.28, `named` takes 100 types at a name and refuses the whole zone for more (`too many
//! records`). `named-checkzone` and `named-checkconf` do not know the limit and say that all is well. RRSIG
//! records count once for each type that they cover.
//!
//! ## Example
//!
//! ```zone
//! a  TYPE65280  \# 1 00
//! a  TYPE65281  \# 1 00
//! a  TYPE65282  \# 1 00
//! a  TYPE65283  \# 1 00
//! a  TYPE65284  \# 1 00
//! a  TYPE65285  \# 1 00
//! a  TYPE65286  \# 1 00
//! a  TYPE65287  \# 1 00
//! a  TYPE65288  \# 1 00
//! a  TYPE65289  \# 1 00
//! a  TYPE65290  \# 1 00
//! a  TYPE65291  \# 1 00
//! a  TYPE65292  \# 1 00
//! a  TYPE65293  \# 1 00
//! a  TYPE65294  \# 1 00
//! a  TYPE65295  \# 1 00
//! a  TYPE65296  \# 1 00
//! a  TYPE65297  \# 1 00
//! a  TYPE65298  \# 1 00
//! a  TYPE65299  \# 1 00
//! a  TYPE65300  \# 1 00
//! a  TYPE65301  \# 1 00
//! a  TYPE65302  \# 1 00
//! a  TYPE65303  \# 1 00
//! a  TYPE65304  \# 1 00
//! a  TYPE65305  \# 1 00
//! a  TYPE65306  \# 1 00
//! a  TYPE65307  \# 1 00
//! a  TYPE65308  \# 1 00
//! a  TYPE65309  \# 1 00
//! a  TYPE65310  \# 1 00
//! a  TYPE65311  \# 1 00
//! a  TYPE65312  \# 1 00
//! a  TYPE65313  \# 1 00
//! a  TYPE65314  \# 1 00
//! a  TYPE65315  \# 1 00
//! a  TYPE65316  \# 1 00
//! a  TYPE65317  \# 1 00
//! a  TYPE65318  \# 1 00
//! a  TYPE65319  \# 1 00
//! a  TYPE65320  \# 1 00
//! a  TYPE65321  \# 1 00
//! a  TYPE65322  \# 1 00
//! a  TYPE65323  \# 1 00
//! a  TYPE65324  \# 1 00
//! a  TYPE65325  \# 1 00
//! a  TYPE65326  \# 1 00
//! a  TYPE65327  \# 1 00
//! a  TYPE65328  \# 1 00
//! a  TYPE65329  \# 1 00
//! a  TYPE65330  \# 1 00
//! a  TYPE65331  \# 1 00
//! a  TYPE65332  \# 1 00
//! a  TYPE65333  \# 1 00
//! a  TYPE65334  \# 1 00
//! a  TYPE65335  \# 1 00
//! a  TYPE65336  \# 1 00
//! a  TYPE65337  \# 1 00
//! a  TYPE65338  \# 1 00
//! a  TYPE65339  \# 1 00
//! a  TYPE65340  \# 1 00
//! a  TYPE65341  \# 1 00
//! a  TYPE65342  \# 1 00
//! a  TYPE65343  \# 1 00
//! a  TYPE65344  \# 1 00
//! a  TYPE65345  \# 1 00
//! a  TYPE65346  \# 1 00
//! a  TYPE65347  \# 1 00
//! a  TYPE65348  \# 1 00
//! a  TYPE65349  \# 1 00
//! a  TYPE65350  \# 1 00
//! a  TYPE65351  \# 1 00
//! a  TYPE65352  \# 1 00
//! a  TYPE65353  \# 1 00
//! a  TYPE65354  \# 1 00
//! a  TYPE65355  \# 1 00
//! a  TYPE65356  \# 1 00
//! a  TYPE65357  \# 1 00
//! a  TYPE65358  \# 1 00
//! a  TYPE65359  \# 1 00
//! a  TYPE65360  \# 1 00
//! a  TYPE65361  \# 1 00
//! a  TYPE65362  \# 1 00
//! a  TYPE65363  \# 1 00
//! a  TYPE65364  \# 1 00
//! a  TYPE65365  \# 1 00
//! a  TYPE65366  \# 1 00
//! a  TYPE65367  \# 1 00
//! a  TYPE65368  \# 1 00
//! a  TYPE65369  \# 1 00
//! a  TYPE65370  \# 1 00
//! a  TYPE65371  \# 1 00
//! a  TYPE65372  \# 1 00
//! a  TYPE65373  \# 1 00
//! a  TYPE65374  \# 1 00
//! a  TYPE65375  \# 1 00
//! a  TYPE65376  \# 1 00
//! a  TYPE65377  \# 1 00
//! a  TYPE65378  \# 1 00
//! a  TYPE65379  \# 1 00
//! a  TYPE65380  \# 1 00
//! ```
//!
//! ## What to do
//!
//! Divide the records over several names. Or raise `max-types-per-name` in named.conf, which counts here as
//! well; without a named.conf, switch this rule off.
//!
//! ## References
//!
//! BIND option `max-types-per-name`, CVE-2024-1737

use std::collections::HashSet;
use std::num::NonZeroU32;

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{NameId, Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "too-many-types",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Name(may_have_too_many, check),
};

/// In most zones there are not so many records in all.
fn may_have_too_many(zone: &Zone) -> bool {
    limit(zone).is_some_and(|limit| zone.records().len() > limit)
}

fn limit(zone: &Zone) -> Option<usize> {
    NonZeroU32::new(zone.terms().max_types).map(|limit| limit.get() as usize)
}

fn check(zone: &Zone, id: NameId, findings: &mut Findings<'_>) {
    let Some(limit) = limit(zone) else { return };
    if zone.at(id).nth(limit).is_none() {
        return;
    }
    let mut types = HashSet::new();
    let mut last = None;
    // NSEC3 and its signatures are kept apart.
    let nsec3 = Some(RrType::NSEC3.number().to_be_bytes());
    let kept = |record: &&Record| record.rtype() != RrType::NSEC3 && zone.covered(record) != nsec3;
    for record in zone.at(id).filter(kept) {
        if types.insert((record.rtype(), zone.covered(record))) && types.len() == limit + 1 {
            last = Some(record);
        }
    }
    let Some(last) = last else { return };
    let owner = zone.name(id);
    findings
        .report(
            zone.place(last, Part::Type),
            format!("`{owner}` has records of {} types, and `named` takes no more than {limit}", types.len()),
        )
        .about(owner, "")
        .note("`named` says `too many records`, refuses the zone, and serves none of its names; the checking tools do not")
        .help("divide them over several names, or raise `max-types-per-name` in named.conf");
}
