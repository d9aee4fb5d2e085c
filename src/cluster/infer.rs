//! Finding clusters in the zones alone.
//!
//! Addresses that stand together in a balanced set are candidates. Sets are taken in the order of
//! how many zones have them, so that the many decide and an outlier never makes a node nor joins two
//! clusters. Nothing depends on the order of the files.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::net::IpAddr;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::claim::is_infrastructure;
use super::domain::Asks;
use super::sight::Sight;
use super::standard::{Reference, Standard};
use super::{Cluster, SERVICES, ids, primary};
use crate::view::{Knowledge, View};
use crate::zone::Zone;

/// Finds the clusters that zones are balanced over. `taken` are the addresses of declared nodes: a set
/// with one of them is no cluster of its own.
pub(super) fn infer<'v>(
    view: &'v View<'v>,
    mut sights: Vec<Sight<'v>>,
    providers: &HashSet<*const Zone>,
    taken: &BTreeSet<IpAddr>,
) -> Vec<Cluster<'v>> {
    let mut seeds = seeds(&sights);
    seeds.retain(|seed| seed.iter().all(|address| !taken.contains(address)));
    let group_of: HashMap<IpAddr, usize> =
        seeds.iter().enumerate().flat_map(|(group, seed)| seed.iter().map(move |&a| (a, group))).collect();
    let mut served: Vec<Vec<Sight<'_>>> = seeds.iter().map(|_| Vec::new()).collect();
    sights.retain(|sight| !is_infrastructure(sight, providers));
    let homes: Vec<Option<usize>> = sights.par_iter().map(|sight| home(&group_of, sight)).collect();
    for (sight, home) in sights.into_iter().zip(homes) {
        if let Some(group) = home {
            served[group].push(sight);
        }
    }
    let inhabited: Vec<_> = seeds.iter().zip(served).filter(|(_, served)| !served.is_empty()).collect();
    inhabited.into_par_iter().map(|(seed, served)| cluster(view, seed, served)).collect()
}

/// The addresses of an alias chain's end, where all of them are known.
fn whole<'a>(addresses: &'a crate::view::Addresses<'_>) -> Option<&'a [IpAddr]> {
    (addresses.knowledge == Knowledge::Whole).then_some(&addresses.set[..])
}

/// The sets that a zone balances over: of each service, and of the MX hosts it prefers.
fn balanced_sets(sight: &Sight<'_>) -> Vec<Vec<IpAddr>> {
    let services = sight.services.iter().filter_map(|seen| whole(&seen.addresses)).map(<[_]>::to_vec);
    services.chain(preferred_exchanges(sight)).filter(|set| primary(set).len() >= 2).collect()
}

/// The addresses of the MX hosts with the lowest preference.
fn preferred_exchanges(sight: &Sight<'_>) -> Option<Vec<IpAddr>> {
    let lowest = sight.lowest_preference()?;
    let mut set = Vec::new();
    for exchange in sight.exchanges.iter().filter(|exchange| exchange.preference == lowest) {
        set.extend_from_slice(whole(&exchange.addresses)?);
    }
    set.sort_unstable();
    set.dedup();
    Some(set)
}

