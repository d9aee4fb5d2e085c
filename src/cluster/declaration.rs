//! A cluster as its owner declares it: `[[cluster]]` of `zoneward.toml`.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::PathBuf;

use super::SERVICES;
use super::pattern::{Cover, Pattern, ZonePatterns};
use crate::syntax::Name;

/// A declared cluster.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// The file that it stands in.
    pub file: PathBuf,
    /// Its name, for messages.
    pub name: String,
    /// The zones that it claims.
    pub zones: ZonePatterns,
    /// The zones that it does not claim all the same.
    pub exclude: ZonePatterns,
    /// Its machines.
    pub nodes: Nodes,
    /// The names that each of its domains has; `None` where that is left to what most domains have.
    pub services: Option<Vec<String>>,
    /// The names that its domains may have.
    pub optional_services: Vec<String>,
    /// The names whose web interface sends its users on to one node (HOWTO 2.3.1); `None` where that
    /// is left to what the domains have.
    pub magic: Option<Vec<Magic>>,
    /// How its domains receive mail; `None` where that is left to what most domains have.
    pub mx: Option<Mx>,
    /// The nodes share their sessions: no domain needs names of single nodes.
    pub shared_sessions: bool,
    /// Addresses of nodes that are no more.
    pub retired: BTreeSet<IpAddr>,
    /// How many nodes it may have.
    pub max_nodes: Option<usize>,
    /// Domains and services that use a part of the nodes (HOWTO 2.2.3); the first that fits counts.
    pub reserves: Vec<Reserve>,
    /// Names of nodes that lead to another node on purpose (HOWTO 2.3.2).
    pub pins: Vec<Pin>,
}

/// The machines of a declared cluster.
#[derive(Debug, Clone)]
pub enum Nodes {
    /// These.
    Listed(Vec<Node>),
    /// One for each address that a name has in the loaded zones.
    From(Name),
}

/// A machine of a cluster.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// What stands for it in the names of single nodes: `00`. `None` where nobody said so.
    pub id: Option<String>,
    /// Its host name.
    pub host: Option<Name>,
    /// Its addresses, sorted: IPv4 before IPv6.
    pub addresses: Vec<IpAddr>,
}

/// A magic name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Magic {
    /// The service: `webmail`.
    pub service: String,
    /// The names of single nodes, below the domain: `webmail{id}`.
    pub names: Pattern,
}

/// How the domains of a cluster receive mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mx {
    /// The preference of all MX records that lead to nodes.
    pub preference: u16,
    /// The host names that they lead to; below the domain where they are one label.
    pub hosts: Option<Pattern>,
}

/// Domains and services that use a part of the nodes.
#[derive(Debug, Clone)]
pub struct Reserve {
    /// The zones; `None` for all.
    pub zones: Option<ZonePatterns>,
    /// The services, among them `mx`; `None` for all, and for the MX records.
    pub services: Option<Vec<String>>,
    /// The ids of the nodes.
    pub nodes: Vec<String>,
    /// With their IPv6 addresses.
    pub ipv6: bool,
}

/// The name by which a reserve means the MX records.
pub const MX_SERVICE: &str = "mx";

/// A name of a node that leads to another node on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    /// The name.
    pub name: Name,
    /// The id of the node.
    pub node: String,
}

impl Declaration {
    /// Whether the cluster claims a zone, and how.
    pub fn claims(&self, zone: &str) -> Option<Cover> {
        let cover = self.zones.cover(zone)?;
        self.exclude.cover(zone).is_none().then_some(cover)
    }

    /// The service names that are looked at, each once: those that are asked for come first.
    pub fn labels(&self) -> Vec<&str> {
        let mut labels: Vec<&str> = match &self.services {
            Some(services) => services.iter().map(String::as_str).collect(),
            None => SERVICES.to_vec(),
        };
        let magic = self.magic.iter().flatten().map(|magic| magic.service.as_str());
        for label in self.optional_services.iter().map(String::as_str).chain(magic) {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
        labels
    }

    /// The reserve that holds for a service of a zone.
    pub fn reserve(&self, zone: &str, service: &str) -> Option<&Reserve> {
        self.reserves.iter().find(|reserve| {
            reserve.zones.as_ref().is_none_or(|zones| zones.cover(zone).is_some())
                && reserve.services.as_ref().is_none_or(|all| all.iter().any(|one| one == service))
        })
    }
}
