//! The mail cluster over a view: nodes, service names, what the domains agree on.
//!
//! Nothing needs to be configured: the nodes are the addresses that stand together in the sets of the
//! service names (`infer`), and what most domains have is the standard that each one is held against.
//! Or the cluster is declared (`declaration`), and the standard is what was declared. Either way each
//! domain is held against it in the same way (`domain`); the rules of group `cluster` put the outcome
//! into words.

mod balanced;
mod binding;
mod census;
mod claim;
mod declaration;
mod domain;
mod draft;
mod ids;
mod infer;
mod mail;
mod parity;
mod pattern;
mod plan;
mod relay;
mod retired;
mod shape;
mod show;
mod sight;
mod standard;

use std::net::IpAddr;

use rayon::prelude::*;

use crate::diagnostic::{Part, Place};
use crate::syntax::{NameRef, RrType};
use crate::view::View;
use crate::zone::{NameId, Zone};

pub use balanced::Balanced;
pub use binding::{Binding, NodeName, NodeVerdict};
use census::Census;
pub use claim::{Unresolved, clusters};
pub use declaration::{Declaration, MX_SERVICE, Magic, Mx, Node, Nodes, Pin, Reserve};
pub use domain::{Asks, Domain, Service, SetVerdict};
pub use mail::{Drift, Exchange, Leads};
pub use parity::Lopsided;
pub use pattern::{Cover, Pattern, ZonePatterns};
pub use plan::{Planned, Style};
pub use relay::{RELAY, Uncovered};
pub use retired::Retired;
pub use shape::{Limits, Room, Shapes, Shown};
use sight::Sight;
pub use standard::{Reference, Standard};

/// The names under a domain that mail clients connect to (HOWTO 2.1, 2.2.2, 2.3).
pub const SERVICES: [&str; 5] = ["imap", "pop", "pop3", "smtp", "webmail"];

/// The service name whose web interface sends its users on to the name of one node (HOWTO 2.3.1).
pub const MAGIC: &str = "webmail";

/// Where nothing is declared, a service is asked for when at least this share of the other domains has
/// it: three of four.
const SHARE: (usize, usize) = (3, 4);

/// A mail cluster.
#[derive(Debug)]
pub struct Cluster<'v> {
    view: &'v View<'v>,
    standard: Standard<'v>,
    domains: Vec<Domain<'v>>,
    /// How many domains these stand for.
    served: usize,
    census: Census<'v>,
    drifted_hosts: Vec<Drift<'v>>,
    retired: Vec<Retired<'v>>,
}

/// Why a domain is to have a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Demand {
    /// It is declared.
    Declared,
    /// Of so many other domains, so many have it.
    Usual {
        /// The other domains.
        others: usize,
        /// Those that have it.
        have: usize,
    },
}

