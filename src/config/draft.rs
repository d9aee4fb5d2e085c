//! A `zoneward.toml` with what was found in the zones.

use std::path::{Path, PathBuf};

use crate::cluster::{Declaration, Magic, Mx, Node, Nodes, Reserve, list};

/// What is written.
#[derive(Debug, Default)]
pub struct Draft {
    /// How many zones it comes from.
    pub zones: usize,
    /// The clusters, each with the number of its domains.
    pub clusters: Vec<(Declaration, usize)>,
    /// The nodes of clusters that cannot be declared.
    pub undeclared: Vec<Vec<Node>>,
    /// Files that are zones, and nothing says which, as seen from the folder of the configuration.
    pub unknown: Vec<PathBuf>,
}

impl Draft {
    /// The text of the file.
    pub fn write(&self) -> String {
        let mut out = format!(
            "# Written by `zoneward init` from {}. It is a beginning: read it, and take out what is not meant\n\
             # so. `zoneward check` finds the same with it as without it, and what departs from a declared\n\
             # cluster is an error.\n\n\
             # Which findings fail a run: \"error\", \"warning\", \"info\" or \"never\".\n\
             fail-on = \"error\"\n\n\
             # Files that are left out.\n\
             # exclude = [\"old/**\"]\n\n\
             # Levels and options of rules and groups: `zoneward rules` lists them.\n\
             # [rules]\n\
             # single-node = \"off\"\n",
            count(self.zones, "zone")
        );
        for file in &self.unknown {
            line(&mut out, "");
            line(
                &mut out,
                "# This file is a zone, and nothing says which: write its name, and take the marks away.",
            );
            line(&mut out, "# [[zone]]");
            line(&mut out, &format!("# file = {}", path(file)));
            line(&mut out, "# origin = \"…\"");
        }
        for (cluster, domains) in &self.clusters {
            line(&mut out, "");
            write_cluster(&mut out, cluster, *domains);
        }
        for nodes in &self.undeclared {
            let addresses: Vec<_> = nodes.iter().flat_map(|node| node.addresses.clone()).collect();
            line(&mut out, "");
            line(&mut out, &format!("# There is another cluster, {}. Its services have", list(&addresses)));
            line(
                &mut out,
                "# different addresses of one node, which no declaration can say: it is inferred as before.",
            );
        }
        if self.clusters.is_empty() && self.undeclared.is_empty() {
            line(
                &mut out,
                "\n# No zone balances a mail service over several addresses: there is no cluster to declare.",
            );
        }
        out
    }
}

fn write_cluster(out: &mut String, cluster: &Declaration, domains: usize) {
    let Nodes::Listed(nodes) = &cluster.nodes else { return };
    line(out, &format!("# A mail cluster: {}, {}.", count(nodes.len(), "node"), count(domains, "domain")));
    line(out, "[[cluster]]");
    line(out, &format!("name = {}", quoted(&cluster.name)));
    line(
        out,
        "# The domains that lead to its nodes. A domain that is claimed by its name instead is asked for",
    );
    line(out, "# everything, wherever it leads.");
    line(out, "zones = [\"*\"]");
    line(out, "# exclude = [\"lab.example\"]");
    line(out, "nodes = [");
    for node in nodes {
        line(out, &format!("  {{ {} }},", node_fields(node)));
    }
    line(out, "]");
    let required = cluster.services.as_deref().unwrap_or_default();
    line(out, "# What each domain has, and what it may have.");
    line(out, &format!("services = {}", array(required)));
    line(out, &format!("optional-services = {}", array(&cluster.optional_services)));
    if let Some(magic) = &cluster.magic {
        let fields: Vec<_> = magic.iter().map(magic_field).collect();
        line(out, "# Names whose web interface sends users on to a name of one node.");
        line(out, &format!("magic = {{ {} }}", fields.join(", ")));
    } else {
        line(out, "# No domain has names for single nodes: where sessions are not shared, they are needed.");
        line(out, "# magic = { webmail = \"webmail{id}\" }");
    }
    if let Some(Mx { preference, hosts }) = &cluster.mx {
        let hosts = hosts
            .as_ref()
            .map_or(String::new(), |hosts| format!(", hosts = {}", quoted(&hosts.with("{id}"))));
        line(out, "# Each domain has an MX record for each node.");
        line(out, &format!("mx = {{ preference = {preference}{hosts} }}"));
    }
    line(out, "# Addresses of nodes that are no more: no zone should name them.");
    line(out, "# retired = [\"…\"]");
    cluster.reserves.iter().for_each(|reserve| write_reserve(out, reserve));
}

fn write_reserve(out: &mut String, reserve: &Reserve) {
    line(out, "");
    line(out, "# These services use a part of the addresses.");
    line(out, "[[cluster.reserve]]");
    line(out, &format!("services = {}", array(reserve.services.as_deref().unwrap_or_default())));
    line(out, &format!("nodes = {}", array(&reserve.nodes)));
    if !reserve.ipv6 {
        line(out, "ipv6 = false");
    }
}

fn magic_field(magic: &Magic) -> String {
    format!("{} = {}", key(&magic.service), quoted(&magic.names.with("{id}")))
}

fn node_fields(node: &Node) -> String {
    let mut fields = vec![format!("id = {}", quoted(node.id.as_deref().unwrap_or_default()))];
    fields.extend(node.host.as_ref().map(|host| format!("host = {}", quoted(&host.to_string()))));
    for (key, v4) in [("ipv4", true), ("ipv6", false)] {
        let own: Vec<String> =
            node.addresses.iter().filter(|one| one.is_ipv4() == v4).map(ToString::to_string).collect();
        match &own[..] {
            [] => {}
            [one] => fields.push(format!("{key} = {}", quoted(one))),
            several => fields.push(format!("{key} = {}", array(several))),
        }
    }
    fields.join(", ")
}

/// A key of a table: bare where TOML allows it.
fn key(word: &str) -> String {
    let bare = word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if bare { word.to_owned() } else { quoted(word) }
}

fn array(words: &[String]) -> String {
    format!("[{}]", words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(", "))
}

/// A path as a string of TOML, with `/` between its parts.
fn path(path: &Path) -> String {
    let parts: Vec<_> = path.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    quoted(&parts.join("/"))
}

/// A string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.extend(format!("\\u{:04X}", u32::from(c)).chars()),
            c => quoted.push(c),
        }
    }
    format!("\"{quoted}\"")
}

fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}
