//! TTL, class and type as they stand in lines above: in a zone they are written in a few ways, over and over.
//! To compare them takes a tenth of the instructions of reading them.

use super::Line;
use crate::syntax::Header;

/// Places for headers.
const PLACES: usize = 16;

/// The headers that were read last in one text.
#[derive(Debug, Default)]
pub(super) struct Headers {
    known: [Option<Known>; PLACES],
    /// How many words stood before the type in the last of them.
    before_type: usize,
}

/// A header, and where in the text it stands.
#[derive(Debug, Clone, Copy)]
struct Known {
    start: u32,
    end: u32,
    header: Header,
    /// The word that it begins with.
    first: usize,
}

impl Headers {
    /// What the header of a line is, if the same octets were one before, from the first word to the type.
    pub(super) fn find(&self, line: Line<'_>) -> Option<Header> {
        let first = usize::from(!line.entry.indented);
        let (start, end, place) = stretch(line, first, self.before_type)?;
        let known = self.known[place]?;
        let text = |start: u32, end: u32| line.source.text.get(start as usize..end as usize);
        let Header { ttl, class, class_at, rtype, type_at, rdata } = known.header;
        let same =
            type_at == known.first + self.before_type && text(known.start, known.end) == text(start, end);
        let moved = |at: usize| at + first - known.first;
        same.then(|| Header {
            ttl,
            class,
            class_at: moved(class_at),
            rtype,
            type_at: moved(type_at),
            rdata: moved(rdata),
        })
    }

    /// Keeps the header of a line.
    pub(super) fn remember(&mut self, line: Line<'_>, header: Header) {
        let first = usize::from(!line.entry.indented);
        self.before_type = header.type_at - first;
        if let Some((start, end, place)) = stretch(line, first, self.before_type) {
            self.known[place] = Some(Known { start, end, header, first });
        }
    }
}

/// From where to where the header of a line reaches if so many words stand before the type, and the place for it.
fn stretch(line: Line<'_>, first: usize, before_type: usize) -> Option<(u32, u32, usize)> {
    let (from, rtype) = (line.tokens.get(first)?, line.tokens.get(first + before_type)?);
    let word = line.source.word(*rtype);
    let (initial, last) = (usize::from(*word.first()?), usize::from(*word.last()?));
    Some((from.start, rtype.end, (initial * 5 + last + word.len()) % PLACES))
}
