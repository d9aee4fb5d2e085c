//! Which node is which: ids from the names that the domains give to single nodes.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::net::IpAddr;

use super::declaration::Node;
use super::primary;
use super::sight::{Sight, numbered_host};

/// The nodes of a cluster by the names that its domains have for single nodes: `webmail01`, and MX
/// hosts such as `node01`. Addresses of the two families belong to one node where a name has both.
pub(super) fn nodes(members: &BTreeSet<IpAddr>, served: &[Sight<'_>]) -> Vec<Node> {
    let all: Vec<IpAddr> = members.iter().copied().collect();
    let mut nodes: Vec<Node> = primary(&all)
        .into_iter()
        .map(|address| Node { addresses: vec![address], ..Node::default() })
        .collect();
    let numbered = elect(members, served);
    for (number, addresses) in &numbered.numbers {
        let node = nodes.iter_mut().find(|node| addresses.contains(&node.addresses[0]));
        if let Some(node) = node {
            node.id = Some(numbered.write(*number));
        }
    }
    for (address, partner) in pairs(members, served, &numbered) {
        if let Some(node) = nodes.iter_mut().find(|node| node.addresses[0] == partner) {
            node.addresses.push(address);
        }
    }
    pair_the_rest(members, &mut nodes);
    continue_series(&mut nodes, &numbered);
    nodes
}

/// The IPv6 addresses of the nodes, each with the IPv4 address of its node: the number of both is one,
/// or a host has just these two. An address that has several partners has none.
fn pairs<'s>(
    members: &BTreeSet<IpAddr>,
    served: &'s [Sight<'_>],
    numbered: &'s Numbered,
) -> BTreeMap<IpAddr, IpAddr> {
    let of_sight = |sight: &'s Sight<'_>| {
        let hosts = sight.exchanges.iter().map(|exchange| &exchange.addresses.set[..]);
        let names = sight.nodes.iter().flatten().map(|name| &name.addresses.set[..]);
        hosts.chain(names).map(move |set| (set, sight.weight))
    };
    let by_number = numbered.numbers.values().map(|set| (&set[..], 1));
    let mut votes: BTreeMap<IpAddr, BTreeMap<IpAddr, usize>> = BTreeMap::new();
    for (set, weight) in by_number.chain(served.iter().flat_map(of_sight)) {
        if let [v4, v6] = set[..]
            && v4.is_ipv4()
            && v6.is_ipv6()
            && members.contains(&v4)
            && members.contains(&v6)
        {
            *votes.entry(v6).or_default().entry(v4).or_default() += weight;
        }
    }
    votes.into_iter().filter_map(|(v6, votes)| Some((v6, winner(&votes)?))).collect()
}

/// Where no name tells which IPv6 address belongs to which node, and there is one for each: in order.
fn pair_the_rest(members: &BTreeSet<IpAddr>, nodes: &mut [Node]) {
    let known = |address: &IpAddr| nodes.iter().any(|node| node.addresses.contains(address));
    let free: Vec<IpAddr> = members.iter().filter(|address| !known(address)).copied().collect();
    let single: Vec<&mut Node> = nodes.iter_mut().filter(|node| node.addresses.len() == 1).collect();
    if free.len() == single.len() {
        single.into_iter().zip(free).for_each(|(node, address)| node.addresses.push(address));
    }
}

/// The one that has most votes, if it is one alone.
fn winner<T: Copy>(votes: &BTreeMap<T, usize>) -> Option<T> {
    let most = votes.values().max()?;
    let mut best = votes.iter().filter(|(_, n)| *n == most).map(|(&one, _)| one);
    match (best.next(), best.next()) {
        (Some(one), None) => Some(one),
        _ => None,
    }
}

/// What a vote came to.
struct Numbered {
    /// The addresses of each number: one of each family at most. A number is known although nobody
    /// could vote for it.
    numbers: BTreeMap<u32, Vec<IpAddr>>,
    /// The digits that a number is written with.
    width: usize,
}

impl Numbered {
    fn write(&self, number: u32) -> String {
        format!("{number:0width$}", width = self.width)
    }
}

