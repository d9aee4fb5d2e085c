//! Lines that are no record: what was meant, and what a person can do about it. Only a line with a
//! fault comes here.

use std::ops::Range;

use super::{Builder, Line, Owner, Source};
use crate::syntax::{
    Directive, Entry, FaultKind, Header, HeaderFault, NameBuffer, Standing, TtlFault, class, directive,
    header, placeholder, rr_types, ttl,
};
use crate::zone::rdata::{Names, encode};

impl Builder<'_> {
    /// Finds out why a line is no record. Where it is clear what was meant, it is read as that, so
    /// that one slip does not look like many.
    pub(super) fn recover(&mut self, line: &Line<'_>, fault: HeaderFault) {
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
        let other = Line { entry, ..*line };
        let likely = |meant: &Header| {
            if indented {
                fault == HeaderFault::UnknownType(0)
            } else {
                meant.type_at == 0 && matches!(self.owner, Owner::In(_))
            }
        };
        let meant = header(text, line.tokens, !indented)
            .ok()
            .filter(|meant| likely(meant) && self.reads(&other, meant));
        if let Some(meant) = meant {
            if indented {
                self.fault(line.source, FaultKind::IndentedOwner, line.range(0));
            } else {
                let (owner, related) = (self.owner_name().to_string(), self.owner_span);
                let fault = self.fault(line.source, FaultKind::LostIndentation, line.range(0));
                (fault.detail, fault.related) = (owner, related);
            }
            self.headed_record(&other, &meant);
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
    pub(super) fn reads(&self, line: &Line<'_>, header: &Header) -> bool {
        let kind = rr_types().kind(header.rtype);
        let words = &line.tokens[header.rdata.min(line.tokens.len())..];
        let fields =
            kind.filter(|kind| kind.standing == Standing::Ordinary).map(|kind| (header.rtype, Some(kind)));
        fields.is_some_and(|kind| {
            let mut name = NameBuffer::new();
            let names = Names::new(self.origin.name.name(), &mut name);
            encode(kind, line.source.text, words, names, &mut Vec::new()).is_ok()
        })
    }

    pub(super) fn header_fault(&mut self, line: &Line<'_>, fault: HeaderFault) {
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
                let number = word.first().is_some_and(u8::is_ascii_digit)
                    || matches!(word, [b'+' | b'-', b'0'..=b'9', ..]);
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

    /// Looks for a cause that a person can act on in a line that has a fault.
    pub(super) fn explain(&mut self, line: &Line<'_>, from: usize) {
        let (start, end) = line.whole();
        let text = &line.source.text[start as usize..end as usize];
        let first = line.word(0).unwrap_or_default();
        let marker = [&b"<<<<<<<"[..], b"=======", b">>>>>>>", b"|||||||"];
        let generate = directive(line.source.text, line.tokens) == Some(Directive::Generate);
        let is_marker = !line.entry.indented && marker.iter().any(|m| first.starts_with(m));
        let template = placeholder(text, generate).filter(|_| !is_marker);
        let refused = self.faults[from..].iter().any(|fault| !fault.kind.is_harmless());
        if !refused || !is_marker && template.is_none() {
            return;
        }
        self.faults.truncate(from);
        match template {
            Some(range) => self.template_at(line.source, start, range),
            None => _ = self.fault(line.source, FaultKind::MergeConflictMarker, line.whole()),
        }
    }

    /// Says once in a file that it is a template: what else is there is not known. The placeholder is at a range behind
    /// `start`.
    fn template_at(&mut self, source: &Source<'_>, start: u32, range: Range<usize>) {
        let [from, to] = [range.start, range.end]
            .map(|at| start + u32::try_from(at).expect("files are below MAX_FILE_SIZE"));
        let kind = FaultKind::TemplatePlaceholder;
        if !self.faults.iter().any(|fault| fault.kind == kind && fault.span.file == source.file) {
            self.fault(source, kind, (from, to));
        }
        self.zone.incomplete = true;
        self.breaks();
    }
}

/// Whether class and type, or the type alone, begin at a word.
fn header_follows(line: &Line<'_>, at: usize) -> bool {
    header(line.source.text, &line.tokens[at..], true).is_ok()
}
