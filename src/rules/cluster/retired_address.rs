//! # retired-address
//!
//! A record still names a node that is no more.
//!
//! ## Why
//!
//! The address of a machine that was switched off is given to another one sooner or later. Until then clients
//! wait for it in vain; from then on they send their passwords and their mail to whoever has it, and an SPF
//! policy that names it lets that machine send mail in the name of the domain.
//!
//! The addresses are those of `retired` in a `[[cluster]]` of `zoneward.toml`. They are looked for in A and AAAA
//! records, and as `ip4:` and `ip6:` in SPF policies, in all zones, whether the cluster serves them or not.
//! Ranges of addresses are left alone.
//!
//! ## Example
//!
//! ```zone
//! ; file: zoneward.toml
//! [[cluster]]
//! name = "mail"
//! zones = ["*"]
//! nodes = [{ id = "00", ipv4 = "192.0.2.10" }, { id = "01", ipv4 = "192.0.2.11" }]
//! retired = ["192.0.2.9"]
//! ; file: shop.example
//! $TTL 3600
//! @ SOA ns1.provider.example. hostmaster 1 7200 3600 1209600 3600
//! @ NS ns1.provider.example.
//! imap A   192.0.2.9
//!      A   192.0.2.11
//! @    TXT "v=spf1 mx ip4:192.0.2.9 -all"
//! ```
//!
//! ## What to do
//!
//! Write the address of the node that took its place, or remove the record.
//!
//! ## Fix
//!
//! Unsafe: writes the address that belongs there now, where that is plain; or removes the record, if its owner
//! has other addresses.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.2.1; RFC 7208 section 5.6

use crate::cluster::Cluster;
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::changes::{remove, set_address};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "retired-address",
    group: Group::Cluster,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Cluster(check),
};

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    for retired in cluster.retired() {
        let (zone, record, address) = (retired.zone, retired.record, retired.address);
        let owner = zone.name(record.owner());
        let policy = !matches!(record.rtype(), RrType::A | RrType::AAAA);
        let (message, note) = if policy {
            (
                format!("the SPF policy of `{owner}` lets {address} send, which is a retired node"),
                "whoever has the address next can send mail in the name of the domain",
            )
        } else {
            (
                format!("`{owner}` still leads to {address}, which is a retired node"),
                "clients wait for it in vain, or send their mail and passwords to whoever has the address next",
            )
        };
        let help = match retired.instead {
            Some(instead) => format!("write {instead} here"),
            None if policy => format!("take {address} out of the policy"),
            None => "remove the record, or write the address of the node that took its place".to_owned(),
        };
        let found = findings
            .report(zone.place(record, Part::Rdata), message)
            .within(zone.origin())
            .about(owner, record.rtype())
            .data(address)
            .note(note)
            .help(help);
        if policy {
            continue;
        }
        let others = || zone.at(record.owner()).filter_map(|other| zone.rdata(other).address());
        match retired.instead.filter(|instead| !others().any(|other| other == *instead)) {
            Some(instead) => {
                found.unsafe_fix(format!("writes {instead} there"), [set_address(zone, record, instead)])
            }
            None if others().any(|other| other != address) => {
                found.unsafe_fix("removes this record", [remove(zone, record)])
            }
            None => continue,
        };
    }
}
