//! # mx-own-zone-name
//!
//! The host of an MX record is in the customer's own zone, where it copies the address of a node.
//!
//! ## Why
//!
//! The HOWTO allows it for customers who do not want to show the provider's name (2.2.1), and says what it costs:
//! to renumber a node, every such zone must be edited. Also, whoever checks the name of a mail server (MTA-STS,
//! DANE) wants a certificate for each of these names.
//!
//! This rule is off by default. It says nothing of a domain whose host names other domains use too, nor where a
//! declared cluster asks for such names.
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
//! ```
//!
//! ## What to do
//!
//! Let the MX records name the hosts of the provider, and remove the copies.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.2.1; RFC 8461 section 4.1; RFC 7672 section 3.2.3

use crate::cluster::{Cluster, Domain, Exchange, Leads};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "mx-own-zone-name",
    group: Group::Cluster,
    level: Level::Info,
    default: false,
    options: &[],
    check: Check::Domain(check),
};

/// One finding for all MX records of a domain: they are mended together.
fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let zone = domain.zone();
    let copies = |exchange: &&Exchange<'_>| {
        let Leads::Nodes(nodes) = &exchange.leads else { return false };
        let host = format!("{}.", exchange.host);
        let shared = |&node: &usize| cluster.mail_host(domain.zone().origin(), node).as_ref() == Some(&host);
        exchange.host.is_within(zone.origin())
            && exchange.addresses.aliases.is_empty()
            && !nodes.iter().any(shared)
    };
    let copies: Vec<_> = domain.exchanges().iter().filter(copies).collect();
    let Some(first) = copies.first() else { return };
    let message = match copies.len() {
        1 => format!("the MX host `{}` copies the address of a node into this zone", first.host),
        n => format!("{n} MX hosts copy the addresses of nodes into this zone: `{}` and others", first.host),
    };
    let found = findings.report(zone.place(first.record, Part::Field(1)), message);
    found.about(zone.origin(), RrType::MX).data(first.host);
    let own = zone.find(first.host).and_then(|name| zone.at(name).next());
    if let Some(copy) = own {
        found.label(zone.place(copy, Part::Owner), "a copy");
    }
    found.note(
        "to renumber a node, each such zone must be edited; and each name needs a certificate of its own",
    );
    let Leads::Nodes(nodes) = &first.leads else { return };
    let other = nodes.iter().find_map(|&node| Some((node, cluster.mail_host(domain.zone().origin(), node)?)));
    match other {
        Some((node, host)) => found
            .help(format!("name the hosts of the provider: `{host}` is {}", cluster.standard().call(node))),
        None => {
            found.help("give the nodes names in a zone of the provider, and let the MX records name these")
        }
    };
}
