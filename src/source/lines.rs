//! Lines and columns of a text.

/// Where the lines of a text begin.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<u32>,
    len: u32,
}

/// A line and a column, both counted from 1; columns count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1. A byte that is no UTF-8 counts as one character.
    pub column: u32,
}

impl LineIndex {
    /// Finds the lines of `text`. A lone CR ends a line too, as for `named` and in editors.
    pub fn new(text: &[u8]) -> Self {
        let ends = memchr::memchr2_iter(b'\n', b'\r', text);
        let ends = ends.filter(|&at| text[at] == b'\n' || text.get(at + 1) != Some(&b'\n'));
        let starts = ends.map(|at| u32::try_from(at + 1).expect("files are below MAX_FILE_SIZE"));
        let starts = std::iter::once(0).chain(starts).collect();
        Self { starts, len: u32::try_from(text.len()).expect("files are below MAX_FILE_SIZE") }
    }

    /// The line (from 0) of a byte offset.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }

    /// The number of lines.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a line (from 0), its newline included.
    pub fn range(&self, line: usize) -> Option<std::ops::Range<usize>> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(self.len);
        Some(start as usize..end as usize)
    }

    /// Line and column of a byte offset in `text`, the text this index was made from.
    pub fn position(&self, text: &[u8], offset: u32) -> Position {
        let offset = offset.min(self.len);
        let line = self.line(offset);
        let before = &text[self.starts[line] as usize..offset as usize];
        let characters: usize =
            before.utf8_chunks().map(|c| c.valid().chars().count() + c.invalid().len()).sum();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: number(line + 1), column: number(characters + 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let text = "a\n\u{fc}\u{fc} x".as_bytes();
        let index = LineIndex::new(text);
        assert_eq!(index.position(text, 7), Position { line: 2, column: 4 });
        let latin = b"\xfc\xfc x";
        assert_eq!(LineIndex::new(latin).position(latin, 3), Position { line: 1, column: 4 });
        assert_eq!(index.position(text, 999).line, 2);
        assert_eq!(LineIndex::new(b"a\rb\r\nc\n").count(), 4);
    }
}
