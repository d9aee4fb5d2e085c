//! # cname-loop
//!
//! A CNAME leads back to itself.
//!
//! ## Why
//!
//! Aliases that go in a circle lead nowhere: resolvers give up with an error. `named` loads them without a
//! word.
//!
//! ## Example
//!
//! ```zone
//! www  CNAME  web
//! web  CNAME  www
//! ```
//!
//! ## What to do
//!
//! Give one of the names the records that were meant.
//!
//! ## References
//!
//! RFC 1034 section 3.6.2

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::{Knowledge, View};
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "cname-loop",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::View(check),
};

fn check(view: &View, zone: &Zone, findings: &mut Findings<'_>) {
    let records = if zone.may_have(RrType::CNAME) { zone.records() } else { &[] };
    for record in records.iter().filter(|record| record.rtype() == RrType::CNAME) {
        let Some(circle) = circle(view, zone, record) else { continue };
        // One circle is one finding: at the first of its records.
        let key = |(zone, record): &(&Zone, &Record)| {
            let place = zone.place(record, Part::Whole);
            (place.span.file, place.span.start, record.owner())
        };
        if circle.iter().any(|other| key(other) < key(&(zone, record))) {
            continue;
        }
        report(zone, record, &circle, findings);
    }
}

/// The aliases from this one back to itself.
fn circle<'v>(view: &'v View, zone: &Zone, record: &Record) -> Option<Vec<(&'v Zone, &'v Record)>> {
    let found = view.addresses(zone.rdata(record).target()?);
    if found.knowledge != Knowledge::Loop {
        return None;
    }
    let end = found.aliases.iter().position(|(_, alias)| std::ptr::eq(*alias, record))?;
    Some(found.aliases[..=end].to_vec())
}

fn report(zone: &Zone, record: &Record, circle: &[(&Zone, &Record)], findings: &mut Findings<'_>) {
    let owner = zone.name(record.owner());
    let what = match zone.rdata(record).target() {
        _ if circle.len() == 1 => format!("`{owner}` is an alias of itself"),
        Some(target) => format!("`{owner}` is an alias of `{target}`, which leads back to it"),
        None => return,
    };
    let found = findings.report(zone.place(record, Part::Rdata), what);
    found.about(owner, RrType::CNAME);
    for (home, alias) in &circle[..circle.len() - 1] {
        let target = home.rdata(alias).target().unwrap_or(home.origin());
        let text = format!("`{}` is an alias of `{target}`", home.name(alias.owner()));
        found.label(home.place(alias, Part::Rdata), text);
    }
    found
        .note("resolvers give up; `named` loads it without a word")
        .help("give one of the names the records that were meant");
}
