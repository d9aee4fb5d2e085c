//! What belongs to the provider itself: name servers, clusters, access lines, reverse zones.

use std::fmt::Write;

use super::draft::{Draft, Owners, Style};

/// The provider's own domain.
pub(super) const PROVIDER: &str = "provider.example";

/// A mail cluster.
#[derive(Debug, Clone)]
pub(super) struct Cluster {
    pub(super) number: usize,
    pub(super) nodes: Vec<Node>,
}

/// A node of a cluster.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Its host name, with the final dot.
    pub(super) host: String,
    pub(super) ipv4: String,
    /// Where the cluster has both.
    pub(super) ipv6: Option<String>,
}

/// The most clusters that there are addresses for.
pub(super) const MOST_CLUSTERS: usize = 80;

impl Cluster {
    /// Two or three nodes; one cluster in four has IPv6.
    pub(super) fn new(number: usize) -> Self {
        let node = |index: usize| Node {
            host: format!("node0{index}.mail{number}.{PROVIDER}."),
            ipv4: format!("198.51.100.{}", 2 + 3 * number + index),
            ipv6: (number % 4 == 1).then(|| format!("2001:db8:{number:x}::{}", index + 1)),
        };
        let size = if number % 3 == 2 { 2 } else { 3 };
        Self { number, nodes: (0..size).map(node).collect() }
    }

    /// Three nodes, IPv4 alone: a node that is left out leaves two, and its address nothing else.
    pub(super) fn is_plain(&self) -> bool {
        self.nodes.len() == 3 && self.nodes[0].ipv6.is_none()
    }

    /// A name that all domains of the cluster share, such as `imap`, with the final dot.
    pub(super) fn shared(&self, service: &str) -> String {
        format!("{service}.{}", self.shared_domain())
    }

    /// Where the names are that all domains of the cluster share, with the final dot.
    pub(super) fn shared_domain(&self) -> String {
        format!("mail{}.{PROVIDER}.", self.number)
    }

    /// Adds all addresses of the nodes to a name.
    pub(super) fn balance(&self, draft: &mut Draft, owner: &str) {
        for node in &self.nodes {
            draft.add(owner, "A", &node.ipv4);
        }
        for node in &self.nodes {
            if let Some(ipv6) = &node.ipv6 {
                draft.add(owner, "AAAA", ipv6);
            }
        }
    }

    /// Adds the addresses of one node to a name.
    pub(super) fn bind(&self, draft: &mut Draft, owner: &str, index: usize) {
        let node = &self.nodes[index];
        draft.add(owner, "A", &node.ipv4);
        if let Some(ipv6) = &node.ipv6 {
            draft.add(owner, "AAAA", ipv6);
        }
    }
}

/// A zone with nothing but SOA and NS.
pub(super) fn bare(origin: String, folder: &str, comment: String, style: Style) -> Draft {
    let mut draft = Draft {
        origin,
        folder: folder.to_owned(),
        beside: None,
        comment,
        ttl: Some("1h"),
        entries: Vec::new(),
        style,
        twist: None,
    };
    draft.add(
        "@",
        "SOA",
        format!("ns1.{PROVIDER}. hostmaster.{PROVIDER}. 2025031401 14400 3600 1209600 3600"),
    );
    draft.add("@", "NS", format!("ns1.{PROVIDER}."));
    draft.add("@", "NS", format!("ns2.{PROVIDER}."));
    draft
}

/// How the provider's own people write.
pub(super) fn own_style() -> Style {
    Style { origin: true, owners: Owners::Once, class: true, blank: "\t", short_soa: false, sections: false }
}

/// How many web servers there are.
pub(super) const WEB_SERVERS: usize = 200;

/// The provider's own zone.
pub(super) fn provider(clusters: &[Cluster], pools: usize) -> Draft {
    let mut zone = bare(PROVIDER.to_owned(), "provider", "the provider itself".to_owned(), own_style());
    for node in &clusters[0].nodes {
        zone.add("@", "MX", format!("10 {}", node.host));
    }
    zone.add("@", "TXT", "\"v=spf1 include:_spf.mail0 -all\"".replace("mail0", &format!("mail0.{PROVIDER}")));
    zone.add("ns1", "A", "192.0.2.2");
    zone.add("ns2", "A", "192.0.2.3");
    zone.add("ns2", "AAAA", "2001:db8::3");
    for web in 1..=WEB_SERVERS {
        zone.add(format!("web{web}"), "A", format!("203.0.113.{web}"));
    }
    for cluster in clusters {
        let at = format!("mail{}", cluster.number);
        for service in ["imap", "pop", "pop3", "smtp", "webmail"] {
            cluster.balance(&mut zone, &format!("{service}.{at}"));
        }
        let mut spf = String::from("\"v=spf1");
        for (index, node) in cluster.nodes.iter().enumerate() {
            cluster.bind(&mut zone, &format!("node0{index}.{at}"), index);
            write!(spf, " ip4:{}", node.ipv4).expect("a String takes everything");
            if let Some(ipv6) = &node.ipv6 {
                write!(spf, " ip6:{ipv6}").expect("a String takes everything");
            }
        }
        zone.add(format!("_spf.{at}"), "TXT", spf + " -all\"");
    }
    for pool in 0..pools {
        zone.add(format!("pool{pool}"), "NS", "ns1");
        zone.add(format!("pool{pool}"), "NS", "ns2");
    }
    zone
}

