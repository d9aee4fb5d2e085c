//! TTL, class and type as they stand in lines above: in a zone they are written in a few ways, over and over.
//! To compare them takes a tenth of the instructions of reading them.

use crate::syntax::{Header, Token};

/// Places for headers.
const PLACES: usize = 16;

/// The headers that were read last in one text.
#[derive(Debug, Clone, Default)]
pub(in crate::zone) struct Headers {
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
    pub(in crate::zone) fn find(&self, text: &[u8], tokens: &[Token], indented: bool) -> Option<Header> {
        let first = usize::from(!indented);
        let (start, end, place) = stretch(text, tokens, first, self.before_type)?;
        let known = self.known[place]?;
        let written = |start: u32, end: u32| text.get(start as usize..end as usize);
        let Header { ttl, class, class_at, rtype, type_at, rdata } = known.header;
        let same = type_at == known.first + self.before_type
            && written(known.start, known.end) == written(start, end);
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
    pub(in crate::zone) fn remember(
        &mut self,
        text: &[u8],
        tokens: &[Token],
        indented: bool,
        header: Header,
    ) {
        let first = usize::from(!indented);
        self.before_type = header.type_at - first;
        if let Some((start, end, place)) = stretch(text, tokens, first, self.before_type) {
            self.known[place] = Some(Known { start, end, header, first });
        }
    }
}

/// From where to where the header of a line reaches if so many words stand before the type, and the place for it.
fn stretch(text: &[u8], tokens: &[Token], first: usize, before_type: usize) -> Option<(u32, u32, usize)> {
    let (from, rtype) = (tokens.get(first)?, tokens.get(first + before_type)?);
    let word = rtype.of(text);
    let (initial, last) = (usize::from(*word.first()?), usize::from(*word.last()?));
    Some((from.start, rtype.end, (initial * 5 + last + word.len()) % PLACES))
}
