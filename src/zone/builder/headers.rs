//! TTL, class and type as they stand in lines above: in a zone they are written in a few ways, over and over.
//! To compare them takes a tenth of the instructions of reading them.

use crate::syntax::{Header, Token};

/// Places for headers: as many for those of one word before the type, of two and so on.
const PLACES: usize = 4 * TYPES;

/// Places for types.
const TYPES: usize = 32;

/// Octets that a header may have; longer ones are read each time.
const ROOM: usize = 24;

/// The headers that were read last, in whatever text.
#[derive(Debug, Clone, Default)]
pub(in crate::zone) struct Headers {
    /// None before the first.
    known: Vec<Option<Known>>,
    /// How many words stood before the type in the last of them.
    before_type: usize,
}

/// A header, and how it is written.
#[derive(Debug, Clone, Copy)]
struct Known {
    octets: [u8; ROOM],
    length: usize,
    header: Header,
    /// The word that it begins with.
    first: usize,
}

impl Headers {
    /// What the header of a line is, if the same octets were one before, from the first word to the type.
    pub(in crate::zone) fn find(&mut self, text: &[u8], tokens: &[Token], indented: bool) -> Option<Header> {
        let first = usize::from(!indented);
        let usual = self.before_type;
        self.of_words(text, tokens, first, usual).or_else(|| {
            let mut others = (0..=2).filter(|&before_type| before_type != usual);
            others.find_map(|before_type| self.of_words(text, tokens, first, before_type))
        })
    }

    /// What the header of a line is that has so many words before the type.
    fn of_words(
        &mut self,
        text: &[u8],
        tokens: &[Token],
        first: usize,
        before_type: usize,
    ) -> Option<Header> {
        let (written, place) = stretch(text, tokens, first, before_type)?;
        let known = self.known.get(place)?.as_ref()?;
        let Header { ttl, class, class_at, rtype, type_at, rdata } = known.header;
        if type_at != known.first + before_type || known.octets.get(..known.length)? != written {
            return None;
        }
        self.before_type = before_type;
        let moved = |at: usize| at + first - known.first;
        Some(Header {
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
        let Some((written, place)) = stretch(text, tokens, first, self.before_type) else { return };
        let mut octets = [0; ROOM];
        if let Some(room) = octets.get_mut(..written.len()) {
            room.copy_from_slice(written);
            self.known.resize(PLACES, None);
            self.known[place] = Some(Known { octets, length: written.len(), header, first });
        }
    }
}

/// The header of a line as it is written if so many words stand before the type, and the place for it.
fn stretch<'t>(
    text: &'t [u8],
    tokens: &[Token],
    first: usize,
    before_type: usize,
) -> Option<(&'t [u8], usize)> {
    let (from, rtype) = (tokens.get(first)?, tokens.get(first + before_type)?);
    let word = rtype.of(text);
    let (initial, last) = (usize::from(*word.first()?), usize::from(*word.last()?));
    let written = text.get(from.start as usize..rtype.end as usize)?;
    // So the usual types have places of their own.
    let place = (initial * 29 + last * 3 + word.len() * 12) % TYPES;
    Some((written, place + before_type % 4 * TYPES))
}
