//! Clusters that are inferred from made-up zones: without mistakes nothing is found, one mistake makes
//! one finding, and neither the names nor the order of the files matter.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;

use proptest::prelude::*;
use proptest::sample::Index;

use crate::cases;
use crate::common::{Target, check};

/// How a domain leads to its cluster.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Style {
    Addresses,
    Alias,
    OwnHosts,
}

/// A made-up cluster.
#[derive(Debug, Clone)]
struct Made {
    nodes: usize,
    v6: bool,
    v4: bool,
    /// Its domains have names for single nodes.
    named: bool,
    domains: Vec<Style>,
}

fn made() -> impl Strategy<Value = Made> {
    let style = prop_oneof![Just(Style::Addresses), Just(Style::Alias), Just(Style::OwnHosts)];
    let families = prop_oneof![Just((true, false)), Just((true, true)), Just((false, true))];
    (2..4_usize, families, any::<bool>(), proptest::collection::vec(style, 3..7))
        .prop_map(|(nodes, (v4, v6), named, domains)| Made { nodes, v6, v4, named, domains })
}

impl Made {
    /// The records that give `owner` the addresses of some nodes.
    fn addresses(&self, cluster: usize, owner: &str, nodes: &[usize]) -> String {
        let mut text = String::new();
        for node in nodes {
            if self.v4 {
                writeln!(text, "{owner} A 192.0.{cluster}.{}", 10 + node).unwrap();
            }
            if self.v6 {
                writeln!(text, "{owner} AAAA 2001:db8:{cluster}::{}", 10 + node).unwrap();
            }
        }
        text
    }

    fn all(&self) -> Vec<usize> {
        (0..self.nodes).collect()
    }

    /// The zone of the nodes, to which others lead.
    fn provider(&self, cluster: usize) -> String {
        let mut text = header(&format!("mail{cluster}.test"));
        for service in ["imap", "smtp", "webmail"] {
            text += &self.addresses(cluster, service, &self.all());
        }
        for node in self.all() {
            text += &self.addresses(cluster, &format!("node0{node}"), &[node]);
        }
        text
    }

    fn domain(&self, cluster: usize, number: usize) -> String {
        let style = self.domains[number];
        let mut text = header(&format!("domain{number}.of{cluster}.test"));
        for node in self.all() {
            if style == Style::OwnHosts {
                writeln!(text, "@ MX 10 node0{node}").unwrap();
                text += &self.addresses(cluster, &format!("node0{node}"), &[node]);
            } else {
                writeln!(text, "@ MX 10 node0{node}.mail{cluster}.test.").unwrap();
            }
        }
        for service in ["imap", "smtp", "webmail"] {
            if style == Style::Alias {
                writeln!(text, "{service} CNAME {service}.mail{cluster}.test.").unwrap();
            } else {
                text += &self.addresses(cluster, service, &self.all());
            }
        }
        for node in self.all().into_iter().filter(|_| self.named) {
            text += &self.addresses(cluster, &format!("webmail0{node}"), &[node]);
        }
        text
    }
}

fn header(origin: &str) -> String {
    format!(
        "$TTL 3600\n$ORIGIN {origin}.\n@ SOA ns1.dns.invalid. hostmaster 1 7200 3600 1209600 3600\n\
         @ NS ns1.dns.invalid.\n@ NS ns2.dns.invalid.\n"
    )
}

/// All zones of some clusters, and what is none of their business.
fn zones(clusters: &[Made]) -> Vec<String> {
    let mut zones = Vec::new();
    for (cluster, made) in clusters.iter().enumerate() {
        // A zone with service names to which nobody leads is a domain like others, and lacks its mail.
        if made.domains.iter().any(|style| *style != Style::OwnHosts) {
            zones.push(made.provider(cluster));
        }
        zones.extend((0..made.domains.len()).map(|number| made.domain(cluster, number)));
    }
    zones.push(header("parked.test") + "@ MX 0 .\n@ TXT \"v=spf1 -all\"\n");
    zones.push(header("web.test") + "@ A 203.0.113.80\nwww CNAME @\n");
    zones.push(header("own.test") + "@ MX 10 mail\nmail A 203.0.113.25\nimap CNAME mail\nsmtp CNAME mail\n");
    zones
}

/// What the rules on clusters find, without places: the files have other names each time.
fn found(zones: &[String], order: &[usize]) -> BTreeSet<String> {
    let folder = tempfile::tempdir().unwrap();
    for (position, &zone) in order.iter().enumerate() {
        fs::write(folder.path().join(format!("{position:03}")), &zones[zone]).unwrap();
    }
    let checked = check(Target::Project(folder.path()), None);
    let list = checked.outcome.diagnostics.iter();
    list.map(|it| format!("{}: {:?}: {} {:?}", it.rule, it.zone, it.message, it.help)).collect()
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn sound_clusters_have_no_finding(clusters in proptest::collection::vec(made(), 1..3)) {
        let zones = zones(&clusters);
        let order: Vec<usize> = (0..zones.len()).collect();
        prop_assert_eq!(found(&zones, &order), BTreeSet::new());
    }

    #[test]
    fn one_mistake_is_one_finding_in_any_order(
        clusters in proptest::collection::vec(made(), 1..3),
        (which, domain, line) in any::<(Index, Index, Index)>(),
        seed in any::<u64>(),
    ) {
        let cluster = which.index(clusters.len());
        let made = &clusters[cluster];
        let domain = domain.index(made.domains.len());
        let mut zones = zones(&clusters);
        let origin = format!("$ORIGIN domain{domain}.of{cluster}.test.");
        let zone = zones.iter_mut().find(|zone| zone.contains(&origin)).unwrap();
        // One line is lost: an address, an MX record, an alias or the name of a node.
        let records: Vec<&str> = zone.lines().collect();
        let from = records.iter().position(|line| line.contains(" MX ")).unwrap();
        let lost = from + line.index(records.len() - from);
        let word = records[lost].to_owned();
        // A mail server that is left with one of two families still takes mail for its node.
        prop_assume!(!(word.starts_with("node0") && made.v4 && made.v6));
        *zone = [&records[..lost], &records[lost + 1..], &[""]].concat().join("\n");
        let order: Vec<usize> = (0..zones.len()).collect();
        let straight = found(&zones, &order);
        prop_assert_eq!(straight.len(), 1, "without `{}` in {}: {:#?}", word, origin, straight);
        let zone = format!("domain{domain}.of{cluster}.test");
        prop_assert!(straight.iter().all(|it| it.contains(&zone)), "{:?}", straight);
        let mut shuffled = order;
        shuffled.sort_by_key(|&at| (at as u64 + 1).wrapping_mul(seed | 1));
        prop_assert_eq!(found(&zones, &shuffled), straight);
    }
}
