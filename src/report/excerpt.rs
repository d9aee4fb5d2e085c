//! The few lines of a file that a finding shows, ready for codespan.
//!
//! codespan wants the whole text of a file and one entry for every line that a label covers. It
//! gets a small text of its own instead, of the lines it will draw and their neighbours, long ones
//! clipped. So neither the size of a file nor the length of a record matters.

use std::collections::BTreeSet;
use std::ops::Range;

use codespan_reporting::files::{Error, Files, Location};

use super::text::Text;
use crate::source::{Position, display};

/// Lines drawn after the first line of a label over many lines.
pub(super) const LINES_AFTER_START: usize = 3;
/// Lines drawn before the last line of a label over many lines.
pub(super) const LINES_BEFORE_END: usize = 1;
/// Characters of a line that is shown whole.
const WHOLE: usize = 120;
/// Bytes shown at the start of a clipped line, where the owner and the type stand.
const HEAD: usize = 32;
/// Bytes shown on each side of where a label starts or ends in a clipped line.
const MARGIN: usize = 24;
/// Fewer bytes than this are shown rather than clipped: the mark would be as long.
const SLIVER: usize = 8;

/// Lines of one file.
pub(super) struct Excerpt {
    name: String,
    text: String,
    lines: Vec<Line>,
    /// The true places of what the labels start with, by offset in `text`.
    places: Vec<(usize, Position)>,
}

/// A line of an excerpt.
struct Line {
    /// Its number in the file, from 1.
    number: usize,
    /// Where it starts in the text of the excerpt.
    start: usize,
    /// What is shown of it.
    pieces: Vec<Piece>,
}

/// A run of bytes that stands in the file and in the excerpt.
struct Piece {
    /// Where in the file.
    file: Range<usize>,
    /// Where it starts in the text of the excerpt.
    start: usize,
}

impl Excerpt {
    /// The lines of `text` that labels at `spans` need; `ellipsis` stands where a line is clipped.
    pub(super) fn new(text: &Text, spans: &[Range<u32>], ellipsis: &str) -> Self {
        let mut excerpt =
            Self { name: text.name.clone(), text: String::new(), lines: Vec::new(), places: Vec::new() };
        for line in lines_of(text, spans) {
            excerpt.push(text, line, spans, ellipsis);
        }
        for span in spans {
            let start = excerpt.offset(text, span.start);
            excerpt.places.push((start, text.position(span.start)));
        }
        excerpt
    }

    /// Where a span of the file is in this excerpt.
    pub(super) fn range(&self, text: &Text, span: &Range<u32>) -> Range<usize> {
        self.offset(text, span.start)..self.offset(text, span.end)
    }

    /// Adds a line (from 0).
    fn push(&mut self, text: &Text, line: usize, spans: &[Range<u32>], ellipsis: &str) {
        let Some((offset, bytes)) = text.line_at(line) else { return };
        let shown = display(bytes);
        let marks: Vec<_> = spans
            .iter()
            .flat_map(|span| [span.start, span.end])
            .filter(|&mark| text.line(mark) == line)
            .map(|mark| mark as usize - offset)
            .collect();
        let start = self.text.len();
        let mut pieces = Vec::new();
        for range in clip(&shown, &marks) {
            if range.start > 0 {
                self.text += ellipsis;
            }
            let file = offset + range.start..offset + range.end;
            pieces.push(Piece { file, start: self.text.len() });
            self.text += &shown[range];
        }
        if pieces.last().is_some_and(|last| last.file.end < offset + shown.len()) {
            self.text += ellipsis.trim_end();
        }
        self.text.push('\n');
        self.lines.push(Line { number: line + 1, start, pieces });
    }

    /// Where an offset of the file is in this excerpt; what is not shown is where it was clipped.
    fn offset(&self, text: &Text, offset: u32) -> usize {
        let number = text.line(offset) + 1;
        let offset = offset as usize;
        self.lines
            .iter()
            .filter(|line| line.number == number)
            .flat_map(|line| &line.pieces)
            .rfind(|piece| piece.file.start <= offset)
            .map_or(0, |piece| piece.start + offset.min(piece.file.end) - piece.file.start)
    }
}

