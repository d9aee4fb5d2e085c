//! # no-soa
//!
//! The zone has no SOA record at its apex.
//!
//! ## Why
//!
//! A zone begins with its SOA (RFC 1035 section 5.2). `named` refuses a zone without one
//! (`has 0 SOA records`), so that all of its names are gone at the next reload. Often the SOA is there,
//! but for another name: a wrong origin, or a missing final dot.
//!
//! ## Example
//!
//! ```zone,whole
//! $TTL 3600
//! @    NS  ns1
//! ns1  A   192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Add the SOA, or correct its owner. If the whole file is about another domain, correct the zone name
//! in `named.conf`, or the name of the file.
//!
//! ## References
//!
//! RFC 1035 section 5.2

use crate::diagnostic::{Findings, Group, Level, Part, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{RrType, placeholder};
use crate::zone::{Record, Zone, repeats_origin};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "no-soa",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    let origin = zone.origin();
    if zone.has(zone.apex(), RrType::SOA) || !zone.knows(origin) {
        return;
    }
    let stray = zone.stray_soas().next();
    let of_root = zone.out_of_zone().iter().find(|outside| outside.owner.as_ref().is_root());
    let place = match (stray, of_root) {
        (Some(soa), _) => zone.place(soa, Part::Owner),
        (None, Some(outside)) => Place { span: outside.span, part: Part::Owner },
        (None, None) => zone.heading(),
    };
    let found = findings.report(place, format!("`{origin}` has no SOA record"));
    found
        .about(origin, RrType::SOA)
        .note("`named` refuses a zone without an SOA, and serves none of its names");
    match stray {
        Some(soa) => found.primary("this SOA is for another name").help(correct_owner(zone, soa)),
        None if of_root.is_some() => found.primary("this is a record of the root").help(format!(
            "write `$ORIGIN {origin}.` above it, or `{origin}.` as its owner: behind `$ORIGIN .`, `@` is the root"
        )),
        None if zone.is_mostly_outside() => {
            let other = zone.out_of_zone()[0].owner.to_string();
            found.help(if placeholder(other.as_bytes(), false).is_some() {
                format!("`{other}` has a placeholder that was not filled in: check the rendered file, not the template")
            } else {
                format!(
                    "the file is about other names, such as `{other}`: give it its right origin instead of `{origin}`"
                )
            })
        }
        None => found.help(format!("add an SOA record for `{origin}.` before all other records")),
    };
}

/// How the owner of an SOA becomes the apex.
fn correct_owner(zone: &Zone, soa: &Record) -> String {
    let (origin, owner) = (zone.origin(), zone.name(soa.owner()));
    let above = zone.origin_at(soa).unwrap_or(origin);
    if owner.is_within(above) && repeats_origin(above, origin, origin) {
        format!("write `$ORIGIN {origin}.` with its final dot: without it, the origin is `{above}`")
    } else if zone.owner_slip(soa).is_some() {
        format!("write `{origin}.` with its final dot: without it, the owner is `{owner}`")
    } else {
        format!("make `{origin}.` its owner instead of `{owner}.`, or give the file the origin `{owner}`")
    }
}
