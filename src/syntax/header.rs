//! Which word of an entry is which: directive, owner, TTL, class, type.

use super::lex::Token;
use super::rrtype::{RrType, rr_types};
use super::ttl::ttl;

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
pub fn directive(text: &[u8], tokens: &[Token]) -> Option<Directive> {
    let word = tokens.first()?.of(text);
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
pub fn header(text: &[u8], tokens: &[Token], indented: bool) -> Result<Header, HeaderFault> {
    let mut at = usize::from(!indented);
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
        b"IN" => return Some(1),
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
    fn what_is_no_record() {
        assert_eq!(parse("a"), Err(HeaderFault::Incomplete));
        assert_eq!(parse("a IN 300"), Err(HeaderFault::Incomplete));
        assert_eq!(parse("a IN 300 IN A x"), Err(HeaderFault::UnknownType(3)));
        assert_eq!(parse("a 300 400 A x"), Err(HeaderFault::UnknownType(2)));
        assert_eq!(parse("a \"A\" x"), Err(HeaderFault::Quoted(1)));
        assert_eq!(parse("a TYPE65536 x"), Err(HeaderFault::UnknownType(1)));
    }
}
