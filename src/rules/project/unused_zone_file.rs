//! # unused-zone-file
//!
//! A zone file that no zone of `named.conf` has.
//!
//! ## Why
//!
//! It is not served: who edits it changes nothing. Either the zone was never added to `named.conf`, or it was
//! taken out and the file stayed behind.
//!
//! Nothing is said if an included part of `named.conf` could not be read: the zone may be in there.
//!
//! ## Example
//!
//! ```zone
//! ; file: named.conf
//! zone "example.com" { type primary; file "db.example.com"; };
//! ; file: db.example.com
//! www A 192.0.2.1
//! ; file: db.example.net
//! www A 192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Add the zone to `named.conf`, or delete the file, or leave it out: `exclude = ["old/**"]` in
//! `zoneward.toml`.
//!
//! ## References
//!
//! BIND 9 Administrator Reference Manual, "file"

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Doubt, DoubtKind};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "unused-zone-file",
    group: Group::Project,
    level: Level::Info,
    default: true,
    options: &[],
    check: Check::Doubt(DoubtKind::UnusedZoneFile, check),
};

fn check(doubt: &Doubt, findings: &mut Findings<'_>) {
    let message = match &doubt.zone {
        Some(zone) => format!("no zone of `named.conf` has this file, which is `{zone}`"),
        None => "no zone of `named.conf` has this file".to_owned(),
    };
    let found = findings.report(Place::whole(doubt.span), message);
    if doubt.zone.is_none() {
        found.note("it is not known which zone it is, so it is not checked");
    }
    found
        .note("it is not served: changes to it have no effect")
        .help("add the zone to named.conf, delete the file, or put it under `exclude` in zoneward.toml");
}
