//! Words, quotes, parentheses and comments: `entry`, `token` and `gap` of `grammar/zone.abnf`.
//!
//! The leaves are nom parsers over bytes with the error type `()`: on the way through a good file
//! nothing is built that would be thrown away. Why something failed is found out afterwards, where
//! it failed.

use memchr::memchr;
use nom::bytes::complete::take;
use nom::character::complete::char;
use nom::combinator::recognize;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use super::header;
use super::plain::PlainLine;
use super::rrtype::rr_types;
use super::token::{Token, offset};
use super::words::{Window, word_end};

/// What a leaf parser returns: the rest, and what it took.
type Scan<'a> = IResult<&'a [u8], &'a [u8], ()>;

/// One logical line: a directive or a record. Its words are in [`Reader::tokens`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Offset of the first word or parenthesis.
    pub start: u32,
    /// Offset after the last word or parenthesis.
    pub end: u32,
    /// The line begins with a blank: the owner is the one of the record before.
    pub indented: bool,
    /// A newline ended it, not the end of the file.
    pub terminated: bool,
    /// What the words themselves do wrong.
    pub fault: Option<LexFault>,
}

/// A word or parenthesis that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LexFault {
    /// What is wrong.
    pub kind: LexFaultKind,
    /// Offset of the first offending byte.
    pub start: u32,
    /// Offset after the last one.
    pub end: u32,
}

/// What can be wrong with words and parentheses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LexFaultKind {
    /// A `"` that is not closed on its line. BIND: `unbalanced quotes`.
    UnbalancedQuote,
    /// A `(` that is never closed. BIND: `unbalanced parentheses` at the end of the file.
    MissingCloseParen,
    /// A `)` without its `(`. BIND: `unbalanced parentheses`.
    UnmatchedCloseParen,
    /// A NUL outside comments and quotes. BIND: `syntax error`, `unexpected token`.
    NulByte,
}

/// Reads a text entry by entry.
#[derive(Debug)]
pub struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    /// A parenthesis was left open before: from now on an entry ends where the next one seems to
    /// begin, so that no text is read to its end more than twice.
    wary: bool,
    /// The text ended before the entry did that was read last.
    ran_out: bool,
    window: Window,
}

