//! # ttl-over-max-zone-ttl
//!
//! A TTL is higher than `max-zone-ttl` allows.
//!
//! ## Why
//!
//! `named` refuses the whole zone (`TTL 604800 exceeds configured max-zone-ttl 86400`). `named-checkzone` knows
//! nothing of the option, unless it is told with `-l`.
//!
//! ## Example
//!
//! ```zone
//! ; file: named.conf
//! options { max-zone-ttl 1d; };
//! zone "example.com" { type primary; file "db.example.com"; };
//! ; file: db.example.com
//! www  1w  A  192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Lower the TTL, or raise `max-zone-ttl` in named.conf for this zone.
//!
//! ## References
//!
//! BIND option `max-zone-ttl`

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ttl-over-max-zone-ttl",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    let limit = zone.terms().max_ttl;
    if limit == 0 || zone.highest_ttl() <= limit {
        return;
    }
    let mut over = zone.records().iter().filter(|record| record.ttl() > limit);
    let Some(first) = over.next() else { return };
    let owner = zone.name(first.owner());
    let found = findings.report(
        zone.place(first, Part::Ttl),
        format!("the TTL {} of `{owner}` is higher than `max-zone-ttl`, which is {limit}", first.ttl()),
    );
    found.about(owner, first.rtype());
    match over.count() {
        0 => {}
        1 => _ = found.note("it is that of another record, too"),
        n => _ = found.note(format!("those of {n} more records are, too")),
    }
    found
        .note("`named` refuses the zone, and serves none of its names; the checking tools do not know the limit")
        .help("lower the TTL, or raise `max-zone-ttl` in named.conf for this zone");
}
