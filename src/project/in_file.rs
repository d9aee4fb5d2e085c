//! What a text itself says of its origin, with the files that it includes.

use crate::source::{FileId, Span};
use crate::syntax::{Directive, Name, NameBuffer, NameRef, RrType, Token, directive, header};
use crate::zone::{IncludeError, Includes};

use super::sniff::Readable;

/// Includes nest no deeper, as in `zone`.
const MAX_DEPTH: usize = 20;

/// Whether a text has an SOA once its includes are expanded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Soa {
    /// It has one.
    Present,
    /// It has none.
    Absent,
    /// It may be in a file that cannot be read.
    Unknown,
}

/// What a text says of its origin.
#[derive(Debug)]
pub(super) struct Evidence {
    /// The owner of the SOA, where it is absolute or `$ORIGIN` makes it so.
    pub(super) origin: Option<Name>,
    /// The first absolute `$ORIGIN` before any record, for a text without SOA.
    pub(super) first_origin: Option<Name>,
    /// The owner of the SOA; where the text begins, if there is no SOA.
    pub(super) place: Span,
    /// Whether there is an SOA.
    pub(super) soa: Soa,
}

/// Reads a text up to its SOA.
pub(super) fn evidence(file: FileId, text: &[u8], includes: &dyn Includes) -> Evidence {
    let mut search = Search {
        includes,
        stack: Vec::new(),
        owner: None,
        owned: false,
        first_origin: None,
        unresolved: false,
        records: false,
        budget: 4096,
    };
    let found = search.read(file, text, None);
    let soa = match found {
        Some(_) => Soa::Present,
        None if search.unresolved => Soa::Unknown,
        None => Soa::Absent,
    };
    let place = found.as_ref().map_or(Span::new(file, 0, 0), |found| found.place);
    let origin = found.and_then(|found| found.owner).map(|owner| owner.name().into());
    Evidence { origin, first_origin: search.first_origin, place, soa }
}

/// An SOA.
#[derive(Clone, Copy)]
struct Found {
    /// Its owner, if it is known.
    owner: Option<NameBuffer>,
    place: Span,
}

struct Search<'i> {
    includes: &'i dyn Includes,
    stack: Vec<FileId>,
    /// The owner of the record before, if there is one and it is known.
    owner: Option<NameBuffer>,
    /// There was an owner.
    owned: bool,
    first_origin: Option<Name>,
    unresolved: bool,
    records: bool,
    /// Includes that are still opened: a few files that include each other twice are a bomb.
    budget: u32,
}

impl Search<'_> {
    fn read(&mut self, file: FileId, text: &[u8], origin: Option<&NameBuffer>) -> Option<Found> {
        let mut origin = origin.copied();
        let readable = Readable::new(text);
        let mut reader = readable.reader();
        self.stack.push(file);
        let mut found = None;
        while found.is_none()
            && let Some(entry) = reader.next_entry()
        {
            let (text, tokens) = (reader.text(), reader.tokens());
            match directive(text, tokens) {
                Some(Directive::Origin) => {
                    origin = tokens.get(1).and_then(|t| absolute(t.of(text), origin.as_ref()));
                    if let (Some(name), false, None) = (&origin, self.records, &self.first_origin) {
                        self.first_origin = Some(name.name().into());
                    }
                }
                Some(Directive::Include) => found = self.include(file, text, tokens, origin.as_ref()),
                None if self.is_soa(text, tokens, entry.indented, origin.as_ref()) => {
                    // What was meant is the origin where an SOA at the top has no owner, and where the
                    // owner is the name of the origin without its final dot.
                    let word = tokens.first().filter(|_| !entry.indented).map(|token| token.of(text));
                    let lacks_dot = word.is_some_and(|word| is_without_dot(word, origin.as_ref()));
                    let owner = if self.owned && !lacks_dot { self.owner } else { origin };
                    let (start, end) = tokens.first().map_or((0, 0), |t| (t.start, t.end));
                    let (start, end) = if readable.narrowed { (0, 0) } else { (start, end) };
                    found = Some(Found { owner, place: Span::new(file, start, end) });
                }
                _ => {}
            }
        }
        self.stack.pop();
        found
    }

    /// Takes the owner of a record, and says whether the record is an SOA.
    fn is_soa(&mut self, text: &[u8], tokens: &[Token], indented: bool, origin: Option<&NameBuffer>) -> bool {
        let read = |indented| header(text, tokens, indented).ok().map(|header| (header, indented));
        let found =
            read(indented).or_else(|| read(!indented).filter(|(header, _)| header.rtype == RrType::SOA));
        let Some((header, indented)) = found else { return false };
        self.records = true;
        if !indented {
            self.owned = true;
            self.owner = tokens.first().and_then(|token| absolute(token.of(text), origin));
        }
        header.rtype == RrType::SOA && header.class.is_none_or(|class| class == 1)
    }

    fn include(
        &mut self,
        from: FileId,
        text: &[u8],
        tokens: &[Token],
        origin: Option<&NameBuffer>,
    ) -> Option<Found> {
        let name = tokens.get(1)?.of(text);
        let included = match self.includes.open(from, name) {
            Ok(included) => included,
            Err(IncludeError::NotFound(_) | IncludeError::OutsideRoot | IncludeError::Unreadable(_)) => {
                self.unresolved = true;
                return None;
            }
        };
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 || self.stack.contains(&included.file) || self.stack.len() >= MAX_DEPTH {
            return None;
        }
        let other = tokens.get(2).map(|token| absolute(token.of(text), origin));
        let origin = other.as_ref().map_or(origin, Option::as_ref);
        let kept = (self.owner, self.owned);
        let found = self.read(included.file, &included.text, origin);
        (self.owner, self.owned) = kept;
        found
    }
}

