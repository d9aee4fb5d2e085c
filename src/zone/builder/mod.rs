//! Reading a zone: entries one after the other, with the state that BIND keeps between them.

mod blocks;
mod directive;
mod generate;
mod line;
mod owner;
mod pieces;
mod plain;
mod record;
mod recover;

use std::io::{self, Read};

use super::hostname::is_host_label;
use super::{Scratch, Zone};
use crate::source::{FileId, Span, escape};
use crate::syntax::{
    Directive, Fault, FaultKind, LexFaultKind, NameBuffer, NameRef, Reader, Token, directive,
};
use blocks::Middle;
use line::{Line, Source};
use owner::Owner;

pub use directive::{IncludeError, Included, Includes};

/// TTLs are 31 bits (RFC 2181 section 8); BIND takes larger ones as 0.
pub(super) const MAX_TTL: u32 = 0x7fff_ffff;

/// A zone with all that was wrong in its text.
#[derive(Debug)]
pub struct Loaded {
    /// The zone, without what could not be read.
    pub zone: Zone,
    /// What was wrong, in the order of the text.
    pub faults: Vec<Fault>,
}

/// Reads the zone `origin` that begins with `text` in `file`, into the room that earlier zones have left in
/// `scratch`. It may have more room than it needs: see [`Scratch::keep`].
pub fn load(
    file: FileId,
    text: &[u8],
    origin: NameRef<'_>,
    includes: &dyn Includes,
    scratch: &mut Scratch,
) -> Loaded {
    load_in_blocks(file, text, origin, includes, (scratch, blocks::BLOCK))
}

/// [`load`] on this thread alone, however large the text is.
pub fn load_in_order(
    file: FileId,
    text: &[u8],
    origin: NameRef<'_>,
    includes: &dyn Includes,
    scratch: &mut Scratch,
) -> Loaded {
    load_in_blocks(file, text, origin, includes, (scratch, usize::MAX))
}

/// [`load`] of a file of about `size` octets that begins with `beginning`, and goes on with what can be read of `rest`.
/// No more than a part of it is in memory at any time, unless an entry is longer. Fails as `rest` does.
pub fn load_in_pieces(
    file: FileId,
    (beginning, size): (Vec<u8>, usize),
    rest: &mut dyn Read,
    origin: NameRef<'_>,
    includes: &dyn Includes,
    scratch: &mut Scratch,
) -> io::Result<Loaded> {
    let mut builder = begin((file, size), origin, includes, (scratch, blocks::BLOCK));
    // With an octet of room behind its end, a file that is shorter than a piece is known to have ended.
    builder.read_in_pieces(file, beginning, rest, pieces::PIECE.min(size.saturating_add(1)))?;
    Ok(builder.loaded(scratch))
}

/// [`load`], a text of more than two blocks in blocks of so many octets.
fn load_in_blocks(
    file: FileId,
    text: &[u8],
    origin: NameRef<'_>,
    includes: &dyn Includes,
    (scratch, block_size): (&mut Scratch, usize),
) -> Loaded {
    let mut builder = begin((file, text.len()), origin, includes, (scratch, block_size));
    builder.read(file, text);
    builder.loaded(scratch)
}

/// A builder of the zone that a file of so many octets holds.
fn begin<'i>(
    (file, size): (FileId, usize),
    origin: NameRef<'_>,
    includes: &'i dyn Includes,
    (scratch, block_size): (&mut Scratch, usize),
) -> Builder<'i> {
    let mut zone = scratch.zone(file);
    zone.names.begin(origin, size);
    zone.records.reserve(size / 40);
    let mut builder = Builder::new(zone, includes);
    builder.tokens = std::mem::take(&mut scratch.tokens);
    builder.stack = std::mem::take(&mut scratch.stack);
    builder.block_size = block_size;
    builder
}

/// A label of a name is none of a host name.
fn is_odd(name: NameRef<'_>) -> bool {
    !name.labels().all(is_host_label)
}

/// What stands behind names without a final dot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Origin {
    name: NameBuffer,
    /// Its number ([`Zone::number_origin`]).
    number: u16,
    /// A label of it is none of a host name.
    is_odd: bool,
    /// It is the apex or below: so are all names before it.
    is_within: bool,
}

impl Origin {
    fn new(name: &NameBuffer, number: u16, apex: NameRef<'_>) -> Self {
        let (is_odd, is_within) = (is_odd(name.name()), name.name().is_within(apex));
        Self { name: *name, number, is_odd, is_within }
    }
}

/// The TTL of a record.
#[derive(Debug, Clone, Copy)]
struct LastTtl {
    seconds: u32,
    /// The number of the record, if it is one of the zone.
    record: u32,
}

