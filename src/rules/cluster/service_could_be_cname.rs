//! # service-could-be-cname
//!
//! A service name has the same addresses as a name that other domains point to, and could be an alias of it.
//!
//! ## Why
//!
//! The HOWTO leaves the choice between all address records in every domain and a CNAME to a name that has them
//! (2.1). With the CNAME, a new node or a new address is one edit instead of one for each domain, and no domain can
//! be forgotten.
//!
//! This rule is off by default. It says nothing where there is no such shared name, where the name has other
//! records, and where an NS, MX or SRV record of any loaded zone points to it: these must not lead to an alias.
//!
//! ## Example
//!
//! ```zone
//! mail A 192.0.2.10
//!      A 192.0.2.11
//! imap CNAME mail
//! pop3 CNAME mail
//! smtp A 192.0.2.10
//!      A 192.0.2.11
//! ```
//!
//! ## What to do
//!
//! Replace the address records by a CNAME to the shared name.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.1; RFC 2181 section 10.3; RFC 2782

use std::collections::{BTreeMap, HashSet};

use crate::cluster::{Asks, Cluster, Domain, Service};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::{NameRef, RrType};
use crate::view::{Knowledge, View};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "service-could-be-cname",
    group: Group::Cluster,
    level: Level::Info,
    default: false,
    options: &[],
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let all =
        || cluster.domains().iter().flat_map(|domain| domain.services().iter().map(move |s| (domain, s)));
    // Of several names that have a set, the one that most services are an alias of.
    let mut ends: BTreeMap<_, usize> = BTreeMap::new();
    for (_, service) in all().filter(|(_, service)| !service.addresses.aliases.is_empty()) {
        if let (Some((zone, name)), Knowledge::Whole) = (service.addresses.end, service.addresses.knowledge) {
            *ends.entry((&service.addresses.set, zone.name(name))).or_default() += 1;
        }
    }
    let mut shared: BTreeMap<_, (usize, NameRef<'_>)> = BTreeMap::new();
    for ((set, name), count) in ends.into_iter().filter(|((_, name), _)| !name.is_wildcard()) {
        let best = shared.entry(set).or_insert((count, name));
        if count > best.0 {
            *best = (count, name);
        }
    }
    if shared.is_empty() {
        return;
    }
    let pointed = pointed_to(cluster.view());
    for domain in cluster.domains().iter().filter(|domain| domain.asks() != Asks::Nothing) {
        let mut free: BTreeMap<NameRef<'_>, Vec<&Service<'_>>> = BTreeMap::new();
        for service in domain.services().iter().filter(|service| is_free(domain, service)) {
            let name = domain.zone().name(service.name);
            match shared.get(&service.addresses.set) {
                Some(&(_, target)) if target != name && !pointed.contains(&name) => {
                    free.entry(target).or_default().push(service);
                }
                _ => {}
            }
        }
        for (target, services) in free {
            report(domain, &services, target, findings);
        }
    }
}

/// A name with nothing but addresses, which are all known.
fn is_free(domain: &Domain<'_>, service: &Service<'_>) -> bool {
    let movable = |rtype| matches!(rtype, RrType::A | RrType::AAAA | RrType::RRSIG | RrType::NSEC);
    service.addresses.aliases.is_empty()
        && service.addresses.knowledge == Knowledge::Whole
        && domain.zone().at(service.name).all(|record| movable(record.rtype()))
}

/// The names that may not be aliases, since an NS, MX or SRV record points to them.
fn pointed_to<'v>(view: &'v View<'_>) -> HashSet<NameRef<'v>> {
    let records = view.zones().flat_map(|zone| zone.records().iter().map(move |record| (zone, record)));
    let pointing =
        records.filter(|(_, record)| matches!(record.rtype(), RrType::NS | RrType::MX | RrType::SRV));
    pointing.filter_map(|(zone, record)| zone.rdata(record).target()).collect()
}

/// One finding for all services of a domain that can be an alias of one name: they are moved together.
fn report(domain: &Domain<'_>, services: &[&Service<'_>], target: NameRef<'_>, findings: &mut Findings<'_>) {
    let (Some(first), zone) = (services.first(), domain.zone()) else { return };
    let name = zone.name(first.name);
    let labels: Vec<_> = services.iter().map(|service| format!("`{}`", service.label)).collect();
    let message = match &labels[..] {
        [_] => format!("`{name}` has just the addresses of `{target}`, and could be a CNAME to it"),
        _ => format!(
            "{} of `{}` have just the addresses of `{target}`, and could be CNAMEs to it",
            labels.join(", "),
            zone.origin()
        ),
    };
    findings
        .report(domain.place(first.name, Part::Owner), message)
        .within(zone.origin())
        .about(name, RrType::A)
        .data(target)
        .note("other names of the cluster are aliases of it: a new node is then added in one place")
        .help(format!("replace the address records by `CNAME {}`", target.relative_to(zone.origin())));
}
