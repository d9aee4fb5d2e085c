//! A large text on several threads: it is cut into blocks that are read side by side, and what they give is
//! put together in their order.
//!
//! A block has to guess: that a record begins where it does, and that `$ORIGIN`, `$TTL` and the like are as
//! they were when its batch began. What it read counts only if the text before it has been read up to that
//! very place and has left things as guessed; if not, the block is read once more, in order. So a cut inside
//! of parentheses or behind an `$ORIGIN` costs time and changes nothing.

use std::ops::Range;
use std::sync::Mutex;

use memchr::{memchr, memrchr};
use rayon::prelude::*;

use super::{Builder, Includes, LastTtl, Origin, Owner, Source};
use crate::syntax::Reader;
use crate::zone::names::{NameId, NameTable};
use crate::zone::{NONE, Zone};

/// Octets of a block: what comes of it is still in the cache when it is put together with the rest.
pub(super) const BLOCK: usize = 384 << 10;

/// Octets that are read in order before the first block.
const BEGINNING: usize = 4096;

/// Blocks that are read for each thread while those before them are put together.
const BLOCKS_PER_THREAD: usize = 8;

/// What a builder has to know that began in the middle of a text.
#[derive(Debug, Default)]
pub(super) struct Middle {
    /// It needs to know more of what stands before it, or does what those behind it need to know.
    pub(super) broken: bool,
}

/// What a block guesses of the text before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Guess {
    origin: Origin,
    default_ttl: Option<u32>,
    dated: bool,
    ttl_explained: bool,
}

/// Room of blocks that were put together with the rest, for those that come.
type Spare = Mutex<Vec<Zone>>;

/// What the builders of blocks begin with.
struct Start<'i, 's> {
    includes: &'i dyn Includes,
    names: NameTable,
    guess: Guess,
    spare: &'s Spare,
}

/// What came of a block.
struct Block<'i> {
    range: Range<usize>,
    builder: Builder<'i>,
    guess: Guess,
    /// Where reading ended: at the end of the block or, if a record crosses it, behind.
    end: usize,
    /// A parenthesis was left open ([`Reader::is_wary`]).
    wary: bool,
}

impl<'i> Start<'i, '_> {
    fn read(&self, source: Source<'_>, range: Range<usize>) -> Block<'i> {
        let guess = self.guess;
        let spare = self.spare.lock().ok().and_then(|mut spare| spare.pop());
        let mut zone = spare.map_or_else(|| Zone::empty(source.file), |zone| zone.emptied(source.file));
        zone.names.hash_like(&self.names);
        zone.names.begin(self.names.name(NameId::APEX), range.len());
        zone.records.reserve(range.len() / 40);
        let builder = Builder::new(zone, self.includes);
        let mut builder = Builder {
            origin: guess.origin,
            default_ttl: guess.default_ttl,
            dated: guess.dated,
            ttl_explained: guess.ttl_explained,
            middle: Some(Middle::default()),
            ..builder
        };
        let mut reader = Reader::new(source.text);
        reader.skip(range.start);
        builder.read_to(&mut reader, source, range.end);
        Block { range, builder, guess, end: reader.at(), wary: reader.is_wary() }
    }
}

impl<'i> Builder<'i> {
    /// Reads a text in blocks, up to its end, if it has at least two.
    pub(super) fn read_blocks(&mut self, reader: &mut Reader<'_>, source: Source<'_>) {
        if source.text.len() / 2 < self.block_size {
            return;
        }
        // There stand `$TTL` and the like, which blocks have to know.
        let beginning = reader.at() + BEGINNING.min(self.block_size);
        self.read_to(reader, source, beginning.min(source.text.len()));
        let batch = rayon::current_num_threads() * BLOCKS_PER_THREAD;
        let mut blocks: Vec<Block<'i>> = Vec::new();
        let spare = Spare::default();
        let mut from = reader.at();
        while from < source.text.len() || !blocks.is_empty() {
            let start = Start {
                includes: self.includes,
                names: self.zone.names.beginning(),
                guess: self.guess(),
                spare: &spare,
            };
            let ranges = cuts(source.text, from, self.block_size, batch);
            from = ranges.last().map_or(from, |last| last.end);
            let read = || ranges.into_par_iter().map(|range| start.read(source, range)).collect();
            let (fitted, next) = rayon::join(|| self.take_all(blocks, reader, source, &spare), read);
            blocks = next;
            if !fitted {
                // Nothing was as guessed, and for a while it will not be: reading twice is no gain.
                blocks.clear();
                self.read_to(reader, source, from);
            }
        }
    }