#[expect(clippy::struct_excessive_bools, reason = "what BIND remembers between lines is yes or no")]
struct Builder<'i> {
    zone: Zone,
    /// Room for the words of an entry.
    tokens: Vec<Token>,
    includes: &'i dyn Includes,
    faults: Vec<Fault>,
    apex: NameBuffer,
    origin: Origin,
    /// The owner read last, if it is outside the zone.
    outsider: NameBuffer,
    /// Room for the next owner, and for a name in rdata.
    target: NameBuffer,
    owner: Owner,
    /// Where in this text it is written as a word, if the same word would be the same owner again.
    owner_word: Option<Token>,
    /// Where that owner stands.
    owner_span: Option<Span>,
    /// `$ORIGIN`, or an include with an origin, came after that owner.
    after_origin: bool,
    /// `$TTL`, or the SOA minimum in its place.
    default_ttl: Option<u32>,
    /// A `$DATE` came.
    dated: bool,
    /// The last TTL that a record had.
    last_ttl: Option<LastTtl>,
    /// It was said once where TTLs come from.
    ttl_explained: bool,
    /// Records made by `$GENERATE`.
    generated: u64,
    /// How many files were included.
    included: usize,
    /// The file that is read next is included by a last line without newline.
    follows_no_newline: bool,
    /// The files that are open: the zone's and the included ones.
    stack: Vec<FileId>,
    /// Octets of the blocks that a large text is read in.
    block_size: usize,
    /// Reading began in the middle of the text.
    middle: Option<Middle>,
}

impl<'i> Builder<'i> {
    /// A builder of a zone that has its name, and nothing else.
    fn new(zone: Zone, includes: &'i dyn Includes) -> Self {
        let mut apex = NameBuffer::new();
        apex.set(zone.origin());
        let origin = Origin { name: apex, number: 0, is_odd: zone.is_odd(zone.apex()), is_within: true };
        Self {
            zone,
            tokens: Vec::new(),
            includes,
            faults: Vec::new(),
            apex,
            origin,
            outsider: NameBuffer::new(),
            target: NameBuffer::new(),
            owner: Owner::None,
            owner_word: None,
            owner_span: None,
            after_origin: false,
            default_ttl: None,
            dated: false,
            last_ttl: None,
            ttl_explained: false,
            generated: 0,
            included: 0,
            follows_no_newline: false,
            stack: Vec::new(),
            block_size: usize::MAX,
            middle: None,
        }
    }

    /// What has been read; room goes back.
    fn loaded(self, scratch: &mut Scratch) -> Loaded {
        (scratch.tokens, scratch.stack) = (self.tokens, self.stack);
        Loaded { zone: self.zone, faults: self.faults }
    }

    /// ```abnf
    /// zone-file = *entry
    /// ```
    fn read(&mut self, file: FileId, text: &[u8]) {
        let Some(number) = self.open(file, text) else { return };
        let source = Source::whole(file, number, text);
        let mut reader = Reader::reusing(text, std::mem::take(&mut self.tokens));
        self.owner_word = None;
        reader.skip(self.byte_order_mark(source));
        self.stack.push(file);
        // BIND knows a blank at the beginning of a line by the newline before it, in whatever file.
        if std::mem::take(&mut self.follows_no_newline)
            && let Some(mut entry) = reader.next_entry()
        {
            entry.indented &= text[..entry.start as usize].iter().any(|b| b"\r\n".contains(b));
            self.entry(&Line { source: &source, tokens: reader.tokens(), entry });
        }
        if self.stack.len() == 1 {
            self.read_blocks(&mut reader, source);
        }
        self.read_to(&mut reader, source, text.len());
        self.tokens = reader.into_tokens();
        self.stack.pop();
        self.owner_word = None;
    }

    /// Counts a file among those of the zone, and returns its number, unless its beginning shows that it cannot be
    /// read.
    fn open(&mut self, file: FileId, text: &[u8]) -> Option<u16> {
        let known = self.zone.files.iter().position(|&known| known == file);
        match known {
            Some(_) => self.zone.reread.push(file),
            None => self.zone.files.push(file),
        }
        let number = known.unwrap_or(self.zone.files.len() - 1);
        let number = u16::try_from(number).ok();
        let is_wide = text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff");
        if let Some(number) = number.filter(|_| is_wide) {
            self.fault(&Source::whole(file, number, text), FaultKind::Utf16, (0, 2));
        }
        let readable = number.filter(|_| !is_wide);
        self.zone.incomplete |= readable.is_none();
        readable
    }

