//! # dname-with-children
//!
//! Records stand below a DNAME, and are never served.
//!
//! ## Why
//!
//! A DNAME sends all names below it elsewhere. What stands there is never answered. `named` loads it
//! without a word; NSD and Knot refuse the zone.
//!
//! ## Example
//!
//! ```zone
//! old      DNAME  example.net.
//! www.old  A      192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Delete the records, or move them to where the DNAME leads. There is one finding for each DNAME.
//!
//! ## References
//!
//! RFC 6672 section 2.4

use std::collections::BTreeMap;

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{NameId, Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "dname-with-children",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    // Mostly nothing is below one.
    if !zone.has_names_below_dname() {
        return;
    }
    let mut below: BTreeMap<NameId, Vec<&Record>> = BTreeMap::new();
    for record in zone.records() {
        // Of what is below a delegation, `occluded-by-delegation` speaks.
        if zone.cut(record.owner()).is_none()
            && let Some(dname) = zone.dname(record.owner())
        {
            below.entry(dname).or_default().push(record);
        }
    }
    for (dname, records) in below {
        report(zone, dname, &records, findings);
    }
}

fn report(zone: &Zone, dname: NameId, records: &[&Record], findings: &mut Findings<'_>) {
    let (first, above) = (records[0], zone.name(dname));
    let (owner, rtype) = (zone.name(first.owner()), first.rtype());
    let found = findings.report(
        zone.place(first, Part::Owner),
        format!("`{owner}` lies below the DNAME `{above}`: its {rtype} record is never served"),
    );
    found.about(owner, rtype);
    if let Some(record) = zone.rrset(dname, RrType::DNAME).next() {
        found.label(zone.place(record, Part::Owner), "the DNAME is here");
        if let Some(target) = zone.rdata(record).target() {
            found.help(format!("move it to `{target}`, or delete the DNAME or the record"));
        }
    }
    if let more @ 1.. = records.len() - 1 {
        let noun = if more == 1 { "record stands" } else { "records stand" };
        found.note(format!("{more} more {noun} below the same DNAME"));
    }
    found.note(format!("whoever asks for it is sent to where `{above}` leads"));
}
