//! The records of a text one after the other, none of them kept: for a look at each record of a file, which
//! need not fit into memory, and for the time that reading takes by itself.

use super::builder::MAX_TTL;
use super::rdata::{Names, Rdata, encode_any};
use crate::syntax::{
    Directive, Entry, Header, Listed, NameBuffer, NameRef, PlainLine, Reader, RrType, Standing, Token,
    directive, header, rr_types, ttl, usual_header,
};

/// A record that is looked at while its text is read.
#[derive(Debug, Clone, Copy)]
pub struct Streamed<'s> {
    /// Its owner, which may be outside the zone.
    pub owner: NameRef<'s>,
    /// Its type.
    pub rtype: RrType,
    /// Its TTL in seconds, as it stands or as it follows from what stands above.
    pub ttl: u32,
    /// Its rdata.
    pub rdata: Rdata<'s>,
}

/// An entry that only [`super::load`] can make sense of: one with a fault, an `$INCLUDE`, a `$GENERATE`, or without a TTL
/// where no `$TTL` stands above, but several others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the entry at octet {start} is none that can be read by itself")]
pub struct Unread {
    /// Offset of the entry in the text.
    pub start: u32,
    /// Offset behind it.
    pub end: u32,
}

/// What is remembered between the records of a text, and room to read them in.
#[derive(Debug, Clone)]
pub struct Stream {
    origin: NameBuffer,
    owner: Option<NameBuffer>,
    /// Where in this text the owner is written as a word, if the same word would be the same owner again.
    owner_word: Option<Token>,
    /// `$TTL`, or the SOA minimum in its place.
    default_ttl: Option<u32>,
    /// The last TTL written in a record.
    last_ttl: Option<u32>,
    /// Without `$TTL`, several were written: which one BIND takes for the last depends on the sets of the records.
    mixed: bool,
    target: NameBuffer,
    rdata: Vec<u8>,
    tokens: Vec<Token>,
}

/// What an entry was.
enum Read {
    /// `$ORIGIN` or `$TTL`.
    Directive,
    /// A record with its type and TTL; owner and rdata are in the stream.
    Record(RrType, u32),
}

impl Stream {
    /// At the beginning of the zone `origin`.
    pub fn new(origin: NameRef<'_>) -> Self {
        let mut buffer = NameBuffer::new();
        buffer.set(origin);
        Self {
            origin: buffer,
            owner: None,
            owner_word: None,
            default_ttl: None,
            last_ttl: None,
            mixed: false,
            target: buffer,
            rdata: Vec::new(),
            tokens: Vec::new(),
        }
    }

    /// Names and TTLs are read as `other` would read them, where a record has its owner.
    pub fn reads_as(&self, other: &Self) -> bool {
        let ttl = |stream: &Self| stream.default_ttl.or(stream.last_ttl);
        self.origin == other.origin && ttl(self) == ttl(other)
    }

