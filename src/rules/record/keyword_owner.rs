//! # keyword-owner
//!
//! The class `IN` stands at the beginning of a line, where it is read as an owner.
//!
//! ## Why
//!
//! A line that continues the owner above begins with a blank. Without the blank, its first word is the
//! owner: `IN A 192.0.2.2` makes a host called `in`, and `named` loads it without a word. The name above
//! lacks the record that was meant for it.
//!
//! ## Example
//!
//! ```zone
//! www  IN  A  192.0.2.2
//! IN   A      192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Put a blank at the beginning of the line, or write the owner.
//!
//! Host names that are types, such as `ns`, `mx` or `txt`, are no mistake. A host that is called `in` is
//! none either, if it is written in lower case or with its class: `in IN A 192.0.2.3`.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "keyword-owner",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    if zone.may_have_class_as_owner() {
        let records = zone.records().iter().filter(|record| record.has_class_as_owner());
        records.for_each(|record| report(zone, record, findings));
    }
}

fn report(zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    let owner = zone.name(record.owner());
    let Some(origin) = zone.origin_at(record) else { return };
    let above = std::iter::successors(zone.before(record), |record| zone.before(record));
    let Some(above) =
        above.skip_while(|above| above.owner() == record.owner()).find(|above| !above.is_generated())
    else {
        return;
    };
    let meant = zone.name(above.owner());
    findings
        .report(
            zone.place(record, Part::Owner),
            format!("`IN` at the beginning of a line is an owner: the record belongs to `{owner}`"),
        )
        .about(owner, record.rtype())
        .data(zone.rdata(record))
        .label(zone.place(above, Part::Owner), format!("`{meant}` stands above"))
        .note(format!("a line that continues `{meant}` begins with a blank; `named` loads this one as it is"))
        .help(format!(
            "put a blank before `IN`, or write the owner `{}`; a host of this name is written `in`",
            meant.relative_to(origin)
        ));
}
