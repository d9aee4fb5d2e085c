//! A file as the edits have to know it: its entries, each with the lines that it takes up.

use std::cell::OnceCell;

use super::ttl::Ttls;
use crate::source::Span;
use crate::syntax::{Directive, Header, Reader, Token, directive, header};

/// A text and its entries.
pub(super) struct Page<'t> {
    pub(super) text: &'t [u8],
    /// Other files include it.
    pub(super) included: bool,
    rows: Vec<Row>,
    ttls: OnceCell<Ttls>,
}

/// The lines of one entry.
#[derive(Clone, Copy)]
struct Row {
    /// Offset of the first word or parenthesis.
    start: u32,
    /// Offset behind the line end.
    after: u32,
    indented: bool,
}

/// What an entry is to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A record that names its owner.
    Headed,
    /// A record that inherits its owner.
    Inheriting,
    /// A directive.
    Directive(Directive),
}

impl<'t> Page<'t> {
    /// The page of a text; `included`: another file includes it.
    pub(super) fn new(text: &'t [u8], included: bool) -> Self {
        let mut reader = Reader::new(text);
        let mut rows = Vec::new();
        while let Some(entry) = reader.next_entry() {
            rows.push(Row { start: entry.start, after: offset(reader.at()), indented: entry.indented });
        }
        Self { text, included, rows, ttls: OnceCell::new() }
    }

    /// The number of the entry that begins with a span.
    pub(super) fn row_at(&self, span: Span) -> Option<usize> {
        self.rows.binary_search_by_key(&span.start, |row| row.start).ok()
    }

    /// How the records come to their TTLs.
    pub(super) fn ttls(&self) -> &Ttls {
        self.ttls.get_or_init(|| Ttls::of(self))
    }

    /// How many entries there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// What an entry is; `None` behind the last one.
    pub(super) fn kind(&self, row: usize) -> Option<Kind> {
        let &Row { start, after, indented } = self.rows.get(row)?;
        if indented {
            return Some(Kind::Inheriting);
        }
        if self.text[start as usize] != b'$' {
            return Some(Kind::Headed);
        }
        let text = &self.text[start as usize..after as usize];
        let mut reader = Reader::new(text);
        reader.next_entry();
        Some(directive(text, reader.tokens()).map_or(Kind::Headed, Kind::Directive))
    }

    /// The words of a record; `None` for everything else.
    pub(super) fn line(&self, row: usize) -> Option<Line<'t>> {
        let &Row { start, indented, .. } = self.rows.get(row)?;
        // A blank at the beginning of an included file is none if the `$INCLUDE` has no line end.
        let doubtful = self.included && row == 0 && indented;
        if doubtful || matches!(self.kind(row)?, Kind::Directive(_)) {
            return None;
        }
        let mut reader = Reader::new(&self.text[start as usize..]);
        reader.next_entry()?;
        let shifted = |t: &Token| Token { start: t.start + start, end: t.end + start, ..*t };
        let tokens: Vec<_> = reader.tokens().iter().map(shifted).collect();
        let header = header(self.text, &tokens, indented).ok()?;
        Some(Line { text: self.text, tokens, header, indented })
    }

    /// The record that names the owner of another one, with nothing but records in between.
    pub(super) fn head(&self, row: usize) -> Option<usize> {
        let mut up = (0..=row).rev();
        let first = up.find(|&at| self.kind(at) != Some(Kind::Inheriting))?;
        (self.kind(first) == Some(Kind::Headed)).then_some(first)
    }

    /// Offset of the line that an entry begins on.
    pub(super) fn line_start(&self, row: usize) -> u32 {
        let before = &self.text[..self.rows[row].start as usize];
        offset(before.iter().rposition(|b| b"\r\n".contains(b)).map_or(0, |at| at + 1))
    }

    /// Offset of the first word or parenthesis of an entry.
    pub(super) fn start(&self, row: usize) -> u32 {
        self.rows[row].start
    }

    /// Offset behind the last line of an entry.
    pub(super) fn after(&self, row: usize) -> u32 {
        self.rows[row].after
    }

    /// The line end of the file: that of its first line.
    pub(super) fn newline(&self) -> &'static str {
        match self.text.iter().position(|b| b"\r\n".contains(b)) {
            Some(at) if self.text[at..].starts_with(b"\r\n") => "\r\n",
            Some(at) if self.text[at] == b'\r' => "\r",
            _ => "\n",
        }
    }

    /// The text ends in the middle of a line.
    pub(super) fn is_cut(&self) -> bool {
        !matches!(self.text.last(), None | Some(b'\r' | b'\n'))
    }
}

/// The words of a record.
pub(super) struct Line<'t> {
    text: &'t [u8],
    pub(super) tokens: Vec<Token>,
    pub(super) header: Header,
    pub(super) indented: bool,
}

impl<'t> Line<'t> {
    /// The owner, where it is written.
    pub(super) fn owner(&self) -> Option<Token> {
        self.tokens.first().copied().filter(|_| !self.indented)
    }

    /// The TTL, where it is written.
    pub(super) fn ttl(&self) -> Option<Token> {
        let header = &self.header;
        let mut words = usize::from(!self.indented)..header.type_at;
        let at = words.find(|&at| header.class.is_none() || at != header.class_at);
        self.tokens.get(at.filter(|_| header.ttl.is_some())?).copied()
    }

    /// The class, where it is written.
    pub(super) fn class(&self) -> Option<Token> {
        self.tokens.get(self.header.class_at).copied().filter(|_| self.header.class.is_some())
    }

    /// The type.
    pub(super) fn rtype(&self) -> Token {
        self.tokens[self.header.type_at]
    }

    /// A field of the rdata, from 0.
    pub(super) fn field(&self, field: usize) -> Option<Token> {
        self.tokens.get(self.header.rdata + field).copied()
    }

    /// The bytes of a word, with its quotes.
    pub(super) fn word(&self, token: Token) -> &'t [u8] {
        &self.text[token.start as usize..token.end as usize]
    }
}

/// The column of an offset, from 0: characters, with tabs to every eighth.
pub(super) fn column(text: &[u8], offset: u32) -> usize {
    let before = &text[..offset as usize];
    let start = before.iter().rposition(|b| b"\r\n".contains(b)).map_or(0, |at| at + 1);
    width(0, &before[start..])
}

/// The column behind a text that begins at a column.
pub(super) fn width(from: usize, text: &[u8]) -> usize {
    let characters = text.utf8_chunks().flat_map(|chunk| {
        let broken = chunk.invalid().iter().map(|_| '?');
        chunk.valid().chars().chain(broken)
    });
    characters.fold(from, |at, c| if c == '\t' { next_stop(at) } else { at + 1 })
}

/// The tab stop behind a column.
pub(super) fn next_stop(column: usize) -> usize {
    (column / 8 + 1) * 8
}

pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("files are below MAX_FILE_SIZE")
}

/// A name or word as text; what is no UTF-8 is written as zone files escape it.
pub(super) fn as_text(word: &[u8]) -> String {
    use std::fmt::Write;
    let mut text = String::with_capacity(word.len());
    for chunk in word.utf8_chunks() {
        text += chunk.valid();
        for byte in chunk.invalid() {
            write!(text, "\\{byte:03}").expect("a String takes everything");
        }
    }
    text
}

/// A name as written ends with a dot that is not escaped.
pub(super) fn is_absolute(word: &[u8]) -> bool {
    let Some(rest) = word.strip_suffix(b".") else { return false };
    rest.iter().rev().take_while(|&&b| b == b'\\').count() % 2 == 0
}
