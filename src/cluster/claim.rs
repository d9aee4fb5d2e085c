//! Which cluster a zone is of: that of the first declaration that claims it, or one that is inferred.

use std::collections::{BTreeSet, HashSet};
use std::net::IpAddr;
use std::path::PathBuf;

use rayon::prelude::*;

use super::declaration::{Declaration, Node, Nodes};
use super::domain::Asks;
use super::infer::infer;
use super::mail::{self, Drift};
use super::pattern::Cover;
use super::sight::Sight;
use super::standard::Standard;
use super::{Cluster, SERVICES, ids, same_zone};
use crate::view::{Knowledge, View};
use crate::zone::Zone;

/// A declaration whose nodes cannot be found.
#[derive(Debug)]
pub struct Unresolved {
    /// The file that it stands in.
    pub file: PathBuf,
    /// Why they cannot be found.
    pub reason: String,
}

/// The clusters of a view: the declared ones in the order in which they are declared, then those that
/// the other zones are balanced over. Of a declaration whose nodes cannot be found there is the reason.
pub fn clusters<'v>(view: &'v View, declarations: &'v [Declaration]) -> (Vec<Cluster<'v>>, Vec<Unresolved>) {
    let labels: Vec<Vec<&str>> = declarations.iter().map(Declaration::labels).collect();
    let look = |zone: &'v Zone| {
        let claim = claim(declarations, zone);
        let labels = claim.map_or(&SERVICES[..], |(index, _)| &labels[index]);
        let sight = Sight::of(view, zone, labels);
        (!sight.is_empty() || claim.is_some()).then_some((claim, sight))
    };
    let sights: Vec<_> = view.zones().par_iter().filter_map(look).collect();
    let providers = providers(sights.iter().map(|(_, sight)| sight));
    let mut claimed: Vec<(Vec<Sight<'v>>, Vec<Cover>)> =
        declarations.iter().map(|_| Default::default()).collect();
    let mut free = Vec::new();
    for (claim, sight) in sights {
        match claim {
            Some((index, cover)) => {
                claimed[index].0.push(sight);
                claimed[index].1.push(cover);
            }
            None => free.push(sight),
        }
    }
    let mut found = Vec::new();
    let mut unresolved = Vec::new();
    let mut taken = BTreeSet::new();
    for (declaration, (mut sights, covers)) in declarations.iter().zip(claimed) {
        let magic = declaration.magic.as_deref().unwrap_or(Standard::usual_magic());
        sights.par_iter_mut().for_each(|sight| sight.look_for_nodes(view, magic));
        match nodes(view, declaration, &sights) {
            Ok(nodes) => {
                let standard = Standard::declared(declaration, nodes);
                taken.extend(standard.members());
                let served = sights.into_iter().zip(covers).filter_map(|(sight, cover)| {
                    let asks = asks(&standard, &sight, cover, &providers)?;
                    Some((sight, asks))
                });
                let served = served.collect();
                found.push(Cluster::new(view, standard, served));
            }
            // Where no zone is claimed, nothing is left unchecked: another view may have them.
            Err(_) if sights.is_empty() => {}
            Err(reason) => unresolved.push(Unresolved { file: declaration.file.clone(), reason }),
        }
    }
    found.extend(infer(view, free, &providers, &taken));
    (found, unresolved)
}

/// The first declaration that claims a zone.
fn claim(declarations: &[Declaration], zone: &Zone) -> Option<(usize, Cover)> {
    if declarations.is_empty() {
        return None;
    }
    let name = zone.origin().to_string();
    declarations.iter().enumerate().find_map(|(index, one)| Some((index, one.claims(&name)?)))
}

/// The nodes of a declaration.
fn nodes(view: &View, declaration: &Declaration, sights: &[Sight<'_>]) -> Result<Vec<Node>, String> {
    let name = match &declaration.nodes {
        Nodes::Listed(nodes) => return Ok(nodes.clone()),
        Nodes::From(name) => name,
    };
    let addresses = view.addresses(name.as_ref());
    if addresses.knowledge == Knowledge::Whole {
        return Ok(ids::nodes(&addresses.set.into_iter().collect(), sights));
    }
    let reason = match addresses.knowledge {
        Knowledge::None => "has no address",
        Knowledge::Loop => "is an alias in a circle",
        _ => "is in none of the loaded zones, or could not be read",
    };
    let cluster = &declaration.name;
    Err(format!("cluster `{cluster}` was not checked: `nodes-from` is `{name}`, which {reason}"))
}

/// What a cluster asks of a zone that its declaration claims; `None` if the zone is none of its business.
///
/// A wildcard means the domains that the cluster serves, and not what else is among the zones: parked
/// domains, those whose mail is elsewhere, and the zone of the nodes themselves.
fn asks(
    standard: &Standard<'_>,
    sight: &Sight<'_>,
    cover: Cover,
    providers: &HashSet<*const Zone>,
) -> Option<Asks> {
    if cover == Cover::Name {
        return Some(Asks::All);
    }
    let member = |set: &[IpAddr]| {
        set.iter().any(|&address| standard.members().contains(&address) || standard.is_retired(address))
    };
    let mail = sight.exchanges.iter().any(|exchange| {
        let own = exchange.host.parent() == Some(sight.zone.origin());
        let own = own.then(|| standard.node_of_label(exchange.host.first_label())).flatten();
        member(&exchange.addresses.set) || own.or_else(|| standard.node_of_host(exchange.host)).is_some()
    });
    let services = || sight.services.iter().map(|seen| &seen.addresses.set);
    // Where no MX record leads here nor anywhere else, a wrong address is a mistake and no other provider.
    let leads_here = mail || services().any(|set| member(set));
    let left_behind = sight.exchanges.is_empty() && services().any(|set| !set.is_empty());
    if !leads_here && !left_behind {
        return None;
    }
    let hosts = standard.nodes().iter().filter_map(|node| node.host.as_ref());
    let holds_hosts = hosts.into_iter().any(|host| sight.zone.find(host.as_ref()).is_some());
    let infrastructure = sight.exchanges.is_empty() && holds_hosts || is_infrastructure(sight, providers);
    Some(if infrastructure { Asks::Nothing } else { Asks::WhereItHasServices })
}

/// The host names of declared nodes that have another address than the declaration says.
pub(super) fn drifted_hosts<'v>(view: &'v View, standard: &Standard<'_>) -> Vec<Drift<'v>> {
    let declared = standard.nodes().iter().enumerate().filter(|_| standard.declaration().is_some());
    let drift = |(number, node): (usize, &Node)| {
        let addresses = view.addresses(node.host.as_ref()?.as_ref());
        let (zone, name) = addresses.end?;
        mail::drift(standard, zone, name, &addresses.set, number)
    };
    declared.filter_map(drift).collect()
}

/// The zones that names of other zones lead into.
fn providers<'s, 'v: 's>(sights: impl Iterator<Item = &'s Sight<'v>>) -> HashSet<*const Zone> {
    let mut providers = HashSet::new();
    for sight in sights {
        let ends = sight.names().filter_map(|addresses| addresses.end).map(|(zone, _)| zone);
        providers.extend(ends.filter(|end| !same_zone(end, sight.zone)).map(std::ptr::from_ref));
    }
    providers
}

/// A zone that others lead into and that takes no mail itself holds the cluster's own names: it is
/// infrastructure and no served domain.
pub(super) fn is_infrastructure(sight: &Sight<'_>, providers: &HashSet<*const Zone>) -> bool {
    sight.exchanges.is_empty() && providers.contains(&std::ptr::from_ref(sight.zone))
}
