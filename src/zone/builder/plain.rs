//! Records as nearly all are: one line, a usual type, and nothing odd about it. From the line to the record nothing
//! is kept that would be looked at once.

use super::{Builder, MAX_TTL, Owner, Source};
use crate::source::Span;
use crate::syntax::{PlainLine, RrType, Token, Words, usual_header};
use crate::zone::rdata::{Written, plain_ipv4};
use crate::zone::{INHERITED, NameId};

/// Words of rdata that are looked at here.
const WORDS: usize = 4;

impl Builder<'_> {
    /// Reads a record, if it is such a one. Of others it says `None`, and has done nothing then but what
    /// [`Builder::entry`] does once more: it takes half of the instructions of that.
    #[inline]
    pub(super) fn plain_record(&mut self, source: &Source<'_>, line: PlainLine) -> Option<()> {
        let mut words = line.words();
        let owner = if line.is_indented() { None } else { words.next() };
        let header = usual_header(source.text, usize::from(owner.is_some()), &mut words)?;
        let seconds = header.ttl.or(self.default_ttl).filter(|seconds| *seconds <= MAX_TTL)?;
        if matches!(header.rtype, RrType::SOA | RrType::TXT) {
            return None;
        }
        let (start, end) = line.range();
        let span = source.span(start, end);
        let (id, flags) = match owner {
            Some(word) => (self.plain_owner(source, word, span)?, 0),
            None => (self.owner_above()?, INHERITED),
        };
        let written = match header.rtype {
            RrType::A => (self.ipv4(source.text, words)?, Written::default()),
            rtype => self.plain_rdata(source, rtype, words)?,
        };
        self.state_ttl(&header);
        self.push_in(id, written, (header.rtype, seconds), span, (source.number, flags));
        Some(())
    }

    /// The rdata of an A record.
    fn ipv4(&mut self, text: &[u8], mut words: Words) -> Option<u32> {
        let octets = plain_ipv4(&text[words.next()?.range()]).filter(|_| words.next().is_none())?;
        Some(self.zone.names.push_address(octets))
    }

    fn plain_rdata(&mut self, source: &Source<'_>, rtype: RrType, words: Words) -> Option<(u32, Written)> {
        let mut rdata = [Token { start: 0, end: 0, quoted: false }; WORDS];
        let mut count = 0;
        for word in words {
            *rdata.get_mut(count)? = word;
            count += 1;
        }
        self.usual_rdata(source, rtype, &rdata[..count])
    }

    /// Makes a word the current owner, if it is a name in the zone.
    fn plain_owner(&mut self, source: &Source<'_>, word: Token, span: Span) -> Option<NameId> {
        if !self.repeats_owner(source, Some(word)) {
            // A directive, or a class that may have lost its indentation.
            if matches!(&source.text[word.range()], [b'$', ..] | b"IN") {
                return None;
            }
            self.target.parse_in(source.text, word, self.origin.name.name()).ok()?;
            if !self.is_in_zone(source, word) {
                return None;
            }
            self.meet_owner(source, word, span, true);
        } else if matches!(self.owner, Owner::In(_)) {
            self.after_origin = false;
            self.owner_span = Some(span);
        }
        match self.owner {
            Owner::In(id) => Some(id),
            Owner::Out | Owner::None => None,
        }
    }

    /// The owner of the record above, if it is a name in the zone.
    fn owner_above(&self) -> Option<NameId> {
        match self.owner {
            Owner::In(id) if !self.after_origin => Some(id),
            _ => None,
        }
    }
}
