//! # empty-file
//!
//! A file that was to be checked has no record in it.
//!
//! ## Why
//!
//! `named` refuses a zone without records. A file that is empty is mostly the rest of a full disk, of a
//! failed export, or of a deployment that stopped half way.
//!
//! ## Example
//!
//! ```text
//! zones/db.example.com, 0 bytes
//! ```
//!
//! ## What to do
//!
//! Restore the file from version control or from a backup. Or take the zone out of `named.conf` and delete
//! the file.
//!
//! ## References
//!
//! RFC 1035 section 5.2

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Doubt, DoubtKind};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "empty-file",
    group: Group::Project,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Doubt(DoubtKind::EmptyFile, check),
};

fn check(doubt: &Doubt, findings: &mut Findings<'_>) {
    let message = match &doubt.zone {
        Some(zone) => format!("the file of `{zone}` has no record in it"),
        None => "the file has no record in it".to_owned(),
    };
    findings
        .report(Place::whole(doubt.span), message)
        .note("`named` refuses a zone without SOA and NS records")
        .help("restore the file, or delete it together with its entry in `named.conf`");
}
