//! # zone-file-missing
//!
//! The file of a zone in `named.conf` is not there.
//!
//! ## Why
//!
//! On the server `named` does not serve such a zone: its names are gone, the other zones are not affected. In a
//! repository many files are missing for a good reason: the distribution's own ones, block lists, what is
//! generated on the server. Of all that are missing in one folder, the first one is shown.
//!
//! ## Example
//!
//! ```zone,whole
//! ; file: named.conf
//! zone "example.com" { type primary; file "/etc/bind/db.example.com"; };
//! zone "example.net" { type primary; file "/etc/bind/db.example.net"; };
//! ; file: db.example.net
//! $TTL 3600
//! @ SOA ns1.example.net. hostmaster 1 7200 3600 1209600 3600
//! @ NS ns1.example.org.
//! ```
//!
//! ## What to do
//!
//! If the file is here under another path, say where: `--map /etc/bind=bind`. On the server itself, raise
//! the level: `--level zone-file-missing=error`.
//!
//! ## References
//!
//! BIND 9 Administrator Reference Manual, "file"

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Doubt, DoubtKind};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "zone-file-missing",
    group: Group::Project,
    level: Level::Info,
    default: true,
    options: &[],
    check: Check::Doubt(DoubtKind::ZoneFileMissing, check),
};

fn check(doubt: &Doubt, findings: &mut Findings<'_>) {
    let zone = doubt.zone.as_deref().unwrap_or("a zone");
    let others = match doubt.others {
        0 => String::new(),
        1 => ", nor is that of another zone in its folder".to_owned(),
        n => format!(", nor are those of {n} other zones in its folder"),
    };
    findings
        .report(
            Place::whole(doubt.span),
            format!("the file `{}` of `{zone}` is not here{others}", doubt.detail),
        )
        .data(&doubt.detail)
        .note("the zone is not checked; a server that lacks the file does not serve the zone")
        .help("`--map FROM=TO` says where a path of the server is here");
}