    /// The octets of the byte-order mark that a text begins with.
    fn byte_order_mark(&mut self, source: Source<'_>) -> usize {
        if !source.text.starts_with(b"\xef\xbb\xbf") {
            return 0;
        }
        self.fault(&source, FaultKind::ByteOrderMark, (0, 3));
        3
    }

    /// Reads the entries that begin before `end`, and are there to their ends.
    fn read_to(&mut self, reader: &mut Reader<'_>, source: Source<'_>, end: usize) {
        while reader.at() < end {
            if let Some(line) = reader.plain_line()
                && self.plain_line(&source, line).is_some()
            {
                reader.pass(line);
            } else {
                let before = reader.at();
                let entry = reader.next_line();
                if source.goes_on && reader.ran_out() {
                    reader.go_back(before);
                    self.breaks();
                    return;
                }
                let Some(entry) = entry else { continue };
                self.entry(&Line { source: &source, tokens: reader.tokens(), entry });
            }
            if self.middle.as_ref().is_some_and(|middle| middle.broken) {
                return;
            }
        }
    }

    /// ```abnf
    /// entry = directive / record
    /// ```
    #[inline]
    fn entry(&mut self, line: &Line<'_>) {
        let faults = self.faults.len();
        let wanted = directive(line.source.text, line.tokens).filter(|_| !line.entry.indented);
        if wanted.is_none() && line.entry.terminated && line.entry.fault.is_none() {
            if self.plain_record(line).is_some() {
                return;
            }
            self.record(line);
        } else {
            self.unusual_entry(line, wanted);
        }
        if self.faults.len() > faults {
            let here = |fault: &Fault| fault.span.file == line.source.file;
            if self.faults[faults..].iter().all(here) {
                self.explain(line, faults);
            }
        }
    }

    /// A directive, the end of a file without newline, or what has a fault.
    fn unusual_entry(&mut self, line: &Line<'_>, wanted: Option<Directive>) {
        let faults = self.faults.len();
        if line.entry.fault.is_some() {
            self.lexical_fault(line);
            // What is in doubt is not included: the faults of another file would hide this one.
            match wanted {
                Some(Directive::Include) => self.zone.incomplete = true,
                Some(wanted) => self.directive(wanted, line),
                None if line.tokens.is_empty() => {}
                None => self.record(line),
            }
            // The first fault of a line is its cause, the others follow from it.
            self.faults.truncate(faults + 1);
            return;
        }
        match wanted {
            Some(wanted) => self.directive(wanted, line),
            None => self.record(line),
        }
        let refused = wanted.is_some_and(|it| it != Directive::Include || line.tokens.len() > 2);
        let known =
            |fault: &Fault| fault.span.file == line.source.file && !(refused && fault.kind.is_harmless());
        if !line.entry.terminated && !self.faults[faults..].iter().any(known) {
            self.no_final_newline(line, refused);
        }
    }

    /// BIND warns of a record without its newline, and refuses a directive, unless it is an `$INCLUDE`
    /// without an origin.
    fn no_final_newline(&mut self, line: &Line<'_>, refused: bool) {
        let last = line.tokens.last().map_or(line.whole(), |t| (t.start, t.end));
        let detail = line.word(0).filter(|_| refused).map(escape).unwrap_or_default();
        self.fault(line.source, FaultKind::NoFinalNewline, last).detail = detail;
    }

    fn lexical_fault(&mut self, line: &Line<'_>) {
        let Some(fault) = line.entry.fault else { return };
        let (kind, related) = match fault.kind {
            LexFaultKind::UnbalancedQuote => (FaultKind::UnbalancedQuote, None),
            LexFaultKind::UnmatchedCloseParen => (FaultKind::UnmatchedCloseParen, None),
            LexFaultKind::NulByte => (FaultKind::NulByte, None),
            LexFaultKind::MissingCloseParen => {
                let (_, end) = line.whole();
                (FaultKind::MissingCloseParen, Some(line.source.span(end, end)))
            }
        };
        self.fault(line.source, kind, (fault.start, fault.end)).related = related;
    }

    fn fault(&mut self, source: &Source<'_>, kind: FaultKind, (start, end): (u32, u32)) -> &mut Fault {
        // Tabs between words are shown as blanks.
        let shown = |&b: &u8| if b == b'\t' { b' ' } else { b };
        let text: Vec<u8> = source.text[start as usize..end as usize].iter().map(shown).collect();
        let word = escape(&text);
        self.faults.push(Fault {
            kind,
            span: source.span(start, end),
            word,
            related: None,
            detail: String::new(),
            generated: source.generated.map(|_| escape(source.text.trim_ascii())),
        });
        self.faults.last_mut().expect("it was pushed just now")
    }
}
