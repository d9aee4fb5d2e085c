//! `; zoneward: ignore[rule] reason`: ignores in comments of master files.
//!
//! At the end of a line, or on any line within the parentheses of a record, it is about that record
//! or directive; alone on a line, about the next one. `ignore-file` is about the whole file.

use std::ops::Range;

use super::level::Selector;
use crate::source::{LineIndex, MARK, escape};
use crate::syntax::{Reader, Token};

/// An ignore.
#[derive(Debug)]
pub(super) struct Comment {
    /// The lines that it is about, from 0; `None` is the whole file.
    pub(super) lines: Option<Range<usize>>,
    /// What it ignores.
    pub(super) rules: Vec<Named>,
    /// The text that it is about, the blanks made even; empty for the whole file.
    pub(super) about: String,
}

/// A word in the brackets.
#[derive(Debug)]
pub(super) struct Named {
    /// Its place in the text.
    pub(super) span: Range<usize>,
    /// The word.
    pub(super) word: String,
    /// How many findings it took out.
    pub(super) used: usize,
    /// What it stands for, if anything.
    pub(super) selector: Option<Selector>,
}

/// A comment that was meant as an ignore and is none.
#[derive(Debug)]
pub(super) struct Malformed {
    /// The word that is wrong, in the text.
    pub(super) span: Range<usize>,
    /// What is wrong with it.
    pub(super) flaw: Flaw,
}

/// What can be wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// Behind the mark stands neither `ignore` nor `ignore-file`.
    Instruction,
    /// No rule is named.
    NoRule,
    /// The bracket is not closed.
    Open,
}

/// The words that may stand behind the mark.
pub(super) const INSTRUCTIONS: [&str; 2] = ["ignore", "ignore-file"];

/// The ignores in a text, and what was meant as one.
pub(super) fn read(text: &[u8], lines: &LineIndex) -> (Vec<Comment>, Vec<Malformed>) {
    let entries = entries(text);
    let line_of = |at| lines.line(text, u32::try_from(at).expect("files are below MAX_FILE_SIZE"));
    let (mut comments, mut malformed) = (Vec::new(), Vec::new());
    for at in memchr::memmem::find_iter(text, MARK) {
        // The entry that ends on the line of the comment or below it.
        let entry = entries.get(entries.partition_point(|entry| entry.span.end <= at));
        // What is no word is a comment; the mark stands at its beginning, or behind a `;` within it.
        let in_word = entry.is_some_and(|entry| entry.words.iter().any(|word| word.contains(&at)));
        if in_word || !before(text, at).ends_with(b";") {
            continue;
        }
        match parse(text, at + MARK.len()) {
            Err(flaw) => malformed.push(flaw),
            Ok((false, rules)) => comments.push(Comment { lines: None, rules, about: String::new() }),
            Ok((true, rules)) => {
                let span = entry.map_or(text.len()..text.len(), |entry| entry.span.clone());
                let lines = line_of(span.start)..line_of(span.end) + 1;
                let about = entry.map(|entry| entry.text(text)).unwrap_or_default();
                comments.push(Comment { lines: Some(lines), rules, about });
            }
        }
    }
    (comments, malformed)
}

/// A directive or record.
struct Entry {
    words: Vec<Range<usize>>,
    /// From the first word or parenthesis to the newline.
    span: Range<usize>,
}

impl Entry {
    /// Its words, with one blank between them.
    fn text(&self, text: &[u8]) -> String {
        let words = self.words.iter().map(|word| escape(&text[word.clone()]));
        words.collect::<Vec<_>>().join(" ")
    }
}

fn entries(text: &[u8]) -> Vec<Entry> {
    let mut reader = Reader::new(text);
    if text.starts_with(b"\xef\xbb\xbf") {
        reader.skip(3);
    }
    let mut entries = Vec::new();
    while let Some(entry) = reader.next_entry() {
        let word = |token: &Token| token.start as usize..token.end as usize;
        let words = reader.tokens().iter().map(word).collect();
        let end = reader.at() - usize::from(entry.terminated);
        entries.push(Entry { words, span: entry.start as usize..end });
    }
    entries
}

/// What stands before a mark on its line, without the blanks at the end.
fn before(text: &[u8], at: usize) -> &[u8] {
    let blanks = text[..at].iter().rev().take_while(|b| matches!(b, b' ' | b'\t')).count();
    &text[..at - blanks]
}

