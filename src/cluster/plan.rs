//! The records that a domain needs on a cluster.

use std::collections::BTreeMap;
use std::net::IpAddr;

use super::declaration::Declaration;
use super::{Cluster, Domain, Leads, address_type};
use crate::syntax::{NameBuffer, NameRef, RrType};

/// The TTL where no domain shows one: a dead node is out of caches after some minutes.
const TTL: u32 = 300;
/// TTLs that are taken over from other domains; beyond these they are a mistake of their own.
const TTLS: std::ops::RangeInclusive<u32> = 30..=3600;
/// The preference where no domain shows one.
const PREFERENCE: u16 = 10;
/// The services where neither a declaration nor a domain names any.
const USUAL: [&str; 4] = ["imap", "pop3", "smtp", "webmail"];

/// How a service name leads to the nodes (HOWTO 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// By address records of its own.
    Addresses,
    /// As an alias of a name that has them.
    Alias,
}

/// A record as it is to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// The owner, relative to the domain.
    pub owner: String,
    /// The TTL in seconds.
    pub ttl: u32,
    /// The type.
    pub rtype: RrType,
    /// The rdata in presentation format.
    pub data: String,
}

impl Cluster<'_> {
    /// The records of a domain: MX records with the hosts that they need, service names, and names of
    /// single nodes. Without a style each service has that of most other domains. `Err` says why no
    /// service can have the style that was asked for.
    pub fn plan(&self, domain: NameRef<'_>, style: Option<Style>) -> Result<Vec<Planned>, String> {
        let mut plan = Plan { ttl: self.usual_ttl(), records: Vec::new() };
        self.plan_mail(domain, &mut plan);
        let mut aliases = 0;
        for label in self.planned_services() {
            let reference = self.standard.service_in(&domain.to_string(), label).unwrap_or_default();
            if let Some(target) = self.alias(domain, label, &reference.set, style) {
                plan.add(label, RrType::CNAME, target);
                aliases += 1;
            } else {
                plan.addresses(label, &reference.set);
            }
        }
        if style == Some(Style::Alias) && aliases == 0 {
            return Err(
                "no domain has a service as an alias of a name with the addresses that it is to have"
                    .to_owned(),
            );
        }
        self.plan_node_names(domain, &mut plan);
        Ok(plan.records)
    }

    fn plan_mail(&self, domain: NameRef<'_>, plan: &mut Plan) {
        let preference = self.preference().or_else(|| self.usual_preference()).unwrap_or(PREFERENCE);
        let mut own = Vec::new();
        for &node in &self.standard.mail_in(&domain.to_string()).nodes {
            let host = self.mail_host(domain, node).unwrap_or_else(|| {
                // A host name in the domain itself (HOWTO 2.2.1).
                let id = self.nodes()[node].id.clone().unwrap_or_else(|| format!("{node:02}"));
                format!("node{id}.{domain}.")
            });
            if let Some(label) = self.missing_host(domain, &host) {
                own.push((label, node));
            }
            plan.add("@", RrType::MX, format!("{preference} {host}"));
        }
        for (host, node) in own {
            plan.addresses(&host, &self.nodes()[node].addresses);
        }
    }

    /// A host name in the domain itself that has no address yet, relative to the domain.
    fn missing_host(&self, domain: NameRef<'_>, host: &str) -> Option<String> {
        let mut name = NameBuffer::new();
        name.parse(host.as_bytes(), NameRef::ROOT).ok()?;
        let label =
            (name.name() != domain && name.name().is_within(domain)).then(|| name.name().relative_to(domain));
        label.filter(|_| self.view().addresses(name.name()).set.is_empty())
    }

    fn plan_node_names(&self, domain: NameRef<'_>, plan: &mut Plan) {
        let services = self.planned_services();
        for magic in self.standard.magic().iter().filter(|magic| self.has_node_names(magic)) {
            let reference = self.standard.service_in(&domain.to_string(), &magic.service);
            let Some(reference) = reference.filter(|_| services.contains(&magic.service.as_str())) else {
                continue;
            };
            for &node in &reference.nodes {
                let Some(id) = &self.nodes()[node].id else { continue };
                let label = magic.names.with(id);
                let mut name = NameBuffer::new();
                let parsed = name.parse(label.as_bytes(), domain);
                let node = parsed.ok().and_then(|()| self.standard.pinned(name.name())).unwrap_or(node);
                let own = self.nodes()[node].addresses.iter().copied();
                let set: Vec<IpAddr> = own.filter(|address| reference.set.contains(address)).collect();
                plan.addresses(&label, &set);
            }
        }
    }

    /// The services that are asked for.
    fn planned_services(&self) -> Vec<&str> {
        if let Some(Declaration { services: Some(services), .. }) = self.standard.declaration() {
            return services.iter().map(String::as_str).collect();
        }
        let labels = self.standard.labels().into_iter();
        let usual: Vec<&str> = labels.filter(|label| self.is_usual(self.census.with(label))).collect();
        if usual.is_empty() { USUAL.to_vec() } else { usual }
    }

    /// The name that a service is to be an alias of, with its final dot; `None` where it is to have
    /// addresses of its own.
    fn alias(
        &self,
        domain: NameRef<'_>,
        label: &str,
        set: &[IpAddr],
        style: Option<Style>,
    ) -> Option<String> {
        let services = || self.domains.iter().flat_map(Domain::services).filter(|s| s.label == label);
        let mut targets: BTreeMap<NameRef<'_>, usize> = BTreeMap::new();
        for service in services().filter(|service| service.addresses.set == set) {
            let first = service.addresses.aliases.first();
            let target = first.and_then(|(zone, alias)| zone.rdata(alias).target());
            if let Some(target) = target.filter(|target| !target.is_within(domain)) {
                *targets.entry(target).or_default() += 1;
            }
        }
        let alone = services().filter(|service| service.addresses.aliases.is_empty()).count();
        let aliases: usize = targets.values().sum();
        let best = targets.into_iter().max_by_key(|&(name, n)| (n, std::cmp::Reverse(name)));
        let wanted = match style {
            Some(style) => style == Style::Alias,
            None => aliases > alone,
        };
        best.filter(|_| wanted).map(|(target, _)| format!("{target}."))
    }

    /// The preference that most MX records have which lead to nodes.
    pub(super) fn usual_preference(&self) -> Option<u16> {
        let exchanges = self.domains.iter().flat_map(Domain::exchanges);
        let nodes = exchanges.filter(|exchange| matches!(exchange.leads, Leads::Nodes(_)));
        most(nodes.map(|exchange| exchange.preference))
    }

    /// The TTL that most services have.
    fn usual_ttl(&self) -> u32 {
        let services = self.domains.iter().flat_map(Domain::services);
        let ttls = services.filter_map(|service| {
            let (zone, name) = service.addresses.end?;
            Some(zone.effective_ttl(zone.at(name).next()?))
        });
        most(ttls.filter(|ttl| TTLS.contains(ttl))).unwrap_or(TTL)
    }
}

/// The value that is there most often; the lowest where several are.
pub(super) fn most<T: Ord + Copy>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: BTreeMap<T, usize> = BTreeMap::new();
    values.for_each(|value| *counts.entry(value).or_default() += 1);
    counts.into_iter().max_by_key(|&(value, n)| (n, std::cmp::Reverse(value))).map(|(value, _)| value)
}

/// What has been planned so far.
struct Plan {
    ttl: u32,
    records: Vec<Planned>,
}

impl Plan {
    fn add(&mut self, owner: &str, rtype: RrType, data: String) {
        self.records.push(Planned { owner: owner.to_owned(), ttl: self.ttl, rtype, data });
    }

    fn addresses(&mut self, owner: &str, set: &[IpAddr]) {
        for address in set {
            self.add(owner, address_type(*address), address.to_string());
        }
    }
}
