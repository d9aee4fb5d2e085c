//! What a run has looked at: what it has not cannot tell that an ignore is of no use.

use super::level::Selector;
use crate::rules::{Check, RULES};
use crate::source::FileId;
use crate::syntax::NameRef;

/// What a run has looked at.
#[derive(Debug, Default)]
pub struct Ground<'z> {
    /// The zones.
    pub zones: Vec<Seen<'z>>,
    /// All zones of the project are among them.
    pub whole: bool,
    /// Files were named one by one: what zones say together may be unknown.
    pub piecemeal: bool,
}

/// A zone that was looked at.
#[derive(Debug)]
pub struct Seen<'z> {
    /// Its name.
    pub name: NameRef<'z>,
    /// The files that it stands in; the first is the one that it begins in.
    pub files: &'z [FileId],
    /// Nothing of it is missing: rules that say of something that it is absent run.
    pub complete: bool,
}

impl Ground<'_> {
    /// Whether a run like this one can tell that a rule, or a group, has nothing to say.
    pub(super) fn tells(&self, selector: Selector) -> bool {
        let rules = RULES.iter().map(|listed| listed.rule).filter(|rule| selector.has(rule));
        // What compares versions is silent where there is nothing to compare.
        let mut rules = rules.filter(|rule| !matches!(rule.check, Check::Versions(_))).peekable();
        rules.peek().is_some() && (!self.piecemeal || !rules.any(|rule| rule.check.is_wide()))
    }
}
