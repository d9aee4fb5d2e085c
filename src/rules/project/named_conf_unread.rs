//! # named-conf-unread
//!
//! A file that `named.conf` includes could not be read here.
//!
//! ## Why
//!
//! On the server `named` does not start without it. In a repository it is often missing for a good reason:
//! keys are kept elsewhere. If it has zones in it, they are not checked, and zone files that only it names
//! are not known to be in use.
//!
//! ## Example
//!
//! ```zone,whole
//! ; file: named.conf
//! include "/etc/bind/rndc.key";
//! zone "example.com" { type primary; file "db.example.com"; };
//! ; file: db.example.com
//! ; a zone
//! ```
//!
//! ## What to do
//!
//! Nothing, if it is a file with keys. If the file is here under another path, say where: `--map
//! /etc/bind=bind`. On the server itself, raise the level: `--level named-conf-unread=error`.
//!
//! ## References
//!
//! BIND 9 Administrator Reference Manual, "include"

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Doubt, DoubtKind};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "named-conf-unread",
    group: Group::Project,
    level: Level::Info,
    default: true,
    options: &[],
    check: Check::Doubt(DoubtKind::NamedConfUnread, check),
};

fn check(doubt: &Doubt, findings: &mut Findings<'_>) {
    findings
        .report(Place::whole(doubt.span), &*doubt.detail)
        .data(&doubt.detail)
        .note("on the server `named` does not start without it")
        .help("`--map FROM=TO` says where a path of the server is here; a file with keys may be missing");
}
