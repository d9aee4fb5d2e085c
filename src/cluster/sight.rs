//! What one zone shows of a mail cluster.

use super::{MAGIC, SERVICES};
use crate::syntax::{NameBuffer, NameRef, RrType};
use crate::view::{Addresses, Found, Knowledge, View};
use crate::zone::{NameId, Record, Zone};

/// A service name of a zone.
#[derive(Debug)]
pub(super) struct Seen<'v> {
    pub(super) label: &'static str,
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

/// A name of one node: the magic name and a number.
#[derive(Debug)]
pub(super) struct SeenNode<'v> {
    pub(super) name: NameId,
    pub(super) number: u32,
    pub(super) digits: String,
    pub(super) addresses: Addresses<'v>,
}

/// All that one zone shows.
#[derive(Debug)]
pub(super) struct Sight<'v> {
    pub(super) zone: &'v Zone,
    pub(super) services: Vec<Seen<'v>>,
    pub(super) exchanges: Vec<SeenMx<'v>>,
    /// Looked for only where a cluster serves the zone: [`Sight::look_for_nodes`].
    pub(super) nodes: Vec<SeenNode<'v>>,
}

impl<'v> Sight<'v> {
    /// Looks at a zone. `None` if there is nothing of a mail service in it.
    pub(super) fn of(view: &'v View, zone: &'v Zone) -> Option<Self> {
        let services: Vec<_> = SERVICES.iter().filter_map(|label| service(view, zone, label)).collect();
        let exchanges: Vec<_> =
            zone.rrset(zone.apex(), RrType::MX).filter_map(|record| exchange(view, zone, record)).collect();
        let empty = services.is_empty() && exchanges.is_empty();
        (!empty).then_some(Self { zone, services, exchanges, nodes: Vec::new() })
    }

    /// Finds the names of single nodes.
    pub(super) fn look_for_nodes(&mut self, view: &'v View) {
        self.nodes = node_names(view, self.zone);
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
fn service<'v>(view: &'v View, zone: &'v Zone, label: &'static str) -> Option<Seen<'v>> {
    let mut name = NameBuffer::new();
    name.parse(label.as_bytes(), zone.origin()).ok()?;
    let id = zone.find(name.name())?;
    let owns = zone.at(id).any(|r| matches!(r.rtype(), RrType::A | RrType::AAAA | RrType::CNAME));
    owns.then(|| Seen { label, name: id, addresses: view.addresses(name.name()) })
}

fn exchange<'v>(view: &'v View, zone: &'v Zone, record: &'v Record) -> Option<SeenMx<'v>> {
    let rdata = zone.rdata(record);
    let host = rdata.target().filter(|host| !host.is_root())?;
    let elsewhere = view.zone_of(host).is_none();
    let addresses = view.addresses(host);
    Some(SeenMx { record, preference: rdata.preference()?, host, addresses, elsewhere })
}

/// The names of single nodes in a zone, in the order of their numbers.
fn node_names<'v>(view: &'v View, zone: &'v Zone) -> Vec<SeenNode<'v>> {
    let children = zone.names().filter(|&id| zone.parent(id) == Some(zone.apex()));
    let mut names: Vec<_> = children
        .filter_map(|id| {
            let digits = zone.name(id).first_label().strip_prefix(MAGIC.as_bytes())?;
            let (number, digits) = digits_of(digits)?;
            let addresses = view.addresses(zone.name(id));
            // A name that answers with addresses, or would if all could be read.
            let answers = addresses.knowledge != Knowledge::None;
            answers.then(|| SeenNode { name: id, number, digits: digits.to_owned(), addresses })
        })
        .collect();
    names.sort_by_key(|node| (node.number, node.name));
    names
}

/// The number that a label is, with its digits as written.
pub(super) fn digits_of(label: &[u8]) -> Option<(u32, &str)> {
    let text = std::str::from_utf8(label).ok()?;
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    Some((text.parse().ok().filter(|_| plain)?, text))
}

/// A host label and the number at its end: `node01` is `node` and 1.
pub(super) fn numbered_host(label: &[u8]) -> Option<(&[u8], u32)> {
    let digits = label.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let (stem, number) = label.split_at(label.len() - digits);
    let (number, _) = digits_of(number)?;
    (!stem.is_empty()).then_some((stem, number))
}

/// Whether a wildcard answers for `label` in a zone.
pub(super) fn wildcard_answers(view: &View, zone: &Zone, label: &str) -> bool {
    let mut name = NameBuffer::new();
    name.parse(label.as_bytes(), zone.origin()).is_ok()
        && !matches!(view.find(name.name()), Found::Missing(_) | Found::Name(..))
}
