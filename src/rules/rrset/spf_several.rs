//! # spf-several
//!
//! A name has more than one SPF record.
//!
//! ## Why
//!
//! Receivers do not choose between them, nor do they join them: they take all for none (permerror), and no sender
//! passes. Mostly a second service said "add this record", and it was added to what was there.
//!
//! ## Example
//!
//! ```zone
//! @ TXT "v=spf1 mx -all"
//! @ TXT "v=spf1 include:_spf.newsletter.example -all"
//! ```
//!
//! ## What to do
//!
//! Make one record of them, with all terms of both before one `all`.
//!
//! ## References
//!
//! RFC 7208 sections 3.2, 4.5

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "spf-several",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::TXT], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    if set.records.len() < 2 || zone.cut(set.owner()).is_some() {
        return;
    }
    let mut records: Vec<_> = set.records.iter().filter(|record| zone.spf(record).is_some()).collect();
    // What is there twice is served once, and told of elsewhere.
    let mut seen = Vec::new();
    records.retain(|record| {
        let wire = zone.rdata(record).wire();
        let new = !seen.contains(&wire);
        seen.push(wire);
        new
    });
    let [first, second, ..] = records[..] else { return };
    let owner = zone.name(set.owner());
    findings
        .report(
            zone.place(second, Part::Rdata),
            format!("`{owner}` has {} SPF records; make one of them", records.len()),
        )
        .about(owner, RrType::TXT)
        .label(zone.place(first, Part::Rdata), "the first one")
        .note("receivers take all of them for none: no sender passes")
        .help("write all terms into one record, before one `all`");
}
