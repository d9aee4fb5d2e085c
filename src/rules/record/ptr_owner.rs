//! # ptr-owner
//!
//! The owner of a PTR record in a reverse zone is no address.
//!
//! ## Why
//!
//! Resolvers look for the name of an address at its four octets in reverse order (of IPv6, at its 32 digits). An octet
//! too few or too many, or one above 255, is a name that nobody asks for: the zone loads, and the address has no name.
//!
//! ## Example
//!
//! ```text
//! $ORIGIN 2.0.192.in-addr.arpa.
//! 192.0.2.5  PTR  www.example.com.
//! ```
//!
//! ## What to do
//!
//! Write the octets that the name of the zone lacks, the last one of the address first: `5`. Names with a `/`, `-` or
//! `_`, the apex, and in a zone with aliases names with words in them (RFC 2317) are left alone.
//!
//! ## References
//!
//! RFC 1035 section 3.5; RFC 3596 section 2.5; RFC 2317

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::{NameRef, RrType};
use crate::zone::{Tree, Zone, address_of};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ptr-owner",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::PTR], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let (owner, origin) = (zone.name(set.owner()), zone.origin());
    if address_of(owner).is_some() || set.owner() == zone.apex() || zone.cut(set.owner()).is_some() {
        return;
    }
    let Some(tree) = Tree::of(origin) else { return };
    let written: Vec<&[u8]> = parts_of(owner).collect();
    let known = parts_of(origin).count();
    if !written.iter().rev().take(known).all(|label| tree.has_label(label)) {
        // A zone of its own for a part of a network.
        return;
    }
    let own = &written[..written.len() - known];
    let is_other = |label: &&[u8]| label.iter().any(|b| b"/-_*".contains(b));
    let bad = own.iter().find(|label| !tree.has_label(label));
    let is_word = bad.is_some_and(|label| !label.iter().all(u8::is_ascii_digit));
    // `missing-dot` speaks of a whole name that lacks its dot.
    let lacks_dot = || zone.owner_slip(set.first()).is_some();
    if own.iter().any(is_other) || lacks_dot() || is_word && zone.may_have(RrType::CNAME) {
        return;
    }
    let (parts, noun) = match tree {
        Tree::V4 => (tree.labels(), "octet"),
        Tree::V6 => (tree.labels(), "digit"),
    };
    let message = match bad {
        Some(label) => format!("`{owner}` is no address: `{}` is no {noun}", String::from_utf8_lossy(label)),
        None => format!("`{owner}` is no address: it has {} {noun}s of {parts}", written.len()),
    };
    let lacking = parts.saturating_sub(known);
    findings
        .report(zone.place(set.first(), Part::Owner), message)
        .about(owner, RrType::PTR)
        .note("resolvers ask for the whole address in reverse order, and never for this name")
        .help(format!(
            "an owner in `{origin}` is {lacking} {noun}{}, the last of the address first",
            if lacking == 1 { "" } else { "s" }
        ));
}

/// What stands before `in-addr.arpa` or `ip6.arpa`.
fn parts_of(name: NameRef<'_>) -> impl Iterator<Item = &[u8]> {
    name.labels().take(name.labels().count().saturating_sub(2))
}
