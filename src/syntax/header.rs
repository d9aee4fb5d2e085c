//! Which word of an entry is which: directive, owner, TTL, class, type.

use super::rrtype::{RrType, rr_types};
use super::token::{Token, packed};
use super::ttl::{seconds, ttl};

/// What the first word of a line that begins with `$` asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Directive {
    /// `$ORIGIN name`
    Origin,
    /// `$TTL ttl`
    Ttl,
    /// `$INCLUDE file [name]`
    Include,
    /// `$GENERATE range lhs [ttl] [class] type rhs`
    Generate,
    /// `$DATE time`: left by a dump; BIND reads it and goes on.
    Date,
    /// None that exists.
    Unknown,
}

/// ```abnf
/// directive = origin-directive / ttl-directive / include-directive / generate-directive / date-directive
/// ```
/// The directive that an entry at column 0 is, if it is one. BIND takes any case, and even quotes.
#[inline]
pub fn directive(text: &[u8], tokens: &[Token]) -> Option<Directive> {
    let first = tokens.first()?;
    let may_be_one = matches!(text.get(first.start as usize), Some(b'$' | b'"'));
    may_be_one.then(|| directive_of(first.of(text))).flatten()
}

fn directive_of(word: &[u8]) -> Option<Directive> {
    if word.first() != Some(&b'$') {
        return None;
    }
    // To BIND it is a C string, which ends at a NUL.
    let word = word.split(|&b| b == 0).next().unwrap_or_default();
    let known = [
        (&b"$ORIGIN"[..], Directive::Origin),
        (b"$TTL", Directive::Ttl),
        (b"$INCLUDE", Directive::Include),
        (b"$GENERATE", Directive::Generate),
        (b"$DATE", Directive::Date),
    ];
    let found = known.iter().find(|(name, _)| word.eq_ignore_ascii_case(name));
    Some(found.map_or(Directive::Unknown, |&(_, directive)| directive))
}

/// The words of a record before its rdata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Seconds, where a TTL is written.
    pub ttl: Option<u32>,
    /// The class, where one is written: 1 is `IN`.
    pub class: Option<u16>,
    /// The index of the word that is the class.
    pub class_at: usize,
    /// The type.
    pub rtype: RrType,
    /// The index of the word that is the type.
    pub type_at: usize,
    /// The index of the first word of the rdata; there may be none.
    pub rdata: usize,
}

/// Why the words are no record, and the index of the word that shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderFault {
    /// The line ends before a type.
    Incomplete,
    /// A word in quotes stands where TTL, class or type is due.
    Quoted(usize),
    /// The word in the place of the type is none.
    UnknownType(usize),
}

/// ```abnf
/// record        = owner ttl-and-class type rdata
/// ttl-and-class = [ class gap ] [ ttl gap ] / [ ttl gap ] [ class gap ]
/// ```
/// Each word is read whole and then looked up: class first, then TTL, then class again, then type,
/// as `load_text()` of BIND does.
#[inline]
pub fn header(text: &[u8], tokens: &[Token], indented: bool) -> Result<Header, HeaderFault> {
    let first = usize::from(!indented);
    let words = tokens.get(first..).unwrap_or_default();
    match usual_header(text, first, &mut words.iter().copied()) {
        Some(header) => Ok(header),
        None => any_header(text, tokens, first),
    }
}

/// A header with the class `IN`, if any, and a type that most records have: a third of the instructions, as none of
/// its words is looked up. Of others it says nothing. The words are those from the index `first` on; those of the rdata
/// are left.
#[inline]
pub fn usual_header(text: &[u8], first: usize, words: &mut impl Iterator<Item = Token>) -> Option<Header> {
    const IN: u64 = packed(b"IN");
    let (mut ttl, mut class, mut class_at) = (None, None, first);
    for at in first..first + 3 {
        let token = words.next()?;
        let word = token.packed(text)?;
        if begins_with_digit(word) && ttl.is_none() {
            ttl = Some(seconds(word).or_else(|| super::ttl::ttl(token.of(text)).ok())?);
            class_at = if class.is_none() { at + 1 } else { class_at };
        } else if word == IN && class.is_none() {
            (class, class_at) = (Some(1), at);
        } else {
            let rtype = RrType::usual(word)?;
            return Some(Header { ttl, class, class_at, rtype, type_at: at, rdata: at + 1 });
        }
    }
    None
}

/// Nothing but a TTL does, where a header is good.
fn begins_with_digit(word: u64) -> bool {
    (word & 0xff).wrapping_sub(b'0'.into()) < 10
}

fn any_header(text: &[u8], tokens: &[Token], first: usize) -> Result<Header, HeaderFault> {
    let mut at = first;
    let word = |at: usize| match tokens.get(at) {
        None => Err(HeaderFault::Incomplete),
        Some(token) if token.quoted => Err(HeaderFault::Quoted(at)),
        Some(token) => Ok(token.of(text)),
    };
    let mut class_at = at;
    let mut found_class = class(word(at)?);
    at += usize::from(found_class.is_some());
    let found_ttl = ttl(word(at)?).ok();
    at += usize::from(found_ttl.is_some());
    // Class 0 is as good as none: another one may follow.
    if found_class.is_none() && found_ttl.is_some() || found_class == Some(0) {
        class_at = at;
        found_class = class(word(at)?);
        at += usize::from(found_class.is_some());
    }
    let found_class = found_class.filter(|&class| class != 0);
    let rtype = rr_types().parse(word(at)?).ok_or(HeaderFault::UnknownType(at))?;
    Ok(Header { ttl: found_ttl, class: found_class, class_at, rtype, type_at: at, rdata: at + 1 })
}

