//! # ptr-without-forward
//!
//! A PTR record leads to a name that does not have this address.
//!
//! ## Why
//!
//! Who looks up the name of an address looks the name up again to see whether it is true: mail servers above all, of
//! which the large ones refuse mail from an address whose name does not lead back. Logs and access lists by name go
//! wrong as well. Mostly the host was renumbered, renamed or removed in the forward zone only.
//!
//! Both zones must be loaded. Of private addresses nothing is said where the forward zone has none: it may be the
//! one that is shown to the outside.
//!
//! ## Example
//!
//! ```zone
//! ; file: 2.0.192.in-addr.arpa
//! $TTL 3600
//! @  SOA ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 3600
//! @  NS  ns1.example.com.
//! 25 PTR mail.example.com.
//! ; file: example.com
//! mail A 192.0.2.26
//! ```
//!
//! ## What to do
//!
//! Correct the PTR record, or give the name this address too.
//!
//! ## References
//!
//! RFC 1912 section 2.1; RFC 8601 section 2.7.3 (`iprev`)

use std::net::{IpAddr, Ipv4Addr};

use crate::cluster::list;
use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::{Knowledge, Target, View};
use crate::zone::{Record, Zone, address_of};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ptr-without-forward",
    group: Group::CrossZone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Among(&[RrType::PTR], check),
};

fn check(view: &View, zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    let owner = zone.name(record.owner());
    let (Some(address), Some(target)) = (address_of(owner), zone.rdata(record).target()) else {
        return;
    };
    let told =
        !matches!(view.target(zone, record), Target::Good) || zone.bad_targets(record).next().is_some();
    if told || is_of_network(address) || zone.cut(record.owner()).is_some() {
        return;
    }
    let addresses = view.addresses(target);
    let inside = is_private(address) && !addresses.set.iter().any(|&address| is_private(address));
    let message = match addresses.knowledge {
        _ if inside || addresses.set.contains(&address) => return,
        Knowledge::Whole => {
            format!("{address} has the name `{target}`, which leads to {}", list(&addresses.set))
        }
        Knowledge::None => format!("{address} has the name `{target}`, which has no address"),
        Knowledge::Partial | Knowledge::Loop | Knowledge::Unknown => return,
    };
    let found = findings.report(zone.place(record, Part::Rdata), message);
    found.about(owner, RrType::PTR).data(target);
    if let Some((home, name)) = addresses.end
        && let Some(other) = home.at(name).next()
    {
        found.label(home.place(other, Part::Owner), "what the name has");
    }
    let end = addresses.end.map(|(home, name)| home.name(name)).filter(|name| !name.is_wildcard());
    let end = end.unwrap_or(target);
    found
        .note("mail servers refuse mail from an address whose name does not lead back to it")
        .help(format!("correct the PTR record, or add `{end}. {} {address}`", family(address)));
}

fn family(address: IpAddr) -> RrType {
    if address.is_ipv4() { RrType::A } else { RrType::AAAA }
}

/// The first and the last address of a network may have the name of the network (RFC 1101).
fn is_of_network(address: IpAddr) -> bool {
    matches!(address, IpAddr::V4(address) if matches!(address.octets(), [.., 0 | 255]))
}

/// It is used within a network only (RFC 1918, RFC 4193, RFC 6598), or within a link or a host.
fn is_private(address: IpAddr) -> bool {
    let shared = |address: Ipv4Addr| address.octets()[0] == 100 && address.octets()[1] & 0xc0 == 64;
    match address {
        IpAddr::V4(address) => {
            address.is_private() || address.is_loopback() || address.is_link_local() || shared(address)
        }
        IpAddr::V6(address) => {
            address.is_unique_local() || address.is_unicast_link_local() || address.is_loopback()
        }
    }
}
