//! # origin-unknown
//!
//! It is not known which zone a file is.
//!
//! ## Why
//!
//! All names without a final dot mean something else in another zone, and without the name of the zone
//! nothing in the file can be checked. `named` gets it from `named.conf`; here it may also come from the
//! file, from its name, or from the configuration.
//!
//! ## Example
//!
//! ```text
//! zones/customer-17.txt, with relative names only, and no named.conf that names it
//! ```
//!
//! ## What to do
//!
//! One of these:
//!
//! - `zoneward check --origin example.com FILE`
//! - `$ORIGIN example.com.` at the beginning of the file
//! - in `zoneward.toml`: a `[[zone]]` with `file = "zones/customer-17.txt"` and `origin = "example.com"`
//! - the zone in the name of the file: `db.example.com`, `example.com.zone`
//! - `--named-conf FILE`, where a `named.conf` names it
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Doubt, DoubtKind};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "origin-unknown",
    group: Group::Project,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Doubt(DoubtKind::OriginUnknown, check),
};

fn check(doubt: &Doubt, findings: &mut Findings<'_>) {
    let message = match doubt.detail.as_str() {
        "" => "it is not known which zone this file is, so it is not checked".to_owned(),
        name => format!("it is not known which zone `{name}` is, so it is not checked"),
    };
    let is_network = doubt.detail.contains(|c: char| c.is_ascii_digit())
        && doubt.detail.chars().all(|c| c.is_ascii_digit() || ".-_".contains(c));
    let found = findings.report(Place::whole(doubt.span), message);
    found
        .data(&doubt.detail)
        .note("neither `named.conf` nor the configuration, the file or its name tell the zone");
    if is_network {
        found.note("the name may be that of several networks: `db.2.0.192.in-addr.arpa` would be one of one");
    }
    found.help(
        "give `--origin NAME`; or put `$ORIGIN NAME.` at the beginning of the file, a `[[zone]]` with \
             `file` and `origin` into zoneward.toml, or the zone into the name of the file: `db.NAME` (where a name of \
             one label, or one such as `domain.com`, is not believed)",
    );
}
