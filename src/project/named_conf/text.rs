//! Walking through the tokens of one file, statement by statement.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::fault::{Cause, Fault};
use super::lex::{Kind, Token, tokens, tokens_of_part};
use crate::source::{FileId, Span, escape};

/// A word in lower case, to be compared with the names of options: what is longer than all of those, is
/// empty. Nothing is allocated for it, as it is asked for with every option of every zone.
pub(super) struct Lower {
    bytes: [u8; Self::MAX],
    length: usize,
}

impl Lower {
    const MAX: usize = 24;

    fn new(word: &[u8]) -> Self {
        let mut bytes = [0; Self::MAX];
        let length = if word.len() <= Self::MAX { word.len() } else { 0 };
        bytes[..length].copy_from_slice(&word[..length]);
        bytes.make_ascii_lowercase();
        Self { bytes, length }
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

/// A word, or a text without its quotes: no word begins with one.
pub(super) fn value(text: &[u8]) -> Cow<'_, [u8]> {
    let Some(inner) = text.strip_prefix(b"\"") else { return text.into() };
    let inner = inner.strip_suffix(b"\"").unwrap_or(inner);
    if memchr::memchr(b'\\', inner).is_none() {
        return inner.into();
    }
    let mut bytes = inner.iter().copied().peekable();
    let mut value = Vec::with_capacity(inner.len());
    while let Some(byte) = bytes.next() {
        if byte != b'\\' || bytes.peek() != Some(&b'"') {
            value.push(byte);
        }
    }
    value.into()
}

/// A file or a part of it, and how far it has been read.
pub(super) struct Text {
    pub(super) file: FileId,
    bytes: Arc<Vec<u8>>,
    tokens: Vec<Token>,
    at: usize,
    pub(super) faults: Vec<Fault>,
}

impl Text {
    pub(super) fn new(file: FileId, bytes: Arc<Vec<u8>>) -> Self {
        let (tokens, faults) = tokens(file, &bytes);
        Self { file, bytes, tokens, at: 0, faults }
    }

    /// A part of a file, if it can be told by itself what stands in it.
    pub(super) fn of_part(file: FileId, bytes: &Arc<Vec<u8>>, part: Range<usize>) -> Option<Self> {
        let tokens = tokens_of_part(file, bytes, part)?;
        Some(Self { file, bytes: bytes.clone(), tokens, at: 0, faults: Vec::new() })
    }

    /// The number of its tokens.
    pub(super) fn tokens(&self) -> usize {
        self.tokens.len()
    }

    /// Begins anew.
    pub(super) fn rewind(&mut self) {
        self.at = 0;
        self.faults.clear();
    }

    /// The next token that is not the end of a block.
    pub(super) fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied().filter(|token| token.kind != Kind::Close)
    }

    pub(super) fn next(&mut self) -> Option<Token> {
        let token = self.peek()?;
        self.at += 1;
        Some(token)
    }

    /// Takes the next token if it is of this kind.
    pub(super) fn take(&mut self, kind: Kind) -> Option<Token> {
        let token = self.peek().filter(|token| token.kind == kind)?;
        self.at += 1;
        Some(token)
    }

    /// Gives the token back that was taken last.
    pub(super) fn put_back(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    pub(super) fn is(&self, token: Token, word: &str) -> bool {
        token.is(&self.bytes, word)
    }

    /// A word, or a text without its quotes.
    pub(super) fn value(&self, token: Token) -> Cow<'_, [u8]> {
        value(token.text(&self.bytes))
    }

    /// A token for a message.
    pub(super) fn shown(&self, token: Token) -> String {
        match token.text(&self.bytes) {
            b"" => "the end of the file".to_owned(),
            text => escape(text),
        }
    }

    /// The token in lower case.
    pub(super) fn lower(&self, token: Token) -> String {
        String::from_utf8_lossy(token.text(&self.bytes)).to_ascii_lowercase()
    }

    /// The token in lower case, to be compared with the names of options.
    pub(super) fn option(&self, token: Token) -> Lower {
        Lower::new(token.text(&self.bytes))
    }

    pub(super) fn span(&self, token: Token) -> Span {
        token.span(self.file)
    }

    pub(super) fn fault(&mut self, cause: Cause, token: Token) -> &mut Fault {
        let fault = Fault::new(cause, token.span(self.file), &self.value(token));
        self.faults.push(fault);
        self.faults.last_mut().expect("it was pushed just now")
    }

    /// The token that was taken last.
    fn last(&self) -> Token {
        let before = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        before.copied().unwrap_or(Token { start: 0, end: 0, kind: Kind::Word })
    }

    /// The token that comes, whatever it is.
    fn coming(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    /// Takes the semicolon that ends a statement. Where it is missing, the next statement begins.
    pub(super) fn semicolon(&mut self) {
        if self.take(Kind::Semicolon).is_none() {
            let (last, coming) = (self.last(), self.coming());
            let word = self.shown(last);
            let related = coming.filter(|token| token.end > token.start).map(|token| self.span(token));
            let fault = self.fault(Cause::MissingSemicolon, last);
            (fault.word, fault.related) = (word, related);
        }
    }

    /// Takes the bracket that opens a block. Where it is missing, the statement is passed over.
    pub(super) fn open(&mut self) -> bool {
        if self.take(Kind::Open).is_some() {
            return true;
        }
        let related = self.coming().filter(|token| token.end > token.start).map(|token| self.span(token));
        let last = self.last();
        self.fault(Cause::MissingOpen, last).related = related;
        self.skip();
        false
    }

    /// Passes over the rest of a block, and takes its end and the semicolon behind it.
    pub(super) fn close(&mut self) {
        let mut depth = 0_usize;
        while let Some(token) = self.coming() {
            self.at += 1;
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close if depth == 0 => break,
                Kind::Close => depth -= 1,
                _ => {}
            }
        }
        self.semicolon();
    }

    /// Passes over the rest of a statement and its semicolon; says whether it was there.
    pub(super) fn skip(&mut self) -> bool {
        let mut depth = 0_usize;
        while let Some(token) = self.coming() {
            match token.kind {
                Kind::Open => depth += 1,
                Kind::Close if depth == 0 => return false,
                Kind::Close => depth -= 1,
                Kind::Semicolon if depth == 0 => {
                    self.at += 1;
                    return true;
                }
                _ => {}
            }
            self.at += 1;
        }
        false
    }

    /// Passes over a statement that is not read, which may go on behind a block. Where its semicolon is
    /// missing at the end of a block, that is said.
    pub(super) fn skip_unread(&mut self) {
        if !self.skip() {
            self.semicolon();
        }
    }

    /// A value in quotes.
    pub(super) fn quoted(&mut self) -> Option<Token> {
        self.expect(Kind::Quoted, "quoted")
    }

    /// A value without quotes.
    pub(super) fn bare(&mut self) -> Option<Token> {
        self.expect(Kind::Word, "bare")
    }

    /// A value with or without quotes.
    pub(super) fn either(&mut self) -> Option<Token> {
        match self.peek() {
            Some(token) if matches!(token.kind, Kind::Word | Kind::Quoted) => self.next(),
            _ => self.bare(),
        }
    }

    fn expect(&mut self, kind: Kind, how: &str) -> Option<Token> {
        match self.peek() {
            Some(token) if token.kind == kind => self.next(),
            Some(token) if matches!(token.kind, Kind::Word | Kind::Quoted) => {
                self.fault(Cause::Quoting, token).say(how);
                self.next()
            }
            _ => {
                let last = self.last();
                self.fault(Cause::BadValue, last).say("a value behind it");
                None
            }
        }
    }
}
