//! # wrong-zone-file
//!
//! The text of a file is about another zone than the one that `named.conf` serves from it.
//!
//! ## Why
//!
//! `named` takes the name of the zone from `named.conf` and ignores what is outside of it, the SOA of the other
//! zone among it: the zone is refused (`has no SOA record`, `SOA record not at top of zone`). Paths are mixed
//! up in `named.conf`, or one file with absolute names serves several zones and fits only one.
//!
//! ## Example
//!
//! ```zone,whole
//! ; file: named.conf
//! zone "example.net" { type primary; file "db.example.com"; };
//! ; file: db.example.com
//! $TTL 3600
//! example.com. SOA ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 3600
//! example.com. NS ns1.example.org.
//! ```
//!
//! ## What to do
//!
//! Correct the path in `named.conf`, or the `$ORIGIN` or SOA in the file. A file that serves several zones has
//! relative names only: `@` for the zone, and no `$ORIGIN` with a final dot.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Doubt, DoubtKind};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "wrong-zone-file",
    group: Group::Project,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Doubt(DoubtKind::WrongZoneFile, check),
};

fn check(doubt: &Doubt, findings: &mut Findings<'_>) {
    let zone = doubt.zone.as_deref().unwrap_or("another zone");
    let about = &doubt.detail;
    let found = findings.report(
        Place::whole(doubt.span),
        format!("`named.conf` serves this file as `{zone}`, but its text is about `{about}`"),
    );
    found.data(about);
    if let Some(place) = doubt.related {
        found.label(Place::whole(place), format!("the file of `{zone}`"));
    }
    found
        .note("the SOA is outside the zone: `named` refuses the zone, and serves none of its names")
        .help("correct the path in named.conf or the names in the file; a file for several zones has relative names only");
}