/// The seeds of the clusters: the best supported of the sets that overlap.
fn seeds(sights: &[Sight<'_>]) -> Vec<Vec<IpAddr>> {
    // How many zones have a set, and how often it was seen in all.
    let mut support: BTreeMap<Vec<IpAddr>, (usize, usize)> = BTreeMap::new();
    for sight in sights {
        let mut own: BTreeMap<Vec<IpAddr>, usize> = BTreeMap::new();
        for set in balanced_sets(sight) {
            *own.entry(set).or_default() += 1;
        }
        for (set, times) in own {
            let entry = support.entry(set).or_default();
            *entry = (entry.0 + sight.weight, entry.1 + times * sight.weight);
        }
    }
    let mut sets: Vec<_> = support.into_iter().collect();
    sets.sort_by_key(|(set, (zones, times))| {
        (usize::MAX - zones, usize::MAX - times, usize::MAX - set.len())
    });
    let mut seeds: Vec<Vec<IpAddr>> = Vec::new();
    let mut taken: BTreeSet<IpAddr> = BTreeSet::new();
    for (set, _) in sets {
        if set.iter().all(|address| !taken.contains(address)) {
            taken.extend(&set);
            seeds.push(set);
        }
    }
    seeds
}

/// The group that most of a zone's names lead to; the better supported one where it is undecided.
fn home(group_of: &HashMap<IpAddr, usize>, sight: &Sight<'_>) -> Option<usize> {
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for addresses in sight.names() {
        let groups: BTreeSet<usize> = addresses.set.iter().filter_map(|a| group_of.get(a).copied()).collect();
        for group in groups {
            *votes.entry(group).or_default() += 1;
        }
    }
    votes.into_iter().max_by_key(|&(group, names)| (names, usize::MAX - group)).map(|(group, _)| group)
}

/// A set that is counted with others of its kind.
#[derive(Default)]
struct Votes(BTreeMap<Vec<IpAddr>, usize>);

impl Votes {
    fn cast(&mut self, set: Vec<IpAddr>, weight: usize) {
        *self.0.entry(set).or_default() += weight;
    }

    /// The set with most votes, the larger one where it is undecided.
    fn winner(&self) -> Option<(&Vec<IpAddr>, usize)> {
        self.0.iter().map(|(set, &votes)| (votes, set.len(), set)).max().map(|(votes, _, set)| (set, votes))
    }

    fn total(&self) -> usize {
        self.0.values().sum()
    }
}

fn cluster<'v>(view: &'v View<'v>, seed: &[IpAddr], mut served: Vec<Sight<'v>>) -> Cluster<'v> {
    let mut references = Vec::new();
    let total = served.iter().map(|sight| sight.weight).sum();
    for service in SERVICES {
        let mut votes = Votes::default();
        let names =
            served.iter().flat_map(|sight| sight.services.iter().map(move |seen| (seen, sight.weight)));
        for (seen, weight) in names.filter(|(seen, _)| seen.label == service) {
            if let Some(set) = whole(&seen.addresses) {
                votes.cast(set.to_vec(), weight);
            }
        }
        if votes.total() > 0 {
            references.push((service, reference(&votes, seed, total)));
        }
    }
    let sets = references.iter().flat_map(|(_, reference)| &reference.set);
    let members: BTreeSet<IpAddr> = sets.chain(seed).copied().collect();
    let mail = mail_reference(&members, seed, &served);
    served.par_iter_mut().for_each(|sight| sight.look_for_nodes(view, Standard::usual_magic()));
    let nodes = ids::nodes(&members, &served);
    let standard = Standard::inferred(nodes, members, references, mail);
    let served = served.into_iter().map(|sight| (sight, Asks::WhereItHasServices)).collect();
    Cluster::new(view, standard, served)
}

/// What the domains agree on for a service. Where too few have it to agree, the seed stands in: with
/// one domain alone, its services are held against each other.
fn reference(votes: &Votes, seed: &[IpAddr], served: usize) -> Reference {
    let domains = votes.total();
    if let Some((set, agreeing)) = votes.winner() {
        let balanced = primary(set).len() >= 2;
        let known = set.iter().all(|address| seed.contains(address));
        // New nodes want more than a few domains: the many decide what a node is.
        let established = agreeing >= 2 && agreeing * 2 > domains && (known || domains * 2 >= served);
        if balanced && established {
            return Reference { set: set.clone(), agreeing, domains, ..Reference::default() };
        }
    }
    let agreeing = votes.0.get(seed).copied().unwrap_or(0);
    Reference { set: seed.to_vec(), agreeing, domains, ..Reference::default() }
}

/// The nodes that the MX records of most domains reach.
fn mail_reference(members: &BTreeSet<IpAddr>, seed: &[IpAddr], served: &[Sight<'_>]) -> Reference {
    let mut votes = Votes::default();
    for sight in served {
        let hosts = sight.exchanges.iter().flat_map(|exchange| &exchange.addresses.set);
        let reached: BTreeSet<IpAddr> = hosts.filter(|address| members.contains(address)).copied().collect();
        if !reached.is_empty() {
            votes.cast(reached.into_iter().collect(), sight.weight);
        }
    }
    reference(&votes, seed, served.iter().map(|sight| sight.weight).sum())
}
