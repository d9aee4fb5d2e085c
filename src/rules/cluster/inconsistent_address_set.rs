//! # inconsistent-address-set
//!
//! The addresses of a service name are not those that the other domains of the cluster have.
//!
//! ## Why
//!
//! The cluster is balanced by nothing but its address sets (HOWTO 2.1, 2.2.2): `imap`, `pop3`, `smtp` and
//! `webmail` have the same nodes in every domain. A domain that lacks a node loads the others more, and loses
//! its mail service when they fail; one that names a foreign address sends a part of its users to a machine
//! that is no node, usually one that was renumbered or switched off.
//!
//! ## Example
//!
//! ```zone
//! imap    A 192.0.2.10
//!         A 192.0.2.11
//!         A 192.0.2.12
//! smtp    A 192.0.2.10
//!         A 192.0.2.11
//!         A 192.0.2.12
//! webmail A 192.0.2.10
//!         A 192.0.2.11
//! ```
//!
//! ## What to do
//!
//! Add the addresses that are missing and remove the ones that are no nodes. Or let the name be a CNAME to a
//! name that has the set, so that the set stands in one place only.
//!
//! ## Fix
//!
//! Safe: adds the addresses that are missing. Unsafe: removes the ones that the name is not to have, once none
//! is missing.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.1, 2.2.2, 2.3

use crate::cluster::{Cluster, Domain, Service, SetVerdict, list};
use crate::diagnostic::{Diagnostic, Findings, Group, Level, Part};
use crate::rules::changes::{add_addresses, remove_addresses};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{NameId, Zone};
use std::net::IpAddr;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "inconsistent-address-set",
    group: Group::Cluster,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    for service in domain.services() {
        if let SetVerdict::Differs { missing, foreign } = &service.verdict
            && !follows_another(domain, service)
        {
            report(cluster, domain, service, (missing, foreign), findings);
        }
    }
}

/// A service name is an alias of another one of the domain, of which the same is said.
fn follows_another(domain: &Domain<'_>, service: &Service<'_>) -> bool {
    let Some((zone, end)) = service.addresses.end.filter(|(_, end)| *end != service.name) else {
        return false;
    };
    std::ptr::eq(zone, domain.zone())
        && domain.services().iter().any(|other| other.name == end && other.verdict == service.verdict)
}

fn report(
    cluster: &Cluster<'_>,
    domain: &Domain<'_>,
    service: &Service<'_>,
    (missing, foreign): (&[IpAddr], &[IpAddr]),
    findings: &mut Findings<'_>,
) {
    let reference = &*service.reference;
    let (zone, id) = cluster.culprit(domain, service);
    let owner = zone.name(id);
    let have = match (cluster.standard().declaration(), reference.agreeing) {
        (Some(_), _) if reference.reserved => "which is reserved for it".to_owned(),
        (Some(declaration), _) => format!("which cluster `{}` has", declaration.name),
        (None, 0 | 1) => "which the other names of the cluster have".to_owned(),
        (None, agreeing) => format!("which {agreeing} of {} domains have", reference.domains),
    };
    let nodes = foreign.iter().all(|address| cluster.standard().members().contains(address));
    let no_node = if nodes { "which it is not to use" } else { "which is no node of the cluster" };
    let message = match (missing, foreign) {
        ([], foreign) => format!("`{owner}` leads to {}, {no_node}", list(foreign)),
        (missing, []) => format!("`{owner}` lacks {}, {have}", list(missing)),
        (missing, foreign) => format!("`{owner}` has {} instead of {}, {have}", list(foreign), list(missing)),
    };
    let mut records = zone.at(id).filter(|record| {
        let address = zone.rdata(record).address();
        foreign.is_empty() || address.is_none_or(|address| foreign.contains(&address))
    });
    let Some(record) = records.next() else { return };
    let part = if foreign.is_empty() { Part::Owner } else { Part::Rdata };
    let primary = if foreign.is_empty() {
        format!("these are {}", list(&service.addresses.set))
    } else {
        if nodes { "not for this name" } else { "no node" }.into()
    };
    let rtype = record.rtype();
    let example = cluster.example(service.label).filter(|_| !cluster.is_declared());
    let diagnostic = findings
        .report(zone.place(record, part), message)
        .about(owner, rtype)
        .data(service.label)
        .primary(primary)
        .note("clients reach only the nodes that their domain names: balance and fail-over depend on equal sets");
    if let Some((place, set)) = example {
        diagnostic.label(place, format!("the set that it is held against: `{set}`"));
    }
    mend(zone, id, (missing, foreign), diagnostic);
    if record.rtype() == RrType::CNAME {
        diagnostic.help(format!("point `{owner}` to a name that has {}", list(&reference.set)));
    } else {
        diagnostic.help(format!("give `{owner}` just {}", list(&reference.set)));
    }
}

/// Offers to add what is missing; where nothing is, to remove what is too much.
fn mend(zone: &Zone, id: NameId, (missing, foreign): (&[IpAddr], &[IpAddr]), found: &mut Diagnostic) {
    let owner = zone.name(id);
    if missing.is_empty() {
        let description = format!("removes {} from `{owner}`", list(foreign));
        found.unsafe_fix(description, remove_addresses(zone, id, foreign));
    } else if let Some(changes) = add_addresses(zone, id, missing) {
        let description = format!("adds {} to `{owner}`", list(missing));
        found.safe_fix(description, changes.into_iter().map(Some));
    }
}
