//! # zone-file-ambiguous
//!
//! The file of a zone in `named.conf` may be any of several files here.
//!
//! ## Why
//!
//! `named.conf` names files by the paths of the server. Without `--map` the file is taken whose path has
//! the longest end in common with it, and of several the one that is closest to the `named.conf`. If there are
//! still several, the zone is not checked.
//!
//! ## Example
//!
//! ```zone,whole
//! ; file: named.conf
//! zone "example.com" { type primary; file "/etc/bind/db.example.com"; };
//! ; file: ns1/db.example.com
//! ; a zone
//! ; file: ns2/db.example.com
//! ; a zone
//! ```
//!
//! ## What to do
//!
//! Say where the paths of the server are: `--map /etc/bind=ns1`. Or leave the other files out: `exclude =
//! ["ns2/**"]` in `zoneward.toml`.
//!
//! ## References
//!
//! BIND 9 Administrator Reference Manual, "file"

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Doubt, DoubtKind};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "zone-file-ambiguous",
    group: Group::Project,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Doubt(DoubtKind::ZoneFileAmbiguous, check),
};

fn check(doubt: &Doubt, findings: &mut Findings<'_>) {
    let zone = doubt.zone.as_deref().unwrap_or("a zone");
    findings
        .report(Place::whole(doubt.span), format!("the file of `{zone}` may be any of {}", doubt.detail))
        .data(&doubt.detail)
        .note("the zone is not checked")
        .help("`--map FROM=TO` says where a path of the server is here");
}
