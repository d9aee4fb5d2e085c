//! `$GENERATE`: records made from a template.

use super::{Builder, Line, Owner, Source};
use crate::source::escape;
use crate::syntax::{
    Entry, FaultKind, HeaderFault, NameBuffer, Reader, RrType, Standing, Token, header, rr_types,
};
use crate::zone::GENERATED;
use crate::zone::rdata::name_fault;
use crate::zone::template::{MAX_GENERATED, MAX_LHS, MAX_RHS, Range, expand};

/// What a `$GENERATE` asks for.
#[derive(Clone, Copy)]
struct Template {
    range: Range,
    lhs: Token,
    rhs: Token,
    rtype: RrType,
    ttl: u32,
}

impl Builder<'_> {
    /// ```abnf
    /// generate-directive = "$GENERATE" gap generate-range gap token [ gap ttl-and-class ] type gap token eol
    /// ```
    /// The owner of the line before stays the current one.
    pub(super) fn generate(&mut self, line: &Line<'_>) {
        // What a line that cannot be read would have made is not known.
        match self.template(line) {
            Some(template) => self.make_records(line, &template),
            None => self.zone.incomplete = true,
        }
    }

    /// What a `$GENERATE` asks for; `None` where it cannot be read.
    fn template(&mut self, line: &Line<'_>) -> Option<Template> {
        let source = line.source;
        let Some(range) = Range::parse(line.word(1).unwrap_or_default()) else {
            self.fault(source, FaultKind::GenerateRange, line.range(1));
            return None;
        };
        // From the third word on it is a record: owner, TTL, class and type, with its rdata in one word.
        let header = match header(source.text, &line.tokens[2..], false) {
            Ok(header) => header,
            Err(HeaderFault::Incomplete) => {
                self.fault(source, FaultKind::GenerateSyntax, line.whole());
                return None;
            }
            Err(HeaderFault::Quoted(at)) => {
                self.header_fault(line, HeaderFault::Quoted(at + 2));
                return None;
            }
            Err(HeaderFault::UnknownType(at)) => {
                self.header_fault(line, HeaderFault::UnknownType(at + 2));
                return None;
            }
        };
        if line.tokens[2].quoted {
            self.fault(source, FaultKind::UnexpectedQuote, line.range(2));
            return None;
        }
        if header.class.is_some_and(|class| class != 1) {
            self.fault(source, FaultKind::ClassMismatch, line.range(header.class_at + 2));
            return None;
        }
        let words = &line.tokens[2..];
        let Some(&rhs) = words.get(header.rdata) else {
            self.fault(source, FaultKind::GenerateSyntax, line.whole());
            return None;
        };
        if words.len() > header.rdata + 1 {
            self.too_many_words(line, header.rdata + 3);
            return None;
        }
        if let Some(at) = open_parenthesis(line, rhs) {
            self.fault(source, FaultKind::GenerateSyntax, (at, at + 1));
            return None;
        }
        let standing = rr_types().standing(header.rtype, line.word(header.type_at + 2).unwrap_or_default());
        if standing == Standing::Newer {
            self.fault(source, FaultKind::UnknownType, line.range(header.type_at + 2)).detail =
                "newer".into();
            return None;
        }
        // Here BIND does not refuse MD and MF.
        if standing == Standing::Meta || header.rtype == RrType::SOA {
            self.fault(source, FaultKind::MetaType, line.range(header.type_at + 2));
            return None;
        }
        // What is refused makes nothing, and takes nothing from those that follow.
        if self.generated + range.count() > MAX_GENERATED {
            let detail = range.count().to_string();
            self.fault(source, FaultKind::GenerateLimit, line.range(1)).detail = detail;
            return None;
        }
        self.generated += range.count();
        self.state_ttl(&header);
        let ttl = self.record_ttl(line, &header, header.type_at + 2)?;
        Some(Template { range, lhs: words[0], rhs, rtype: header.rtype, ttl })
    }

    /// The records of a `$GENERATE`. As in BIND, the first one that fails is the last one.
    fn make_records(&mut self, line: &Line<'_>, template: &Template) {
        let Template { range, lhs, rhs, rtype, ttl } = *template;
        let whole = line.source.span(line.entry.start, line.entry.end);
        let mut words = Vec::new();
        let (mut text, mut name) = (Vec::new(), NameBuffer::new());
        // To BIND it is a C string, which ends at a NUL.
        let rdata = line.source.word(rhs).split(|&b| b == 0).next().unwrap_or_default();
        let rdata = inner_quotes(rdata, rhs.quoted);
        for value in range.values() {
            text.clear();
            let mut lhs_end = 0;
            let bad = match expand(line.source.word(lhs), value, MAX_LHS, &mut text) {
                Ok(()) => {
                    lhs_end = text.len();
                    text.push(b' ');
                    expand(&rdata, value, MAX_RHS, &mut text).err().map(|_| rhs)
                }
                Err(_) => Some(lhs),
            };
            if let Some(template) = bad {
                self.zone.incomplete = true;
                let detail = escape(line.source.word(template));
                self.fault(line.source, FaultKind::GenerateSyntax, (template.start, template.end)).detail =
                    detail;
                return;
            }
            let source = &Source { generated: Some(whole), text: &text, ..*line.source };
            if let Err(fault) = name.parse(&text[..lhs_end], self.origin.name.name()) {
                self.zone.incomplete = true;
                self.fault(source, name_fault(fault), (0, offset(lhs_end)));
                return;
            }
            let owner = self.owner_of(&name);
            if owner == Owner::Out {
                // BIND does not look at its data, other than with a written record.
                self.leave_out(&name, whole, true);
                continue;
            }
            let mut reader = Reader::reusing(&text[lhs_end..], words);
            let entry = reader.next_entry();
            words = reader.into_tokens();
            // A line end in quotes is one to the reader of the record: what is behind it does not count.
            let first = entry.map_or(lhs_end, |entry| lhs_end + entry.start as usize);
            if text[lhs_end..first].iter().any(|b| b"\r\n".contains(b)) {
                words.clear();
            }
            // The words stand behind the name.
            for word in &mut words {
                (word.start, word.end) = (word.start + offset(lhs_end), word.end + offset(lhs_end));
            }
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
            let Some((rdata, written)) = self.rdata(&made, rtype, 0, owner) else { return };
            self.push(owner, (rdata, written), (rtype, ttl), whole, (line.source.number, GENERATED));
        }
    }
}

/// The parenthesis that is open where `word` begins. BIND goes on in the reader of the records then,
/// where nothing closes it.
fn open_parenthesis(line: &Line<'_>, word: Token) -> Option<u32> {
    let mut open = Vec::new();
    let mut at = line.entry.start;
    for token in line.tokens.iter().take_while(|token| token.start <= word.start) {
        while at < token.start {
            match line.source.text[at as usize] {
                b'(' => open.push(at),
                b')' => _ = open.pop(),
                b';' => {
                    let rest = &line.source.text[at as usize..];
                    at += offset(memchr::memchr(b'\n', rest).unwrap_or(0));
                }
                _ => {}
            }
            at += 1;
        }
        at = token.end;
    }
    open.pop()
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

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("what a template becomes is short")
}
