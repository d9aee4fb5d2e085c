//! `[[cluster]]` of `zoneward.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::net::IpAddr;
use std::ops::Range;
use std::path::PathBuf;

use toml::de::{DeTable, DeValue};

use super::keys;
use super::reader::{Reader, Value};
use crate::cluster::{
    Declaration, MX_SERVICE, Magic, Mx, Node, Nodes, Pattern, Pin, Reserve, SERVICES, ZonePatterns,
};
use crate::syntax::{NameBuffer, NameRef};

/// A value and where it stands.
type Placed<T> = (T, Range<usize>);

impl Reader {
    /// `[[cluster]]`, all of them.
    pub(super) fn clusters(&mut self, value: &Value<'_>) {
        let mut names = BTreeSet::new();
        for (span, table) in self.tables(value, "cluster") {
            if let Some(cluster) = self.cluster(table, span.clone()) {
                if !names.insert(cluster.name.clone()) {
                    let span = table.get("name").map_or(span, toml::Spanned::span);
                    self.mistake(span, format!("another cluster is called `{}`", cluster.name), None);
                }
                self.config.clusters.push(cluster);
            }
        }
    }

    fn cluster(&mut self, table: &DeTable<'_>, span: Range<usize>) -> Option<Declaration> {
        self.know(table, &span, &keys::CLUSTER);
        let name = table.get("name").and_then(|value| self.string(value)).map(str::to_owned);
        let zones = table.get("zones").and_then(|value| {
            if matches!(value.get_ref(), DeValue::Array(list) if list.is_empty()) {
                let help = Some(r#"`zones = ["*"]` are all"#.to_owned());
                self.mistake(value.span(), "a cluster without zones".to_owned(), help);
            }
            self.zone_patterns(value)
        });
        let exclude = table.get("exclude").and_then(|value| self.zone_patterns(value));
        let nodes = self.nodes(table);
        let services = table.get("services").map(|value| self.labels(value));
        let optional_services = table.get("optional-services").map(|value| self.labels(value));
        let magic = table.get("magic").map(|value| self.magic(value));
        let mx = table.get("mx").and_then(|value| self.mx(value));
        let shared_sessions = table.get("shared-sessions").and_then(|value| self.boolean(value));
        let max_nodes = table.get("max-nodes").and_then(|value| self.count(value));
        let retired = table.get("retired").map(|value| self.addresses(value)).unwrap_or_default();
        let ids = ids(nodes.as_ref());
        if let Some(Nodes::Listed(nodes)) = &nodes {
            self.not_retired(nodes, &retired);
        }
        let mut declaration = Declaration {
            file: PathBuf::new(),
            name: name?,
            zones: zones?,
            exclude: exclude.unwrap_or_default(),
            nodes: nodes?,
            services,
            optional_services: optional_services.unwrap_or_default(),
            magic,
            mx,
            shared_sessions: shared_sessions.unwrap_or_default(),
            retired: retired.into_iter().map(|(address, _)| address).collect(),
            max_nodes,
            reserves: Vec::new(),
            pins: Vec::new(),
        };
        let known = declaration.labels().into_iter().map(str::to_owned).collect();
        declaration.reserves =
            table.get("reserve").map_or(Vec::new(), |value| self.reserves(value, ids.as_deref(), known));
        declaration.pins = table.get("pin").map_or(Vec::new(), |value| self.pins(value, ids.as_deref()));
        Some(declaration)
    }

    /// `nodes` or `nodes-from`.
    fn nodes(&mut self, table: &DeTable<'_>) -> Option<Nodes> {
        match (table.get_key_value("nodes"), table.get_key_value("nodes-from")) {
            (Some(_), Some((key, _))) => {
                let help = Some("take one of them out".to_owned());
                self.mistake(key.span(), "both `nodes` and `nodes-from`".to_owned(), help);
                None
            }
            (None, None) => None,
            (None, Some((_, value))) => self.name(value).map(Nodes::From),
            (Some((_, value)), None) => {
                let tables = self.tables(value, "cluster.nodes");
                if matches!(value.get_ref(), DeValue::Array(list) if list.is_empty()) {
                    self.mistake(value.span(), "a cluster needs a node".to_owned(), None);
                    return None;
                }
                let mut taken = Taken::default();
                let nodes: Vec<_> = tables
                    .into_iter()
                    .filter_map(|(span, table)| self.node(table, span, &mut taken))
                    .collect();
                (!nodes.is_empty()).then_some(Nodes::Listed(nodes))
            }
        }
    }

    fn node(&mut self, table: &DeTable<'_>, span: Range<usize>, taken: &mut Taken) -> Option<Node> {
        self.know(table, &span, &keys::NODE);
        let id = table.get("id").and_then(|value| {
            let id = self.string(value)?.to_lowercase();
            let good = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if !good {
                let help = Some("letters, digits and hyphens: it becomes a part of names".to_owned());
                self.mistake(value.span(), format!("`{id}` is no id of a node"), help);
            } else if !taken.ids.insert(id.clone()) {
                self.mistake(value.span(), format!("another node has the id `{id}`"), None);
            }
            good.then_some(id)
        });
        let host = table.get("host").and_then(|value| self.name(value));
        let mut addresses = Vec::new();
        for (key, family) in [("ipv4", "IPv4"), ("ipv6", "IPv6")] {
            let found = table.get(key).map(|value| self.addresses(value)).unwrap_or_default();
            for (address, span) in found {
                if address.is_ipv4() != (family == "IPv4") {
                    self.mistake(span, format!("`{address}` is no {family} address"), None);
                } else if let Some(other) = taken.addresses.insert(address, id.clone()) {
                    let other = other.map_or("another node".to_owned(), |other| format!("node `{other}`"));
                    self.mistake(span, format!("`{address}` is an address of {other} already"), None);
                } else {
                    addresses.push(address);
                }
            }
        }
        addresses.sort_unstable();
        (!addresses.is_empty()).then_some(Node { id: Some(id?), host, addresses })
    }

    fn not_retired(&mut self, nodes: &[Node], retired: &[Placed<IpAddr>]) {
        for (address, span) in retired {
            if let Some(node) = nodes.iter().find(|node| node.addresses.contains(address)) {
                let id = node.id.as_deref().unwrap_or_default();
                let message = format!("`{address}` is retired, and it is an address of node `{id}`");
                self.mistake(span.clone(), message, None);
            }
        }
    }

    fn magic(&mut self, value: &Value<'_>) -> Vec<Magic> {
        let Some(table) = self.table(value) else { return Vec::new() };
        let entries = table.iter().filter_map(|(key, value)| {
            let service = self.label(key.get_ref(), key.span())?;
            Some(Magic { service, names: self.id_pattern(value)? })
        });
        entries.collect()
    }

    fn mx(&mut self, value: &Value<'_>) -> Option<Mx> {
        let table = self.table(value)?;
        self.know(table, &value.span(), &keys::MX);
        let hosts = table.get("hosts").and_then(|value| self.id_pattern(value));
        let value = table.get("preference")?;
        let preference = self.integer(value)?;
        let fits = u16::try_from(preference).ok();
        if fits.is_none() {
            let message = format!("`{preference}` is no preference: they go from 0 to 65535");
            self.mistake(value.span(), message, None);
        }
        Some(Mx { preference: fits?, hosts })
    }

    fn reserves(
        &mut self,
        value: &Value<'_>,
        ids: Option<&[String]>,
        mut known: Vec<String>,
    ) -> Vec<Reserve> {
        known.push(MX_SERVICE.to_owned());
        let mut reserves = Vec::new();
        for (span, table) in self.tables(value, "cluster.reserve") {
            self.know(table, &span, &keys::RESERVE);
            let zones = table.get("zones").and_then(|value| self.zone_patterns(value));
            let services = table.get("services").map(|value| self.services_among(value, &known));
            let Some(value) = table.get("nodes") else { continue };
            let nodes = self.strings(value).into_iter();
            let nodes: Vec<_> = nodes.filter_map(|(id, span)| self.node_id(&id, span, ids)).collect();
            if nodes.is_empty() && matches!(value.get_ref(), DeValue::Array(list) if list.is_empty()) {
                self.mistake(value.span(), "a reserve needs a node".to_owned(), None);
            }
            let ipv6 = table.get("ipv6").and_then(|value| self.boolean(value)).unwrap_or(true);
            reserves.push(Reserve { zones, services, nodes, ipv6 });
        }
        reserves
    }

    fn services_among(&mut self, value: &Value<'_>, known: &[String]) -> Vec<String> {
        let words = self.strings(value).into_iter().map(|(word, span)| (word.to_lowercase(), span));
        let words: Vec<_> = words.collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        for (word, span) in words.iter().filter(|(word, _)| !known.contains(&word.as_str())) {
            self.unknown(word, span.clone(), format!("the cluster has no service `{word}`"), &known);
        }
        words.into_iter().map(|(word, _)| word).collect()
    }

    fn pins(&mut self, value: &Value<'_>, ids: Option<&[String]>) -> Vec<Pin> {
        let mut pins = Vec::new();
        for (span, table) in self.tables(value, "cluster.pin") {
            self.know(table, &span, &keys::PIN);
            let name = table.get("name").and_then(|value| self.name(value));
            let node = table.get("node").and_then(|value| {
                let id = self.string(value)?.to_owned();
                self.node_id(&id, value.span(), ids)
            });
            pins.extend(name.zip(node).map(|(name, node)| Pin { name, node }));
        }
        pins
    }

    /// The id of a node that is declared.
    fn node_id(&mut self, word: &str, span: Range<usize>, ids: Option<&[String]>) -> Option<String> {
        let id = word.to_lowercase();
        let Some(ids) = ids else {
            let help = Some("list the nodes with `nodes`".to_owned());
            self.mistake(span, format!("`{word}` is the id of no node, as none is listed"), help);
            return None;
        };
        if !ids.contains(&id) {
            let known: Vec<&str> = ids.iter().map(String::as_str).collect();
            self.unknown(word, span, format!("no node has the id `{word}`"), &known);
            return None;
        }
        Some(id)
    }

    fn id_pattern(&mut self, value: &Value<'_>) -> Option<Pattern> {
        let text = self.string(value)?;
        let pattern = Pattern::parse(text);
        if pattern.is_none() {
            let help = Some("write a name with `{id}` once in it: `webmail{id}`".to_owned());
            self.mistake(
                value.span(),
                format!("`{text}` does not say where the id of the node stands"),
                help,
            );
        }
        pattern
    }

    /// Service names.
    fn labels(&mut self, value: &Value<'_>) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let words = self.strings(value).into_iter();
        words
            .filter_map(|(word, span)| {
                let label = self.label(&word, span.clone())?;
                if !seen.insert(label.clone()) {
                    self.mistake(span, format!("`{label}` is there twice"), None);
                    return None;
                }
                Some(label)
            })
            .collect()
    }

    fn label(&mut self, word: &str, span: Range<usize>) -> Option<String> {
        let good = NameBuffer::new().parse(word.as_bytes(), NameRef::ROOT).is_ok()
            && !word.contains('.')
            && word != "@";
        if !good {
            let example = SERVICES[0];
            let help = Some(format!("write the name as it stands below each domain: `{example}`"));
            self.mistake(span, format!("`{word}` is no name of a service"), help);
        }
        good.then(|| word.to_lowercase())
    }

    /// One address or several.
    fn addresses(&mut self, value: &Value<'_>) -> Vec<Placed<IpAddr>> {
        let words = match value.get_ref() {
            DeValue::String(word) => vec![(word.to_string(), value.span())],
            _ => self.strings(value),
        };
        let mut addresses = Vec::new();
        for (word, span) in words {
            match word.parse() {
                Ok(address) => addresses.push((address, span)),
                Err(_) => self.mistake(span, format!("`{word}` is no address"), None),
            }
        }
        addresses
    }

    fn count(&mut self, value: &Value<'_>) -> Option<usize> {
        let number = self.integer(value)?;
        let count = usize::try_from(number).ok().filter(|&count| count > 0);
        if count.is_none() {
            self.mistake(value.span(), format!("`{number}` is no number of nodes"), None);
        }
        count
    }

    /// An array of strings, each with its place.
    fn strings(&mut self, value: &Value<'_>) -> Vec<(String, Range<usize>)> {
        let DeValue::Array(values) = value.get_ref() else {
            self.wrong_type(value, "an array of strings");
            return Vec::new();
        };
        values.iter().filter_map(|value| Some((self.string(value)?.to_owned(), value.span()))).collect()
    }

    /// Names and wildcards of zones.
    fn zone_patterns(&mut self, value: &Value<'_>) -> Option<ZonePatterns> {
        let words = self.strings(value);
        match ZonePatterns::parse(words.iter().map(|(word, _)| word.as_str())) {
            Ok(patterns) => Some(patterns),
            Err(faults) => {
                for (index, reason) in faults {
                    let (word, span) = &words[index];
                    self.mistake(span.clone(), format!("`{word}` is no pattern of zones: {reason}"), None);
                }
                None
            }
        }
    }

    fn boolean(&mut self, value: &Value<'_>) -> Option<bool> {
        let DeValue::Boolean(truth) = value.get_ref() else {
            self.wrong_type(value, "`true` or `false`");
            return None;
        };
        Some(*truth)
    }
}

/// The ids that reserves and pins can name; `None` where the nodes are not listed.
fn ids(nodes: Option<&Nodes>) -> Option<Vec<String>> {
    match nodes? {
        Nodes::Listed(nodes) => Some(nodes.iter().filter_map(|node| node.id.clone()).collect()),
        Nodes::From(_) => None,
    }
}

/// What nodes have that no other may have.
#[derive(Default)]
struct Taken {
    ids: BTreeSet<String>,
    addresses: BTreeMap<IpAddr, Option<String>>,
}
