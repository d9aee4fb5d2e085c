//! # foreign-comment-owner
//!
//! A line that was meant as a comment is read as a record.
//!
//! ## Why
//!
//! Comments begin with `;`, and with nothing else. `#www TXT "old"` is a TXT record of the name `#www`, and
//! `named` serves it without a word; the record that was to be switched off is there, under another name.
//! (A remark that is no record is `foreign-comment`, and one with an address is `owner-not-hostname`; these
//! `named` refuses.)
//!
//! ## Example
//!
//! ```zone
//! #www  TXT  "switched off"
//! ```
//!
//! ## What to do
//!
//! Begin the line with `;`, or rename the owner.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::hostnames::is_comment;
use crate::rules::{Check, Rule};
use crate::source::escape;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "foreign-comment-owner",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    // Each label below the apex is the first one of some name.
    let begins_with_one = |id| is_comment(zone.name(id).first_label());
    let has_one = || zone.odd_names().any(begins_with_one) || zone.origin().labels().any(is_comment);
    if !zone.has_strange_names() || !has_one() {
        return;
    }
    for id in zone.odd_names() {
        let Some(label) = zone.name(id).labels().find(|label| is_comment(label)) else { continue };
        let told = zone.at(id).any(|record| zone.bad_owner(record).is_some());
        let records = zone.at(id).filter(|record| !record.inherits_owner() && !record.is_generated());
        records.filter(|_| !told).for_each(|record| report(zone, record, label, findings));
    }
}

fn report(zone: &Zone, record: &Record, label: &[u8], findings: &mut Findings<'_>) {
    let owner = zone.name(record.owner());
    findings
        .report(
            zone.place(record, Part::Owner),
            format!("`{}` is read as the owner of a record; comments begin with `;`", escape(label)),
        )
        .about(owner, record.rtype())
        .data(zone.rdata(record))
        .note(format!("`named` serves the {} record at `{owner}`", record.rtype()))
        .help("begin the line with `;` if it is a comment");
}