    /// Puts blocks together, and reads those again that do not fit; `false` if none did.
    fn take_all(
        &mut self,
        blocks: Vec<Block<'i>>,
        reader: &mut Reader<'_>,
        source: Source<'_>,
        spare: &Spare,
    ) -> bool {
        let mut fitted = blocks.is_empty();
        for block in blocks {
            match self.last_owner(&block, reader, source) {
                Some(owner) => {
                    reader.skip(block.end - block.range.start);
                    let zone = self.take(block.builder, owner);
                    _ = spare.lock().map(|mut spare| spare.push(zone));
                    fitted = true;
                }
                None => self.read_to(reader, source, block.range.end),
            }
        }
        fitted
    }

    /// The last owner in a block, if the text before the block left things as the block guessed.
    fn last_owner(&self, block: &Block<'_>, reader: &Reader<'_>, source: Source<'_>) -> Option<NameId> {
        let Block { builder, range, .. } = block;
        // It begins with a record that has an owner of its own, another one than the record before.
        let start = source.base as usize + range.start;
        let first = builder.zone.records.first().filter(|first| first.start as usize == start)?;
        let new_owner =
            matches!(self.owner, Owner::In(id) if builder.zone.name(first.owner) != self.zone.name(id));
        let fits = new_owner
            && range.start == reader.at()
            && !reader.is_wary()
            && !block.wary
            && !self.after_origin
            && builder.middle.as_ref().is_some_and(|middle| !middle.broken)
            && block.guess == self.guess();
        match builder.owner {
            Owner::In(owner) if fits => Some(owner),
            _ => None,
        }
    }

    /// Goes on where the builder of a block ended; what it has read can be given back.
    fn take(&mut self, block: Builder<'i>, owner: NameId) -> Zone {
        let before = super::record::offset(self.zone.records.len());
        self.owner = Owner::In(self.zone.append(&block.zone, owner));
        self.faults.extend(block.faults);
        self.owner_word = block.owner_word;
        self.owner_span = block.owner_span;
        self.ttl_explained = block.ttl_explained;
        let last_ttl = block.last_ttl.map(|last| LastTtl { record: last.record + before, ..last });
        self.last_ttl = last_ttl.or(self.last_ttl);
        block.zone
    }

    fn guess(&self) -> Guess {
        Guess {
            origin: self.origin,
            default_ttl: self.default_ttl,
            dated: self.dated,
            ttl_explained: self.ttl_explained,
        }
    }

    /// Notes in a block that it has to be read in order; `false` where that is done already.
    pub(super) fn breaks(&mut self) -> bool {
        if let Some(middle) = &mut self.middle {
            middle.broken = true;
        }
        self.middle.is_some()
    }
}

impl Zone {
    /// Puts the records of a block behind those of the zone, and returns what `owner` is here.
    fn append(&mut self, block: &Zone, owner: NameId) -> NameId {
        let base = super::record::offset(self.records.len());
        let records = &mut self.records;
        let link = |before: u32, next: u32| records[before as usize].next = next;
        let (ids, moved) = self.names.append_table(&block.names, base, link);
        self.records.extend(block.records.iter().map(|record| {
            let mut record = *record;
            record.owner = ids[record.owner.index()];
            record.rdata += moved;
            record.next = if record.next == NONE { NONE } else { record.next + base };
            record
        }));
        self.block_ends.extend(block.block_ends.iter().map(|end| end + base));
        self.facts.merge(block.facts);
        self.incomplete |= block.incomplete;
        self.damaged.extend(block.damaged.iter().map(|id| ids[id.index()]));
        ids[owner.index()]
    }
}

