//! # spf-misses-node
//!
//! The SPF record of a domain does not cover a node that relays its mail.
//!
//! ## Why
//!
//! Customers hand their mail to `smtp` under their domain, which is balanced over the nodes: each of them sends
//! mail of the domain (HOWTO 2.2.2). What the SPF record does not let pass is refused or suspected by receivers,
//! and only now and then: whenever the balance falls on that node. Mostly the record was forgotten when a node
//! was added or renumbered.
//!
//! The record is evaluated as receivers do it, with all that it includes, over the zones that are loaded. Nothing
//! is said of a node where the result depends on another zone, or on the name of the sender.
//!
//! ## Example
//!
//! ```zone
//! @    TXT "v=spf1 ip4:192.0.2.10 ip4:192.0.2.11 -all"
//! smtp A 192.0.2.10
//!      A 192.0.2.11
//!      A 192.0.2.12
//! imap CNAME smtp
//! ```
//!
//! ## What to do
//!
//! Add `a:` with the name of the relay, which stays right when the nodes change, or the address of the node, right
//! behind `v=spf1`.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.2.2; RFC 7208 sections 4.6, 5

use crate::cluster::{Cluster, Domain, RELAY, list};
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::Qualifier;
use std::net::IpAddr;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "spf-misses-node",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(_: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let uncovered = domain.uncovered();
    let (Some(worst), zone) = (uncovered.first(), domain.zone()) else { return };
    let record = zone.rrset(zone.apex(), RrType::TXT).find(|record| zone.spf(record).is_some());
    let relay = domain.services().iter().find(|service| service.label == RELAY);
    let (Some(record), Some(relay)) = (record, relay) else { return };
    let nodes: Vec<IpAddr> = uncovered.iter().map(|uncovered| uncovered.node).collect();
    let (node, relays) = if nodes.len() == 1 { ("node", "relays") } else { ("nodes", "relay") };
    let says = match worst.says {
        Qualifier::Fail => "receivers refuse mail of this domain from there",
        Qualifier::SoftFail => "receivers suspect mail of this domain from there, and DMARC fails",
        Qualifier::Neutral | Qualifier::Pass => "receivers learn nothing of mail from there, and DMARC fails",
    };
    let terms: Vec<_> =
        nodes.iter().map(|node| format!("ip{}:{node}", if node.is_ipv4() { 4 } else { 6 })).collect();
    findings
        .report(
            zone.place(record, Part::Rdata),
            format!(
                "SPF of `{}` does not cover {node} {}, which {relays} its mail",
                zone.origin(),
                list(&nodes)
            ),
        )
        .about(zone.origin(), RrType::TXT)
        .data(list(&nodes))
        .label(domain.place(relay.name, Part::Owner), "customers send mail by way of this name")
        .note(says)
        .help(format!("add `a:{}` right behind `v=spf1`, or `{}`", zone.name(relay.name), terms.join(" ")));
}
