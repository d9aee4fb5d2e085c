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
//! ## Fix
//!
//! Safe: adds the name below the last service name of the domain, with the addresses of the nodes; where the
//! others of the domain are aliases of one name that has them, as an alias of it.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.1, 2.2.1, 2.2.2

use crate::cluster::{Cluster, Demand, Domain, Service, list};
use crate::diagnostic::{Change, Findings, Group, Level, NewRecord, Value};
use crate::rules::changes::{below, last_of, new_addresses};
use crate::rules::{Check, Rule};
use crate::syntax::{Name, RrType};
use std::net::IpAddr;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "missing-service-name",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let zone = domain.zone();
    let origin = zone.origin();
    let why = |demand| match demand {
        Demand::Declared => "every domain of the cluster is to have".to_owned(),
        Demand::Usual { others, have } => format!("{have} of {others} other domains have"),
    };
    for label in domain.absent() {
        let reference = cluster.standard().of_service(zone, label);
        let (Some(demand), Some(reference)) = (cluster.demand(domain, label), reference) else { continue };
        let found = findings
            .report(zone.heading(), format!("`{label}.{origin}` is missing; {} it", why(demand)))
            .about(format!("{label}.{origin}"), RrType::A)
            .note(format!("users of `{origin}` who are told to use `{label}` find no such name"))
            .help(format!(
                "add `{label}` with {}, or as a CNAME to a name that has them",
                list(&reference.set)
            ));
        if let Some((change, description)) = mend(cluster, domain, (label, &reference.set)) {
            found.safe_fix(description, [Some(change)]);
        }
    }
    if !zone.is_complete() || zone.has(zone.apex(), RrType::MX) {
        return;
    }
    if let Some(demand) = cluster.mail_demand(domain) {
        let help = match (demand, cluster.preference()) {
            (Demand::Declared, Some(preference)) => {
                format!("add an MX record with preference {preference} for each node")
            }
            _ => "add the MX records that the other domains have, all with the same preference".to_owned(),
        };
        findings
            .report(zone.heading(), format!("`{origin}` has no MX record; {} one", why(demand)))
            .about(origin, RrType::MX)
            .note("without MX, mail for the domain goes to the address of the domain itself (RFC 5321 section 5.1)")
            .help(help);
    }
}

/// Adds a service name in the way that the domain has its others; says what is added.
fn mend(
    cluster: &Cluster<'_>,
    domain: &Domain<'_>,
    (label, set): (&str, &[IpAddr]),
) -> Option<(Change, String)> {
    let zone = domain.zone();
    let owner = below(zone, label)?;
    let own = |name| zone.at(name).any(|record| zone.rdata(record).address().is_some());
    let last = domain.services().iter().rev().find(|service| own(service.name));
    if let Some(last) = last {
        let records = new_addresses(&owner, set);
        return Some((
            Change::Add { below: last_of(zone, last.name)?, records },
            format!("adds `{label}` with {}", list(set)),
        ));
    }
    let alias = |service: &Service<'_>| {
        let alias = zone.rrset(service.name, RrType::CNAME).next()?;
        zone.rdata(alias).target()
    };
    let last = domain.services().last()?;
    let target = alias(last)?;
    let shared = domain.services().iter().all(|service| alias(service) == Some(target));
    if !shared || cluster.view().addresses(target).set != set {
        return None;
    }
    let rdata = vec![Value::Name(Name::from(target))];
    let records = vec![NewRecord { owner, rtype: RrType::CNAME, rdata }];
    let description = format!("adds `{label} CNAME {target}.`");
    Some((Change::Add { below: last_of(zone, last.name)?, records }, description))
}