    /// Hands out the records of `text`, which goes on where the text before it ended: between two entries.
    pub fn read(&mut self, text: &[u8], mut each: impl FnMut(Streamed<'_>)) -> Result<(), Unread> {
        let mut reader = Reader::reusing(text, std::mem::take(&mut self.tokens));
        self.owner_word = None;
        while reader.at() < text.len() {
            let plain = reader.plain_line().and_then(|line| Some((line, self.plain_line(text, line)?)));
            let (read, unread) = if let Some((line, read)) = plain {
                reader.pass(line);
                let (start, end) = line.range();
                (read, Unread { start, end })
            } else {
                let Some(entry) = reader.next_line() else { continue };
                let unread = Unread { start: entry.start, end: entry.end };
                (self.entry(text, reader.tokens(), entry).ok_or(unread)?, unread)
            };
            let Read::Record(rtype, ttl) = read else { continue };
            let owner = self.owner.as_ref().ok_or(unread)?.name();
            each(Streamed { owner, rtype, ttl, rdata: Rdata::new(rtype, &self.rdata) });
        }
        self.tokens = reader.into_tokens();
        Ok(())
    }

    /// Reads a record that is a plain line, as [`Self::record`] would.
    fn plain_line(&mut self, text: &[u8], line: PlainLine) -> Option<Read> {
        let mut words = line.words();
        let owner = if line.is_indented() { None } else { words.next() };
        let header = usual_header(text, usize::from(owner.is_some()), &mut words)?;
        if let Some(owner) = owner {
            if text[owner.start as usize] == b'$' {
                return None;
            }
            self.take_owner(text, owner)?;
        }
        self.rdata(text, &header, words.list(&mut Listed::default())?)
    }

    /// Reads an entry, if it is one that can be read by itself.
    fn entry(&mut self, text: &[u8], tokens: &[Token], entry: Entry) -> Option<Read> {
        if entry.fault.is_some() {
            return None;
        }
        match directive(text, tokens).filter(|_| !entry.indented) {
            Some(wanted) if entry.terminated => self.directive(wanted, text, tokens),
            Some(_) => None,
            None => self.record(text, tokens, entry.indented),
        }
    }

    fn directive(&mut self, wanted: Directive, text: &[u8], tokens: &[Token]) -> Option<Read> {
        let &[_, argument] = tokens else { return None };
        let word = Some(argument.of(text)).filter(|_| !argument.quoted)?;
        match wanted {
            Directive::Origin => {
                self.target.parse(word, self.origin.name()).ok()?;
                self.origin.set(self.target.name());
                self.owner_word = None;
            }
            Directive::Ttl => self.default_ttl = Some(ttl(word).ok().filter(|seconds| *seconds <= MAX_TTL)?),
            Directive::Include | Directive::Generate | Directive::Date | Directive::Unknown => return None,
        }
        Some(Read::Directive)
    }

    /// Reads owner, header and rdata of a record.
    fn record(&mut self, text: &[u8], tokens: &[Token], indented: bool) -> Option<Read> {
        let header = header(text, tokens, indented).ok()?;
        if !indented {
            self.take_owner(text, *tokens.first()?)?;
        }
        let standing = rr_types().standing(header.rtype, tokens[header.type_at].of(text));
        if header.class.is_some_and(|class| class != 1) || standing != Standing::Ordinary {
            return None;
        }
        self.rdata(text, &header, &tokens[header.rdata..])
    }

    /// Reads the rdata behind a header.
    fn rdata(&mut self, text: &[u8], header: &Header, words: &[Token]) -> Option<Read> {
        let names = Names::new(self.origin.name(), &mut self.target);
        self.rdata.clear();
        encode_any(header.rtype, text, words, names, &mut self.rdata).ok()?;
        Some(Read::Record(header.rtype, self.ttl(header)?))
    }

    fn take_owner(&mut self, text: &[u8], word: Token) -> Option<()> {
        if self.owner_word.is_none_or(|known| known.of(text) != word.of(text)) {
            let owner = self.owner.get_or_insert_default();
            owner.parse_in(text, word, self.origin.name()).ok()?;
            self.owner_word = Some(word);
        }
        Some(())
    }

    /// The TTL of the record whose rdata was read last; none is too large in what can be read by itself.
    fn ttl(&mut self, header: &Header) -> Option<u32> {
        if let Some(seconds) = header.ttl {
            self.mixed |= self.default_ttl.is_none() && self.last_ttl.is_some_and(|last| last != seconds);
            self.last_ttl = header.ttl.filter(|seconds| *seconds <= MAX_TTL);
            return self.last_ttl;
        }
        if self.mixed && self.default_ttl.is_none() {
            return None;
        }
        let stated = self.default_ttl.or(self.last_ttl);
        if stated.is_none() {
            self.default_ttl =
                Rdata::new(header.rtype, &self.rdata).soa().map(|soa| soa.minimum.min(MAX_TTL));
        }
        stated.or(self.default_ttl)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::source::Sources;
    use crate::syntax::Name;
    use crate::zone::{Scratch, load};

    type Seen = (String, RrType, u32, Vec<u8>);

    /// The records of texts one after the other, of those in the zone `example`.
    fn streamed<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Vec<Seen>, Unread> {
        let apex = Name::parse_absolute("example").expect("a name");
        let (mut stream, mut seen) = (Stream::new(apex.as_ref()), Vec::new());
        for text in texts {
            stream.read(text.as_bytes(), |Streamed { owner, rtype, ttl, rdata }| {
                if owner.is_within(apex.as_ref()) {
                    seen.push((owner.to_string(), rtype, ttl, rdata.wire().to_vec()));
                }
            })?;
        }
        Ok(seen)
    }

    /// The records of the zone, and whether something is wrong with its text.
    fn loaded(text: &str) -> (Vec<Seen>, bool) {
        let file = Sources::new().add_bytes("zone", Vec::new());
        let apex = Name::parse_absolute("example").expect("a name");
        let loaded = load(file, text.as_bytes(), apex.as_ref(), &(), &mut Scratch::default());
        let zone = &loaded.zone;
        let seen = zone.records().iter().map(|record| {
            let (owner, rdata) = (zone.name(record.owner()), zone.rdata(record));
            (owner.to_string(), record.rtype(), record.ttl(), rdata.wire().to_vec())
        });
        (seen.collect(), !loaded.faults.is_empty())
    }

    const LINES: &[&str] = &[
        "@ SOA ns1 host 1 2 3 4 5\n",
        "@ 3600 SOA ns1 host ( 1 ; serial\n 2 3\n 4 5 )\n",
        "www A 192.0.2.1\n",
        "www 60 IN A 192.0.2.2\n",
        "WWW A 192.0.2.3\n",
        "\tIN 5m AAAA 2001:db8::1\n",
        " TXT \"a b\" c\n",
        "a\\.b MX 10 mail.other.\n",
        "outside.org. A 192.0.2.4\n",
        "type TYPE65280 \\# 2 abcd\n",
        "$ORIGIN sub\n",
        "$ORIGIN example.\n",
        "$TTL 900\n",
        "$TTL 1x\n",
        "$GENERATE\n",
        "$INCLUDE other\n",
        "ch CH A 192.0.2.5\n",
        "bad A 192.0.2\n",
        "long 2147483648 A 192.0.2.6\n",
        "open TXT \"a\n",
        "; nothing\n\n",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn records_are_those_of_the_zone(lines in prop::collection::vec(prop::sample::select(LINES), 1..9)) {
            let text = lines.concat();
            let (zone, faulty) = loaded(&text);
            match streamed([text.as_str()]) {
                Ok(records) => prop_assert_eq!(&records, &zone),
                Err(_) => prop_assert!(faulty),
            }
            prop_assert_eq!(streamed(lines).ok(), streamed([text.as_str()]).ok());
        }
    }

    #[test]
    fn what_follows_needs_what_stands_above() {
        let apex = Name::parse_absolute("example").expect("a name");
        let mut stream = Stream::new(apex.as_ref());
        stream.read(b"$TTL 60\na A 192.0.2.1\n", |_| {}).expect("it is good");
        let start = stream.clone();
        stream.read(b"b 70 A 192.0.2.1\n", |_| {}).expect("it is good");
        assert!(stream.reads_as(&start));
        stream.read(b"$ORIGIN sub\n", |_| {}).expect("it is good");
        assert!(!stream.reads_as(&start));
    }
}
