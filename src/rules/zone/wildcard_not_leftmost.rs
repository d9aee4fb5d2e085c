//! # wildcard-not-leftmost
//!
//! A `*` stands within a name, where it is no wildcard.
//!
//! ## Why
//!
//! Only a `*` that is the leftmost label is a wildcard. `a.*.example.com` is the one name with that label,
//! and nobody asks for it. `named` loads it with a warning (`contains an non-terminal wildcard`).
//!
//! ## Example
//!
//! ```zone
//! www.*.customers  CNAME  ns1
//! ```
//!
//! ## What to do
//!
//! Put the `*` leftmost: `*.customers` also answers for `www.x.customers`. To have `www` alone, write each
//! name.
//!
//! ## References
//!
//! RFC 4592 section 2.1.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::zone::{NameId, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "wildcard-not-leftmost",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    // Mostly nothing is below one.
    let is_one = |id| zone.is_odd(id) && zone.name(id).is_wildcard();
    let is_below_one = |id| zone.parent(id).is_some_and(is_one);
    let has_one = || zone.odd_names().any(is_below_one) || zone.origin().labels().any(|it| it == b"*");
    if zone.has_strange_names() && has_one() {
        zone.odd_names().for_each(|id| judge(zone, id, findings));
    }
}

fn judge(zone: &Zone, id: NameId, findings: &mut Findings<'_>) {
    let owner = zone.name(id);
    let Some(at) = owner.labels().skip(1).position(|label| label == b"*") else { return };
    let Some(first) = zone.at(id).next() else { return };
    // `owner-not-hostname` says the same and worse.
    if zone.at(id).any(|record| zone.bad_owner(record).is_some()) || owner.labels().count() - at <= 1 {
        return;
    }
    let wildcard = std::iter::successors(owner.parent(), |name| name.parent()).nth(at).unwrap_or(owner);
    findings
        .report(
            zone.place(first, Part::Owner),
            format!("`{owner}` has a `*` that is not leftmost, and so is no wildcard"),
        )
        .about(owner, "")
        .note(
            "it is an ordinary label that nobody asks for; `named` says `contains an non-terminal wildcard`",
        )
        .help(format!("write `{wildcard}.`, which answers for all names below, or each name by itself"));
}
