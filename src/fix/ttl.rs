//! Which records take over the TTL of others.

use super::page::{Kind, Page};
use crate::syntax::Directive;

/// How the records of a page come to their TTLs. Below a `$TTL`, and where all TTLs that are stated are the same, none
/// depends on what stands above it. Elsewhere a record without a TTL takes the one of the record above, or that of its
/// set, if that began with another one.
pub(super) struct Ttls {
    /// The first `$TTL`.
    default: usize,
    /// More than one TTL may be stated above it.
    mixed: bool,
    /// The last entry above it that takes over a TTL.
    last_taker: Option<usize>,
}

impl Ttls {
    pub(super) fn of(page: &Page<'_>) -> Self {
        let mut ttls = Self { default: page.len(), mixed: false, last_taker: None };
        let mut stated = None;
        for row in 0..page.len() {
            match page.kind(row) {
                Some(Kind::Directive(Directive::Ttl)) => {
                    ttls.default = row;
                    break;
                }
                // What they state, or take over, is not on this page, or not in the words of a record.
                Some(Kind::Directive(Directive::Include | Directive::Generate)) => {
                    ttls.mixed = true;
                    ttls.last_taker = Some(row);
                }
                Some(Kind::Directive(_)) => {}
                _ => {
                    let ttl = page.line(row).and_then(|line| Some(line.word(line.ttl()?)));
                    match ttl {
                        Some(ttl) => ttls.mixed |= *stated.get_or_insert(ttl) != ttl,
                        None => ttls.last_taker = Some(row),
                    }
                }
            }
        }
        // What includes a page may state a TTL above it, and goes on below it.
        if page.included {
            ttls.mixed |= stated.is_some();
            if ttls.default == page.len() {
                ttls.last_taker = Some(page.len());
            }
        }
        ttls
    }

    /// A `$TTL` stands above an entry.
    pub(super) fn has_default(&self, row: usize) -> bool {
        row > self.default
    }

    /// Records above an entry may come and go: from there on, none takes over a TTL that depends on them.
    pub(super) fn are_settled(&self, row: usize) -> bool {
        self.has_default(row) || !self.mixed || self.last_taker.is_none_or(|taker| taker < row)
    }
}
