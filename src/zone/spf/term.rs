//! The terms of an SPF record, word by word (RFC 7208 sections 4.6.1, 5, 6, 7).

use std::borrow::Cow;
use std::net::IpAddr;

use super::{Domain, Lengths, Mechanism, Qualifier, SpfFaultKind, Term};
use crate::syntax::Name;

/// The modifiers that were read, which may stand there once.
#[derive(Default)]
pub(super) struct Modifiers {
    redirect: bool,
    explanation: bool,
}

impl Modifiers {
    /// ```text
    /// term      = directive / modifier
    /// directive = [ "+" / "-" / "?" / "~" ] mechanism
    /// modifier  = name "=" macro-string
    /// ```
    pub(super) fn term(&mut self, word: &[u8]) -> Result<Option<Term>, SpfFaultKind> {
        let word = std::str::from_utf8(word).map_err(|_| SpfFaultKind::Unknown)?;
        let in_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let octets = word.as_bytes();
        if let Some(end) = memchr::memchr(b'=', octets)
            && octets[0].is_ascii_alphabetic()
            && octets[..end].iter().all(in_name)
        {
            return self.modifier(&word[..end], &word[end + 1..]);
        }
        let qualifier = match octets {
            [b'+', ..] => Some(Qualifier::Pass),
            [b'-', ..] => Some(Qualifier::Fail),
            [b'~', ..] => Some(Qualifier::SoftFail),
            [b'?', ..] => Some(Qualifier::Neutral),
            _ => None,
        };
        let word = &word[usize::from(qualifier.is_some())..];
        Ok(Some(Term::Directive(qualifier.unwrap_or(Qualifier::Pass), mechanism(word)?)))
    }

    fn modifier(&mut self, name: &str, value: &str) -> Result<Option<Term>, SpfFaultKind> {
        let (term, known) = if name.eq_ignore_ascii_case("redirect") {
            (Term::Redirect(domain(value)?), &mut self.redirect)
        } else if name.eq_ignore_ascii_case("exp") {
            domain(value)?;
            (Term::Explanation, &mut self.explanation)
        } else {
            macros(value).ok_or(SpfFaultKind::Domain)?;
            let is_mechanism = MECHANISMS.iter().any(|known| name.eq_ignore_ascii_case(known));
            return if is_mechanism { Err(SpfFaultKind::Equals) } else { Ok(None) };
        };
        if std::mem::replace(known, true) { Err(SpfFaultKind::Twice) } else { Ok(Some(term)) }
    }
}

/// The names of mechanisms.
const MECHANISMS: [&str; 8] = ["all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists"];

/// ```text
/// mechanism = all / include / a / mx / ptr / ip4 / ip6 / exists
/// ```
fn mechanism(word: &str) -> Result<Mechanism, SpfFaultKind> {
    let end = word.bytes().position(|b| matches!(b, b':' | b'/')).unwrap_or(word.len());
    let (name, rest) = word.split_at(end);
    let value = rest.as_bytes().starts_with(b":").then(|| &rest[1..]);
    let bare = |mechanism| if rest.is_empty() { Ok(mechanism) } else { Err(SpfFaultKind::Value) };
    let needed = || value.ok_or(SpfFaultKind::NoValue);
    // The longest name is `include`: what does not fit is none.
    let mut lower = [0; 7];
    let lower = lower.get_mut(..name.len()).ok_or(SpfFaultKind::Unknown)?;
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    match &*lower {
        b"all" => bare(Mechanism::All),
        b"include" => Ok(Mechanism::Include(domain(needed()?)?)),
        b"a" => hosts(rest).map(|(domain, lengths)| Mechanism::A(domain, lengths)),
        b"mx" => hosts(rest).map(|(domain, lengths)| Mechanism::Mx(domain, lengths)),
        b"ptr" => match value {
            Some(value) => domain(value).map(|_| Mechanism::Ptr),
            None => bare(Mechanism::Ptr),
        },
        b"ip4" => network(needed()?, 32, IpAddr::is_ipv4),
        b"ip6" => network(needed()?, 128, IpAddr::is_ipv6),
        b"exists" => domain(needed()?).map(|_| Mechanism::Exists),
        _ => Err(SpfFaultKind::Unknown),
    }
}

/// ```text
/// ip4-network = address [ "/" length ]
/// ```
fn network(text: &str, bits: u8, family: impl Fn(&IpAddr) -> bool) -> Result<Mechanism, SpfFaultKind> {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    if address.is_empty() {
        return Err(SpfFaultKind::NoValue);
    }
    let address = address.parse().ok().filter(family).ok_or(SpfFaultKind::Address)?;
    Ok(Mechanism::Network(address, prefix.map_or(Ok(bits), |prefix| length(prefix, bits))?))
}

