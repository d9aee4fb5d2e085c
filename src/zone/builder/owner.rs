//! Owners: the one that a record has of its own, the one that it continues, and those outside the zone.

use super::record::offset;
use super::{Builder, Line, Source};
use crate::source::Span;
use crate::syntax::{FaultKind, NameBuffer, NameFault, NameRef, ShortLabel, Token};
use crate::zone::rdata::name_fault;
use crate::zone::{NameId, OutOfZone, Zone};

/// Whose records a blank owner continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nobody's: nothing has been read.
    None,
    /// A name of the zone.
    In(NameId),
    /// A name outside the zone: its records are dropped.
    Out,
}

impl Builder<'_> {
    /// Makes the first word the current owner; a blank owner leaves it. `false` if there is none.
    pub(super) fn take_owner(&mut self, line: &Line<'_>) -> bool {
        let source = line.source;
        if line.entry.indented {
            if self.owner == Owner::None {
                self.fault(source, FaultKind::NoCurrentOwner, line.whole());
                self.zone.incomplete = true;
                return false;
            }
            if std::mem::take(&mut self.after_origin) {
                let owner = self.owner_name().to_string();
                self.fault(source, FaultKind::OwnerInheritedAfterOrigin, line.range(0)).detail = owner;
            }
            self.count_outside();
            return true;
        }
        let span = source.span(line.entry.start, line.entry.end);
        let Some(&word) = line.tokens.first() else { return false };
        if self.repeats_owner(source, word, span) {
            self.count_outside();
            return true;
        }
        match self.read_owner(source, word) {
            Ok(owner) => self.meet_owner(source, word, span, owner),
            Err(fault) => {
                self.fault(source, name_fault(fault), line.range(0));
                self.zone.incomplete = true;
                return false;
            }
        }
        true
    }

    /// The owner that a word is. If it is outside the zone, its name is the one that was read last.
    #[inline]
    pub(super) fn read_owner(&mut self, source: &Source<'_>, word: Token) -> Result<Owner, NameFault> {
        if let Some(id) = self.label_before_apex(source, word) {
            return Ok(Owner::In(id));
        }
        self.target.parse_in(source.text, word, self.origin.name.name())?;
        let name = self.target.name();
        let is_in_zone =
            self.origin.is_within && !source.word(word).ends_with(b".") || name.is_within(self.zone.origin());
        Ok(if is_in_zone { Owner::In(self.zone.owner(name, self.owner)) } else { Owner::Out })
    }

    /// The name that a word is which is a short label before the apex.
    #[inline]
    fn label_before_apex(&mut self, source: &Source<'_>, word: Token) -> Option<NameId> {
        let is_apex = self.origin.number == 0;
        let label = is_apex.then(|| ShortLabel::read(source.text, word)).flatten()?;
        self.zone.names.intern_label(label)
    }

    /// Makes an owner that was [read](Self::read_owner) from this word the current one.
    pub(super) fn meet_owner(&mut self, source: &Source<'_>, word: Token, span: Span, owner: Owner) {
        self.owner_word = Some(word);
        self.after_origin = false;
        let before = self.owner_span.replace(span).filter(|before| before.file == span.file);
        let above = std::mem::replace(&mut self.owner, owner);
        let name = self.target.name();
        if self.owner != above || above == Owner::Out && self.outsider.name() != name {
            if self.owner == Owner::Out {
                self.outsider.set(name);
                self.begin_outside(above, span);
            }
        } else if self.owner == Owner::Out {
            self.count_outside();
        } else if let Some(before) = before.and_then(|before| before.start.checked_sub(source.base))
            && respelled(source.text, before, word.start)
        {
            self.end_block();
        }
    }

    /// Notes that an owner outside the zone comes behind another one.
    fn begin_outside(&mut self, above: Owner, span: Span) {
        if self.breaks() {
            return;
        }
        let name = self.outsider;
        let is_glue = || self.zone.glue_above(name.name(), self.zone.records.len()).is_some();
        if !matches!(above, Owner::In(_)) || !is_glue() {
            self.end_block();
        }
        self.leave_out(&name, span, false);
    }

    /// Counts a record more of the owner outside the zone, if the current one is there.
    fn count_outside(&mut self) {
        if self.owner == Owner::Out
            && let Some(block) = self.zone.outside.last_mut()
        {
            block.records += 1;
        }
    }

    /// Whether a word is written as the owner of the record above, so that it need not be read again: then it has this
    /// place now.
    pub(super) fn repeats_owner(&mut self, source: &Source<'_>, word: Token, span: Span) -> bool {
        let known = self.owner_word.filter(|_| self.owner != Owner::None);
        let repeats = known.is_some_and(|known| source.word(known) == source.word(word));
        if repeats {
            self.after_origin = false;
            self.owner_span = Some(span);
        }
        repeats
    }

    /// What comes now is added to the zone after what came before, also where the owner stays.
    pub(super) fn end_block(&mut self) {
        self.zone.block_ends.push(offset(self.zone.records.len()));
    }

    pub(super) fn owner_of(&mut self, name: &NameBuffer) -> Owner {
        if name.name().is_within(self.zone.origin()) {
            Owner::In(self.zone.owner(name.name(), self.owner))
        } else {
            Owner::Out
        }
    }

    /// The name of the current owner.
    pub(super) fn owner_name(&self) -> NameRef<'_> {
        match self.owner {
            Owner::In(id) => self.zone.name(id),
            Owner::Out | Owner::None => self.outsider.name(),
        }
    }

    /// Notes an owner outside the zone; those of one `$GENERATE` are one.
    pub(super) fn leave_out(&mut self, name: &NameBuffer, span: Span, generated: bool) {
        if generated && let Some(block) = self.zone.outside.last_mut().filter(|b| b.span == span) {
            block.records += 1;
            return;
        }
        self.zone.outside.push(OutOfZone { owner: name.name().into(), span, records: 1 });
    }

    /// What the current owner has is not known any more: a record of it could not be read.
    pub(super) fn damage(&mut self) {
        match self.owner {
            Owner::In(id) => _ = self.zone.damaged.insert(id),
            Owner::Out => {}
            Owner::None => self.zone.incomplete = true,
        }
    }
}

impl Zone {
    /// The owner that a name in the zone is; `before` is the one above.
    fn owner(&mut self, name: NameRef<'_>, before: Owner) -> NameId {
        let near = if let Owner::In(id) = before { id } else { self.apex() };
        self.names.intern(name, near)
    }
}

/// Whether the words at two places are one but for upper and lower case. Names in which they differ
/// are two owners to BIND while it gathers the records of one.
fn respelled(text: &[u8], first: u32, second: u32) -> bool {
    let (first, second) = (&text[first as usize..], &text[second as usize..]);
    let length = second.iter().position(|b| b" \t\r\n();\"".contains(b)).unwrap_or(second.len());
    first
        .get(..length)
        .is_some_and(|first| first != &second[..length] && first.eq_ignore_ascii_case(&second[..length]))
}
