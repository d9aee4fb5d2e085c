//! # balanced-ttl
//!
//! The TTL of a balanced name is so long that a dead node stays in use, or so short that resolvers hardly cache it.
//!
//! ## Why
//!
//! DNS does not know which node is alive. When one dies and its address is taken out, resolvers go on giving it
//! to clients until the TTL is over. A very short TTL is no cure: each client then waits for the name servers,
//! which carry the load of every connection, and many resolvers cache longer all the same.
//!
//! It is the TTL of the address records that counts: that of an alias before them says only how long clients are
//! sent there.
//!
//! The numbers are options of the rule, in seconds: `warn-above` (3600) and `note-below` (30).
//!
//! ## Example
//!
//! ```zone
//! imap 86400 A 192.0.2.10
//!      86400 A 192.0.2.11
//! ```
//!
//! ## What to do
//!
//! Write a TTL of some minutes, 300 for example, before the type of these records.
//!
//! ## References
//!
//! DNS balancing HOWTO 1.1, 2.1; RFC 1912 section 2.2

use crate::cluster::{Balanced, Cluster};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "balanced-ttl",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[("warn-above", 3600), ("note-below", 30)],
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for balanced in cluster.balanced() {
        judge(&balanced, findings);
    }
}

/// Of the A and the AAAA records the worse: mostly they have one TTL, from one `$TTL`.
fn judge(balanced: &Balanced<'_>, findings: &mut Findings<'_>) {
    let zone = balanced.zone;
    let sets = [RrType::A, RrType::AAAA].into_iter();
    let sets = sets.filter_map(|rtype| zone.rrset(balanced.name, rtype).next());
    let sets: Vec<_> = sets.map(|record| (zone.effective_ttl(record), record)).collect();
    let (warn, note) = (findings.option("warn-above"), findings.option("note-below"));
    let longest = sets.iter().rev().max_by_key(|(ttl, _)| ttl).filter(|(ttl, _)| i64::from(*ttl) > warn);
    let shortest = sets.iter().min_by_key(|(ttl, _)| ttl).filter(|(ttl, _)| i64::from(*ttl) < note);
    let Some(&(ttl, record)) = longest.or(shortest) else { return };
    let owner = zone.name(balanced.name);
    let place = zone.place(record, Part::Ttl);
    let found = if longest.is_some() {
        let message = format!(
            "`{owner}` has a TTL of {ttl} s, and so long a dead node stays in use: {warn} s are plenty"
        );
        let found = findings.report(place, message);
        found.note("resolvers give out the address of a node that was taken out until the TTL is over");
        found
    } else {
        let message =
            format!("`{owner}` has a TTL of {ttl} s, and resolvers hardly cache it: 300 s are better");
        let found = findings.report(place, message);
        found.at_most(Level::Info).note(
            "clients wait for the name servers at every connection, and many resolvers cache longer all the same",
        );
        found
    };
    found
        .within(zone.origin())
        .about(owner, record.rtype())
        .help("write a TTL of some minutes before the type of its address records, 300 for example");
}
