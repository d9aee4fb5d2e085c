//! A declaration that says what was inferred.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::path::PathBuf;

use super::declaration::{Declaration, MX_SERVICE, Magic, Mx, Node, Nodes, Reserve};
use super::pattern::{Pattern, ZonePatterns};
use super::standard::Reference;
use super::{Cluster, SERVICES};
use crate::syntax::Name;

impl Cluster<'_> {
    /// A declaration under which the domains are asked for the same as without one. `None` where the
    /// cluster cannot be declared: nodes have addresses of a family for some services only.
    pub fn draft(&self, name: &str) -> Option<Declaration> {
        let nodes = self.draft_nodes();
        let (services, optional_services) = self.draft_services();
        let magic: Vec<Magic> =
            self.standard.magic().iter().filter(|magic| self.has_node_names(magic)).cloned().collect();
        let mx = self.is_usual(self.census.with_mail).then(|| self.draft_mx(&nodes)).flatten();
        let mut reserves = Vec::new();
        for label in services.iter().chain(&optional_services) {
            let reference = self.standard.reference_of(label)?;
            reserves.extend(reserve(&nodes, label, reference)?);
        }
        if !self.standard.mail().set.is_empty() {
            // MX records are to reach nodes, by an address of whatever family.
            let reached =
                |node: &&Node| node.addresses.iter().any(|one| self.standard.mail().set.contains(one));
            let set = nodes.iter().filter(reached).flat_map(|node| node.addresses.clone()).collect();
            reserves.extend(reserve(&nodes, MX_SERVICE, &Reference { set, ..Reference::default() })?);
        }
        Some(Declaration {
            file: PathBuf::new(),
            name: name.to_owned(),
            zones: ZonePatterns::parse(["*"]).ok()?,
            exclude: ZonePatterns::default(),
            nodes: Nodes::Listed(nodes),
            services: Some(services),
            optional_services,
            magic: (!magic.is_empty()).then_some(magic),
            mx,
            shared_sessions: false,
            retired: BTreeSet::new(),
            max_nodes: None,
            reserves: merge(reserves),
            pins: Vec::new(),
        })
    }

    /// The nodes, each with an id, and with its host name where most MX records have one for it.
    fn draft_nodes(&self) -> Vec<Node> {
        let mut nodes = self.nodes().to_vec();
        let width = nodes.iter().filter_map(|node| Some(node.id.as_ref()?.len())).max().unwrap_or(2);
        let mut free = (0..).map(|number: u32| format!("{number:0width$}"));
        let taken: Vec<String> = nodes.iter().filter_map(|node| node.id.clone()).collect();
        for (index, node) in nodes.iter_mut().enumerate() {
            if node.id.is_none() {
                node.id = free.find(|id| !taken.contains(id));
            }
            node.host = self.census.mail_host(index).map(Name::from);
        }
        // An IPv6 address of which no name tells whose it is goes to any node that has none.
        for &address in self.standard.members() {
            if nodes.iter().all(|node| !node.addresses.contains(&address)) {
                let lacks = |node: &Node| node.addresses.iter().all(|one| one.is_ipv4() != address.is_ipv4());
                let node = nodes.iter().position(lacks).unwrap_or(0);
                nodes[node].addresses.push(address);
            }
        }
        nodes
    }

    /// The services that are asked for, and the others that some domains have.
    fn draft_services(&self) -> (Vec<String>, Vec<String>) {
        let known = SERVICES.iter().filter(|label| self.census.with(label) > 0);
        let (usual, rare): (Vec<&str>, Vec<&str>) =
            known.partition(|label| self.is_usual(self.census.with(label)));
        let owned = |labels: Vec<&str>| labels.into_iter().map(str::to_owned).collect();
        (owned(usual), owned(rare))
    }

    fn draft_mx(&self, nodes: &[Node]) -> Option<Mx> {
        Some(Mx { preference: self.usual_preference()?, hosts: hosts(nodes) })
    }
}

/// The pattern that all host names of the nodes follow.
fn hosts(nodes: &[Node]) -> Option<Pattern> {
    let first = nodes.first()?;
    let (host, id) = (first.host.as_ref()?.to_string(), first.id.as_deref()?);
    let at = host.split('.').next()?.rfind(id)?;
    let pattern = Pattern::parse(&format!("{}{{id}}{}", &host[..at], &host[at + id.len()..]))?;
    let follows = |node: &Node| {
        let id = node.id.as_deref().unwrap_or_default();
        node.host.as_ref().is_some_and(|host| host.to_string() == pattern.with(id))
    };
    nodes.iter().all(follows).then_some(pattern)
}

/// The reserve that makes a service have just the addresses of a reference, if they are not all; `None`
/// where no nodes have just these.
fn reserve(nodes: &[Node], service: &str, reference: &Reference) -> Option<Vec<Reserve>> {
    let has = |node: &&Node| node.addresses.iter().any(|address| reference.set.contains(address));
    let own: Vec<&Node> = nodes.iter().filter(has).collect();
    let addresses = || own.iter().flat_map(|node| &node.addresses);
    let ipv6 = reference.set.iter().any(IpAddr::is_ipv6) || addresses().all(IpAddr::is_ipv4);
    let mut whole = addresses().filter(|address| ipv6 || address.is_ipv4());
    let known = reference.set.iter().all(|address| addresses().any(|own| own == address));
    if !whole.all(|address| reference.set.contains(address)) || !known {
        return None;
    }
    let reserve = Reserve {
        zones: None,
        services: Some(vec![service.to_owned()]),
        nodes: own.iter().filter_map(|node| node.id.clone()).collect(),
        ipv6,
    };
    Some(if own.len() < nodes.len() || !ipv6 { vec![reserve] } else { Vec::new() })
}

/// One reserve for all services that have the same nodes.
fn merge(reserves: Vec<Reserve>) -> Vec<Reserve> {
    let mut merged: Vec<Reserve> = Vec::new();
    for reserve in reserves {
        match merged.iter_mut().find(|known| known.nodes == reserve.nodes && known.ipv6 == reserve.ipv6) {
            Some(known) => known
                .services
                .iter_mut()
                .for_each(|all| all.extend(reserve.services.iter().flatten().cloned())),
            None => merged.push(reserve),
        }
    }
    merged
}
