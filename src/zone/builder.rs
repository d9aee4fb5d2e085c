//! Reading a zone: origin, owner, TTL, `$INCLUDE` and `$GENERATE`, with the state that BIND keeps.

use std::collections::HashSet;
use std::sync::Arc;

use super::generate::{MAX_GENERATED, Range, expand};
use super::names::{NameId, NameTable};
use super::rdata::{encode, name_fault};
use super::{CLASS_OWNER, GENERATED, INHERITED, ORIGIN_SHIFT, OutOfZone, Rdata, Record, Zone};
use crate::source::{FileId, Span, escape};
use crate::syntax::{
    Directive, Entry, Fault, FaultKind, Header, HeaderFault, LexFaultKind, NameBuffer, NameRef,
    Reader, RrType, Standing, Token, TtlFault, class, directive, header, rr_types, ttl,
};

/// `$INCLUDE` may nest this deep. BIND stops only when it runs out of files, NSD at 10.
const MAX_DEPTH: usize = 20;

/// TTLs are 31 bits (RFC 2181 section 8); BIND takes larger ones as 0.
const MAX_TTL: u32 = 0x7fff_ffff;

/// An included file.
#[derive(Debug, Clone)]
pub struct Included {
    /// The file; the same file has the same number whoever includes it.
    pub file: FileId,
    /// Its bytes.
    pub text: Arc<[u8]>,
    /// It was found beside the including file and not where BIND looks: its path.
    pub beside: Option<String>,
}

/// Why an included file is not read.
#[derive(Debug, Clone)]
pub enum IncludeError {
    /// It is at none of these places.
    NotFound(Vec<String>),
    /// It is outside the project.
    OutsideRoot,
    /// The system does not let us read it, and says why.
    Unreadable(String),
}

/// Finds included files.
pub trait Includes: Sync {
    /// The file that `$INCLUDE name` means in the file `from`.
    fn open(&self, from: FileId, name: &[u8]) -> Result<Included, IncludeError>;
}

/// A zone with all that was wrong in its text.
#[derive(Debug)]
pub struct Loaded {
    /// The zone, without what could not be read.
    pub zone: Zone,
    /// What was wrong, in the order of the text.
    pub faults: Vec<Fault>,
}

/// Reads the zone `origin` that begins with `text` in `file`.
pub fn load(file: FileId, text: &[u8], origin: NameRef<'_>, includes: &dyn Includes) -> Loaded {
    let mut apex = NameBuffer::new();
    apex.set(origin);
    let mut builder = Builder {
        zone: Zone {
            file,
            names: NameTable::new(origin, text.len()),
            records: Vec::with_capacity(text.len() / 40),
            files: Vec::new(),
            origins: vec![origin.into()],
            out_of_zone: Vec::new(),
            incomplete: false,
            damaged: HashSet::new(),
        },
        includes,
        faults: Vec::new(),
        apex,
        origin: apex,
        origin_number: 0,
        name: NameBuffer::new(),
        owner: Owner::None,
        owner_span: None,
        after_origin: false,
        default_ttl: None,
        last_ttl: None,
        ttl_explained: false,
        generated: 0,
        stack: Vec::new(),
    };
    builder.read(file, text);
    builder.zone.names.shrink();
    builder.zone.records.shrink_to_fit();
    Loaded { zone: builder.zone, faults: builder.faults }
}

/// Whose records a blank owner continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owner {
    /// Nobody's: nothing has been read.
    None,
    /// A name of the zone.
    In(NameId),
    /// A name outside the zone: its records are dropped.
    Out,
}

struct Builder<'i> {
    zone: Zone,
    includes: &'i dyn Includes,
    faults: Vec<Fault>,
    apex: NameBuffer,
    origin: NameBuffer,
    /// Its index in [`Zone::origins`].
    origin_number: u16,
    /// The owner read last, in wire format.
    name: NameBuffer,
    owner: Owner,
    /// Where that owner stands.
    owner_span: Option<Span>,
    /// `$ORIGIN`, or an include with an origin, came after that owner.
    after_origin: bool,
    /// `$TTL`, or the SOA minimum in its place.
    default_ttl: Option<u32>,
    /// The last TTL written in a record.
    last_ttl: Option<u32>,
    /// It was said once where TTLs come from.
    ttl_explained: bool,
    /// Records made by `$GENERATE`.
    generated: u64,
    /// The files that are open: the zone's and the included ones.
    stack: Vec<FileId>,
}