/// At most `number` blocks of about `size` octets, from a place on.
fn cuts(text: &[u8], from: usize, size: usize, number: usize) -> Vec<Range<usize>> {
    let mut ranges = Vec::with_capacity(number);
    let mut start = from;
    while start < text.len() && ranges.len() < number {
        let end = cut(text, start.saturating_add(size));
        ranges.push(start..end);
        start = end;
    }
    ranges
}

/// The last place, or nearly so, where a text can be cut: its end is read better with what follows.
pub(super) fn last_cut(text: &[u8]) -> usize {
    /// Most lines are shorter by far.
    const END: usize = 4096;
    match cut(text, text.len().saturating_sub(END)) {
        at if at < text.len() => at,
        _ => memrchr(b'\n', text).map_or(text.len(), |newline| newline + 1),
    }
}

/// The first place from `at` on where a record with an owner of its own seems to begin: another owner than
/// that of the line before, as what stands together under one is read together.
fn cut(text: &[u8], at: usize) -> usize {
    let mut at = at;
    while let Some(newline) = text.get(at..).and_then(|rest| memchr(b'\n', rest)) {
        at += newline + 1;
        let before = memrchr(b'\n', &text[..at - 1]).map_or(0, |newline| newline + 1);
        let owner = first_word(&text[at..]);
        if !owner.is_empty() && owner != first_word(&text[before..]) {
            return at;
        }
    }
    text.len()
}

