//! The checks of rules by the types that they look at.

use std::sync::Arc;

use super::rule::{Check, Rule};
use crate::diagnostic::Speaker;
use crate::syntax::RrType;

/// A rule that runs, and what its findings have of it.
pub(super) type Running = (&'static Rule, Arc<Speaker>);

/// What rules are called by, each with what its findings have of the rule.
pub(super) type Called<F> = Vec<(Arc<Speaker>, F)>;

/// The checks of one hook by the types that they look at: most rules want one type, and most records are of few.
#[derive(Debug)]
pub(super) struct ByType<F> {
    /// By the number of a type, as far as rules name types.
    of: Vec<Called<F>>,
    /// For all other types.
    others: Called<F>,
}

impl<F> Default for ByType<F> {
    fn default() -> Self {
        Self { of: Vec::new(), others: Vec::new() }
    }
}

impl<F: Copy> ByType<F> {
    pub(super) fn new(rules: &[Running], hook: impl Fn(&Check) -> Option<(&'static [RrType], F)>) -> Self {
        let hooked = hooked(rules, hook);
        let wanting = |wants: &dyn Fn(&[RrType]) -> bool| -> Called<F> {
            let wanting = hooked.iter().filter(|(_, (types, _))| types.is_empty() || wants(types));
            wanting.map(|(speaker, (_, check))| (speaker.clone(), *check)).collect()
        };
        let numbers = hooked.iter().flat_map(|(_, (types, _))| types.iter()).map(|rtype| rtype.number() + 1);
        let of = (0..numbers.max().unwrap_or(0))
            .map(|number| wanting(&|types| types.contains(&RrType::new(number))))
            .collect();
        Self { of, others: wanting(&|_| false) }
    }

    pub(super) fn of(&self, rtype: RrType) -> &[(Arc<Speaker>, F)] {
        self.of.get(usize::from(rtype.number())).unwrap_or(&self.others)
    }
}

/// What those rules are called by that have a hook.
pub(super) fn hooked<T>(rules: &[Running], hook: impl Fn(&Check) -> Option<T>) -> Called<T> {
    rules.iter().filter_map(|(rule, speaker)| Some((speaker.clone(), hook(&rule.check)?))).collect()
}

/// A rule looks at records of a type, one by one.
pub(super) const RECORDS: u8 = 1;
/// A rule looks at RRsets of a type.
pub(super) const RRSETS: u8 = 2;

/// By what types are looked at, as far as they have low numbers: at most names, rules look at nothing.
#[derive(Debug)]
pub(super) struct Wanted([u8; 64]);

impl Default for Wanted {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl Wanted {
    pub(super) fn new<R: Copy, S: Copy>(records: &ByType<R>, rrsets: &ByType<S>) -> Self {
        let mut wanted = Self::default();
        for (wanted, number) in wanted.0.iter_mut().zip(0..) {
            let rtype = RrType::new(number);
            let by = |any: bool, hook| if any { hook } else { 0 };
            *wanted = by(!records.of(rtype).is_empty(), RECORDS) | by(!rrsets.of(rtype).is_empty(), RRSETS);
        }
        wanted
    }

    /// What is to be told of the types of some records.
    pub(super) fn types(&self) -> Types<'_> {
        Types { by_type: self, wanted: 0, last: 0, are_sorted: true }
    }
}

/// What the types of records tell that are met one after the other.
pub(super) struct Types<'w> {
    by_type: &'w Wanted,
    /// By what some of the records may be looked at: a set of hooks.
    pub(super) wanted: u8,
    last: u16,
    /// The types came in their order.
    pub(super) are_sorted: bool,
}

impl Types<'_> {
    /// Takes in the type of the next record.
    pub(super) fn add(&mut self, rtype: RrType) {
        let number = rtype.number();
        self.wanted |= self.by_type.0.get(usize::from(number)).copied().unwrap_or(RECORDS | RRSETS);
        self.are_sorted &= self.last <= number;
        self.last = number;
    }
}
