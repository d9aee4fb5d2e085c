//! The mail cluster over a view: nodes, service names, what the domains agree on.
//!
//! Nothing needs to be configured: the nodes are the addresses that stand together in the sets of the
//! service names (`infer`), and what most domains have is the reference that each one is held
//! against (`domain`). The rules of group `cluster` put the outcome into words.

mod balanced;
mod census;
mod domain;
mod infer;
mod sight;

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;

use crate::diagnostic::{Part, Place};
use crate::syntax::NameRef;
use crate::zone::{NameId, Zone};

pub use balanced::Balanced;
use census::Census;
pub use domain::{Domain, Drift, Exchange, Leads, NodeName, NodeVerdict, Service, SetVerdict};
pub use infer::infer;

/// The names under a domain that mail clients connect to (HOWTO 2.1, 2.2.2, 2.3).
pub const SERVICES: [&str; 5] = ["imap", "pop", "pop3", "smtp", "webmail"];

/// The service name whose web interface sends its users on to the name of one node (HOWTO 2.3.1).
pub const MAGIC: &str = "webmail";

/// A mail cluster.
#[derive(Debug)]
pub struct Cluster<'v> {
    members: BTreeSet<IpAddr>,
    references: BTreeMap<&'static str, Reference>,
    mail: Reference,
    /// The address of each node by its number, as most names say: `webmail01`, `node01`.
    numbers: BTreeMap<u32, Numbered>,
    domains: Vec<Domain<'v>>,
    census: Census<'v>,
}

/// What most domains have for one service.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    /// The addresses, sorted.
    pub set: Vec<IpAddr>,
    /// How many domains have just these.
    pub agreeing: usize,
    /// How many domains have the service.
    pub domains: usize,
}

/// The address that a node has by its number.
#[derive(Debug, Clone, Default)]
struct Numbered {
    addresses: BTreeSet<IpAddr>,
}

impl<'v> Cluster<'v> {
    /// The addresses of its nodes.
    pub fn members(&self) -> &BTreeSet<IpAddr> {
        &self.members
    }

    /// How many machines it has: the addresses of the family that has more of them.
    pub fn size(&self) -> usize {
        let v6 = self.members.iter().filter(|address| address.is_ipv6()).count();
        v6.max(self.members.len() - v6)
    }

    /// The domains that it serves, in the order of the zones.
    pub fn domains(&self) -> &[Domain<'v>] {
        &self.domains
    }

    /// What most domains have for a service.
    pub fn reference(&self, service: &str) -> Option<&Reference> {
        self.references.get(service)
    }

    /// The nodes that the MX records of most domains lead to.
    pub fn mail(&self) -> &Reference {
        &self.mail
    }

    /// The domains write names for single nodes: `webmail00` and so on (HOWTO 2.3.1).
    pub fn has_node_names(&self) -> bool {
        self.census.digits > 0
    }

    /// How many digits the domains write in the names of nodes.
    pub fn digits(&self) -> usize {
        self.census.digits
    }

    /// How many other domains than this one have service names, and how many of them have `service`.
    pub fn others_with(&self, domain: &Domain<'v>, service: &str) -> (usize, usize) {
        let has = domain.services().iter().any(|own| own.label == service);
        let counts = !domain.services().is_empty();
        (self.census.with_services - usize::from(counts), self.census.with(service) - usize::from(has))
    }

    /// How many other domains than this one have service names, and how many of them have an MX.
    pub fn others_with_mail(&self, domain: &Domain<'v>) -> (usize, usize) {
        let counts = !domain.services().is_empty();
        let has = counts && !domain.exchanges().is_empty();
        (self.census.with_services - usize::from(counts), self.census.with_mail - usize::from(has))
    }

    /// The number of the node that has this address.
    pub fn number_of(&self, address: IpAddr) -> Option<u32> {
        self.numbers.iter().find(|(_, node)| node.addresses.contains(&address)).map(|(&number, _)| number)
    }

    /// The address of the node with this number: of IPv4 where it has one.
    pub fn node(&self, number: u32) -> Option<IpAddr> {
        self.numbers.get(&number)?.addresses.first().copied()
    }

    /// The name whose address records a service name has, or the service name itself where it is an
    /// alias that no other domain shares: that is where a wrong set is to be mended.
    pub fn culprit(&self, domain: &Domain<'v>, service: &Service<'v>) -> (&'v Zone, NameId) {
        let own = (domain.zone(), service.name);
        let Some(end) = service.addresses.end else { return own };
        if self.census.is_shared(service) || service.addresses.aliases.is_empty() { end } else { own }
    }

    /// A domain whose service has just this set: its place and its name.
    pub fn example(&self, service: &str, set: &[IpAddr]) -> Option<(Place, String)> {
        let services =
            self.domains.iter().flat_map(|domain| domain.services().iter().map(move |s| (domain, s)));
        let (domain, found) =
            services.filter(|(_, s)| s.label == service).find(|(_, s)| s.addresses.set == set)?;
        Some((domain.place(found.name, Part::Owner), format!("`{}`", domain.zone().name(found.name))))
    }

    /// The host by which most MX records lead to a node.
    pub fn mail_host(&self, node: IpAddr) -> Option<NameRef<'v>> {
        self.census.mail_host(node)
    }

    /// Where the reference comes from, for a note.
    pub fn basis(&self) -> String {
        match self.domains.len() {
            1 => "inferred from this domain alone: its names held against each other".to_owned(),
            n => format!("inferred from the {n} domains that share these nodes"),
        }
    }
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

/// Whether two zones are the same one.
fn same_zone(a: &Zone, b: &Zone) -> bool {
    std::ptr::eq(a, b)
}

/// The addresses of the family by which nodes are told apart: IPv4 where there are any.
pub fn primary(set: &[IpAddr]) -> Vec<IpAddr> {
    let v4: Vec<IpAddr> = set.iter().copied().filter(IpAddr::is_ipv4).collect();
    if v4.is_empty() { set.to_vec() } else { v4 }
}