/// The word at the beginning of a line; empty where it begins with a blank, or is no owner.
fn first_word(line: &[u8]) -> &[u8] {
    if line.first().is_none_or(|first| b"$;()\"".contains(first)) {
        return &[];
    }
    let end = line.iter().position(|b| b" \t\r\n;()\"".contains(b));
    &line[..end.unwrap_or(line.len())]
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use proptest::prelude::*;

    use super::super::{IncludeError, Included, Loaded, begin, load_in_blocks};
    use super::*;
    use crate::diagnostic::Part;
    use crate::source::{FileId, Sources};
    use crate::syntax::Name;
    use crate::zone::Scratch;

    /// One file, which can be included.
    struct OneFile(FileId);

    impl Includes for OneFile {
        fn open(&self, _: FileId, name: &[u8]) -> Result<Included, IncludeError> {
            if name != b"other" {
                return Err(IncludeError::NotFound(Vec::new()));
            }
            let text = &b"$ORIGIN sub\nincluded 60 A 192.0.2.9\n TXT x\n"[..];
            Ok(Included { file: self.0, text: text.to_vec().into(), beside: None })
        }
    }

    fn read(text: &str, block_size: usize) -> String {
        let sources = Sources::new();
        let [file, other] = ["zone", "other"].map(|name| sources.add_bytes(name, Vec::new()));
        let origin = Name::parse_absolute("example").expect("a name");
        shown(&load_in_blocks(
            file,
            text.as_bytes(),
            origin.as_ref(),
            &OneFile(other),
            (&mut Scratch::default(), block_size),
        ))
    }

    /// As [`read`], in pieces of which the first `beginning` octets are at hand.
    fn read_in_pieces(text: &str, (beginning, size): (usize, usize), block_size: usize) -> String {
        let sources = Sources::new();
        let [file, other] = ["zone", "other"].map(|name| sources.add_bytes(name, Vec::new()));
        let origin = Name::parse_absolute("example").expect("a name");
        let (includes, mut scratch) = (OneFile(other), Scratch::default());
        let (beginning, mut rest) = text.as_bytes().split_at(beginning.min(text.len()));
        let room = (&mut scratch, block_size);
        let mut builder = begin((file, text.len()), origin.as_ref(), &includes, room);
        builder.read_in_pieces(file, beginning.to_vec(), &mut rest, size).expect("it is in memory");
        shown(&builder.loaded(&mut scratch))
    }

    /// Everything that rules can see.
    fn shown(Loaded { zone, faults }: &Loaded) -> String {
        let mut shown = String::new();
        for id in zone.names() {
            let chain: Vec<_> = zone.at(id).map(|record| zone.records.element_offset(record)).collect();
            writeln!(shown, "{} {:?} {chain:?}", zone.name(id), zone.parent(id)).expect("a String");
        }
        for record in zone.records() {
            let (owner, rdata) = (zone.name(record.owner()), zone.rdata(record));
            let (origin, place) = (zone.origin_at(record), zone.place(record, Part::Whole));
            let what = (record.rtype(), record.ttl, record.flags);
            writeln!(shown, "{owner} {what:?} {rdata:?} {origin:?} {place:?}").expect("a String");
        }
        let mut damaged: Vec<_> = zone.damaged.iter().collect();
        damaged.sort();
        let rest = (&zone.outside, &zone.bad_outside, &zone.block_ends, zone.incomplete, damaged, faults);
        write!(shown, "{rest:?}").expect("a String");
        shown
    }

    const LINES: &[&str] = &[
        "@ 3600 SOA ns1 host 1 2 3 4 5",
        "www A 192.0.2.1",
        "www 60 A 192.0.2.2",
        "WWW A 192.0.2.3",
        " A 192.0.2.4",
        " 300 TXT \"a b\"",
        "mail 1h MX 10 www",
        "a.b.c 300 NS ns.a.b.c",
        "ns.a.b.c A 192.0.2.5",
        "sub NS outside.org.",
        "outside.org. 60 A 192.0.2.6",
        "elsewhere.net. TXT x",
        "paren 60 TXT ( a",
        "  b",
        "inside A 192.0.2.7",
        "  c ) ; closed",
        "open 60 TXT ( x",
        "quote TXT \"open",
        "quoted 60 TXT \"a\\",
        "b\"",
        "bad A 1.2.3",
        "noise",
        "garbage GARBAGE x",
        "A 192.0.2.8",
        "$ORIGIN sub",
        "$ORIGIN example.",
        "$TTL 900",
        "$INCLUDE other",
        "$INCLUDE nowhere",
        "$GENERATE 1-3 host$ A 192.0.2.$",
        "{{ template }}",
        "@TEMPLATE@ A x",
        "v6 60 AAAA 2001:db8::1",
        "; a comment",
        "",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn any_cutting_gives_the_same(
            lines in prop::collection::vec((prop::sample::select(LINES), 0..8u8), 1..40),
            block_size in 1..120usize,
            pieces in (0..60usize, 1..400usize),
            stated in any::<bool>(),
        ) {
            let mut text = if stated { "$TTL 1h\n".to_owned() } else { String::new() };
            for (line, times) in lines {
                // Much of it is plain, as zones are.
                for time in 0..times {
                    writeln!(text, "plain{time} 60 A 192.0.2.1").expect("a String");
                }
                writeln!(text, "{line}").expect("a String");
            }
            let whole = read(&text, usize::MAX);
            prop_assert_eq!(&read(&text, block_size), &whole);
            prop_assert_eq!(&read_in_pieces(&text, pieces, block_size), &whole);
        }
    }

    #[test]
    fn plain_records_are_read_side_by_side() {
        let mut text = "$TTL 1h\n@ SOA ns1 host 1 2 3 4 5\n".to_owned();
        for number in 0..2000 {
            writeln!(text, "host{number} A 192.0.2.1").expect("a String");
        }
        let starts = cuts(text.as_bytes(), 100, 1000, 50);
        assert!(starts.len() > 30 && starts.iter().skip(1).all(|r| text[r.start..].starts_with("host")));
        assert_eq!(read(&text, 1000), read(&text, usize::MAX));
    }
}
