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

/// All rules, by group and name.
pub static RULES: &[Listed] = &[];
