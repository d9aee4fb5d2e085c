//! Lines and columns of a text.

use std::ops::Range;

/// How many lines a text has up to here and there. From there on they are counted when one is asked for: a text of a
/// million lines has few that are shown. All questions are about the text that it was made from.
#[derive(Debug, Clone)]
pub struct LineIndex {
    /// The line ends before each block; the last one is that of the text's end, which may be empty.
    before: Vec<u32>,
}

/// Octets of a block.
const BLOCK: usize = 4096;

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1. A byte that is no UTF-8 counts as one character.
    pub column: u32,
}

impl LineIndex {
    /// Counts the lines of `text`. A lone CR ends a line too, as for `named` and in editors.
    pub fn new(text: &[u8]) -> Self {
        let blocks = (0..=text.len()).step_by(BLOCK);
        let mut ends = 0;
        let before = blocks.map(|at| {
            let before = ends;
            ends += number(count_ends(text, at..text.len().min(at + BLOCK)));
            before
        });
        Self { before: before.collect() }
    }

    /// The line (from 0) of a byte offset.
    pub fn line(&self, text: &[u8], offset: u32) -> usize {
        let offset = (offset as usize).min(text.len());
        let block = offset / BLOCK;
        self.before[block] as usize + count_ends(text, block * BLOCK..offset)
    }

    /// The bytes of a line (from 0), its newline included.
    pub fn range(&self, text: &[u8], line: usize) -> Option<Range<usize>> {
        let start = match line.checked_sub(1) {
            None => 0,
            Some(end) => {
                let block = self.before.partition_point(|before| *before as usize <= end).checked_sub(1)?;
                let behind = end - self.before[block] as usize;
                line_ends(text, block * BLOCK..text.len()).nth(behind)? + 1
            }
        };
        let end = line_ends(text, start..text.len()).next().map_or(text.len(), |end| end + 1);
        Some(start..end)
    }

    /// Line and column of a byte offset.
    pub fn position(&self, text: &[u8], offset: u32) -> Position {
        let end = (offset as usize).min(text.len());
        let start = line_ends(text, 0..end).next_back().map_or(0, |end| end + 1);
        let before = &text[start..end];
        let characters: usize =
            before.utf8_chunks().map(|c| c.valid().chars().count() + c.invalid().len()).sum();
        Position { line: number(self.line(text, offset) + 1), column: number(characters + 1) }
    }
}

/// The places in a range of a text where a line ends. A CR before an LF ends none, wherever the range ends.
fn line_ends(text: &[u8], range: Range<usize>) -> impl DoubleEndedIterator<Item = usize> {
    let start = range.start;
    let ends = memchr::memchr2_iter(b'\n', b'\r', &text[range]).map(move |at| start + at);
    ends.filter(|&at| text[at] == b'\n' || text.get(at + 1) != Some(&b'\n'))
}

/// How many these are, which mostly is told without a look at each.
fn count_ends(text: &[u8], range: Range<usize>) -> usize {
    match memchr::memchr(b'\r', &text[range.clone()]) {
        Some(_) => line_ends(text, range).count(),
        None => memchr::memchr_iter(b'\n', &text[range]).count(),
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\n\u{fc}\u{fc} x".as_bytes();
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 7), Position { line: 2, column: 4 });
        let latin = b"\xfc\xfc x";
        assert_eq!(LineIndex::new(latin).position(latin, 3), Position { line: 1, column: 4 });
        assert_eq!(index.position(text, 999).line, 2);
        let text = b"a\rb\r\nc\n";
        let lines = (0..5).map(|line| LineIndex::new(text).range(text, line));
        assert!(lines.eq([Some(0..2), Some(2..5), Some(5..7), Some(7..7), None]));
    }

    #[test]
    fn the_end_of_a_text_has_its_line_where_a_block_ends_too() {
        for length in [0, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK] {
            let text = vec![b'\n'; length];
            let index = LineIndex::new(&text);
            assert_eq!(index.line(&text, number(length)), length);
            assert_eq!(index.range(&text, length), Some(length..length));
            assert_eq!(index.range(&text, length + 1), None);
        }
    }

    /// The same from a list of all places where lines begin.
    fn lines_of(text: &[u8]) -> Vec<Range<usize>> {
        let ends = (0..text.len()).filter(|&at| match text[at] {
            b'\n' => true,
            b'\r' => text.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts: Vec<usize> = std::iter::once(0).chain(ends.map(|end| end + 1)).collect();
        let ends = starts[1..].iter().copied().chain([text.len()]);
        starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
    }

    proptest! {
        #[test]
        fn lines_are_those_of_the_whole_text_wherever_blocks_end(
            pieces in prop::collection::vec(
                prop_oneof![
                    4 => prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n", "\r\r\n"]).prop_map(str::to_owned),
                    2 => (0..90usize).prop_map(|length| "w".repeat(length)),
                    1 => (BLOCK - 3..BLOCK + 3).prop_map(|length| "w".repeat(length)),
                ],
                0..40,
            ),
        ) {
            let text = pieces.concat().into_bytes();
            let (index, lines) = (LineIndex::new(&text), lines_of(&text));
            for (number, line) in lines.iter().enumerate() {
                prop_assert_eq!(index.range(&text, number), Some(line.clone()));
                for offset in [line.start, line.end.max(line.start + 1) - 1] {
                    prop_assert_eq!(index.line(&text, u32::try_from(offset).expect("short")), number);
                }
            }
            prop_assert_eq!(index.range(&text, lines.len()), None);
        }
    }
}
