//! What the domains of a cluster are held against: its nodes, and the set of each service. It is
//! declared, or it is what most domains have; whoever holds a domain against it need not know.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::sync::{Arc, LazyLock};

use hashbrown::HashMap;

use super::declaration::{Declaration, MX_SERVICE, Magic, Node, Reserve};
use super::pattern::Pattern;
use super::{MAGIC, SERVICES};
use crate::syntax::NameRef;
use crate::zone::Zone;

/// The magic name where none is declared.
static USUAL_MAGIC: LazyLock<[Magic; 1]> = LazyLock::new(|| {
    let names = Pattern::parse(&format!("{MAGIC}{{id}}")).expect("a label and an id are a pattern");
    [Magic { service: MAGIC.to_owned(), names }]
});

/// What the domains of a cluster are held against.
#[derive(Debug)]
pub struct Standard<'v> {
    declaration: Option<&'v Declaration>,
    nodes: Vec<Node>,
    node_at: HashMap<IpAddr, usize>,
    members: BTreeSet<IpAddr>,
    references: BTreeMap<&'v str, Arc<Reference>>,
    mail: Arc<Reference>,
    reserves: Vec<(&'v Reserve, Arc<Reference>)>,
}

/// The addresses that a name is to have.
#[derive(Debug, Clone, Default)]
pub struct Reference {
    /// The addresses, sorted.
    pub set: Vec<IpAddr>,
    /// The nodes that have them, by number.
    pub nodes: Vec<usize>,
    /// How many domains have just these; 0 where the cluster is declared.
    pub agreeing: usize,
    /// How many domains have the service; 0 where the cluster is declared.
    pub domains: usize,
    /// It is a part of the nodes that the declaration reserves.
    pub reserved: bool,
}

