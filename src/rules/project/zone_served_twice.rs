//! # zone-served-twice
//!
//! `named.conf` has a zone twice in one view.
//!
//! ## Why
//!
//! `named` refuses the whole configuration (`already exists`). It happens when a customer comes back, when two
//! people add the same domain, or when generated and written parts meet.
//!
//! ## Example
//!
//! ```zone,whole
//! ; file: named.conf
//! zone "example.com" { type primary; file "db.example.com"; };
//! zone "Example.COM." { type primary; file "db.example.com"; };
//! ; file: db.example.com
//! ; a zone
//! ```
//!
//! ## What to do
//!
//! Delete one of them, and its file if it has one of its own.
//!
//! ## References
//!
//! BIND 9 Administrator Reference Manual, "zone Block Grammar"

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Cause, ConfFault};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "zone-served-twice",
    group: Group::Project,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Conf(&[Cause::ZoneRepeated], check),
};

fn check(fault: &ConfFault, findings: &mut Findings<'_>) {
    let zone = &fault.shown;
    let found = findings
        .report(Place::whole(fault.span), format!("the zone `{zone}` stands here a second time; delete one"));
    found.data(zone);
    if let Some(first) = fault.related {
        found.label(Place::whole(first), "the first one");
    }
    found.note("`named` refuses the whole configuration: it does not start, and a reload changes nothing");
}