/// How many access lines a pool has in its zones.
const LINES: usize = 28;

/// The most pools that there are addresses for.
pub(super) const MOST_POOLS: usize = 256;

/// The names of the access lines of a pool.
pub(super) fn pool(number: usize) -> Draft {
    let mut zone = bare(
        format!("pool{number}.{PROVIDER}"),
        "access",
        format!("access lines, pool {number}"),
        own_style(),
    );
    for line in 1..=LINES {
        zone.add(format!("line{line}"), "A", format!("198.18.{number}.{line}"));
    }
    zone
}

/// The addresses of the access lines of a pool.
pub(super) fn pool_reverse(number: usize) -> Draft {
    let style = Style { origin: number.is_multiple_of(2), ..own_style() };
    let mut zone =
        bare(format!("{number}.18.198.in-addr.arpa"), "reverse", format!("198.18.{number}.0/24"), style);
    for line in 1..=LINES {
        zone.add(line.to_string(), "PTR", format!("line{line}.pool{number}.{PROVIDER}."));
    }
    zone
}

/// The reverse zones of servers and nodes.
pub(super) fn server_reverse(clusters: &[Cluster]) -> Vec<Draft> {
    let reverse = |origin: &str| bare(origin.to_owned(), "reverse", "servers".to_owned(), own_style());
    let mut names = reverse("2.0.192.in-addr.arpa");
    names.add("2", "PTR", format!("ns1.{PROVIDER}."));
    names.add("3", "PTR", format!("ns2.{PROVIDER}."));
    let mut web = reverse("113.0.203.in-addr.arpa");
    for number in 1..=WEB_SERVERS {
        web.add(number.to_string(), "PTR", format!("web{number}.{PROVIDER}."));
    }
    let mut mail = reverse("100.51.198.in-addr.arpa");
    let mut zones = Vec::new();
    for cluster in clusters {
        let digits: Vec<String> = format!("{:04x}", cluster.number).chars().rev().map(String::from).collect();
        let mut six = reverse(&format!("{}.8.b.d.0.1.0.0.2.ip6.arpa", digits.join(".")));
        for (index, node) in cluster.nodes.iter().enumerate() {
            let last = node.ipv4.rsplit('.').next().expect("an address has dots");
            mail.add(last, "PTR", &node.host);
            six.add(format!("{}{}", index + 1, ".0".repeat(19)), "PTR", &node.host);
        }
        if cluster.nodes[0].ipv6.is_some() {
            zones.push(six);
        }
    }
    zones.extend([names, web, mail]);
    zones
}

/// What zones of a cluster include: its mail service.
pub(super) fn fragment(cluster: &Cluster) -> String {
    let mut text = format!("; Mail on cluster {}. To be included at the apex.\n", cluster.number);
    let mut line = |owner: &str, rtype: &str, rdata: &str| {
        writeln!(text, "{owner}\tIN {rtype}\t{rdata}").expect("a String takes everything");
    };
    for node in &cluster.nodes {
        line("@", "MX", &format!("10 {}", node.host));
    }
    line("@", "TXT", &format!("\"v=spf1 include:_spf.mail{}.{PROVIDER} -all\"", cluster.number));
    for service in ["imap", "pop3", "smtp", "webmail"] {
        for node in &cluster.nodes {
            line(service, "A", &node.ipv4);
        }
        for ipv6 in cluster.nodes.iter().filter_map(|node| node.ipv6.as_ref()) {
            line(service, "AAAA", ipv6);
        }
    }
    for (index, node) in cluster.nodes.iter().enumerate() {
        line(&format!("webmail0{index}"), "A", &node.ipv4);
        if let Some(ipv6) = &node.ipv6 {
            line(&format!("webmail0{index}"), "AAAA", ipv6);
        }
    }
    text
}
