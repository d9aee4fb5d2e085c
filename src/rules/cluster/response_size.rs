//! # response-size
//!
//! The answer for a balanced name, or for the MX records of a domain, is large.
//!
//! ## Why
//!
//! With each node the answer grows. Beyond 1232 octets a UDP packet may be split on its way and get lost, so
//! that servers and resolvers do not go further by default; what does not fit is truncated, and the resolver
//! asks again by TCP: that takes longer, and fails where TCP is filtered. Beyond 512 octets this is true of
//! resolvers without EDNS too. Addresses of mail servers and name servers that do not fit are left out without
//! a word, and have to be asked for.
//!
//! The size is exact for BIND 9.18 with its default options: question, answer with its aliases, the name servers
//! of the zone, the addresses that BIND adds from the same zone, and EDNS without cookie, with names compressed
//! as BIND does it. Signatures do not count, and names count as if they were written in one case.
//!
//! The numbers are options of the rule: `warn-above` (1232) and `note-above` (512).
//!
//! ## Example
//!
//! ```zone
//! @ MX 10 a-mail-server-with-quite-a-long-name-00.at-the-data-center-north.provider.example.
//! @ MX 10 a-mail-server-with-quite-a-long-name-01.at-the-data-center-south.provider.example.
//! @ MX 10 a-mail-server-with-quite-a-long-name-02.at-the-data-center-east.provider.example.
//! @ MX 10 a-mail-server-with-quite-a-long-name-03.at-the-data-center-west.provider.example.
//! @ MX 20 b-mail-server-with-quite-a-long-name-00.at-the-data-center-inner.provider.example.
//! @ MX 20 b-mail-server-with-quite-a-long-name-01.at-the-data-center-outer.provider.example.
//! @ MX 20 b-mail-server-with-quite-a-long-name-02.at-the-data-center-upper.provider.example.
//! imap A 192.0.2.10
//!      A 192.0.2.11
//! ```
//!
//! ## What to do
//!
//! Use fewer records or shorter names. `minimal-responses yes;` in `named.conf` leaves out the name servers and
//! all addresses that were not asked for.
//!
//! ## References
//!
//! RFC 1035 section 4.2.1; RFC 6891 section 6.2.5; RFC 9715; DNS flag day 2020

use crate::cluster::Cluster;
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::{NameRef, RrType};
use crate::zone::{NameId, Response, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "response-size",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[("warn-above", 1232), ("note-above", 512)],
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let limit = usize::try_from(findings.option("note-above")).unwrap_or(0);
    for balanced in cluster.balanced() {
        for rtype in [RrType::A, RrType::AAAA] {
            let answers = balanced.asked.iter();
            let answers =
                answers.filter_map(|&name| Some((balanced.zone.response_above(limit, name, rtype)?, name)));
            if let Some((response, name)) = answers.max() {
                report((balanced.zone, balanced.name), (name, rtype), response, findings);
            }
        }
    }
    for domain in cluster.domains() {
        let zone = domain.zone();
        if let Some(response) = zone.response_above(limit, zone.origin(), RrType::MX) {
            report((zone, zone.apex()), (zone.origin(), RrType::MX), response, findings);
        }
    }
}

fn report(
    (zone, owner): (&Zone, NameId),
    (asked, rtype): (NameRef<'_>, RrType),
    Response { size, needed }: Response,
    findings: &mut Findings<'_>,
) {
    let Some(first) = zone.rrset(owner, rtype).next() else { return };
    let (warn, note) = (findings.option("warn-above"), findings.option("note-above"));
    let above = |limit: i64, size: usize| i64::try_from(size).is_ok_and(|size| size > limit);
    let (level, limit, reason) = if above(warn, size) {
        (Level::Warning, warn, "it does not reach everyone by UDP")
    } else {
        (Level::Info, note, "it does not reach resolvers without EDNS by UDP")
    };
    let consequence = if above(limit, needed) {
        "it is truncated, and asked for again by TCP: that takes longer, and fails where TCP is filtered"
    } else {
        "`named` leaves out addresses of hosts that do not fit, and resolvers have to ask for them"
    };
    let count = zone.rrset(owner, rtype).count();
    findings
        .report(
            zone.place(first, Part::Owner),
            format!("the answer with the {count} {rtype} records of `{asked}` has {size} octets; above {limit} {reason}"),
        )
        .within(zone.origin())
        .about(zone.name(owner), rtype)
        .at_most(level)
        .note(consequence)
        .help("use fewer records or shorter names, or set `minimal-responses yes;` in `named.conf`");
}
