//! # ds-without-ns
//!
//! A name has a DS record and no NS record.
//!
//! ## Why
//!
//! A DS record says which key a delegated zone is signed with; without NS records nothing is delegated.
//! `named` 9.18 loads it without a word, newer versions refuse the zone. Often the NS records were deleted
//! and the DS record was forgotten, or the owner is wrong.
//!
//! ## Example
//!
//! ```zone
//! sub  DS  60485 8 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A
//! ```
//!
//! ## What to do
//!
//! Add the NS records of the delegation, or delete the DS record.
//!
//! ## References
//!
//! RFC 4035 section 2.4

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ds-without-ns",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::DS], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let owner = zone.name(set.owner());
    let delegated = set.owner() == zone.apex() || zone.cut(set.owner()).is_some();
    if delegated || !zone.knows(owner) {
        return;
    }
    findings
        .report(
            zone.place(set.first(), Part::Owner),
            format!("`{owner}` has a DS record, but no NS record: nothing is delegated there"),
        )
        .about(owner, RrType::DS)
        .note("`named` 9.18 loads it without a word; newer versions refuse the zone")
        .help(format!("add the NS records of `{owner}`, or delete the DS record"));
}
