//! The words of a `named.conf`: `gap`, `word` and `quoted` of `grammar/named-conf.abnf`, and the brackets
//! that they stand in.
//!
//! All statements are read from one list of tokens, whose brackets are balanced: what is missing is found
//! out here, where the cause can be told, and is put in as a token without length.

use std::ops::Range;

use memchr::{memchr, memchr2, memmem};
use nom::branch::alt;
use nom::bytes::complete::{tag, take, take_while, take_while1};
use nom::combinator::recognize;
use nom::sequence::{delimited, preceded};
use nom::{IResult, Parser};

use super::fault::{Cause, Fault};
use crate::source::{FileId, Span};

/// What a leaf parser returns: the rest, and what it took.
type Scan<'a> = IResult<&'a [u8], &'a [u8], ()>;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    Quoted,
    Open,
    Close,
    Semicolon,
}

/// A word, a text in quotes, a bracket or a semicolon, by its place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    /// Offset of the first byte.
    pub(super) start: u32,
    /// Offset after the last byte; a token that was put in has no length.
    pub(super) end: u32,
    pub(super) kind: Kind,
}

impl Token {
    /// The bytes of the token, quotes among them.
    pub(super) fn text(self, text: &[u8]) -> &[u8] {
        &text[self.start as usize..self.end as usize]
    }

    /// Whether it is this word, in any case.
    pub(super) fn is(self, text: &[u8], word: &str) -> bool {
        self.kind == Kind::Word && self.text(text).eq_ignore_ascii_case(word.as_bytes())
    }

    pub(super) fn span(self, file: FileId) -> Span {
        Span::new(file, self.start, self.end)
    }
}

/// The tokens of a text, with balanced brackets.
///
/// ```abnf
/// conf = *gap *(statement *gap)
/// ```
pub(super) fn tokens(file: FileId, text: &[u8]) -> (Vec<Token>, Vec<Fault>) {
    let read = |one_line| {
        let mut lexer = Lexer { one_line, ..Lexer::new(file, text, 0) };
        lexer.read(0);
        (lexer.tokens, lexer.faults)
    };
    let (tokens, faults) = read(false);
    // Where a quote is missing, all quotes behind it change places: the culprit is the first text that
    // does not end on its line.
    if faults.iter().any(|fault| fault.cause == Cause::OpenQuote) { read(true) } else { (tokens, faults) }
}

/// The tokens of a part of a text. `None` where it does not end with a statement, or has something wrong in it:
/// what stands before and behind it then may tell more.
pub(super) fn tokens_of_part(file: FileId, text: &[u8], part: Range<usize>) -> Option<Vec<Token>> {
    let mut lexer = Lexer::new(file, &text[..part.end], part.start);
    lexer.read(part.start);
    let ends = lexer.head == lexer.tokens.len();
    (ends && lexer.faults.is_empty()).then_some(lexer.tokens)
}

struct Lexer<'a> {
    file: FileId,
    text: &'a [u8],
    /// A text in quotes ends with its line.
    one_line: bool,
    tokens: Vec<Token>,
    /// The index of the first token of the statement that is being read.
    head: usize,
    /// The bracket before closes nothing.
    surplus: bool,
    /// The brackets that are open: the index of the first token of their statement, and their own.
    open: Vec<(usize, usize)>,
    faults: Vec<Fault>,
}

