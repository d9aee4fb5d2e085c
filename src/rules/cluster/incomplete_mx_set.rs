//! # incomplete-mx-set
//!
//! The MX records of a domain do not reach every node of the cluster.
//!
//! ## Why
//!
//! Reception is balanced by one MX record for every node, all with the same preference (HOWTO 2.2.1). A node
//! without one takes no mail of this domain, and the others take its share.
//!
//! Nothing is said where the address of an MX host is not known.
//!
//! ## Example
//!
//! ```zone
//! @      MX 10 node00
//! @      MX 10 node01
//! node00 A  192.0.2.10
//! node01 A  192.0.2.11
//! imap   A  192.0.2.10
//!        A  192.0.2.11
//!        A  192.0.2.12
//! smtp   A  192.0.2.10
//!        A  192.0.2.11
//!        A  192.0.2.12
//! ```
//!
//! ## What to do
//!
//! Add an MX record for each node that is missing.
//!
//! ## Fix
//!
//! Safe: adds the records, if the host of each node is known and leads to it. Unsafe: does so where no MX
//! record leads to a node yet.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.2.1

use crate::cluster::{Asks, Cluster, Domain, Leads, list};
use crate::diagnostic::{Change, Findings, Group, Level, Part, Value};
use crate::rules::changes::new_exchange;
use crate::rules::{Check, Rule};
use crate::syntax::{Name, NameRef, RrType};
use crate::view::Knowledge;
use std::net::IpAddr;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "incomplete-mx-set",
    group: Group::Cluster,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let zone = domain.zone();
    let wanted = domain.mail();
    let mut reached: Vec<usize> = Vec::new();
    let mut retired = 0;
    for exchange in domain.exchanges() {
        match &exchange.leads {
            Leads::Nodes(nodes) if nodes.is_empty() => return,
            Leads::Nodes(nodes) => reached.extend(nodes),
            Leads::Drifted(node) => reached.push(*node),
            Leads::Retired => retired += 1,
            Leads::Unknown => return,
            Leads::Outside => {}
        }
    }
    let (Some(first), true) = (domain.exchanges().first(), zone.knows(zone.origin())) else { return };
    let missing: Vec<usize> = wanted.nodes.iter().copied().filter(|node| !reached.contains(node)).collect();
    // The mail of a domain may be elsewhere on purpose, unless the domain is declared by its name. A
    // record that leads to a retired node is in the place of one that is missing.
    let elsewhere = reached.is_empty() && domain.asks() != Asks::All && !wanted.reserved;
    if elsewhere || missing.len() <= retired {
        return;
    }
    let origin = zone.origin();
    let preference = cluster.preference().unwrap_or(first.preference);
    let hosts: Vec<String> = missing
        .iter()
        .filter_map(|&node| cluster.mail_host(zone.origin(), node))
        .map(|host| format!("`{host}`"))
        .collect();
    let help = match &hosts[..] {
        [] => format!("add an MX record with preference {preference} for each of them"),
        hosts => format!("add an MX record with preference {preference} for {}", hosts.join(", ")),
    };
    let addresses: Vec<IpAddr> = missing.iter().map(|&node| cluster.nodes()[node].addresses[0]).collect();
    let mended = mend(cluster, domain, (&missing, preference));
    let found = findings
        .report(
            zone.place(first.record, Part::Owner),
            format!("no MX record of `{origin}` leads to {}", list(&addresses)),
        )
        .about(origin, RrType::MX)
        .note("a node without an MX record takes no mail of the domain, and the others take its share")
        .help(help);
    if let Some(Change::Add { below, records }) = mended {
        let hosts = records.iter().filter_map(|record| match record.rdata.last() {
            Some(Value::Name(host)) => Some(format!("`MX {preference} {host}.`")),
            _ => None,
        });
        let hosts: Vec<_> = hosts.collect();
        let description = format!("adds {}", hosts.join(" and "));
        let changes = [Some(Change::Add { below, records })];
        // Mail that goes elsewhere altogether may do so on purpose, whatever is declared.
        if reached.is_empty() {
            found.unsafe_fix(description, changes);
        } else {
            found.safe_fix(description, changes);
        }
    }
}

/// Adds an MX record for each of these nodes, if it is known by which host each is reached.
fn mend(
    cluster: &Cluster<'_>,
    domain: &Domain<'_>,
    (missing, preference): (&[usize], u16),
) -> Option<Change> {
    let zone = domain.zone();
    let new = |&node: &usize| {
        let host = cluster.mail_host(zone.origin(), node).and_then(|host| Name::parse_absolute(&host).ok());
        let host = host.or_else(|| sibling(cluster, domain, node))?;
        let leads = cluster.view().addresses(host.as_ref());
        let own = &cluster.nodes()[node].addresses;
        let known = leads.set.iter().any(|address| own.contains(address));
        // A declared host may be in a zone that is not loaded.
        let trusted = cluster.is_declared() && leads.knowledge == Knowledge::Unknown;
        (known || trusted).then(|| new_exchange(zone.origin(), preference, host))
    };
    let last = zone.rrset(zone.apex(), RrType::MX).last()?;
    Some(Change::Add { below: zone.site(last)?, records: missing.iter().map(new).collect::<Option<_>>()? })
}

/// A name of the domain that has the address of a node alone, and differs from a host that mail goes to
/// only in its number.
fn sibling(cluster: &Cluster<'_>, domain: &Domain<'_>, node: usize) -> Option<Name> {
    let zone = domain.zone();
    let own = &cluster.nodes()[node].addresses;
    let hosts: Vec<_> = domain.exchanges().iter().map(|exchange| exchange.host).collect();
    let named_alike = |name: NameRef<'_>| {
        hosts.iter().any(|host| host.parent() == name.parent() && stem(*host) == stem(name))
    };
    zone.names().find_map(|id| {
        let mut addresses = zone.at(id).filter_map(|record| zone.rdata(record).address());
        let name = zone.name(id);
        let alone =
            addresses.next().is_some_and(|first| own.contains(&first)) && addresses.all(|a| own.contains(&a));
        (alone && named_alike(name)).then(|| name.into())
    })
}

/// The first label of a name without the digits at its end.
fn stem(name: NameRef<'_>) -> &[u8] {
    let label = name.first_label();
    let digits = label.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    &label[..label.len() - digits]
}
