//! What one zone shows of a mail cluster.

use super::declaration::Magic;
use crate::syntax::{NameBuffer, NameRef, RrType};
use crate::view::{Addresses, Found, Knowledge, View};
use crate::zone::{NameId, Record, Zone};

/// A service name of a zone.
#[derive(Debug)]
pub(super) struct Seen<'v> {
    pub(super) label: &'v str,
    pub(super) name: NameId,
    pub(super) addresses: Addresses<'v>,
}

/// An MX record at the apex.
#[derive(Debug)]
pub(super) struct SeenMx<'v> {
    pub(super) record: &'v Record,
    pub(super) preference: u16,
    pub(super) host: NameRef<'v>,
    pub(super) addresses: Addresses<'v>,
    /// The host is in no loaded zone.
    pub(super) elsewhere: bool,
}

/// A name that may be one of a single node.
#[derive(Debug)]
pub(super) struct SeenNode<'v> {
    pub(super) name: NameId,
    /// What stands in the place of the id.
    pub(super) id: String,
    pub(super) addresses: Addresses<'v>,
}

/// All that one zone shows.
#[derive(Debug)]
pub(super) struct Sight<'v> {
    pub(super) zone: &'v Zone,
    /// How many zones it stands for, which show just the same.
    pub(super) weight: usize,
    pub(super) services: Vec<Seen<'v>>,
    pub(super) exchanges: Vec<SeenMx<'v>>,
    /// For each magic name those of single nodes. They are looked for only where a cluster serves the
    /// zone: [`Sight::look_for_nodes`].
    pub(super) nodes: Vec<Vec<SeenNode<'v>>>,
}

impl<'v> Sight<'v> {
    /// Looks at a zone for these services, and for mail.
    pub(super) fn of(view: &'v View<'_>, zone: &'v Zone, labels: &[&'v str]) -> Self {
        let services = labels.iter().filter_map(|label| service(view, zone, label)).collect();
        let exchanges =
            zone.rrset(zone.apex(), RrType::MX).filter_map(|record| exchange(view, zone, record)).collect();
        Self { zone, weight: 1, services, exchanges, nodes: Vec::new() }
    }

    /// Finds the names of single nodes.
    pub(super) fn look_for_nodes(&mut self, view: &'v View<'_>, magic: &[Magic]) {
        self.nodes = magic.iter().map(|magic| node_names(view, self.zone, magic)).collect();
    }

    /// There is nothing of a mail service in the zone.
    pub(super) fn is_empty(&self) -> bool {
        self.services.is_empty() && self.exchanges.is_empty()
    }

    /// The addresses of all its service names and MX hosts.
    pub(super) fn names(&self) -> impl Iterator<Item = &Addresses<'v>> {
        let services = self.services.iter().map(|seen| &seen.addresses);
        services.chain(self.exchanges.iter().map(|exchange| &exchange.addresses))
    }

    /// The lowest preference of its MX records.
    pub(super) fn lowest_preference(&self) -> Option<u16> {
        self.exchanges.iter().map(|exchange| exchange.preference).min()
    }
}

/// A service name that the zone itself has: with addresses or as an alias.
fn service<'v>(view: &'v View<'_>, zone: &'v Zone, label: &'v str) -> Option<Seen<'v>> {
    let mut name = NameBuffer::new();
    name.parse(label.as_bytes(), zone.origin()).ok()?;
    let id = zone.find(name.name())?;
    let owns = zone.at(id).any(|r| matches!(r.rtype(), RrType::A | RrType::AAAA | RrType::CNAME));
    owns.then(|| Seen { label, name: id, addresses: view.addresses(name.name()) })
}

fn exchange<'v>(view: &'v View<'_>, zone: &'v Zone, record: &'v Record) -> Option<SeenMx<'v>> {
    let rdata = zone.rdata(record);
    let host = rdata.target().filter(|host| !host.is_root())?;
    let elsewhere = view.zone_of(host).is_none();
    let addresses = view.addresses(host);
    Some(SeenMx { record, preference: rdata.preference()?, host, addresses, elsewhere })
}

/// The names of single nodes for a magic name, in the order of their ids.
fn node_names<'v>(view: &'v View<'_>, zone: &'v Zone, magic: &Magic) -> Vec<SeenNode<'v>> {
    let origin = zone.origin();
    let candidates = zone.names().filter(|&id| {
        let name = zone.name(id);
        name != origin && magic.names.may_begin(name.first_label())
    });
    let mut names: Vec<_> = candidates
        .filter_map(|name| {
            let relative = zone.name(name).relative_to(origin);
            let id = magic.names.id_in(&relative)?.to_owned();
            let addresses = view.addresses(zone.name(name));
            // A name that answers with addresses, or would if all could be read.
            let answers = addresses.knowledge != Knowledge::None;
            answers.then_some(SeenNode { name, id, addresses })
        })
        .collect();
    names.sort_by_cached_key(|node| (node.id.len(), node.id.clone()));
    names
}

/// A host label and the number at its end: `node01` is `node` and `01`.
pub(super) fn numbered_host(label: &[u8]) -> Option<(&[u8], &str)> {
    let digits = label.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let (stem, digits) = label.split_at(label.len() - digits);
    let digits = std::str::from_utf8(digits).ok().filter(|digits| (1..=9).contains(&digits.len()))?;
    (!stem.is_empty()).then_some((stem, digits))
}

/// Whether a wildcard answers for `label` in a zone, or would if all could be read.
pub(super) fn wildcard_answers(view: &View, zone: &Zone, label: &str) -> bool {
    let mut name = NameBuffer::new();
    name.parse(label.as_bytes(), zone.origin()).is_ok()
        && !matches!(view.find(name.name()), Found::Missing(_) | Found::Name(..))
}