/// Every name with a number that leads to a node has a vote: the names of single nodes in each domain,
/// and the MX hosts if they count in the same way.
fn elect(members: &BTreeSet<IpAddr>, served: &[Sight<'_>]) -> Numbered {
    let mut names = Ballot::default();
    let mut hosts = Ballot::default();
    let mut counted = HashSet::new();
    for sight in served {
        for node in sight.nodes.iter().flatten() {
            names.cast(&node.id, (&node.addresses.set, sight.weight), members);
        }
        for exchange in &sight.exchanges {
            if let Some((_, digits)) = numbered_host(exchange.host.first_label())
                && counted.insert(exchange.host)
            {
                // Each host counts once, however many domains have it.
                let own = exchange.host.is_within(sight.zone.origin());
                let weight = if own { sight.weight } else { 1 };
                hosts.cast(digits, (&exchange.addresses.set, weight), members);
            }
        }
    }
    if names.votes.is_empty() {
        return hosts.decide();
    }
    if names.votes.keys().eq(hosts.votes.keys()) {
        for (number, votes) in hosts.votes {
            let known = names.votes.entry(number).or_default();
            for (address, n) in votes {
                *known.entry(address).or_default() += n;
            }
        }
    }
    names.decide()
}

/// Votes on which number has which address, and on how numbers are written.
#[derive(Default)]
struct Ballot {
    votes: BTreeMap<u32, BTreeMap<IpAddr, usize>>,
    widths: BTreeMap<usize, usize>,
}

impl Ballot {
    fn cast(&mut self, digits: &str, (set, weight): (&[IpAddr], usize), members: &BTreeSet<IpAddr>) {
        let Ok(number) = digits.parse() else { return };
        *self.widths.entry(digits.len()).or_default() += weight;
        let votes = self.votes.entry(number).or_default();
        for address in set.iter().filter(|address| members.contains(address)) {
            *votes.entry(*address).or_default() += weight;
        }
    }

    /// For each number the address of each family with most votes, if it is one alone; an address
    /// goes to the number that has more votes for it.
    fn decide(&self) -> Numbered {
        let mut numbers: BTreeMap<u32, Vec<IpAddr>> = BTreeMap::new();
        for (&number, votes) in &self.votes {
            let addresses = numbers.entry(number).or_default();
            for v6 in [false, true] {
                let family: BTreeMap<IpAddr, usize> = votes
                    .iter()
                    .filter(|(address, _)| address.is_ipv6() == v6)
                    .map(|(&a, &n)| (a, n))
                    .collect();
                let best = winner(&family).filter(|&address| self.best_number(address) == Some(number));
                addresses.extend(best);
            }
        }
        let width = self.widths.iter().max_by_key(|&(&width, &votes)| (votes, width)).map_or(0, |(&w, _)| w);
        Numbered { numbers, width }
    }

    fn best_number(&self, address: IpAddr) -> Option<u32> {
        let votes =
            self.votes.iter().map(|(&number, votes)| (votes.get(&address).copied().unwrap_or(0), number));
        votes.max_by_key(|&(votes, number)| (votes, u32::MAX - number)).map(|(_, number)| number)
    }
}

/// Gives ids to nodes that no name has: where the known ids go with the last octet of the addresses,
/// so do the others.
fn continue_series(nodes: &mut [Node], numbered: &Numbered) {
    let number = |node: &Node| node.id.as_deref().and_then(|id| id.parse::<i64>().ok());
    let offsets: BTreeSet<i64> =
        nodes.iter().filter_map(|node| Some(last_octet(node) - number(node)?)).collect();
    let (Some(&offset), 1) = (offsets.first(), offsets.len()) else { return };
    let taken: BTreeSet<i64> = nodes.iter().filter_map(number).collect();
    let nets: BTreeSet<Vec<u8>> = nodes.iter().map(|node| octets(node.addresses[0]).1).collect();
    for node in nodes.iter_mut().filter(|node| node.id.is_none()) {
        let next = u32::try_from(last_octet(node) - offset).ok();
        // A number that some name has belongs to no other node, and nobody counts nodes in hundreds.
        let next = next.filter(|next| *next < 100 && nets.len() == 1 && !numbered.numbers.contains_key(next));
        node.id = next.filter(|&next| !taken.contains(&next.into())).map(|next| numbered.write(next));
    }
}

fn last_octet(node: &Node) -> i64 {
    octets(node.addresses[0]).0.into()
}

/// The last octet of an address, and the others.
fn octets(address: IpAddr) -> (u8, Vec<u8>) {
    let mut octets = match address {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    };
    let last = octets.pop().expect("an address has 4 or 16 octets");
    (last, octets)
}