/// The text that words stand in.
#[derive(Clone, Copy)]
struct Source<'t> {
    file: FileId,
    /// The file's index in [`Zone::files`].
    number: u16,
    text: &'t [u8],
    /// The text is one record of the `$GENERATE` at this place.
    generated: Option<Span>,
}

impl Source<'_> {
    fn span(&self, start: u32, end: u32) -> Span {
        self.generated.unwrap_or(Span::new(self.file, start, end))
    }

    fn word(&self, token: Token) -> &[u8] {
        token.of(self.text)
    }
}

/// The words of an entry.
#[derive(Clone, Copy)]
struct Line<'t> {
    source: Source<'t>,
    tokens: &'t [Token],
    entry: Entry,
}

impl Line<'_> {
    fn word(&self, at: usize) -> Option<&[u8]> {
        self.tokens.get(at).map(|token| self.source.word(*token))
    }

    /// The place of a word, or behind the last one where it is missing.
    fn range(&self, at: usize) -> (u32, u32) {
        match self.tokens.get(at) {
            Some(token) => (token.start, token.end),
            None => self.tokens.last().map_or((self.entry.start, self.entry.end), |t| (t.start, t.end)),
        }
    }

    fn whole(&self) -> (u32, u32) {
        (self.entry.start, self.entry.end)
    }
}

