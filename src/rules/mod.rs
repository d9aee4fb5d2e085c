//! All rules. A rule is one file in the folder of its group; the list below is made from the folders
//! by `BLESS=1 cargo test --test derived`, and a test compares it with them.

mod rule;
mod runner;

pub use rule::{Check, Rrset, Rule};
pub use runner::Enabled;

/// A rule and its page.
#[derive(Debug)]
pub struct Listed {
    /// The rule.
    pub rule: &'static Rule,
    /// The source of its file, whose module documentation is the page.
    source: &'static str,
}

impl Listed {
    /// The page in Markdown: the module documentation of the rule's file.
    pub fn page(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }
}

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Listed> {
    RULES.iter().find(|listed| listed.rule.name == name)
}

// ---- made from the folders: BLESS=1 cargo test --test derived ----

mod zone {
    pub(super) mod no_soa;
}
mod cluster {
    pub(super) mod incomplete_mx_set;
    pub(super) mod inconsistent_address_set;
    pub(super) mod missing_node_name;
    pub(super) mod missing_service_name;
    pub(super) mod mx_outside_cluster;
    pub(super) mod node_address_drift;
    pub(super) mod node_name_many_addresses;
    pub(super) mod node_name_wrong_address;
    pub(super) mod orphan_node_name;
    pub(super) mod single_node;
    pub(super) mod too_many_nodes;
    pub(super) mod unequal_mx_preference;
}

/// All rules, by group and name.
pub static RULES: &[Listed] = &[
    Listed { rule: &zone::no_soa::RULE, source: include_str!("zone/no_soa.rs") },
    Listed { rule: &cluster::incomplete_mx_set::RULE, source: include_str!("cluster/incomplete_mx_set.rs") },
    Listed { rule: &cluster::inconsistent_address_set::RULE, source: include_str!("cluster/inconsistent_address_set.rs") },
    Listed { rule: &cluster::missing_node_name::RULE, source: include_str!("cluster/missing_node_name.rs") },
    Listed { rule: &cluster::missing_service_name::RULE, source: include_str!("cluster/missing_service_name.rs") },
    Listed { rule: &cluster::mx_outside_cluster::RULE, source: include_str!("cluster/mx_outside_cluster.rs") },
    Listed { rule: &cluster::node_address_drift::RULE, source: include_str!("cluster/node_address_drift.rs") },
    Listed { rule: &cluster::node_name_many_addresses::RULE, source: include_str!("cluster/node_name_many_addresses.rs") },
    Listed { rule: &cluster::node_name_wrong_address::RULE, source: include_str!("cluster/node_name_wrong_address.rs") },
    Listed { rule: &cluster::orphan_node_name::RULE, source: include_str!("cluster/orphan_node_name.rs") },
    Listed { rule: &cluster::single_node::RULE, source: include_str!("cluster/single_node.rs") },
    Listed { rule: &cluster::too_many_nodes::RULE, source: include_str!("cluster/too_many_nodes.rs") },
    Listed { rule: &cluster::unequal_mx_preference::RULE, source: include_str!("cluster/unequal_mx_preference.rs") },
];