impl<'v> Standard<'v> {
    /// What a declaration asks for; `nodes` are those that it lists, or that were found for it.
    pub(super) fn declared(declaration: &'v Declaration, nodes: Vec<Node>) -> Self {
        let standard = Self::of_nodes(Some(declaration), nodes);
        let every: Vec<usize> = (0..standard.nodes.len()).collect();
        let all = Arc::new(standard.reference(&every, true));
        let references = declaration.labels().into_iter().map(|label| (label, all.clone())).collect();
        let reserve = |reserve: &'v Reserve| {
            let nodes: Vec<usize> = reserve.nodes.iter().filter_map(|id| standard.node_with_id(id)).collect();
            let reference = Reference { reserved: true, ..standard.reference(&nodes, reserve.ipv6) };
            (reserve, Arc::new(reference))
        };
        let reserves = declaration.reserves.iter().map(reserve).collect();
        Self { references, mail: all, reserves, ..standard }
    }

    /// What most domains have: sets of services and of the MX hosts, with the number of domains that
    /// have just them and of those that have the service.
    pub(super) fn inferred(
        nodes: Vec<Node>,
        members: BTreeSet<IpAddr>,
        references: impl IntoIterator<Item = (&'static str, Reference)>,
        mail: Reference,
    ) -> Self {
        let mut standard = Self::of_nodes(None, nodes);
        standard.members = members;
        let complete = |mut reference: Reference| {
            reference.nodes = standard.nodes_in(&reference.set);
            Arc::new(reference)
        };
        let references = references.into_iter().map(|(label, reference)| (label, complete(reference)));
        let (references, mail) = (references.collect(), complete(mail));
        Self { references, mail, ..standard }
    }

    fn of_nodes(declaration: Option<&'v Declaration>, nodes: Vec<Node>) -> Self {
        let numbered = || nodes.iter().enumerate();
        Self {
            node_at: numbered().flat_map(|(n, node)| node.addresses.iter().map(move |&a| (a, n))).collect(),
            members: nodes.iter().flat_map(|node| node.addresses.iter().copied()).collect(),
            declaration,
            references: BTreeMap::new(),
            mail: Arc::default(),
            reserves: Vec::new(),
            nodes,
        }
    }

    fn reference(&self, nodes: &[usize], ipv6: bool) -> Reference {
        let addresses = nodes.iter().flat_map(|&n| self.nodes[n].addresses.iter().copied());
        let mut set: Vec<IpAddr> = addresses.filter(|address| ipv6 || address.is_ipv4()).collect();
        set.sort_unstable();
        Reference { set, nodes: nodes.to_vec(), ..Reference::default() }
    }

    /// The declaration, where there is one.
    pub fn declaration(&self) -> Option<&'v Declaration> {
        self.declaration
    }

    /// The nodes. Where the cluster was inferred, one for each address of the family by which they
    /// are told apart.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The addresses of the nodes.
    pub fn members(&self) -> &BTreeSet<IpAddr> {
        &self.members
    }

    /// The number of the node that has this address.
    pub fn node_at(&self, address: IpAddr) -> Option<usize> {
        self.node_at.get(&address).copied()
    }

    /// The numbers of the nodes that have any of these addresses, sorted.
    pub fn nodes_in(&self, set: &[IpAddr]) -> Vec<usize> {
        let mut nodes: Vec<usize> = set.iter().filter_map(|&address| self.node_at(address)).collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    /// The number of the node with this id. Ids that were inferred are numbers: `1` and `01` are one.
    pub fn node_with_id(&self, id: &str) -> Option<usize> {
        let same = |known: &str| match self.declaration {
            Some(_) => known == id,
            None => matches!((known.parse::<u32>(), id.parse::<u32>()), (Ok(a), Ok(b)) if a == b),
        };
        self.nodes.iter().position(|node| node.id.as_deref().is_some_and(same))
    }

    /// Whether a word can be the id of a node: it is one, or a number as the ids are.
    pub(super) fn is_like_an_id(&self, word: &str) -> bool {
        let number = |word: &str| word.len() <= 9 && word.bytes().all(|b| b.is_ascii_digit());
        let ids = || self.nodes.iter().filter_map(|node| node.id.as_deref());
        ids().any(|id| id == word) || number(word) && (ids().next().is_none() || ids().any(number))
    }

    /// The service names that are looked at.
    pub fn labels(&self) -> Vec<&'v str> {
        self.declaration.map_or_else(|| SERVICES.to_vec(), Declaration::labels)
    }

    /// The magic names.
    pub fn magic(&self) -> &'v [Magic] {
        let declared = self.declaration.and_then(|declaration| declaration.magic.as_deref());
        declared.unwrap_or(Self::usual_magic())
    }

    /// The magic name where none is declared.
    pub(super) fn usual_magic() -> &'static [Magic] {
        &*USUAL_MAGIC
    }

    /// What a service of a zone is to have.
    pub fn of_service(&self, zone: &Zone, service: &str) -> Option<Arc<Reference>> {
        if self.reserves.is_empty() {
            return self.references.get(service).cloned();
        }
        self.service_in(&zone.origin().to_string(), service)
    }

    /// What a service of a zone with this name is to have.
    pub(super) fn service_in(&self, zone: &str, service: &str) -> Option<Arc<Reference>> {
        self.reserved(zone, service).or_else(|| self.references.get(service).cloned())
    }

    /// What a service is to have, reserves left out.
    pub(super) fn reference_of(&self, service: &str) -> Option<&Reference> {
        self.references.get(service).map(|reference| &**reference)
    }

    /// What MX records are to reach, reserves left out.
    pub(super) fn mail(&self) -> &Reference {
        &self.mail
    }

    /// What the MX records of a zone are to reach.
    pub fn of_mail(&self, zone: &Zone) -> Arc<Reference> {
        if self.reserves.is_empty() {
            return self.mail.clone();
        }
        self.mail_in(&zone.origin().to_string())
    }

    /// What the MX records of a zone with this name are to reach.
    pub(super) fn mail_in(&self, zone: &str) -> Arc<Reference> {
        self.reserved(zone, MX_SERVICE).unwrap_or_else(|| self.mail.clone())
    }

    fn reserved(&self, zone: &str, service: &str) -> Option<Arc<Reference>> {
        let declaration = self.declaration.filter(|_| !self.reserves.is_empty())?;
        let reserve = declaration.reserve(zone, service)?;
        let (_, reference) = self.reserves.iter().find(|(known, _)| std::ptr::eq(*known, reserve))?;
        Some(reference.clone())
    }

    /// An address of a node that is no more.
    pub fn is_retired(&self, address: IpAddr) -> bool {
        self.declaration.is_some_and(|declaration| declaration.retired.contains(&address))
    }

    /// The node that a name of a node is bent to on purpose.
    pub(super) fn pinned(&self, name: NameRef<'_>) -> Option<usize> {
        let pin = self.declaration?.pins.iter().find(|pin| pin.name.as_ref() == name)?;
        self.node_with_id(&pin.node)
    }

    /// The node whose host name this is, by its name alone.
    pub(super) fn node_of_host(&self, host: NameRef<'_>) -> Option<usize> {
        let declaration = self.declaration?;
        let named = self.nodes.iter().position(|node| node.host.as_ref().is_some_and(|h| h.as_ref() == host));
        named.or_else(|| {
            let hosts = declaration.mx.as_ref()?.hosts.as_ref().filter(|hosts| !hosts.is_relative())?;
            self.node_with_id(hosts.id_in(&host.to_string())?)
        })
    }

    /// The node that a host name in a served domain is for, as its label is that of the node's own
    /// host name (HOWTO 2.2.1). Without an id in it the label could be anybody's: `mail`.
    pub(super) fn node_of_label(&self, label: &[u8]) -> Option<usize> {
        let declaration = self.declaration?;
        let label = std::str::from_utf8(label).ok()?;
        let pattern = declaration.mx.as_ref().and_then(|mx| mx.hosts.as_ref()?.first_label());
        let by_pattern = pattern.and_then(|pattern| self.node_with_id(pattern.id_in(label)?));
        by_pattern.or_else(|| {
            self.nodes.iter().position(|node| {
                let host = node.host.as_ref().map(|host| host.as_ref().first_label());
                let marked = node.id.as_deref().is_some_and(|id| label.contains(id));
                marked && host == Some(label.as_bytes())
            })
        })
    }

    /// How messages call a node: `node 01`, or by its address where it has no id.
    pub fn call(&self, node: usize) -> String {
        match (&self.nodes[node].id, self.nodes[node].addresses.first()) {
            (Some(id), _) => format!("node {id}"),
            (None, Some(address)) => format!("node {address}"),
            (None, None) => "a node".to_owned(),
        }
    }
}