impl<'a> Lexer<'a> {
    /// A lexer with room for the tokens from `start` on.
    fn new(file: FileId, text: &'a [u8], start: usize) -> Self {
        Self {
            file,
            text,
            one_line: false,
            tokens: Vec::with_capacity((text.len() - start) / 6),
            head: 0,
            surplus: false,
            open: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// Reads the text from `at` on.
    fn read(&mut self, mut at: usize) {
        let text = self.text;
        // BIND takes the mark as a part of the first word.
        if at == 0 && text.starts_with(b"\xef\xbb\xbf") {
            at = 3;
            self.fault(Cause::ByteOrderMark, 0, 3);
        }
        loop {
            at = self.gap(at);
            let Some(&first) = text.get(at) else { break };
            let (kind, end) = match first {
                b'{' => (Kind::Open, at + 1),
                b'}' => (Kind::Close, at + 1),
                b';' => (Kind::Semicolon, at + 1),
                b'"' => (Kind::Quoted, self.quoted(at)),
                _ => (Kind::Word, at + taken(word(&text[at..])).max(1)),
            };
            self.push(kind, at, end);
            at = end;
        }
        if let Some(&(_, opened)) = self.open.first() {
            self.close_from(0, offset(text.len()));
            let opened = self.tokens[opened];
            self.fault(Cause::MissingClose, opened.start, opened.end);
        }
    }

    fn fault(&mut self, cause: Cause, start: u32, end: u32) -> &mut Fault {
        let words = &self.text[start as usize..end as usize];
        self.faults.push(Fault::new(cause, Span::new(self.file, start, end), words));
        self.faults.last_mut().expect("it was pushed just now")
    }

    /// The offset of the next token.
    ///
    /// ```abnf
    /// gap = WSP / CR / LF / VT / FF / comment
    /// ```
    fn gap(&mut self, mut at: usize) -> usize {
        loop {
            while self.text.get(at).is_some_and(|&b| is_blank(b)) {
                at += 1;
            }
            let rest = &self.text[at..];
            if !matches!(rest.first(), Some(b'#' | b'/')) {
                return at;
            }
            match comment(rest) {
                Ok((_, comment)) => at += comment.len(),
                Err(_) if rest.starts_with(b"/*") => {
                    self.fault(Cause::OpenComment, offset(at), offset(at + 2));
                    return self.text.len();
                }
                Err(_) => return at,
            }
        }
    }

    /// The end of a text in quotes.
    fn quoted(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let length = taken(quoted(rest));
        if length > 0 && (!self.one_line || memchr(b'\n', &rest[..length]).is_none()) {
            return at + length;
        }
        let line = memchr(b'\n', rest).unwrap_or(rest.len());
        // Where it was meant to end: a path has none of these.
        let ends = |&b: &u8| is_blank(b) || b"{};".contains(&b);
        let end = at + rest[..line].iter().position(ends).unwrap_or(line);
        self.fault(Cause::OpenQuote, offset(at), offset(end));
        end
    }

    fn push(&mut self, kind: Kind, start: usize, end: usize) {
        let token = Token { start: offset(start), end: offset(end), kind };
        match kind {
            Kind::Open => {
                self.close_before();
                self.open.push((self.head, self.tokens.len()));
                self.head = self.tokens.len() + 1;
            }
            Kind::Close => {
                let Some((head, _)) = self.open.pop() else {
                    self.fault(Cause::UnmatchedClose, token.start, token.end);
                    self.surplus = true;
                    return;
                };
                self.head = head;
            }
            // The one behind a bracket that closes nothing ends nothing.
            Kind::Semicolon if self.surplus => {
                self.surplus = false;
                return;
            }
            Kind::Semicolon => self.head = self.tokens.len() + 1,
            Kind::Word | Kind::Quoted => {}
        }
        self.surplus = false;
        self.tokens.push(token);
    }

    /// No zone stands in a zone, and no view in a view: where one begins, the brackets around it are those
    /// that were left open.
    fn close_before(&mut self) {
        let Some(&(outermost, _)) = self.open.first() else { return };
        let view = self.tokens[outermost].is(self.text, "view");
        let depth = match self.place() {
            Some(Place::Outermost) => 0,
            Some(Place::InView) => usize::from(view),
            None => return,
        };
        let Some(&(_, opened)) = self.open.get(depth) else { return };
        let opened = self.tokens[opened];
        let statement = self.tokens.split_off(self.head);
        let here = statement[0];
        self.close_from(depth, here.start);
        self.head = self.tokens.len();
        self.tokens.extend(statement);
        self.fault(Cause::MissingClose, opened.start, opened.end).related = Some(here.span(self.file));
    }

    /// Where the statement whose bracket comes now can stand, if that is not anywhere.
    fn place(&self) -> Option<Place> {
        let statement = &self.tokens[self.head..];
        let (head, words) = statement.split_first()?;
        let is = |word: &str| head.is(self.text, word);
        let class = |token: &Token| ["IN", "CH", "HS"].iter().any(|class| token.is(self.text, class));
        let has_name = matches!(words.first(), Some(name) if matches!(name.kind, Kind::Word | Kind::Quoted))
            && words[1..].iter().all(class);
        match words {
            _ if has_name && is("zone") => Some(Place::InView),
            _ if has_name && is("view") => Some(Place::Outermost),
            [] if is("options") || is("logging") || is("controls") => Some(Place::Outermost),
            _ => None,
        }
    }

    /// Puts in what closes all brackets but the first `depth`.
    fn close_from(&mut self, depth: usize, at: u32) {
        for _ in depth..self.open.len() {
            self.tokens.push(Token { start: at, end: at, kind: Kind::Close });
            self.tokens.push(Token { start: at, end: at, kind: Kind::Semicolon });
        }
        self.open.truncate(depth);
    }
}

/// Where a statement can stand.
enum Place {
    /// Not in any other.
    Outermost,
    /// In a view, or in no other.
    InView,
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("files are below MAX_FILE_SIZE")
}

/// The length of what a leaf parser takes.
fn taken(scan: Scan<'_>) -> usize {
    scan.map_or(0, |(_, taken)| taken.len())
}

const fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t'..=b'\r')
}

/// ```abnf
/// comment = "#" *(%x00-09 / %x0B-FF) / "//" *(%x00-09 / %x0B-FF)
///         / "/*" *OCTET "*/"
/// ```
fn comment(input: &[u8]) -> Scan<'_> {
    let line = |rest: &'_ [u8]| memchr(b'\n', rest).unwrap_or(rest.len());
    alt((
        recognize(preceded(alt((tag("#"), tag("//"))), |rest| take(line(rest)).parse(rest))),
        recognize(delimited(tag("/*"), until_star_slash, tag("*/"))),
    ))
    .parse(input)
}