impl Builder<'_> {
    /// ```abnf
    /// zone-file = *entry
    /// ```
    fn read(&mut self, file: FileId, text: &[u8]) {
        let number = self.zone.files.iter().position(|&known| known == file).unwrap_or_else(|| {
            self.zone.files.push(file);
            self.zone.files.len() - 1
        });
        let Ok(number) = u16::try_from(number) else {
            self.zone.incomplete = true;
            return;
        };
        let source = Source { file, number, text, generated: None };
        if text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff") {
            self.fault(source, FaultKind::Utf16, (0, 2));
            self.zone.incomplete = true;
            return;
        }
        let mut reader = Reader::new(text);
        if text.starts_with(b"\xef\xbb\xbf") {
            self.fault(source, FaultKind::ByteOrderMark, (0, 3));
            reader.skip(3);
        }
        self.stack.push(file);
        while let Some(entry) = reader.next_entry() {
            self.entry(Line { source, tokens: reader.tokens(), entry });
        }
        self.stack.pop();
    }

    /// ```abnf
    /// entry = directive / record
    /// ```
    fn entry(&mut self, line: Line<'_>) {
        let faults = self.faults.len();
        let lexical = line.entry.fault.is_some();
        if lexical {
            self.lexical_fault(line);
        }
        let wanted = directive(line.source.text, line.tokens);
        match wanted {
            Some(wanted) if !line.entry.indented => self.directive(wanted, line),
            _ if line.tokens.is_empty() => {}
            _ => self.record(line),
        }
        if lexical {
            // The first fault of a line is its cause, the others follow from it.
            self.faults.truncate(faults + 1);
        } else if !line.entry.terminated && self.faults.len() == faults {
            let last = line.tokens.last().map_or(line.whole(), |t| (t.start, t.end));
            let before = wanted.filter(|_| !line.entry.indented && wanted != Some(Directive::Include));
            let detail = before.and_then(|_| line.word(0)).map(escape).unwrap_or_default();
            self.fault(line.source, FaultKind::NoFinalNewline, last).detail = detail;
        }
        if self.faults.len() > faults {
            self.explain(line, faults);
        }
    }

    fn lexical_fault(&mut self, line: Line<'_>) {
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

    /// Looks for a cause that a person can act on in a line that has a fault.
    fn explain(&mut self, line: Line<'_>, from: usize) {
        let (start, end) = line.whole();
        let text = &line.source.text[start as usize..end as usize];
        let first = line.word(0).unwrap_or_default();
        let marker = [&b"<<<<<<<"[..], b"=======", b">>>>>>>", b"|||||||"];
        let generate = directive(line.source.text, line.tokens) == Some(Directive::Generate);
        let kind = if !line.entry.indented && marker.iter().any(|m| first.starts_with(m)) {
            FaultKind::MergeConflictMarker
        } else if is_template(text, generate) {
            FaultKind::TemplatePlaceholder
        } else {
            return;
        };
        if self.faults[from..].iter().all(|fault| fault.kind == FaultKind::NoFinalNewline) {
            return;
        }
        self.zone.incomplete |= kind == FaultKind::TemplatePlaceholder;
        self.faults.truncate(from);
        let known = kind == FaultKind::TemplatePlaceholder
            && self.faults.iter().any(|fault| fault.kind == kind && fault.span.file == line.source.file);
        if !known {
            self.fault(line.source, kind, line.whole());
        }
    }

    fn fault(&mut self, source: Source<'_>, kind: FaultKind, (start, end): (u32, u32)) -> &mut Fault {
        let word = escape(&source.text[start as usize..end as usize]);
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

    // ---- directives ----

    fn directive(&mut self, wanted: Directive, line: Line<'_>) {
        let words = line.tokens.len() - 1;
        let (least, most) = match wanted {
            Directive::Origin | Directive::Ttl | Directive::Date => (1, 1),
            Directive::Include => (1, 2),
            // How many there may be depends on TTL and class, see `generate`.
            Directive::Generate => (4, usize::MAX),
            Directive::Unknown => {
                self.fault(line.source, FaultKind::UnknownDirective, line.range(0));
                return;
            }
        };
        if words < least {
            self.fault(line.source, FaultKind::DirectiveArgument, line.range(0));
            self.zone.incomplete |= matches!(wanted, Directive::Include | Directive::Generate);
            return;
        }
        if words > most {
            self.too_many_words(line, most + 1);
        }
        let quoted = |at: usize| line.tokens.get(at).is_some_and(|token| token.quoted);
        match wanted {
            Directive::Origin | Directive::Ttl if quoted(1) => {
                self.fault(line.source, FaultKind::QuotedKeyword, line.range(1));
            }
            Directive::Origin => self.set_origin(line, 1),
            Directive::Ttl => self.set_ttl(line),
            Directive::Include => self.include(line),
            Directive::Generate => self.generate(line),
            Directive::Date | Directive::Unknown => {}
        }
    }

    /// The words of a directive from `at` on are too many.
    fn too_many_words(&mut self, line: Line<'_>, at: usize) {
        let kept = line.tokens[..at].iter().map(|t| &line.source.text[t.start as usize..t.end as usize]);
        let kept = kept.collect::<Vec<_>>().join(&b' ');
        let range = (line.range(at).0, line.whole().1);
        self.fault(line.source, FaultKind::DirectiveArgument, range).detail = escape(&kept);
    }

    /// ```abnf
    /// origin-directive = "$ORIGIN" gap name eol
    /// ```
    /// The owner stays what it was, and is not made anew (BIND warns when it is used).
    fn set_origin(&mut self, line: Line<'_>, at: usize) {
        let mut origin = NameBuffer::new();
        match origin.parse(line.word(at).unwrap_or_default(), self.origin.name()) {
            Ok(()) => {
                self.origin = origin;
                self.origin_number = self.zone.number_origin(origin.name());
                self.after_origin = true;
            }
            Err(fault) => {
                self.fault(line.source, name_fault(fault), line.range(at));
                self.zone.incomplete = true;
            }
        }
    }

    /// ```abnf
    /// ttl-directive = "$TTL" gap ttl eol
    /// ```
    fn set_ttl(&mut self, line: Line<'_>) {
        match self.ttl_word(line, 1) {
            Some(seconds) => self.default_ttl = Some(seconds),
            // Whatever was meant: it is one fault, not one more for each record below.
            None => self.default_ttl = Some(self.default_ttl.unwrap_or(0)),
        }
    }

    /// The TTL that a word is, as BIND takes it.
    fn ttl_word(&mut self, line: Line<'_>, at: usize) -> Option<u32> {
        match ttl(line.word(at)?) {
            Ok(seconds) if seconds > MAX_TTL => {
                self.fault(line.source, FaultKind::TtlOverLimit, line.range(at)).detail = seconds.to_string();
                Some(0)
            }
            Ok(seconds) => Some(seconds),
            Err(fault) => {
                let large = if fault == TtlFault::TooLarge { "large" } else { "" };
                self.fault(line.source, FaultKind::TtlSyntax, line.range(at)).detail = large.into();
                None
            }
        }
    }

    /// ```abnf
    /// include-directive = "$INCLUDE" gap token [ gap name ] eol
    /// ```
    /// Origin and owner are what they were when the file ends; a `$TTL` in it stays in force.
    fn include(&mut self, line: Line<'_>) {
        let Some(name) = line.word(1) else { return };
        let source = line.source;
        let opened = self.includes.open(source.file, name);
        let included = match opened {
            Ok(included) => included,
            Err(error) => {
                self.zone.incomplete = true;
                let (kind, detail) = match error {
                    IncludeError::NotFound(tried) => (FaultKind::IncludeNotFound, tried.join(", ")),
                    IncludeError::OutsideRoot => (FaultKind::IncludeOutsideRoot, String::new()),
                    IncludeError::Unreadable(why) => (FaultKind::IncludeUnreadable, why),
                };
                self.fault(source, kind, line.range(1)).detail = detail;
                return;
            }
        };
        if self.stack.contains(&included.file) || self.stack.len() >= MAX_DEPTH {
            self.zone.incomplete = true;
            let detail = if self.stack.contains(&included.file) { "cycle" } else { "depth" };
            self.fault(source, FaultKind::IncludeCycle, line.range(1)).detail = detail.into();
            return;
        }
        if let Some(path) = included.beside {
            self.fault(source, FaultKind::IncludeBesideFile, line.range(1)).detail = path;
        }
        let kept = (self.origin, self.origin_number, self.owner, self.name, self.owner_span);
        if line.tokens.len() > 2 {
            self.set_origin(line, 2);
        }
        self.read(included.file, &included.text);
        (self.origin, self.origin_number, self.owner, self.name, self.owner_span) = kept;
        self.after_origin = false;
    }

    /// ```abnf
    /// generate-directive = "$GENERATE" gap generate-range gap token [ gap ttl-and-class ] type gap token eol
    /// ```
    /// The owner of the line before stays the current one.
    fn generate(&mut self, line: Line<'_>) {
        let source = line.source;
        self.zone.incomplete = true;
        // BIND reads the line without the state that parentheses have elsewhere.
        let gaps = line.tokens.windows(2).map(|pair| pair[0].end..pair[1].start);
        if let Some(at) = gaps.flatten().find(|&at| source.text[at as usize] == b'(') {
            self.fault(source, FaultKind::GenerateSyntax, (at, at + 1));
            return;
        }
        let Some(range) = Range::parse(line.word(1).unwrap_or_default()) else {
            self.fault(source, FaultKind::GenerateRange, line.range(1));
            return;
        };
        // From the third word on it is a record: owner, TTL, class and type, with its rdata in one word.
        let header = match header(source.text, &line.tokens[2..], false) {
            Ok(header) => header,
            Err(HeaderFault::Incomplete) => {
                self.fault(source, FaultKind::GenerateSyntax, line.whole());
                return;
            }
            Err(HeaderFault::Quoted(at)) => return self.header_fault(line, HeaderFault::Quoted(at + 2)),
            Err(HeaderFault::UnknownType(at)) => {
                return self.header_fault(line, HeaderFault::UnknownType(at + 2));
            }
        };
        if line.tokens[2].quoted {
            self.fault(source, FaultKind::UnexpectedQuote, line.range(2));
            return;
        }
        if header.class.is_some_and(|class| class != 1) {
            self.fault(source, FaultKind::ClassMismatch, line.range(header.class_at + 2));
            return;
        }
        let words = &line.tokens[2..];
        let Some(&rhs) = words.get(header.rdata) else {
            self.fault(source, FaultKind::GenerateSyntax, line.whole());
            return;
        };
        if words.len() > header.rdata + 1 {
            self.too_many_words(line, header.rdata + 3);
            return;
        }
        // Here BIND does not refuse MD and MF.
        let meta = rr_types().kind(header.rtype).is_some_and(|kind| kind.standing == Standing::Meta);
        if meta || header.rtype == RrType::SOA || header.rtype.number() == 0 {
            self.fault(source, FaultKind::MetaType, line.range(header.type_at + 2));
            return;
        }
        self.generated += range.count();
        if self.generated > MAX_GENERATED {
            let detail = range.count().to_string();
            self.fault(source, FaultKind::GenerateLimit, line.range(1)).detail = detail;
            return;
        }
        let Some(seconds) = self.record_ttl(line, &header, header.type_at + 2) else { return };
        self.zone.incomplete = false;
        self.make_records(line, range, (words[0], rhs), (header.rtype, seconds));
    }

    /// The records of a `$GENERATE`. As in BIND, the first one that fails is the last one.
    fn make_records(
        &mut self,
        line: Line<'_>,
        range: Range,
        (lhs, rhs): (Token, Token),
        (rtype, seconds): (RrType, u32),
    ) {
        let whole = line.source.span(line.entry.start, line.entry.end);
        let mut reader_tokens = Vec::new();
        let (mut text, mut name) = (Vec::new(), NameBuffer::new());
        let rdata = inner_quotes(line.source.word(rhs), rhs.quoted);
        for value in range.values() {
            text.clear();
            let mut lhs_end = 0;
            let bad = match expand(line.source.word(lhs), value, &mut text) {
                Ok(()) => {
                    lhs_end = text.len();
                    text.push(b' ');
                    expand(&rdata, value, &mut text).err().map(|_| rhs)
                }
                Err(_) => Some(lhs),
            };
            if let Some(template) = bad {
                self.zone.incomplete = true;
                let detail = escape(line.source.word(template));
                self.fault(line.source, FaultKind::GenerateSyntax, (template.start, template.end)).detail = detail;
                return;
            }
            let source = Source { generated: Some(whole), text: &text, ..line.source };
            if let Err(fault) = name.parse(&text[..lhs_end], self.origin.name()) {
                self.zone.incomplete = true;
                self.fault(source, name_fault(fault), (0, offset(lhs_end)));
                return;
            }
            let owner = self.owner_of(&name);
            let mut reader = Reader::reusing(&text[lhs_end..], reader_tokens);
            let entry = reader.next_entry();
            // The words stand behind the name.
            let shift = |t: &Token| Token { start: t.start + offset(lhs_end), end: t.end + offset(lhs_end), ..*t };
            let words: Vec<Token> = reader.tokens().iter().map(shift).collect();
            reader_tokens = reader.into_tokens();
            let whole_entry = Entry {
                start: 0,
                end: offset(text.len()),
                indented: true,
                terminated: true,
                fault: entry.and_then(|e| e.fault),
            };
            let made = Line { source, tokens: &words, entry: whole_entry };
            if made.entry.fault.is_some() {
                self.fault(source, FaultKind::GenerateSyntax, (0, offset(text.len())));
                self.zone.incomplete = true;
                return;
            }
            if owner == Owner::Out {
                self.leave_out(&name, whole, true);
            }
            let Some(rdata) = self.rdata(made, rtype, 0, owner) else { return };
            self.push(owner, rdata, (rtype, seconds), whole, (line.source.number, GENERATED));
        }
    }

    // ---- records ----

    /// ```abnf
    /// record = owner ttl-and-class type rdata
    /// ```
    fn record(&mut self, line: Line<'_>) {
        match header(line.source.text, line.tokens, line.entry.indented) {
            Ok(header) => self.headed_record(line, &header),
            Err(fault) => self.recover(line, fault),
        }
    }

    fn headed_record(&mut self, line: Line<'_>, header: &Header) {
        if !self.take_owner(line) {
            return;
        }
        let source = line.source;
        if header.class.is_some_and(|class| class != 1) {
            self.fault(source, FaultKind::ClassMismatch, line.range(header.class_at));
            self.damage();
            return;
        }
        let rtype = header.rtype;
        let standing = rr_types().kind(rtype).map_or(Standing::Ordinary, |kind| kind.standing);
        if standing != Standing::Ordinary || rtype.number() == 0 {
            let obsolete = standing == Standing::Obsolete;
            let kind = if obsolete { FaultKind::ObsoleteType } else { FaultKind::MetaType };
            self.fault(source, kind, line.range(header.type_at));
            self.damage();
            return;
        }
        if let Some(seconds) = header.ttl {
            self.last_ttl = Some(if seconds > MAX_TTL { 0 } else { seconds });
        }
        let Some(rdata) = self.rdata(line, rtype, header.rdata, self.owner) else { return };
        if rtype == RrType::SOA && self.default_ttl.is_none() && self.last_ttl.is_none() {
            self.ttl_from_soa(line, rdata, header.type_at);
        }
        let seconds = self.record_ttl(line, header, header.type_at).unwrap_or(0);
        let span = source.span(line.entry.start, line.entry.end);
        let flags = match line.word(0) {
            _ if line.entry.indented => INHERITED,
            Some(b"IN") if header.class.is_none() => CLASS_OWNER,
            _ => 0,
        };
        self.push(self.owner, rdata, (rtype, seconds), span, (source.number, flags));
    }

    /// Makes the first word the current owner; a blank owner leaves it. `false` if there is none.
    fn take_owner(&mut self, line: Line<'_>) -> bool {
        let source = line.source;
        if line.entry.indented {
            if self.owner == Owner::None {
                self.fault(source, FaultKind::NoCurrentOwner, line.whole());
                self.zone.incomplete = true;
                return false;
            }
            if std::mem::take(&mut self.after_origin) {
                let owner = self.name.name().to_string();
                self.fault(source, FaultKind::OwnerInheritedAfterOrigin, line.range(0)).detail = owner;
            }
            if self.owner == Owner::Out && let Some(block) = self.zone.out_of_zone.last_mut() {
                block.records += 1;
            }
            return true;
        }
        let mut name = NameBuffer::new();
        if let Err(fault) = name.parse(line.word(0).unwrap_or_default(), self.origin.name()) {
            self.fault(source, name_fault(fault), line.range(0));
            self.zone.incomplete = true;
            return false;
        }
        self.after_origin = false;
        let span = source.span(line.entry.start, line.entry.end);
        self.owner_span = Some(span);
        if self.owner == Owner::None || self.name.name() != name.name() {
            self.owner = self.owner_of(&name);
            self.name = name;
            if self.owner == Owner::Out {
                self.leave_out(&name, span, false);
            }
        } else if self.owner == Owner::Out && let Some(block) = self.zone.out_of_zone.last_mut() {
            block.records += 1;
        }
        true
    }

    fn owner_of(&mut self, name: &NameBuffer) -> Owner {
        if let Owner::In(id) = self.owner && self.name.name() == name.name() {
            return Owner::In(id);
        }
        if name.name().is_within(self.apex.name()) {
            Owner::In(self.zone.names.intern(name.name()))
        } else {
            Owner::Out
        }
    }

    /// Notes an owner outside the zone; those of one `$GENERATE` are one.
    fn leave_out(&mut self, name: &NameBuffer, span: Span, generated: bool) {
        if generated && let Some(block) = self.zone.out_of_zone.last_mut().filter(|b| b.span == span) {
            block.records += 1;
            return;
        }
        self.zone.out_of_zone.push(OutOfZone { owner: name.name().into(), span, records: 1 });
    }

    /// What the current owner has is not known any more: a record of it could not be read.
    fn damage(&mut self) {
        match self.owner {
            Owner::In(id) => _ = self.zone.damaged.insert(id),
            Owner::Out => {}
            Owner::None => self.zone.incomplete = true,
        }
    }

    /// Writes the rdata whose first word is `first` into the arena.
    fn rdata(&mut self, line: Line<'_>, rtype: RrType, first: usize, owner: Owner) -> Option<u32> {
        let kind = rr_types().kind(rtype);
        let words = &line.tokens[first.min(line.tokens.len())..];
        let origin = self.origin;
        let written = self
            .zone
            .names
            .push_rdata(|arena| encode((rtype, kind), line.source.text, words, origin.name(), arena));
        let fault = match written {
            Ok(rdata) => return Some(rdata),
            Err(fault) => fault,
        };
        if let Owner::In(id) = owner {
            self.zone.damaged.insert(id);
        }
        let range = match fault.kind {
            FaultKind::RdataTooLong => line.whole(),
            FaultKind::ExtraRdata => (line.range(first + fault.at).0, line.whole().1),
            FaultKind::GenericRdata => (line.range(first).0, line.whole().1),
            FaultKind::MissingRdata => line.range(usize::MAX),
            _ => line.range(first + fault.at),
        };
        let detail = match fault.kind {
            FaultKind::BadNumber => format!("{rtype} {}", fault.number),
            FaultKind::TextTooLong => fault.number.to_string(),
            _ => rtype.to_string(),
        };
        self.fault(line.source, fault.kind, range).detail = detail;
        None
    }

    /// The TTL of a record: its own, `$TTL`, or the last one written.
    fn record_ttl(&mut self, line: Line<'_>, header: &Header, at: usize) -> Option<u32> {
        if let Some(seconds) = header.ttl {
            if seconds > MAX_TTL {
                let class_between = header.class.is_some() && header.class_at + 1 == header.type_at;
                let range = line.range(at - 1 - usize::from(class_between));
                self.fault(line.source, FaultKind::TtlOverLimit, range).detail = seconds.to_string();
                return Some(0);
            }
            return Some(seconds);
        }
        if let Some(seconds) = self.default_ttl {
            return Some(seconds);
        }
        let first = !std::mem::replace(&mut self.ttl_explained, true);
        if let Some(seconds) = self.last_ttl {
            if first {
                self.fault(line.source, FaultKind::TtlLastStated, line.range(at)).detail = seconds.to_string();
            }
            return Some(seconds);
        }
        if first {
            self.fault(line.source, FaultKind::TtlMissing, line.range(at));
        }
        None
    }

    /// Without `$TTL` and without a TTL of its own, the SOA's minimum becomes the default TTL.
    fn ttl_from_soa(&mut self, line: Line<'_>, rdata: u32, at: usize) {
        let wire = Rdata::new(RrType::SOA, self.zone.names.rdata(rdata));
        let Some(minimum) = wire.soa().map(|soa| soa.minimum.min(MAX_TTL)) else { return };
        self.default_ttl = Some(minimum);
        self.fault(line.source, FaultKind::TtlFromSoaMinimum, line.range(at)).detail = minimum.to_string();
    }

    fn push(
        &mut self,
        owner: Owner,
        rdata: u32,
        (rtype, ttl): (RrType, u32),
        span: Span,
        (file, flags): (u16, u16),
    ) {
        let Owner::In(owner) = owner else {
            self.zone.names.pop_rdata(rdata);
            return;
        };
        let number = u32::try_from(self.zone.records.len()).expect("a zone has fewer than 2^32 records");
        if let Some(last) = self.zone.names.append(owner, number) {
            self.zone.records[last as usize].next = number;
        }
        self.zone.records.push(Record {
            owner,
            next: super::NONE,
            rdata,
            ttl,
            start: span.start,
            len: u16::try_from(span.end - span.start).unwrap_or(u16::MAX),
            rtype: rtype.number(),
            file,
            flags: flags | self.origin_number << ORIGIN_SHIFT,
        });
    }

    // ---- lines that are no record ----

    /// Finds out why a line is no record. Where it is clear what was meant, it is read as that, so
    /// that one slip does not look like many.
    fn recover(&mut self, line: Line<'_>, fault: HeaderFault) {
        let (text, indented) = (line.source.text, line.entry.indented);
        let first = line.word(0).unwrap_or_default();
        if indented && let Some(wanted) = directive(text, line.tokens).filter(|d| *d != Directive::Unknown) {
            self.fault(line.source, FaultKind::IndentedDirective, line.range(0));
            self.directive(wanted, line);
            return;
        }
        if !indented && matches!(first, [b'#', ..] | [b'/', b'/' | b'*', ..] | [b'-', b'-', ..]) {
            self.fault(line.source, FaultKind::ForeignComment, line.whole());
            return;
        }
        // Read the other way, as if the line were indented or were not: is it a record then?
        let entry = Entry { indented: !indented, ..line.entry };
        let other = Line { entry, ..line };
        let meant = header(text, line.tokens, !indented)
            .ok()
            .filter(|meant| !indented || fault == HeaderFault::UnknownType(0))
            .filter(|meant| indented || meant.type_at == 0 && matches!(self.owner, Owner::In(_)))
            .filter(|meant| self.reads(other, meant));
        if let Some(meant) = meant {
            if indented {
                self.fault(line.source, FaultKind::IndentedOwner, line.range(0));
            } else {
                let (owner, related) = (self.name.name().to_string(), self.owner_span);
                let fault = self.fault(line.source, FaultKind::LostIndentation, line.range(0));
                (fault.detail, fault.related) = (owner, related);
            }
            self.headed_record(other, &meant);
            return;
        }
        // The owner counts although its record does not, as in BIND.
        if self.take_owner(line) {
            self.damage();
        } else {
            return;
        }
        self.header_fault(line, fault);
    }

    /// Whether the rdata of a line can be read.
    fn reads(&self, line: Line<'_>, header: &Header) -> bool {
        let kind = rr_types().kind(header.rtype);
        let words = &line.tokens[header.rdata.min(line.tokens.len())..];
        let fields = kind.filter(|kind| kind.standing == Standing::Ordinary).map(|kind| (header.rtype, Some(kind)));
        fields.is_some_and(|kind| {
            encode(kind, line.source.text, words, self.origin.name(), &mut Vec::new()).is_ok()
        })
    }

    fn header_fault(&mut self, line: Line<'_>, fault: HeaderFault) {
        let source = line.source;
        match fault {
            HeaderFault::Incomplete => {
                let cut = source.text.get(line.entry.end as usize) == Some(&b';');
                let detail = if cut { "comment" } else { "" };
                self.fault(source, FaultKind::IncompleteRecord, line.whole()).detail = detail.into();
            }
            HeaderFault::Quoted(at) => {
                self.fault(source, FaultKind::QuotedKeyword, line.range(at));
            }
            HeaderFault::UnknownType(at) => {
                let word = line.word(at).unwrap_or_default();
                let number = word.first().is_some_and(u8::is_ascii_digit) || matches!(word, [b'+' | b'-', b'0'..=b'9', ..]);
                let more = line.tokens.len() > at + 1;
                if class(word).is_some() || ttl(word).is_ok() {
                    self.fault(source, FaultKind::DoubledField, line.range(at));
                } else if number && more && header_follows(line, at + 1) {
                    let large = ttl(word) == Err(TtlFault::TooLarge);
                    self.fault(source, FaultKind::TtlSyntax, line.range(at)).detail =
                        if large { "large".into() } else { String::new() };
                } else {
                    self.fault(source, FaultKind::UnknownType, line.range(at));
                }
            }
        }
    }
}

/// The rdata of a `$GENERATE`: `\"` in its quotes is a quote to the reader of the record.
fn inner_quotes(rdata: &[u8], quoted: bool) -> Vec<u8> {
    let mut plain = Vec::with_capacity(rdata.len());
    let mut rest = rdata;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = match (byte, tail) {
            (b'\\', [b'"', tail @ ..]) if quoted => {
                plain.push(b'"');
                tail
            }
            (b'\\', [escaped, tail @ ..]) => {
                plain.extend([b'\\', *escaped]);
                tail
            }
            _ => {
                plain.push(byte);
                tail
            }
        };
    }
    plain
}

/// Whether class and type, or the type alone, begin at a word.
fn header_follows(line: Line<'_>, at: usize) -> bool {
    header(line.source.text, &line.tokens[at..], true).is_ok()
}

/// Whether a line has a mark that a template engine or script would replace. `$GENERATE` has a use of
/// its own for `${`.
fn is_template(text: &[u8], generate: bool) -> bool {
    let has = |mark: &[u8]| memchr::memmem::find(text, mark).is_some();
    let placeholder = |word: &[u8]| {
        matches!(word, [b'_', .., b'_'] | [b'@', .., b'@'] | [b'%', .., b'%'])
            && word.len() > 3
            && word.iter().any(u8::is_ascii_alphabetic)
            && !word.iter().any(u8::is_ascii_lowercase)
    };
    has(b"{{") || has(b"{%") || has(b"<%") || (has(b"${") && !generate)
        || text.split(u8::is_ascii_whitespace).any(placeholder)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("what a template becomes is short")
}
