//! Records as nearly all are: of a usual type, and with nothing odd about them. From their words to the record nothing
//! is kept that would be looked at once.

use super::{Builder, Line, MAX_TTL, Owner, Source};
use crate::source::Span;
use crate::syntax::{Header, Listed, PlainLine, RrType, Token, Words, usual_header};
use crate::zone::rdata::{Written, plain_ipv4};
use crate::zone::{INHERITED, NameId};

/// A record up to its rdata.
#[derive(Clone, Copy)]
struct Head {
    owner: NameId,
    header: Header,
    /// Its TTL.
    seconds: u32,
    span: Span,
    flags: u16,
}

/// Both readers say `None` of what is no such record, and have done nothing then but what [`Builder::record`] does once
/// more.
impl Builder<'_> {
    /// Reads a record that is a plain line.
    #[inline]
    pub(super) fn plain_line(&mut self, source: &Source<'_>, line: PlainLine) -> Option<()> {
        let mut words = line.words();
        let head = self.head(source, (line.is_indented(), line.range()), &mut words)?;
        let rdata = match head.header.rtype {
            RrType::A => (self.plain_ipv4(source.text, words)?, Written::default()),
            _ => self.plain_words(source, &head, words.list(&mut Listed::default())?)?,
        };
        self.finish(source, head, rdata);
        Some(())
    }

    /// Reads a record of any words.
    pub(super) fn plain_record(&mut self, line: &Line<'_>) -> Option<()> {
        let (tokens, entry) = (line.tokens, line.entry);
        let place = (entry.indented, (entry.start, entry.end));
        let head = self.head(line.source, place, &mut tokens.iter().copied())?;
        let rdata = self.plain_words(line.source, &head, &tokens[head.header.rdata..])?;
        self.finish(line.source, head, rdata);
        Some(())
    }

    /// The words up to the rdata, which are taken; the owner becomes the current one.
    #[inline]
    fn head(
        &mut self,
        source: &Source<'_>,
        (indented, (start, end)): (bool, (u32, u32)),
        words: &mut impl Iterator<Item = Token>,
    ) -> Option<Head> {
        let owner = if indented { None } else { words.next() };
        let header = usual_header(source.text, usize::from(!indented), words)?;
        let seconds = header.ttl.or(self.default_ttl).filter(|seconds| *seconds <= MAX_TTL)?;
        let span = source.span(start, end);
        let (owner, flags) = match owner {
            Some(word) => (self.plain_owner(source, word, span)?, 0),
            None if self.after_origin => return None,
            None => (self.owner_id()?, INHERITED),
        };
        Some(Head { owner, header, seconds, span, flags })
    }

    #[inline]
    fn finish(&mut self, source: &Source<'_>, head: Head, rdata: (u32, Written)) {
        let Head { owner, header, seconds, span, flags } = head;
        self.state_ttl(&header);
        self.push_in(owner, rdata, (header.rtype, seconds), span, (source.number, flags));
    }

    /// The rdata of an A record.
    fn plain_ipv4(&mut self, text: &[u8], mut words: Words) -> Option<u32> {
        let octets = plain_ipv4(&text[words.next()?.range()]).filter(|_| words.next().is_none())?;
        Some(self.zone.names.push_address(octets))
    }

    /// The rdata that some words are. What of a text is not in quotes may be cut at a semicolon.
    fn plain_words(&mut self, source: &Source<'_>, head: &Head, words: &[Token]) -> Option<(u32, Written)> {
        let rtype = head.header.rtype;
        if rtype == RrType::TXT && words.iter().any(|word| !word.quoted) {
            return None;
        }
        self.read_rdata(source, rtype, words, Owner::In(head.owner)).ok()
    }

    /// Makes a word the current owner, if it is a name in the zone.
    fn plain_owner(&mut self, source: &Source<'_>, word: Token, span: Span) -> Option<NameId> {
        // A directive, or a class that may have lost its indentation.
        if word.quoted || matches!(&source.text[word.range()], [b'$', ..] | b"IN") {
            return None;
        }
        if !self.repeats_owner(source, word, span) {
            let owner = self.read_owner(source, word).ok()?;
            if owner == Owner::Out {
                return None;
            }
            self.meet_owner(source, word, span, owner);
        }
        self.owner_id()
    }

    /// The current owner, if it is a name in the zone.
    fn owner_id(&self) -> Option<NameId> {
        match self.owner {
            Owner::In(id) => Some(id),
            Owner::Out | Owner::None => None,
        }
    }
}