/// ```abnf
/// class = "IN" / "CH" / "CHAOS" / "HS" / "HESIOD" / "NONE" / "ANY" / "RESERVED0" / "CLASS" 1*5DIGIT
/// ```
/// The class that a word names; in any case (RFC 3597 section 5 for `CLASS`n).
pub fn class(word: &[u8]) -> Option<u16> {
    match word {
        // Only these letters begin a class, and most words that are asked about are none.
        [b'I' | b'C' | b'H' | b'N' | b'A' | b'R' | b'i' | b'c' | b'h' | b'n' | b'a' | b'r', ..] => {}
        _ => return None,
    }
    let known: [(&[u8], u16); 8] = [
        (b"IN", 1),
        (b"CH", 3),
        (b"CHAOS", 3),
        (b"HS", 4),
        (b"HESIOD", 4),
        (b"NONE", 254),
        (b"ANY", 255),
        (b"RESERVED0", 0),
    ];
    if !(2..=10).contains(&word.len()) {
        return None;
    }
    known
        .iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name))
        .map(|&(_, number)| number)
        .or_else(|| generic(b"CLASS", word))
}

/// The number behind `prefix` in a word such as `TYPE65534` (RFC 3597 section 5): at most five digits.
pub(super) fn generic(prefix: &[u8], word: &[u8]) -> Option<u16> {
    let (head, digits) = word.split_at_checked(prefix.len())?;
    if !head.eq_ignore_ascii_case(prefix) || digits.len() > 5 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    std::str::from_utf8(digits).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::lex::Reader;
    use super::*;

    fn parse(line: &str) -> Result<(Option<u32>, Option<u16>, u16), HeaderFault> {
        let mut reader = Reader::new(line.as_bytes());
        let entry = reader.next_entry().expect("a line with words");
        header(line.as_bytes(), reader.tokens(), entry.indented).map(|h| (h.ttl, h.class, h.rtype.number()))
    }

    #[test]
    fn ttl_and_class_in_either_order() {
        assert_eq!(parse("a 300 IN A x"), Ok((Some(300), Some(1), 1)));
        assert_eq!(parse("a in 1h aaaa x"), Ok((Some(3600), Some(1), 28)));
        assert_eq!(parse(" 11 PTR x"), Ok((Some(11), None, 12)));
        assert_eq!(parse("a CLASS1 TYPE65534 \\# 0"), Ok((None, Some(1), 65534)));
        assert_eq!(parse("IN IN A x"), Ok((None, Some(1), 1)));
        assert_eq!(parse("a CLASS0 RESERVED0 A x"), Ok((None, None, 1)));
        assert_eq!(parse("a CLASS0 60 IN A x"), Ok((Some(60), Some(1), 1)));
        assert_eq!(parse("a 60 CLASS0 IN A x"), Err(HeaderFault::UnknownType(3)));
        assert_eq!(parse("a CLASS0 CLASS0 CLASS0 A x"), Err(HeaderFault::UnknownType(3)));
        assert_eq!(parse("a CLASS000001 A x"), Err(HeaderFault::UnknownType(1)));
    }

    #[test]
    fn the_usual_is_read_as_all_else() {
        let words = ["a", "IN", "in", "A", "SOA", "mx", "HTTPS", "300", "1h", "\"A\"", "TYPE1", "CAA"];
        let pairs = || words.iter().flat_map(|one| words.iter().map(move |two| format!("{one} {two}")));
        for line in pairs().flat_map(|head| pairs().map(move |tail| format!("{head} {tail}"))) {
            let mut reader = Reader::new(line.as_bytes());
            let _ = reader.next_entry();
            let (text, tokens) = (line.as_bytes(), reader.tokens());
            let usual = usual_header(text, 0, &mut tokens.iter().copied());
            assert!(usual.is_none_or(|it| any_header(text, tokens, 0) == Ok(it)), "{line}");
            let is_usual =
                ["A ", "IN SOA ", "300 SOA ", "1h IN A ", "IN 300 A "].iter().any(|it| line.starts_with(it));
            assert!(usual.is_some() || !is_usual, "{line}");
        }
    }

    #[test]
    fn what_is_no_record() {
        assert_eq!(parse("a"), Err(HeaderFault::Incomplete));
        assert_eq!(parse("a IN 300"), Err(HeaderFault::Incomplete));
        assert_eq!(parse("a IN 300 IN A x"), Err(HeaderFault::UnknownType(3)));
        assert_eq!(parse("a 300 400 A x"), Err(HeaderFault::UnknownType(2)));
        assert_eq!(parse("a \"A\" x"), Err(HeaderFault::Quoted(1)));
        assert_eq!(parse("a TYPE65536 x"), Err(HeaderFault::UnknownType(1)));
    }
}