/// A name that is absolute, or becomes it by an origin that is known.
fn absolute(word: &[u8], origin: Option<&NameBuffer>) -> Option<NameBuffer> {
    if word == b"@" {
        return origin.copied();
    }
    // What a template engine will write is not known.
    if word.iter().any(|b| b"{}<>%$".contains(b)) || memchr::memmem::find(word, b"@Z").is_some() {
        return None;
    }
    let escapes = word.iter().rev().skip(1).take_while(|&&b| b == b'\\').count();
    let final_dot = word.ends_with(b".") && escapes % 2 == 0;
    let origin = if final_dot { NameRef::ROOT } else { origin?.name() };
    let mut name = NameBuffer::new();
    name.parse(word, origin).ok().map(|()| name)
}

/// A word is the name of the origin, but for the final dot.
fn is_without_dot(word: &[u8], origin: Option<&NameBuffer>) -> bool {
    let mut name = NameBuffer::new();
    !word.ends_with(b".")
        && name.parse(word, NameRef::ROOT).is_ok()
        && origin.is_some_and(|origin| origin.name() == name.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::zone::Included;

    /// `$INCLUDE x` is the file with the text `x`.
    struct Texts<'s>(&'s Sources, &'static [(&'static str, &'static str)]);

    impl Includes for Texts<'_> {
        fn open(&self, _: FileId, name: &[u8]) -> Result<Included, IncludeError> {
            let text = self.1.iter().find(|(known, _)| known.as_bytes() == name);
            let (name, text) = text.ok_or(IncludeError::NotFound(Vec::new()))?;
            let file = self.0.add_bytes(name, Vec::new());
            Ok(Included { file, text: text.as_bytes().to_vec().into(), beside: None })
        }
    }

    fn read(text: &str, files: &'static [(&'static str, &'static str)]) -> (Option<String>, Soa) {
        let sources = Sources::new();
        let file = sources.add_bytes("x", Vec::new());
        let evidence = evidence(file, text.as_bytes(), &Texts(&sources, files));
        (evidence.origin.map(|name| name.to_string()), evidence.soa)
    }

    fn said(text: &str) -> Option<String> {
        read(text, &[]).0
    }

    #[test]
    fn the_owner_of_the_soa() {
        let soa = "SOA ns1 host 1 2 3 4 5\n";
        assert_eq!(said(&format!("$ORIGIN a.b.\n@ {soa}")).as_deref(), Some("a.b"));
        assert_eq!(said(&format!("$ORIGIN a.b.\nA.b {soa}")).as_deref(), Some("a.b"));
        assert_eq!(said(&format!("$ORIGIN b.\na.b {soa}")).as_deref(), Some("a.b.b"));
        assert_eq!(said(&format!("$ORIGIN .\nexample.com IN {soa}")).as_deref(), Some("example.com"));
        assert_eq!(said(&format!("$ORIGIN com.\n$ORIGIN Example\n@ {soa}")).as_deref(), Some("example.com"));
        assert_eq!(said(&format!("example.com. 300 IN {soa}")).as_deref(), Some("example.com"));
        assert_eq!(said(&format!("$ORIGIN a.b.\n {soa}")).as_deref(), Some("a.b"));
        assert_eq!(said(&format!("$ORIGIN a.b.\nIN {soa}")).as_deref(), Some("in.a.b"));
        assert_eq!(said(&format!("$ORIGIN a.b.\n{soa}")).as_deref(), Some("a.b"));
        assert_eq!(said(&format!("\u{feff}$ORIGIN a.b.\r\n@ {soa}")).as_deref(), Some("a.b"));
        assert_eq!(said(&format!(". {soa}")).as_deref(), Some("."));
        for unknown in
            ["@", "example.com", "$ORIGIN sub\n@", "$ORIGIN 1.2.@Z\n@", "$ORIGIN {{z}}.\n@", "a\\."]
        {
            assert_eq!(said(&format!("{unknown} {soa}")), None, "{unknown}");
        }
    }

    #[test]
    fn an_included_soa() {
        const FILES: &[(&str, &str)] =
            &[("base", "@ SOA a b 1 2 3 4 5\n"), ("loop", "$INCLUDE loop\n"), ("sets", "$ORIGIN z.\n")];
        let found = |name: &str| (Some(name.to_owned()), Soa::Present);
        assert_eq!(read("$ORIGIN a.b.\n$INCLUDE base\n", FILES), found("a.b"));
        assert_eq!(read("$ORIGIN a.b.\n$INCLUDE base c\n", FILES), found("c.a.b"));
        assert_eq!(read("$ORIGIN a.b.\n$include sets\n$include \"base\"\n", FILES), found("a.b"));
        assert_eq!(read("$INCLUDE base\n", FILES), (None, Soa::Present));
        assert_eq!(read("$INCLUDE nowhere\n", FILES), (None, Soa::Unknown));
        assert_eq!(read("$INCLUDE loop\n", FILES), (None, Soa::Absent));
        assert_eq!(read("www A 192.0.2.1\n", FILES), (None, Soa::Absent));
    }
}