impl<'v> Cluster<'v> {
    /// Holds each domain against the standard.
    fn new(view: &'v View<'v>, standard: Standard<'v>, served: Vec<(Sight<'v>, Asks)>) -> Self {
        let domain = |(sight, asks)| Domain::new(view, &standard, sight, asks);
        let domains: Vec<_> = served.into_par_iter().map(domain).collect();
        let served = domains.iter().map(Domain::weight).sum();
        let census = Census::of(&domains);
        let drifted_hosts = claim::drifted_hosts(view, &standard);
        let retired = retired::find(view, &standard, &domains);
        Self { view, standard, domains, served, census, drifted_hosts, retired }
    }

    /// All zones that are served with it.
    pub fn view(&self) -> &'v View<'v> {
        self.view
    }

    /// What its domains are held against.
    pub fn standard(&self) -> &Standard<'v> {
        &self.standard
    }

    /// Its nodes.
    pub fn nodes(&self) -> &[Node] {
        self.standard.nodes()
    }

    /// It is declared, not inferred.
    pub fn is_declared(&self) -> bool {
        self.standard.declaration().is_some()
    }

    /// How many machines it has. Where they are not declared: the addresses of the family that has
    /// more of them.
    pub fn size(&self) -> usize {
        let v6 = self.standard.members().iter().filter(|address| address.is_ipv6()).count();
        if self.is_declared() { self.nodes().len() } else { self.nodes().len().max(v6) }
    }

    /// The domains that it serves, in the order of the zones. One may stand for others that are just like it.
    pub fn domains(&self) -> &[Domain<'v>] {
        &self.domains
    }

    /// The domains need names for single nodes (HOWTO 2.3.1): it is declared, or some have them.
    pub fn has_node_names(&self, magic: &Magic) -> bool {
        match self.standard.declaration() {
            Some(declaration) if declaration.shared_sessions => false,
            Some(Declaration { magic: Some(_), .. }) => true,
            _ => self.census.has_node_names(&magic.service),
        }
    }

    /// Why a domain that lacks a service is to have it.
    pub fn demand(&self, domain: &Domain<'v>, service: &str) -> Option<Demand> {
        if domain.asks() == Asks::WhereItHasServices && domain.services().is_empty() {
            return None;
        }
        let services = self.standard.declaration().and_then(|declaration| declaration.services.as_ref());
        match services {
            Some(services) => services.iter().any(|asked| asked == service).then_some(Demand::Declared),
            None => self.usual(domain, self.census.with(service), false),
        }
    }

    /// Why a domain that has no MX record is to have some.
    pub fn mail_demand(&self, domain: &Domain<'v>) -> Option<Demand> {
        let nothing = domain.services().is_empty() && domain.asks() == Asks::WhereItHasServices;
        if nothing || domain.asks() == Asks::Nothing {
            return None;
        }
        match self.standard.declaration() {
            Some(Declaration { mx: Some(_), .. }) => Some(Demand::Declared),
            _ => self.usual(domain, self.census.with_mail, !domain.exchanges().is_empty()),
        }
    }

    /// Of the domains with service names, those that lack a thing are asked for it if so many have it.
    fn is_usual(&self, have: usize) -> bool {
        are_enough(have, self.census.with_services.saturating_sub(1))
    }

    /// A thing is asked for as most other domains with service names have it.
    fn usual(&self, domain: &Domain<'v>, with: usize, has: bool) -> Option<Demand> {
        let counts = !domain.services().is_empty();
        let others = self.census.with_services - usize::from(counts);
        let have = with - usize::from(counts && has);
        are_enough(have, others).then_some(Demand::Usual { others, have })
    }

    /// The host names of declared nodes that have another address than was declared.
    pub fn drifted_hosts(&self) -> &[Drift<'v>] {
        &self.drifted_hosts
    }

    /// The records in all zones that name a retired node.
    pub fn retired(&self) -> &[Retired<'v>] {
        &self.retired
    }

    /// The name whose address records a service name has, or the service name itself where it is an
    /// alias that no other domain shares: that is where a wrong set is to be mended.
    pub fn culprit(&self, domain: &Domain<'v>, service: &Service<'v>) -> (&'v Zone, NameId) {
        let own = (domain.zone(), service.name);
        let Some(end) = service.addresses.end else { return own };
        // A few domains may lead to a name that is right for another cluster.
        let member = |address| self.standard.members().contains(address);
        let of_cluster = service.addresses.set.iter().any(member) || self.census.is_usual(service);
        let shared = self.census.is_shared(service) && of_cluster;
        if shared || service.addresses.aliases.is_empty() { end } else { own }
    }

    /// A domain whose service is as it is to be: the place of the name, and the name.
    pub fn example(&self, service: &str) -> Option<(Place, NameRef<'v>)> {
        let (domain, name) = self.census.example(service)?;
        let domain = &self.domains[domain];
        Some((domain.place(name, Part::Owner), domain.zone().name(name)))
    }

    /// The host by which MX records of a domain are to lead to a node, with its final dot: as it is
    /// declared, or as most have it.
    pub fn mail_host(&self, domain: NameRef<'_>, node: usize) -> Option<String> {
        let declaration = self.standard.declaration();
        let named = declaration.and_then(|declaration| {
            let hosts = declaration.mx.as_ref()?.hosts.as_ref()?;
            let name = hosts.with(self.nodes()[node].id.as_deref()?);
            Some(if hosts.is_relative() { format!("{name}.{domain}.") } else { name + "." })
        });
        let own = || self.nodes()[node].host.as_ref().map(|host| format!("{host}."));
        named.or_else(own).or_else(|| self.census.mail_host(node).map(|host| format!("{host}.")))
    }

    /// The preference of MX records that lead to nodes, where it is declared.
    pub fn preference(&self) -> Option<u16> {
        self.standard.declaration()?.mx.as_ref().map(|mx| mx.preference)
    }

    /// Where the standard comes from, for a note.
    pub fn basis(&self) -> String {
        match (self.standard.declaration(), self.served) {
            (Some(declaration), _) => {
                format!("cluster `{}` is declared in zoneward.toml", declaration.name)
            }
            (None, 1) => "inferred from this domain alone: its names held against each other".to_owned(),
            (None, n) => format!("inferred from the {n} domains that share these nodes"),
        }
    }
}

/// So many of the other domains have a thing that each is to have it.
fn are_enough(have: usize, others: usize) -> bool {
    have > 0 && have * SHARE.1 >= others * SHARE.0
}

/// Addresses for a message: `1.2.3.4, 1.2.3.5 and 1.2.3.6`.
pub fn list(addresses: &[IpAddr]) -> String {
    let shown: Vec<String> = addresses.iter().map(ToString::to_string).collect();
    match &shown[..] {
        [] => "no address".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// The type of the record that holds an address.
pub fn address_type(address: IpAddr) -> RrType {
    if address.is_ipv4() { RrType::A } else { RrType::AAAA }
}

/// Whether two zones are the same one.
fn same_zone(a: &Zone, b: &Zone) -> bool {
    std::ptr::eq(a, b)
}

/// The addresses of the family by which nodes are told apart: IPv4 where there are any.
pub fn primary(set: &[IpAddr]) -> Vec<IpAddr> {
    let v4: Vec<IpAddr> = set.iter().copied().filter(IpAddr::is_ipv4).collect();
    if v4.is_empty() { set.to_vec() } else { v4 }
}
