//! Patterns of a declaration: names with the id of a node in them, and names of zones.

use std::collections::BTreeSet;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::syntax::{NameBuffer, NameRef};

/// What stands for the id of a node.
const ID: &str = "{id}";

/// A name with `{id}` in it: `webmail{id}`, `node{id}.mail.org`. Lower-case, without the final dot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    before: String,
    after: String,
}

impl Pattern {
    /// Reads a pattern. `None` unless `{id}` stands in it once, and what comes of it is a name.
    pub fn parse(text: &str) -> Option<Self> {
        let (before, after) = text.split_once(ID)?;
        let pattern = Self {
            before: before.to_lowercase(),
            after: after.strip_suffix('.').unwrap_or(after).to_lowercase(),
        };
        let name = pattern.with("0");
        let good = !name.contains(ID) && NameBuffer::new().parse(name.as_bytes(), NameRef::ROOT).is_ok();
        good.then_some(pattern)
    }

    /// The name for the node with this id.
    pub fn with(&self, id: &str) -> String {
        format!("{}{id}{}", self.before, self.after)
    }

    /// The id that stands in a name of this pattern.
    pub fn id_in<'n>(&self, name: &'n str) -> Option<&'n str> {
        let id = name.strip_prefix(&self.before)?.strip_suffix(&self.after)?;
        (!id.is_empty() && !id.contains('.')).then_some(id)
    }

    /// Whether its names are below the domain that they are for: all of them are one label.
    pub fn is_relative(&self) -> bool {
        !self.before.contains('.') && !self.after.contains('.')
    }

    /// The pattern of the leftmost labels; `None` where all names have the same.
    pub fn first_label(&self) -> Option<Self> {
        let after = self.after.split('.').next().unwrap_or_default().to_owned();
        (!self.before.contains('.')).then(|| Self { before: self.before.clone(), after })
    }

    /// Whether a name may be of this pattern, seen from its leftmost label alone.
    pub(super) fn may_begin(&self, label: &[u8]) -> bool {
        label.starts_with(self.beginning())
    }

    /// What the leftmost label of each of its names begins with.
    pub(super) fn beginning(&self) -> &[u8] {
        self.before.split('.').next().unwrap_or_default().as_bytes()
    }
}

/// Names of zones and wildcards for them.
#[derive(Debug, Clone, Default)]
pub struct ZonePatterns {
    names: BTreeSet<String>,
    wildcards: GlobSet,
}

/// How patterns cover a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// By its name.
    Name,
    /// By a wildcard: it was not thought of one by one.
    Wildcard,
}

impl ZonePatterns {
    /// Reads patterns. `Err` has the index of each one that is none, and why.
    pub fn parse<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<Self, Vec<(usize, String)>> {
        let mut names = BTreeSet::new();
        let mut wildcards = GlobSetBuilder::new();
        let mut faults = Vec::new();
        for (index, pattern) in patterns.into_iter().enumerate() {
            let lower = pattern.to_lowercase();
            let bare = if lower == "." { "." } else { lower.strip_suffix('.').unwrap_or(&lower) };
            if bare.contains(['*', '?', '[', '{']) {
                match GlobBuilder::new(bare).build() {
                    Ok(glob) => _ = wildcards.add(glob),
                    Err(error) => faults.push((index, error.kind().to_string())),
                }
            } else {
                match NameBuffer::new().parse(bare.as_bytes(), NameRef::ROOT) {
                    Ok(()) => _ = names.insert(bare.to_owned()),
                    Err(_) => faults.push((index, "that is no domain name".to_owned())),
                }
            }
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let wildcards = wildcards.build().map_err(|error| vec![(0, error.kind().to_string())])?;
        Ok(Self { names, wildcards })
    }

    /// How they cover the zone of this name (without the final dot). A wildcard covers no reverse
    /// zone: those that hold addresses of customers are hardly ever meant by `*`.
    pub fn cover(&self, zone: &str) -> Option<Cover> {
        if self.names.contains(zone) {
            return Some(Cover::Name);
        }
        let reverse = [".in-addr.arpa", ".ip6.arpa"].iter().any(|suffix| zone.ends_with(suffix));
        (!reverse && self.wildcards.is_match(zone)).then_some(Cover::Wildcard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_makes_names_and_knows_them_again() {
        let pattern = Pattern::parse("Node{id}.mail.org.").expect("a pattern");
        assert_eq!(pattern.with("00"), "node00.mail.org");
        assert_eq!(pattern.id_in("node7.mail.org"), Some("7"));
        for other in ["node.mail.org", "node1.x.mail.org", "xnode1.mail.org", "node1"] {
            assert_eq!(pattern.id_in(other), None, "{other}");
        }
        let label = pattern.first_label().expect("the label differs");
        assert_eq!(
            (label.id_in("node00"), label.is_relative(), pattern.is_relative()),
            (Some("00"), true, false)
        );
        assert_eq!(Pattern::parse("www.{id}").expect("a pattern").first_label(), None);
        for wrong in ["webmail", "webmail{id}{id}", "a..{id}", "{id}..a", ""] {
            assert_eq!(Pattern::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn names_and_wildcards_of_zones() {
        let patterns =
            ZonePatterns::parse(["*.Example", "a.test.", "2.0.192.in-addr.arpa"]).expect("patterns");
        assert_eq!(patterns.cover("a.test"), Some(Cover::Name));
        assert_eq!(patterns.cover("x.y.example"), Some(Cover::Wildcard));
        assert_eq!(patterns.cover("example"), None);
        assert_eq!(patterns.cover("2.0.192.in-addr.arpa"), Some(Cover::Name));
        let all = ZonePatterns::parse(["*"]).expect("a pattern");
        assert_eq!(all.cover("example"), Some(Cover::Wildcard));
        assert_eq!(all.cover("2.0.192.in-addr.arpa"), None);
        let wrong = ["a", "[", "a..b"]
            .map(|pattern| ZonePatterns::parse(["ok", pattern]).map_err(|faults| faults[0].0));
        assert_eq!(wrong.map(Result::err), [None, Some(1), Some(1)]);
    }
}