/// ```text
/// hosts = [ ":" domain-spec ] [ "/" length ] [ "//" length ]
/// ```
fn hosts(text: &str) -> Result<(Option<Domain>, Lengths), SpfFaultKind> {
    // A macro may have a slash among its delimiters.
    let from = text.rfind('}').unwrap_or(0);
    let slash = text[from..].find('/').map_or(text.len(), |at| from + at);
    let (value, lengths) = text.split_at(slash);
    let domain = value.strip_prefix(':').map(domain).transpose()?;
    let (v4, v6) = match lengths.split_once("//") {
        Some((v4, v6)) => (v4, Some(v6)),
        None => (lengths, None),
    };
    let v4 = v4.strip_prefix('/').map_or(Ok(32), |v4| length(v4, 32))?;
    let v6 = v6.map_or(Ok(128), |v6| length(v6, 128))?;
    Ok((domain, Lengths(v4, v6)))
}

/// ```text
/// length = "0" / %x31-39 *2DIGIT
/// ```
fn length(text: &str, bits: u8) -> Result<u8, SpfFaultKind> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|&length| plain && length <= bits).ok_or(SpfFaultKind::Length)
}

/// ```text
/// domain-spec = macro-string ( "." toplabel [ "." ] / macro-expand )
/// ```
fn domain(text: &str) -> Result<Domain, SpfFaultKind> {
    if text.is_empty() {
        return Err(SpfFaultKind::NoValue);
    }
    let has_macro = macros(text).ok_or(SpfFaultKind::Domain)?;
    if has_macro && text.ends_with('}') {
        return Ok(Domain::Macro);
    }
    let labels = text.strip_suffix('.').unwrap_or(text).as_bytes();
    let dot = labels.iter().rposition(|b| *b == b'.').ok_or(SpfFaultKind::Domain)?;
    let top = &labels[dot + 1..];
    let is_edge = |b: Option<&u8>| b.is_some_and(u8::is_ascii_alphanumeric);
    let is_top = top.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
        && is_edge(top.first())
        && is_edge(top.last())
        && !top.iter().all(u8::is_ascii_digit);
    if !is_top {
        return Err(SpfFaultKind::Domain);
    }
    if has_macro {
        return Ok(Domain::Macro);
    }
    let escaped = if memchr::memchr(b'\\', text.as_bytes()).is_some() {
        text.replace('\\', "\\\\").into()
    } else {
        Cow::Borrowed(text)
    };
    Name::parse_absolute(&escaped).map(Domain::Name).map_err(|_| SpfFaultKind::Domain)
}

/// ```text
/// macro-string = *( macro-expand / %x21-24 / %x26-7E )
/// macro-expand = "%{" letter *DIGIT [ "r" ] *delimiter "}" / "%%" / "%_" / "%-"
/// ```
/// Whether there is a macro in a text. `None` where something in it is neither text nor macro.
fn macros(text: &str) -> Option<bool> {
    let is_plain = |b: u8| b.is_ascii_graphic() && b != b'%';
    // Most texts have none, which is seen sooner of all octets at once.
    if text.bytes().fold(true, |plain, b| plain & is_plain(b)) {
        return Some(false);
    }
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.bytes().position(|b| !is_plain(b)) {
        let after = rest[at..].strip_prefix('%')?;
        rest = match after.strip_prefix('{') {
            Some(body) => {
                let (body, rest) = body.split_once('}')?;
                let tail = body.strip_prefix(|c: char| "slodiphcrtv".contains(c.to_ascii_lowercase()))?;
                let tail = tail.trim_start_matches(|c: char| c.is_ascii_digit());
                let tail = tail.strip_prefix(['r', 'R']).unwrap_or(tail);
                if !tail.chars().all(|c| ".-+,/_=".contains(c)) {
                    return None;
                }
                rest
            }
            None => after.strip_prefix(['%', '_', '-'])?,
        };
        found = true;
    }
    Some(found)
}

/// A term for people.
pub(super) fn shown(word: &[u8]) -> String {
    // Dashes and quotes that a word processor has made are shown, too.
    let is_shown =
        |c: &char| c.is_ascii_graphic() || c.is_alphanumeric() || ('\u{2010}'..'\u{2020}').contains(c);
    String::from_utf8_lossy(word).chars().map(|c| if is_shown(&c) { c } else { '\u{fffd}' }).collect()
}