fn until_star_slash(input: &[u8]) -> Scan<'_> {
    let end = memmem::find(input, b"*/").ok_or(nom::Err::Error(()))?;
    take(end).parse(input)
}

/// ```abnf
/// word = 1*(%x01-08 / %x0E-1F / %x21 / %x23-3A / %x3C-7A / %x7C / %x7E-FF)
/// ```
fn word(input: &[u8]) -> Scan<'_> {
    let (rest, plain) = take_while(|b: u8| !ENDS_PLAIN[usize::from(b)]).parse(input)?;
    if !plain.is_empty() && !matches!(rest.first(), Some(b'#' | b'/')) {
        return Ok((rest, plain));
    }
    let (_, word) = take_while1(|b: u8| !ENDS_WORD[usize::from(b)]).parse(input)?;
    let is_comment = |&at: &usize| word[at] == b'#' || at > 0 && word[at..].starts_with(b"//");
    let comment = memchr2(b'#', b'/', word).and_then(|first| (first..word.len()).find(is_comment));
    take(comment.unwrap_or(word.len())).parse(input)
}

/// The bytes that no word has.
static ENDS_WORD: [bool; 256] = ends(b"\"{};\0");

/// These, and those that begin a comment.
static ENDS_PLAIN: [bool; 256] = ends(b"\"{};\0#/");

/// A table of blanks and these bytes.
const fn ends<const N: usize>(bytes: &[u8; N]) -> [bool; 256] {
    let mut ends = [false; 256];
    let mut at = 0;
    while at < N {
        ends[bytes[at] as usize] = true;
        at += 1;
    }
    let mut byte = 0;
    while byte < b'!' {
        ends[byte as usize] |= is_blank(byte);
        byte += 1;
    }
    ends
}

/// ```abnf
/// quoted = DQUOTE *(%x00-21 / %x23-5B / %x5D-FF / "\" OCTET) DQUOTE
/// ```
fn quoted(input: &[u8]) -> Scan<'_> {
    let (rest, _) = tag("\"").parse(input)?;
    let inner = quoted_end(rest);
    if inner == rest.len() { Err(nom::Err::Error(())) } else { take(inner + 2).parse(input) }
}

/// Length of a text up to its closing quote.
fn quoted_end(input: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = memchr2(b'"', b'\\', &input[at..]) {
        at += found;
        if input[at] == b'"' {
            return at;
        }
        at = (at + 2).min(input.len());
    }
    input.len()
}
