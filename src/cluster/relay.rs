//! Whether the SPF record of a domain lets the nodes send that relay its mail (HOWTO 2.2.2).

use std::net::IpAddr;

use super::{Service, Standard};
use crate::syntax::RrType;
use crate::view::{Knowledge, SpfResult, View};
use crate::zone::{Qualifier, Zone};

/// The service that takes mail from customers and sends it on.
pub const RELAY: &str = "smtp";

/// A node that relays mail of a domain whose SPF record does not let it pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uncovered {
    /// The address of the node.
    pub node: IpAddr,
    /// What the record says of it instead.
    pub says: Qualifier,
}

/// The nodes behind the domain's own `smtp` that its SPF record is known not to let pass. A record with
/// which nobody passes, since there is a mistake in it, is told of elsewhere.
pub(super) fn uncovered(
    view: &View,
    standard: &Standard<'_>,
    zone: &Zone,
    services: &[Service<'_>],
) -> Vec<Uncovered> {
    let relay = services.iter().find(|service| service.label == RELAY);
    let Some(relay) = relay.filter(|relay| relay.addresses.knowledge == Knowledge::Whole) else {
        return Vec::new();
    };
    if !zone.has(zone.apex(), RrType::TXT) {
        return Vec::new();
    }
    let nodes = relay.addresses.set.iter().filter(|address| standard.members().contains(address)).copied();
    let says = |(node, result)| match result {
        SpfResult::Of(Qualifier::Pass) | SpfResult::None | SpfResult::Error(_) | SpfResult::Unknown => None,
        SpfResult::Of(says) => Some(Uncovered { node, says }),
    };
    view.spf_of_each(zone.origin(), nodes).filter_map(says).collect()
}