impl<'a> Reader<'a> {
    /// Reads `text` from its beginning.
    pub fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            at: 0,
            tokens: Vec::with_capacity(16),
            wary: false,
            ran_out: false,
            window: Window::NONE,
        }
    }

    /// Reads `text` into the words of an earlier reader, which need no new room then.
    pub fn reusing(text: &'a [u8], tokens: Vec<Token>) -> Self {
        Self { text, at: 0, tokens, wary: false, ran_out: false, window: Window::NONE }
    }

    /// Gives the words back for [`Self::reusing`].
    pub fn into_tokens(self) -> Vec<Token> {
        self.tokens
    }

    /// Passes over the next bytes.
    pub fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.text.len());
    }

    /// The offset that was reached: behind the newline of the last entry.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The words of the entry that [`Self::next_entry`] returned last.
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The text that is read.
    pub fn text(&self) -> &'a [u8] {
        self.text
    }

    /// A parenthesis was left open: entries end where the next one seems to begin.
    pub fn is_wary(&self) -> bool {
        self.wary
    }

    /// The next entry; lines without a word are passed over.
    pub fn next_entry(&mut self) -> Option<Entry> {
        while self.at < self.text.len() {
            if let Some(entry) = self.next_line() {
                return Some(entry);
            }
        }
        None
    }

    /// The entry that begins at the offset that was reached, which is not the end of the text. `None` if this is a
    /// line without a word.
    pub fn next_line(&mut self) -> Option<Entry> {
        let entry = self.entry();
        (!self.tokens.is_empty() || entry.fault.is_some()).then_some(entry)
    }

    /// The line that begins at the offset that was reached, if it is a plain one. It is to be [passed](Self::pass) then,
    /// or read as any other.
    #[inline]
    pub fn plain_line(&mut self) -> Option<PlainLine> {
        PlainLine::new(self.text, self.at, self.window.from(self.text, self.at))
    }

    /// Goes behind a line.
    pub fn pass(&mut self, line: PlainLine) {
        self.at = line.end();
    }

    /// The text ended before the entry did that was read last.
    pub fn ran_out(&self) -> bool {
        self.ran_out
    }

    /// Goes back to an entry that was read already, when no parenthesis had been left open.
    pub fn go_back(&mut self, at: usize) {
        (self.at, self.wary) = (at, false);
    }

    /// ```abnf
    /// entry = [ blank ] *( token / gap ) eol
    /// ```
    #[inline]
    fn entry(&mut self) -> Entry {
        self.tokens.clear();
        let begin = self.at;
        let indented = matches!(self.text[begin], b' ' | b'\t');
        let at = self.window.take_words(self.text, begin, &mut self.tokens);
        // Most entries are words, and then the end of their line.
        if self.text.get(at) == Some(&b'\n')
            && let [first, ..] = *self.tokens
            && let [.., last] = *self.tokens
        {
            (self.at, self.ran_out) = (at + 1, false);
            return Entry { start: first.start, end: last.end, indented, terminated: true, fault: None };
        }
        self.any_entry(begin, at, indented)
    }

    /// The entry that begins at an offset, of which the words up to another one are taken.
    fn any_entry(&mut self, begin: usize, mut at: usize, indented: bool) -> Entry {
        self.ran_out = false;
        let (text, tokens, window) = (self.text, &mut self.tokens, &mut self.window);
        let mut line = Line { text, tokens, window, opened: None, depth: 0, fault: None };
        let mut terminated = true;
        loop {
            let Some(&byte) = self.text.get(at) else {
                (terminated, self.ran_out) = (false, true);
                break;
            };
            if byte == b'\n' && line.depth == 0 {
                at += 1;
                break;
            }
            if byte == b'\r' && line.depth == 0 {
                at = self.text.len() - eol(&self.text[at..]).len();
                break;
            }
            if byte == b'\n' && self.wary && starts_entry(&self.text[at + 1..]) {
                at += 1;
                break;
            }
            at = self.text.len() - line.step(&self.text[at..], at).len();
            // Behind a quoted text or a comment the line mostly ends.
            if self.text.get(at) != Some(&b'\n') {
                at = line.window.take_words(self.text, at, line.tokens);
            }
        }
        if line.depth > 0 {
            let opened = line.opened.expect("a depth above 0 has an opening parenthesis");
            line.fault.get_or_insert(LexFault {
                kind: LexFaultKind::MissingCloseParen,
                start: opened,
                end: opened + 1,
            });
            if !self.wary {
                self.wary = true;
                if let Some(resume) = resumption(self.text, opened as usize) {
                    line.tokens.retain(|token| (token.start as usize) < resume);
                    at = resume;
                    terminated = true;
                }
            }
        }
        let (fault, opened) = (line.fault, line.opened);
        self.at = at;
        let tokens = self.tokens.first().zip(self.tokens.last());
        if let (Some((first, last)), None, None) = (tokens, fault, opened) {
            return Entry { start: first.start, end: last.end, indented, terminated, fault };
        }
        let first = tokens.map(|(first, _)| first.start).into_iter().chain(opened).min();
        let first = first.or(fault.map(|f| f.start)).unwrap_or(offset(begin));
        let last = tokens.map(|(_, last)| last.end).into_iter().chain(fault.map(|f| f.end)).max();
        // A `)` without its `(` may stand before the first `(` of a line without words.
        let end = last.map_or(first, |last| last.max(first));
        Entry { start: first, end, indented, terminated, fault }
    }
}

/// An entry while it is read.
struct Line<'a, 't> {
    text: &'a [u8],
    tokens: &'t mut Vec<Token>,
    window: &'t mut Window,
    /// The outermost parenthesis that was opened first.
    opened: Option<u32>,
    depth: u32,
    fault: Option<LexFault>,
}

