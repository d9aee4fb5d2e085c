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
use super::sight::{SeenMx, Sight};
use super::standard::Standard;
use super::{Cluster, SERVICES, ids, same_zone};
use crate::view::{Chosen, Knowledge, View};
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
pub fn clusters<'v>(
    view: &'v View<'v>,
    declarations: &'v [Declaration],
) -> (Vec<Cluster<'v>>, Vec<Unresolved>) {
    let standards: Vec<_> = declarations.iter().map(|declaration| standard(view, declaration, &[])).collect();
    let look = |chosen: &Chosen| {
        let zone = view.get(chosen.member);
        let claim = claim(view, declarations, &standards, zone);
        let (claim, mut sight) = claim.map_or_else(
            || (None, Sight::of(view, zone, &SERVICES)),
            |(index, cover, sight)| (Some((index, cover)), sight),
        );
        sight.weight = chosen.weight;
        (!sight.is_empty() || claim.is_some()).then_some((claim, sight))
    };
    let sights: Vec<_> = view.chosen().par_iter().filter_map(look).collect();
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
        match standard(view, declaration, &sights) {
            Ok(standard) => {
                taken.extend(standard.members());
                let asked = sights.into_iter().zip(covers).map(|(sight, cover)| {
                    let asks = asks(&standard, &sight, cover, &providers);
                    (sight, asks)
                });
                let asked = asked.collect();
                found.push(Cluster::new(view, standard, asked));
            }
            Err(reason)
                if view
                    .members()
                    .iter()
                    .any(|zone| declaration.claims(&zone.outline.origin().to_string()).is_some()) =>
            {
                unresolved.push(Unresolved { file: declaration.file.clone(), reason });
            }
            // Nothing is left unchecked: another view may have the zones.
            Err(_) => {}
        }
    }
    found.extend(infer(view, free, &providers, &taken));
    (found, unresolved)
}

/// What a declaration asks for. The ids of nodes that it does not list are found in its domains.
fn standard<'v>(
    view: &View,
    declaration: &'v Declaration,
    sights: &[Sight<'_>],
) -> Result<Standard<'v>, String> {
    let name = match &declaration.nodes {
        Nodes::Listed(nodes) => return Ok(Standard::declared(declaration, nodes.clone())),
        Nodes::From(name) => name,
    };
    let addresses = view.addresses(name.as_ref());
    if addresses.knowledge == Knowledge::Whole {
        let nodes = ids::nodes(&addresses.set.into_iter().collect(), sights);
        return Ok(Standard::declared(declaration, nodes));
    }
    let reason = match addresses.knowledge {
        Knowledge::None => "has no address",
        Knowledge::Loop => "is an alias in a circle",
        _ => "is in none of the loaded zones, or could not be read",
    };
    let cluster = &declaration.name;
    Err(format!("cluster `{cluster}` was not checked: `nodes-from` is `{name}`, which {reason}"))
}

/// The declaration that claims a zone, and what it looks at there. One that names the zone goes before
/// those with a wildcard. Of these it is the one that most names of the zone lead to, or else the first.
///
/// A wildcard means the domains that the cluster serves, and not what else is among the zones: parked
/// domains, and those whose mail is elsewhere.
fn claim<'v>(
    view: &'v View<'_>,
    declarations: &'v [Declaration],
    standards: &[Result<Standard<'v>, String>],
    zone: &'v Zone,
) -> Option<(usize, Cover, Sight<'v>)> {
    let name = if declarations.is_empty() { return None } else { zone.origin().to_string() };
    let covers = declarations.iter().enumerate();
    let covers: Vec<_> = covers.filter_map(|(index, one)| Some((index, one.claims(&name)?))).collect();
    let look = |index: usize| Sight::of(view, zone, &declarations[index].labels());
    if let Some(&(index, cover)) = covers.iter().find(|(_, cover)| *cover == Cover::Name) {
        return Some((index, cover, look(index)));
    }
    let mut best: Option<(usize, usize, Sight<'v>)> = None;
    for (index, _) in covers {
        let Ok(standard) = &standards[index] else { continue };
        let sight = look(index);
        let names = leading(standard, &sight);
        // Where no MX record leads here nor anywhere else, a wrong address is a mistake and no other
        // provider.
        let left_behind =
            sight.exchanges.is_empty() && sight.services.iter().any(|seen| !seen.addresses.set.is_empty());
        if (names > 0 || left_behind) && best.as_ref().is_none_or(|(most, ..)| names > *most) {
            best = Some((names, index, sight));
        }
    }
    best.map(|(_, index, sight)| (index, Cover::Wildcard, sight))
}

/// How many service names and MX records of a zone lead to a node of a cluster, or did once.
fn leading(standard: &Standard<'_>, sight: &Sight<'_>) -> usize {
    let member = |set: &[IpAddr]| {
        set.iter().any(|&address| standard.members().contains(&address) || standard.is_retired(address))
    };
    let exchange = |exchange: &&SeenMx<'_>| {
        let own = exchange.host.parent() == Some(sight.zone.origin());
        let own = own.then(|| standard.node_of_label(exchange.host.first_label())).flatten();
        member(&exchange.addresses.set) || own.or_else(|| standard.node_of_host(exchange.host)).is_some()
    };
    sight.exchanges.iter().filter(exchange).count()
        + sight.services.iter().filter(|seen| member(&seen.addresses.set)).count()
}

/// What a cluster asks of a zone that is its own.
fn asks(standard: &Standard<'_>, sight: &Sight<'_>, cover: Cover, providers: &HashSet<*const Zone>) -> Asks {
    if cover == Cover::Name {
        return Asks::All;
    }
    let mut hosts = standard.nodes().iter().filter_map(|node| node.host.as_ref());
    let holds_hosts = hosts.any(|host| sight.zone.find(host.as_ref()).is_some());
    let infrastructure = sight.exchanges.is_empty() && holds_hosts || is_infrastructure(sight, providers);
    if infrastructure { Asks::Nothing } else { Asks::WhereItHasServices }
}

/// The host names of declared nodes that have another address than the declaration says.
pub(super) fn drifted_hosts<'v>(view: &'v View<'_>, standard: &Standard<'_>) -> Vec<Drift<'v>> {
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
