//! The words of an entry, and the text that they stand in.

use crate::source::{FileId, Span};
use crate::syntax::{Entry, Token};

/// The text that words stand in.
#[derive(Clone, Copy)]
pub(super) struct Source<'t> {
    pub(super) file: FileId,
    /// The file's index in [`crate::zone::Zone::files`].
    pub(super) number: u16,
    pub(super) text: &'t [u8],
    /// The text is one record of the `$GENERATE` at this place.
    pub(super) generated: Option<Span>,
    /// Where the text begins in the file.
    pub(super) base: u32,
    /// The file goes on behind the text.
    pub(super) goes_on: bool,
}

impl<'t> Source<'t> {
    /// All of a file.
    pub(super) fn whole(file: FileId, number: u16, text: &'t [u8]) -> Self {
        Self { file, number, text, generated: None, base: 0, goes_on: false }
    }

    pub(super) fn span(&self, start: u32, end: u32) -> Span {
        self.generated.unwrap_or(Span::new(self.file, self.base + start, self.base + end))
    }

    pub(super) fn word(&self, token: Token) -> &[u8] {
        token.of(self.text)
    }
}

/// The words of an entry.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) source: &'t Source<'t>,
    pub(super) tokens: &'t [Token],
    pub(super) entry: Entry,
}

impl Line<'_> {
    pub(super) fn word(&self, at: usize) -> Option<&[u8]> {
        self.tokens.get(at).map(|token| self.source.word(*token))
    }

    /// The place of a word, or behind the last one where it is missing.
    pub(super) fn range(&self, at: usize) -> (u32, u32) {
        match self.tokens.get(at) {
            Some(token) => (token.start, token.end),
            None => self.tokens.last().map_or((self.entry.start, self.entry.end), |t| (t.start, t.end)),
        }
    }

    pub(super) fn whole(&self) -> (u32, u32) {
        (self.entry.start, self.entry.end)
    }
}
