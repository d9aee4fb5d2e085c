//! Lines and columns of what findings point to.

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;

use super::text::Texts;
use crate::diagnostic::Diagnostic;
use crate::source::{Sources, Span};

/// From the first character to behind the last one; all count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Region {
    /// The first line.
    pub(super) line: u32,
    /// The column of the first character.
    pub(super) column: u32,
    /// The last line.
    pub(super) end_line: u32,
    /// The column behind the last character.
    pub(super) end_column: u32,
}

/// Looks places up.
pub(super) struct Places<'a> {
    sources: &'a Sources,
    /// `Serialize` has only `&self`.
    texts: RefCell<Texts<'a>>,
}

impl<'a> Places<'a> {
    /// The places in these files.
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self { sources, texts: RefCell::new(Texts::new(sources)) }
    }

    /// The path of the file that a span is in, as the user sees it.
    pub(super) fn path(&self, span: Span) -> Arc<Path> {
        self.sources.path(span.file)
    }

    /// Lines and columns of a span; in a file that has changed, what is there now.
    pub(super) fn region(&self, span: Span) -> Region {
        let text = self.texts.borrow_mut().get(span.file);
        let range = text.locate(span);
        let (start, end) = (text.position(range.start), text.position(range.end));
        Region { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }

    /// Lines and columns of a span as it stands, line breaks and the end of the file included.
    pub(super) fn exact(&self, span: Span) -> Region {
        let text = self.texts.borrow_mut().get(span.file);
        let (start, end) = (text.position(span.start), text.position(span.end));
        Region { line: start.line, column: start.column, end_line: end.line, end_column: end.column }
    }

    /// A note for a finding whose file is not what it was: its lines may be others now.
    pub(super) fn doubt(&self, diagnostic: &Diagnostic) -> Option<String> {
        let stale = self.texts.borrow_mut().get(diagnostic.primary.place.span.file).stale()?;
        Some(format!("{stale}, so the lines given here may be wrong"))
    }
}
