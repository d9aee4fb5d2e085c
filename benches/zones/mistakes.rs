//! The kinds of mistakes: what each does to a zone, and which rule finds it.

use super::customer::Mail;
use super::draft::{Draft, Entry};
use super::infrastructure::{Cluster, PROVIDER};
use super::slips;

/// A kind of mistake.
pub(super) struct Kind {
    /// The rule that finds it.
    pub(super) rule: &'static str,
    /// The zones in which it can be made.
    pub(super) on: On,
    pub(super) plant: Box<Plant>,
}

/// Makes a mistake in the zone of a customer of this number, which the cluster serves.
pub(super) type Plant = dyn Fn(&mut Draft, &Cluster, usize);

/// The zones in which a mistake can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    /// Those of all customers.
    All,
    /// Those with such mail, on a cluster of three nodes without IPv6.
    Mail(Mail),
    /// Reverse zones.
    Reverse,
}

impl On {
    /// The kind of mail that the zone has to have.
    pub(super) fn mail(self) -> Option<Mail> {
        if let Self::Mail(mail) = self { Some(mail) } else { None }
    }
}

/// All kinds.
pub(super) fn all() -> Vec<Kind> {
    let mut kinds: Vec<_> = blocks().map(lines_of_its_own).collect();
    kinds.extend(slips::ALL.iter().map(|&(rule, on, plant)| Kind { rule, on, plant: Box::new(plant) }));
    kinds
}

/// A mistake that is a few lines of its own.
pub(super) struct Block {
    pub(super) rule: &'static str,
    /// The lines, with ZONE for the zone.
    text: String,
    /// The rule for each line in which it finds something, from 0.
    pub(super) found: Vec<(usize, &'static str)>,
}

/// All mistakes that are a few lines of their own.
pub(super) fn blocks() -> impl Iterator<Item = Block> {
    let blocks = include_str!("mistakes.txt").split("\n\n").filter(|block| !block.starts_with('#'));
    blocks.map(|block| {
        let mut lines = block.lines();
        let rule = lines.next().expect("a block begins with the rule");
        let mut found = Vec::new();
        let mut text = Vec::new();
        for (number, line) in lines.enumerate() {
            let (mark, line) = line.split_at_checked(2).expect("a line of a block begins with `| ` or `> `");
            assert!(matches!(mark, "| " | "> "), "`{line}` begins with `| ` or `> `");
            found.extend((mark == "> ").then_some((number, rule)));
            text.push(line);
        }
        Block { rule, text: text.join("\n"), found }
    })
}

impl Block {
    /// It is about a zone of the provider, which must be loaded too.
    pub(super) fn needs_provider(&self) -> bool {
        self.text.contains(PROVIDER)
    }

    /// The lines in a zone.
    pub(super) fn lines(&self, origin: &str) -> String {
        self.text.replace("ZONE", origin)
    }
}

/// Puts the lines somewhere behind the NS records.
fn lines_of_its_own(block: Block) -> Kind {
    let rule = block.rule;
    let plant = move |zone: &mut Draft, _: &Cluster, number: usize| {
        let first = zone.records().take_while(|record| matches!(record.rtype, "SOA" | "NS")).count();
        let at = first + number % (zone.entries.len() - first + 1);
        zone.entries.insert(at, Entry::Raw(block.lines(&zone.origin), block.found.clone()));
    };
    Kind { rule, on: On::All, plant: Box::new(plant) }
}