impl<'a> Line<'a, '_> {
    /// Takes one token, or one piece of a gap, from `rest`, which begins at offset `here`.
    ///
    /// ```abnf
    /// token = quoted / contiguous
    /// gap   = 1*( SP / HTAB / "(" / ")" / comment / newline inside parentheses )
    /// ```
    /// Blanks, and words without escapes and the like, of which most of a text consists, are taken before.
    fn step(&mut self, rest: &'a [u8], here: usize) -> &'a [u8] {
        match rest[0] {
            b'\n' | b'\r' => eol(rest),
            b';' => taken(comment(self.comment_end(here) - here).parse(rest)),
            b'(' => {
                self.depth += 1;
                self.opened.get_or_insert(offset(here));
                &rest[1..]
            }
            b')' => {
                match self.depth.checked_sub(1) {
                    Some(depth) => self.depth = depth,
                    None => self.fail(LexFaultKind::UnmatchedCloseParen, here, here + 1),
                }
                &rest[1..]
            }
            b'"' => match quoted(self.quoted_end(here + 1) - here - 1).parse(rest) {
                Ok((rest, word)) => {
                    self.push(here, here + word.len(), true);
                    rest
                }
                Err(_) => self.unbalanced(rest, here),
            },
            b'\0' => {
                self.fail(LexFaultKind::NulByte, here, here + 1);
                &rest[1..]
            }
            _ => self.go_on(here),
        }
    }

    /// Where the line ends with the comment that begins at an offset.
    fn comment_end(&mut self, here: usize) -> usize {
        let near = self.window.find(self.text, here, |byte| byte == b'\n');
        near.unwrap_or_else(|| {
            memchr(b'\n', &self.text[here..]).map_or(self.text.len(), |newline| here + newline)
        })
    }

    /// Where a quoted text ends that begins at an offset.
    fn quoted_end(&mut self, here: usize) -> usize {
        let near = self.window.find(self.text, here, |byte| matches!(byte, b'"' | b'\\' | b'\n'));
        let near = near.filter(|&at| self.text[at] != b'\\');
        near.unwrap_or_else(|| here + quoted_end(&self.text[here..]))
    }

    /// A quote that is not closed: its word ends with the line.
    fn unbalanced(&mut self, rest: &'a [u8], here: usize) -> &'a [u8] {
        let end = here + quoted_end(&rest[1..]) + 1;
        self.fail(LexFaultKind::UnbalancedQuote, here, end);
        self.push(here, end, true);
        &self.text[end..]
    }

    /// A word with an escape or the like at offset `here`: what stands before that was taken for a word of its own.
    fn go_on(&mut self, here: usize) -> &'a [u8] {
        let end = word_end(self.text, here);
        match self.tokens.last_mut() {
            Some(begun) if begun.end as usize == here && !begun.quoted => begun.end = offset(end),
            _ => self.push(here, end, false),
        }
        &self.text[end..]
    }

    fn push(&mut self, start: usize, end: usize, quoted: bool) {
        self.tokens.push(Token { start: offset(start), end: offset(end), quoted });
    }

    fn fail(&mut self, kind: LexFaultKind, start: usize, end: usize) {
        self.fault.get_or_insert(LexFault { kind, start: offset(start), end: offset(end) });
    }
}

/// What a leaf parser that cannot fail leaves over.
fn taken(scan: Scan<'_>) -> &[u8] {
    scan.map_or(&[], |(rest, _)| rest)
}

/// ```abnf
/// eol = LF / CR LF / CR
/// ```
/// BIND takes a lone CR for a newline, outside quotes and comments.
fn eol(input: &[u8]) -> &[u8] {
    match input {
        [b'\r', b'\n', rest @ ..] | [b'\r' | b'\n', rest @ ..] => rest,
        _ => input,
    }
}

/// ```abnf
/// comment = ";" *( %x00-09 / %x0B-FF )
/// ```
/// It has so many bytes.
fn comment<'a>(length: usize) -> impl Parser<&'a [u8], Output = &'a [u8], Error = ()> {
    recognize(preceded(char(';'), take(length.saturating_sub(1))))
}

/// ```abnf
/// quoted = DQUOTE *( escape / %x00-09 / %x0B-21 / %x23-5B / %x5D-FF ) DQUOTE
/// ```
/// Between the quotes it has so many bytes.
fn quoted<'a>(length: usize) -> impl Parser<&'a [u8], Output = &'a [u8], Error = ()> {
    recognize(delimited(char('"'), take(length), char('"')))
}

/// Length of a quoted text up to its closing quote, or to the end of the line that lacks it.
/// An escaped newline does not end it.
fn quoted_end(input: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = memchr::memchr3(b'"', b'\\', b'\n', &input[at..]) {
        at += found;
        if input[at] != b'\\' {
            return at;
        }
        at = (at + 2).min(input.len());
    }
    input.len()
}