/// The lines (from 0) that labels at `spans` need, each group with the line before and after it.
/// Those two are not drawn, but codespan marks that lines are left out where it skips two or more;
/// a single line it draws, so it must be the true one.
fn lines_of(text: &Text, spans: &[Range<u32>]) -> BTreeSet<usize> {
    let mut lines = BTreeSet::new();
    for span in spans {
        let (first, last) = (text.line(span.start), text.line(span.end));
        lines.extend(first.saturating_sub(1)..=(first + LINES_AFTER_START).min(last) + 1);
        lines.extend(last.saturating_sub(LINES_BEFORE_END + 1).max(first)..=last + 1);
    }
    lines
}

/// What is shown of a line with labels that start or end at `marks`.
fn clip(line: &str, marks: &[usize]) -> Vec<Range<usize>> {
    if line.chars().nth(WHOLE).is_none() {
        return std::iter::once(0..line.len()).collect();
    }
    let head = if marks.is_empty() { WHOLE } else { HEAD };
    let around = |&mark: &usize| mark.saturating_sub(MARGIN)..mark.saturating_add(MARGIN);
    let mut wanted: Vec<_> = std::iter::once(0..head).chain(marks.iter().map(around)).collect();
    wanted.sort_unstable_by_key(|range| range.start);
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for range in wanted {
        let start = line.floor_char_boundary(range.start);
        let end = line.ceil_char_boundary(range.end);
        match pieces.last_mut() {
            Some(last) if start <= last.end + SLIVER => last.end = last.end.max(end),
            _ => pieces.push(start..end),
        }
    }
    if let Some(last) = pieces.last_mut().filter(|last| last.end + SLIVER >= line.len()) {
        last.end = line.len();
    }
    pieces
}

/// The excerpts of one finding; a file is its place in the list.
pub(super) struct Excerpts(pub(super) Vec<Excerpt>);

impl Excerpts {
    /// An excerpt by its number.
    fn get(&self, id: usize) -> Result<&Excerpt, Error> {
        self.0.get(id).ok_or(Error::FileMissing)
    }
}

impl<'a> Files<'a> for Excerpts {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.get(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.get(id)?.text)
    }

    fn line_index(&'a self, id: usize, offset: usize) -> Result<usize, Error> {
        let after = self.get(id)?.lines.partition_point(|line| line.start <= offset);
        Ok(after.saturating_sub(1))
    }

    fn line_number(&'a self, id: usize, line: usize) -> Result<usize, Error> {
        let lines = &self.get(id)?.lines;
        let past = Error::LineTooLarge { given: line, max: lines.len() };
        lines.get(line).map(|line| line.number).ok_or(past)
    }

    fn line_range(&'a self, id: usize, line: usize) -> Result<Range<usize>, Error> {
        let Excerpt { lines, text, .. } = self.get(id)?;
        let past = Error::LineTooLarge { given: line, max: lines.len() };
        let start = lines.get(line).ok_or(past)?.start;
        Ok(start..lines.get(line + 1).map_or(text.len(), |next| next.start))
    }

    /// The place in the file, not in the excerpt.
    fn location(&'a self, id: usize, offset: usize) -> Result<Location, Error> {
        let places = &self.get(id)?.places;
        let place = places.iter().find(|&&(start, _)| start == offset);
        let &(_, Position { line, column }) = place.ok_or(Error::FileMissing)?;
        Ok(Location { line_number: line as usize, column_number: column as usize })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line as it is shown.
    fn clipped(line: &str, marks: &[usize]) -> String {
        clip(line, marks).into_iter().map(|piece| &line[piece]).collect::<Vec<_>>().join("~")
    }

    #[test]
    fn short_lines_are_whole() {
        let line = "\u{e9}".repeat(WHOLE);
        assert_eq!(clipped(&line, &[3]), line, "characters count, not bytes");
        assert_eq!(clipped("", &[0]), "");
    }

    #[test]
    fn long_lines_keep_their_head_and_the_labels() {
        let line = format!("{}{}{}", "h".repeat(1000), "X", "t".repeat(1000));
        let shown = clipped(&line, &[1000, 1001]);
        let (head, margin) = ("h".repeat(HEAD), "h".repeat(MARGIN));
        assert_eq!(shown, format!("{head}~{margin}X{}", "t".repeat(MARGIN)));
        assert_eq!(clipped(&line, &[]), "h".repeat(WHOLE));
        let end = clipped(&line, &[2001]);
        assert_eq!(end, format!("{head}~{}", "t".repeat(MARGIN)), "a label at the end of the line");
    }

    #[test]
    fn characters_are_not_cut() {
        let line = "\u{20ac}".repeat(500);
        for mark in 0..line.len() {
            assert!(clipped(&line, &[mark]).contains('\u{20ac}'));
        }
    }
}
