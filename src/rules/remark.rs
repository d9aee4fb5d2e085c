//! What can be wrong with ignores and baselines, as data. `suppress` finds it out, and the rules of
//! group `project` put it into words.

use crate::source::Span;

/// One thing that is wrong with an ignore or with the baseline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// What it is; each kind has a rule of its own.
    pub kind: RemarkKind,
    /// The word that shows it.
    pub span: Span,
    /// The zone whose file it stands in, if it is one: lower-case, without the final dot.
    pub zone: Option<String>,
    /// The word, or what it is about: see the kind.
    pub word: String,
    /// A text: see the kind.
    pub detail: String,
    /// A number: see the kind.
    pub count: usize,
}

/// The kinds of remarks. What `word`, `detail` and `count` of a [`Remark`] hold stands in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RemarkKind {
    /// An ignore that matches nothing [word: the rule or group; detail: what the ignore is about].
    Unused,
    /// A rule in a comment that does not exist [word: its name; detail: `did you mean`, if any is near].
    UnknownRule,
    /// A comment that was meant as an ignore [word: the offending word; detail: what is wrong].
    Malformed,
    /// An ignore whose last day is over [word: the rule or group; detail: the day; count: of findings
    /// that it would take out].
    Expired,
    /// Findings of the baseline that are gone [detail: the path of the baseline; count: of findings].
    Vanished,
}

impl RemarkKind {
    /// All kinds.
    pub const ALL: &'static [RemarkKind] = &[
        RemarkKind::Unused,
        RemarkKind::UnknownRule,
        RemarkKind::Malformed,
        RemarkKind::Expired,
        RemarkKind::Vanished,
    ];
}
