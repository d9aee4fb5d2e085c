//! The texts that a report quotes, each read once and dropped when the report has moved on.

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use crate::source::{FileId, LineIndex, Octets, Position, Sources, Span, escape_path};

/// Files kept at a time. Findings come sorted by file, and few have labels in more files than this.
const KEPT: usize = 16;

/// The texts that were quoted last.
pub(super) struct Texts<'a> {
    sources: &'a Sources,
    /// The one used last is the last.
    recent: VecDeque<(FileId, Rc<Text>)>,
}

impl<'a> Texts<'a> {
    /// No text yet; they are read from `sources` when they are asked for.
    pub(super) fn new(sources: &'a Sources) -> Self {
        Self { sources, recent: VecDeque::with_capacity(KEPT) }
    }

    /// The text of a file.
    pub(super) fn get(&mut self, file: FileId) -> Rc<Text> {
        let known = self.recent.iter().position(|&(id, _)| id == file);
        let (_, text) = known
            .and_then(|at| self.recent.remove(at))
            .unwrap_or_else(|| (file, Rc::new(Text::read(self.sources, file))));
        if self.recent.len() == KEPT {
            self.recent.pop_front();
        }
        self.recent.push_back((file, Rc::clone(&text)));
        text
    }
}

/// The text of one file, with its lines.
pub(super) struct Text {
    /// The file's name, safe to show.
    pub(super) name: String,
    bytes: Octets,
    index: LineIndex,
    changed: bool,
}

impl Text {
    /// Reads a file as it is now.
    fn read(sources: &Sources, file: FileId) -> Self {
        let text = sources.text(file);
        Self {
            name: escape_path(&sources.path(file)),
            index: LineIndex::new(&text.bytes),
            bytes: text.bytes,
            changed: text.changed,
        }
    }

    /// Why this text must not be quoted, if it is not the one that was checked.
    pub(super) fn stale(&self) -> Option<String> {
        let name = &self.name;
        match (self.changed, self.bytes.is_empty()) {
            (false, _) => None,
            (true, false) => Some(format!("`{name}` has changed since it was checked")),
            (true, true) => Some(format!("`{name}` is gone or empty since it was checked")),
        }
    }

    /// Where a span is in this text: within it, without the line break it ends with. An empty span
    /// at the end of the file stands behind the last character, not on the line that never came.
    pub(super) fn locate(&self, span: Span) -> Range<u32> {
        let length = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX);
        let end = span.end.min(length);
        let start = span.start.min(end);
        if start == length {
            let end = self.before_line_breaks(0..end);
            return end..end;
        }
        start..self.before_line_breaks(start..end)
    }

    /// The end of a range without the line breaks at its end.
    fn before_line_breaks(&self, range: Range<u32>) -> u32 {
        let bytes = &self.bytes[range.start as usize..range.end as usize];
        let breaks = bytes.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        range.end - u32::try_from(breaks).unwrap_or(0)
    }

    /// Line and column of an offset.
    pub(super) fn position(&self, offset: u32) -> Position {
        self.index.position(&self.bytes, offset)
    }

    /// The line (from 0) of an offset.
    pub(super) fn line(&self, offset: u32) -> usize {
        self.index.line(&self.bytes, offset)
    }

    /// A line (from 0) without its line break, and the offset of its first byte.
    pub(super) fn line_at(&self, line: usize) -> Option<(usize, &[u8])> {
        let range = self.index.range(&self.bytes, line)?;
        let bytes = &self.bytes[range.clone()];
        let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
        Some((range.start, bytes.strip_suffix(b"\r").unwrap_or(bytes)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `locate` makes of `start..end` of `text`.
    fn located(text: &str, start: u32, end: u32) -> Range<u32> {
        let sources = Sources::new();
        let file = sources.add_bytes("t", text.into());
        Texts::new(&sources).get(file).locate(Span::new(file, start, end))
    }

    #[test]
    fn a_span_is_brought_into_the_text() {
        assert_eq!(located("ab\ncd\n", 3, 6), 3..5, "the line break is left out");
        assert_eq!(located("ab\r\n", 0, 4), 0..2, "and both bytes of it");
        assert_eq!(located("ab\n\n", 4, 4), 2..2, "the end of the file is behind its last text");
        assert_eq!(located("ab", 1, 99), 1..2);
        assert_eq!(located("ab", 50, 99), 2..2);
        assert_eq!(located("a\n\nb", 2, 2), 2..2, "an empty line in the middle keeps its place");
        assert_eq!(located("", 0, 0), 0..0);
        assert_eq!(located("\n\n", 2, 2), 0..0);
        assert_eq!(located("abc", 2, 1), 1..1, "a span the wrong way round");
    }

    #[test]
    fn a_text_is_read_once_and_dropped_after_sixteen_others() {
        let sources = Sources::new();
        let files: Vec<_> = (0..=KEPT).map(|_| sources.add_bytes("t", Vec::new())).collect();
        let mut texts = Texts::new(&sources);
        let first = texts.get(files[0]);
        for &file in &files[1..KEPT] {
            texts.get(file);
        }
        assert!(Rc::ptr_eq(&first, &texts.get(files[0])), "sixteen are kept");
        texts.get(files[KEPT]);
        assert!(Rc::ptr_eq(&first, &texts.get(files[0])), "the one used last stays");
        for &file in &files[1..=KEPT] {
            texts.get(file);
        }
        assert!(!Rc::ptr_eq(&first, &texts.get(files[0])), "seventeen are not");
        assert_eq!(texts.recent.len(), KEPT);
    }
}