/// Where reading goes on after a parenthesis at `opened` that is never closed: at the first line
/// behind it that begins like a record or directive.
fn resumption(text: &[u8], opened: usize) -> Option<usize> {
    let newlines = memchr::memchr_iter(b'\n', &text[opened..]);
    newlines.map(|at| opened + at + 1).find(|&at| starts_entry(&text[at..]))
}

/// Whether a line begins a record or directive by all appearance: a directive at column 0, or TTL,
/// class and a type that exists, in the places that they have in a record, and rdata behind them. The
/// rdata is no type: types alone are the bitmap of an NSEC record.
fn starts_entry(line: &[u8]) -> bool {
    let blanks = line.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
    if line.get(blanks).is_none_or(|b| b"\r\n;()\"".contains(b)) {
        return false;
    }
    let mut reader = Reader::new(&line[..memchr(b'\n', line).unwrap_or(line.len())]);
    // Only this line is read, and its own parentheses stay out of it.
    reader.wary = true;
    if reader.next_entry().is_none() {
        return false;
    }
    let (text, tokens) = (reader.text, &reader.tokens);
    if blanks == 0 && header::directive(text, tokens).is_some() {
        return true;
    }
    let Ok(header) = header::header(text, tokens, blanks > 0) else { return false };
    let rdata = tokens.get(header.rdata).map(|token| token.of(text));
    rdata.is_some_and(|word| rr_types().parse(word).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        let mut reader = Reader::new(text.as_bytes());
        let mut all = Vec::new();
        while reader.next_entry().is_some() {
            let shown = |t: &Token| String::from_utf8_lossy(t.of(text.as_bytes())).into_owned();
            all.push(reader.tokens.iter().map(shown).collect());
        }
        all
    }

    #[test]
    fn words_end_where_bind_ends_them() {
        assert_eq!(words("a;b A\n"), [["a"]]);
        assert_eq!(words("t TXT(\"a\"\n\"b\")\n"), [["t", "TXT", "a", "b"]]);
        assert_eq!(words("t foo\"bar\"baz a\\ b \\;c\n"), [["t", "foo", "bar", "baz", "a\\ b", "\\;c"]]);
        assert_eq!(words("t \"a\\\"b\\\\\"\n"), [["t", "a\\\"b\\\\"]]);
        assert_eq!(words("a\rb\r\nc"), [["a"], ["b"], ["c"]]);
        assert_eq!(words("t ( ( a ) ; x )\n b ) c\nd\n"), [vec!["t", "a", "b", "c"], vec!["d"]]);
        assert_eq!(words(" \n\t; c\n\n"), Vec::<Vec<String>>::new());
        assert_eq!(words("t \"a\\\nb\" c\n"), [["t", "a\\\nb", "c"]]);
    }

    #[test]
    fn an_open_quote_ends_with_its_line() {
        let mut reader = Reader::new(b"a TXT \"x\nb A 1\n");
        let fault = reader.next_entry().and_then(|e| e.fault).expect("the quote is open");
        assert_eq!((fault.kind, fault.start, fault.end), (LexFaultKind::UnbalancedQuote, 6, 8));
        assert_eq!(reader.next_entry().map(|e| e.start), Some(9));
    }

    #[test]
    fn parentheses_alone_in_the_wrong_order_are_an_entry() {
        let entry = Reader::new(b" ) (").next_entry().expect("it has a fault");
        assert_eq!(entry.fault.map(|f| (f.kind, f.start)), Some((LexFaultKind::UnmatchedCloseParen, 1)));
        assert!(entry.start <= entry.end, "{entry:?}");
    }

    #[test]
    fn an_open_parenthesis_ends_before_the_next_record() {
        let text = b"@ SOA ns1 host (\n 1 2 3\n4 5\n NS ns1\nx TXT ( \"a\" )\ny TXT ( b\nz A 1\n";
        let mut reader = Reader::new(text);
        let entry = reader.next_entry().expect("the SOA");
        assert_eq!(entry.fault.map(|f| (f.kind, f.start)), Some((LexFaultKind::MissingCloseParen, 15)));
        assert_eq!(reader.tokens().len(), 9);
        let rest: Vec<_> = std::iter::from_fn(|| reader.next_entry()).collect();
        assert_eq!(rest.len(), 4);
        assert_eq!(rest.iter().filter(|e| e.fault.is_some()).count(), 1);
    }
}
