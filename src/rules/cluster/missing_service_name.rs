//! # missing-service-name
//!
//! A domain lacks a service name, or any MX record, that the other domains of the cluster have.
//!
//! ## Why
//!
//! The records are to be in the zone of every domain that the cluster serves (HOWTO 2.1). The users of this
//! domain are told the same names as all others, and find that one of them does not exist.
//!
//! A domain without any service name takes its mail here and nothing else; it is left alone. So is a name that
//! a wildcard answers.
//!
//! ## Example
//!
//! ```zone
//! ; file: one.example
//! $TTL 3600
//! @ SOA ns1 hostmaster 1 7200 3600 1209600 3600
//! @ NS ns1
//! ns1 A 192.0.2.1
//! imap A 192.0.2.10
//!      A 192.0.2.11
//! smtp A 192.0.2.10
//!      A 192.0.2.11
//! ; file: two.example
//! $TTL 3600
//! @ SOA ns1 hostmaster 1 7200 3600 1209600 3600
//! @ NS ns1
//! ns1 A 192.0.2.1
//! imap A 192.0.2.10
//!      A 192.0.2.11
//! ```
//!
//! ## What to do
//!
//! Add the name with the addresses of the nodes, or as a CNAME to a name that has them.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.1, 2.2.1, 2.2.2

use crate::cluster::{Cluster, Domain, list};
use crate::diagnostic::{Findings, Group, Level};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "missing-service-name",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

/// A service is asked for when at least this share of the other domains has it: three of four.
const SHARE: (usize, usize) = (3, 4);

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    if domain.services().is_empty() {
        return;
    }
    let zone = domain.zone();
    let origin = zone.origin();
    let common = |(others, have): (usize, usize)| have > 0 && have * SHARE.1 >= others * SHARE.0;
    for label in domain.absent() {
        let (others, have) = cluster.others_with(domain, label);
        let Some(reference) = cluster.reference(label).filter(|_| common((others, have))) else { continue };
        findings
            .report(
                zone.heading(),
                format!("`{label}.{origin}` is missing; {have} of {others} other domains have it"),
            )
            .about(format!("{label}.{origin}"), RrType::A)
            .note(format!("users of `{origin}` who are told to use `{label}` find no such name"))
            .help(format!(
                "add `{label}` with {}, or as a CNAME to a name that has them",
                list(&reference.set)
            ));
    }
    let (others, have) = cluster.others_with_mail(domain);
    let lacks_mail = zone.is_complete() && !zone.has(zone.apex(), RrType::MX);
    if lacks_mail && common((others, have)) {
        findings
            .report(zone.heading(), format!("`{origin}` has no MX record; {have} of {others} other domains have one"))
            .about(origin, RrType::MX)
            .note("without MX, mail for the domain goes to the address of the domain itself (RFC 5321 section 5.1)")
            .help("add the MX records that the other domains have, all with the same preference");
    }
}