/// What stands behind the mark: `true` is `ignore`, `false` is `ignore-file`.
///
/// `instruction "[" rule *( "," rule ) "]" [ reason ]`, with blanks wherever one likes.
fn parse(text: &[u8], from: usize) -> Result<(bool, Vec<Named>), Malformed> {
    let end = memchr::memchr2(b'\n', b'\r', &text[from..]).map_or(text.len(), |length| from + length);
    let word = |range: Range<usize>| trim(text, range);
    let rest = word(from..end);
    let letter = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_';
    let length = text[rest.clone()].iter().take_while(|b| letter(b)).count();
    let instruction = rest.start..rest.start + length;
    let single = match &text[instruction.clone()] {
        b"ignore" => true,
        b"ignore-file" => false,
        _ => {
            let length = text[rest.clone()].iter().take_while(|b| !b" \t[;".contains(b)).count();
            let span = if length == 0 { from - MARK.len()..from } else { rest.start..rest.start + length };
            return Err(Malformed { span, flaw: Flaw::Instruction });
        }
    };
    let rest = word(instruction.end..end);
    if text[rest.clone()].first() != Some(&b'[') {
        return Err(Malformed { span: instruction, flaw: Flaw::NoRule });
    }
    let Some(length) = memchr::memchr(b']', &text[rest.clone()]) else {
        return Err(Malformed { span: rest.start..rest.start + 1, flaw: Flaw::Open });
    };
    let inside = rest.start + 1..rest.start + length;
    let mut rules = Vec::new();
    let mut start = inside.start;
    for part in text[inside.clone()].split(|&b| b == b',') {
        let span = word(start..start + part.len());
        start += part.len() + 1;
        if span.is_empty() {
            return Err(Malformed { span: inside.start - 1..inside.end + 1, flaw: Flaw::NoRule });
        }
        let word = escape(&text[span.clone()]);
        rules.push(Named { selector: Selector::parse(&word), word, span, used: 0 });
    }
    Ok((single, rules))
}

/// A range without the blanks at its ends.
fn trim(text: &[u8], range: Range<usize>) -> Range<usize> {
    let bytes = &text[range.clone()];
    let start = range.start + (bytes.len() - bytes.trim_ascii_start().len());
    start..start + text[start..range.end].trim_ascii_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each comment as `FIRST-LAST rule rule`, lines counted from 1; `file` for the whole file.
    fn shown(text: &str) -> Vec<String> {
        let (comments, malformed) = read(text.as_bytes(), &LineIndex::new(text.as_bytes()));
        let comments = comments.iter().map(|comment| {
            let rules: Vec<_> = comment.rules.iter().map(|named| &*named.word).collect();
            let lines = comment.lines.as_ref();
            let lines = lines.map_or("file".to_owned(), |lines| format!("{}-{}", lines.start + 1, lines.end));
            format!("{lines} {}", rules.join(" "))
        });
        let malformed = malformed.iter().map(|it| format!("{:?} {}", it.flaw, &text[it.span.clone()]));
        comments.chain(malformed).collect()
    }

    #[test]
    fn a_comment_is_about_its_record_or_the_next() {
        assert_eq!(shown("a A 1\nb A 2 ; zoneward: ignore[x, y] why\nc A 3\n"), ["2-2 x y"]);
        assert_eq!(shown("a A 1\n\n; zoneward: ignore[x]\n; a remark\nb A 2\n"), ["5-5 x"]);
        let soa = "@ SOA a b ( ; zoneward: ignore[a]\n 1 ; zoneward: ignore[b]\n ; zoneward:ignore [ c ]\n\
            2 3 4 5\n ) ; zoneward: ignore[d]\n@ NS x\n";
        assert_eq!(shown(soa), ["1-5 a", "1-5 b", "1-5 c", "1-5 d"]);
        assert_eq!(shown("a A 1\n;;zoneward: ignore[x]"), ["2-2 x"]);
        assert_eq!(shown("; zoneward: ignore-file[x] why\r\na A 1\r\n"), ["file x"]);
        assert_eq!(
            shown("a A 1 ; old ; zoneward: ignore[x] why ; zoneward: ignore[y]\n"),
            ["1-1 x", "1-1 y"]
        );
        assert_eq!(shown("\u{feff}a A 1;zoneward: ignore[x]\n"), ["1-1 x"]);
    }

    #[test]
    fn what_is_no_comment_of_ours_is_left_alone() {
        assert!(shown("a TXT \"; zoneward: ignore[x]\"\n").is_empty());
        assert!(shown("a TXT \\; zoneward: ignore[x]\n").is_empty());
        assert!(shown("; as https://zoneward: says\n; see zoneward: ignore[x]\n").is_empty());
        assert!(shown("zoneward: A 1\n").is_empty());
    }

    #[test]
    fn what_was_meant_as_an_ignore_is_told() {
        assert_eq!(shown("a A 1 ; zoneward: ingore[x]\n"), ["Instruction ingore"]);
        assert_eq!(shown("a A 1 ; zoneward:\n"), ["Instruction zoneward:"]);
        assert_eq!(shown("a A 1 ; zoneward: ignore\n"), ["NoRule ignore"]);
        assert_eq!(shown("a A 1 ; zoneward: ignore x\n"), ["NoRule ignore"]);
        assert_eq!(shown("a A 1 ; zoneward: ignore[]\n"), ["NoRule []"]);
        assert_eq!(shown("a A 1 ; zoneward: ignore[x,]\n"), ["NoRule [x,]"]);
        assert_eq!(shown("a A 1 ; zoneward: ignore-file[x\n"), ["Open ["]);
        assert_eq!(shown("; zoneward: [x]\n"), ["Instruction zoneward:"]);
    }
}
