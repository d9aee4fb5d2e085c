//! What an SPF record says (RFC 7208): its terms, and what is wrong with them.

mod term;

use std::cell::RefCell;
use std::net::IpAddr;

use hashbrown::HashSet;

use self::term::{Modifiers, shown};
use super::{Record, Zone};
use crate::syntax::Name;

/// An SPF record, term by term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spf {
    /// The terms in their order, without those that are wrong and the modifiers that nobody knows.
    pub terms: Vec<Term>,
    /// What is wrong: receivers then take the whole record for none (permerror, section 4.6).
    pub faults: Vec<SpfFault>,
}

/// A term of an SPF record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Term {
    /// A mechanism, and what is said of those whom it matches.
    Directive(Qualifier, Mechanism),
    /// `redirect=`: another record decides if nothing matches.
    Redirect(Domain),
    /// `exp=`: a text for those who are refused.
    Explanation,
}

impl Term {
    /// It matches everyone.
    fn is_all(&self) -> bool {
        matches!(self, Self::Directive(_, Mechanism::All))
    }
}

/// What is said of a sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Qualifier {
    /// `+`, or nothing: it may send.
    Pass,
    /// `-`: it may not.
    Fail,
    /// `~`: it probably may not.
    SoftFail,
    /// `?`: nothing.
    Neutral,
}

/// Whom a directive matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mechanism {
    /// Everyone.
    All,
    /// Whom another record lets pass.
    Include(Domain),
    /// The addresses of a name, or of the domain itself.
    A(Option<Domain>, Lengths),
    /// The addresses of the MX hosts of a name, or of the domain itself.
    Mx(Option<Domain>, Lengths),
    /// Whose name leads back to it.
    Ptr,
    /// A network.
    Network(IpAddr, u8),
    /// If a name exists.
    Exists,
}

/// The lengths of prefixes in bits: of IPv4, and of IPv6.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lengths(pub u8, pub u8);

/// The domain of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Domain {
    /// This one.
    Name(Name),
    /// It depends on the sender: there is a macro in it.
    Macro,
}

/// What is wrong with a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpfFault {
    /// The term as written; octets that are not ASCII are replaced.
    pub term: String,
    /// What is wrong.
    pub kind: SpfFaultKind,
}

/// Kinds of [`SpfFault`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpfFaultKind {
    /// Neither a mechanism nor a modifier.
    Unknown,
    /// `include:` and the like without a domain, `ip4:` without an address.
    NoValue,
    /// `all:x`, or a value where none belongs.
    Value,
    /// No IPv4 or IPv6 address of the family that the mechanism names.
    Address,
    /// A prefix length that is none.
    Length,
    /// No domain: without a dot, with a number as its last label, or a macro that does not exist.
    Domain,
    /// A second `redirect=` or `exp=`.
    Twice,
    /// A mechanism with `=` in the place of its colon: a modifier that receivers do not know, and pass over.
    Equals,
}

impl Zone {
    /// The text of a record may be an SPF record: most others are seen at once to be something else.
    #[inline]
    pub(crate) fn may_be_spf(&self, record: &Record) -> bool {
        // In others, keys and policies, another letter stands behind the `v=`.
        let Some(&[length, v, is, s, p, f, one]) = self.rdata(record).wire().first_chunk() else {
            return true;
        };
        length < 6 || (s | 0x20 == b's' && [v, is, s, p, f, one].eq_ignore_ascii_case(b"v=spf1"))
    }

    /// A text may speak of names of the zone: the first label of the zone's name stands in it.
    pub(crate) fn may_mention_itself(&self, record: &Record) -> bool {
        let (label, text) = (self.origin().first_label(), self.rdata(record).wire());
        let Some(first) = label.first() else { return true };
        let begins =
            |at: usize| text[at..].get(..label.len()).is_some_and(|part| part.eq_ignore_ascii_case(label));
        memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text).any(begins)
    }

    /// The text of a record that was meant as an SPF record and is none: something is glued to its version.
    pub(crate) fn glued_spf(&self, record: &Record) -> Option<Vec<u8>> {
        let text = self.rdata(record).text().filter(|_| self.may_be_spf(record))?;
        has_glued_version(&text).then(|| text.into())
    }

    /// The text of a record, if it is an SPF record: its version is `v=spf1` (section 4.5).
    pub fn spf(&self, record: &Record) -> Option<Spf> {
        if !self.may_be_spf(record) {
            return None;
        }
        Spf::of(&self.rdata(record).text()?)
    }

    /// The SPF record that a record is, if receivers can read it, and something else may be wrong with it: of what lies
    /// below a delegation, nobody asks this zone.
    pub(crate) fn doubtful_spf(&self, record: &Record) -> Option<Spf> {
        if self.is_good_if_spf(record) || self.cut(record.owner()).is_some() {
            return None;
        }
        self.spf(record).filter(|spf| spf.faults.is_empty())
    }

    /// A record is none of SPF, or nothing is wrong with it: no term counts for nothing, and not everyone passes.
    pub(crate) fn is_good_if_spf(&self, record: &Record) -> bool {
        if !self.may_be_spf(record) {
            return true;
        }
        let rdata = self.rdata(record);
        if GOOD.with_borrow(|good| good.contains(rdata.wire())) {
            return true;
        }
        let text = rdata.text().unwrap_or_default();
        let is_good = match Spf::of(&text) {
            Some(spf) => spf.faults.is_empty() && spf.behind_all().is_none() && !spf.passes_all(),
            None => !has_glued_version(&text),
        };
        if is_good {
            GOOD.with_borrow_mut(|good| {
                if good.len() < MAX_GOOD {
                    good.insert(rdata.wire().into());
                }
            });
        }
        is_good
    }
}

thread_local! {
    /// The rdata of good records. A provider has one for thousands of zones, and to look it up takes a
    /// tenth of the 1,700 instructions that it takes to be read.
    static GOOD: RefCell<HashSet<Box<[u8]>>> = RefCell::default();
}

/// So many of them are kept.
const MAX_GOOD: usize = 1024;

/// What stands behind the version, if a text is that of an SPF record.
fn behind_version(text: &[u8]) -> Option<&[u8]> {
    let rest = text.get(6..).filter(|_| text[..6].eq_ignore_ascii_case(b"v=spf1"))?;
    (rest.is_empty() || rest[0] == b' ').then_some(rest)
}

/// Reads the terms behind the version, and returns what is wrong.
fn read(text: &[u8], mut take: impl FnMut(Term)) -> Vec<SpfFault> {
    let (mut faults, mut modifiers) = (Vec::new(), Modifiers::default());
    let words = text.split(|&b| b == b' ').filter(|word| !word.is_empty());
    for word in words {
        match modifiers.term(word) {
            Ok(Some(term)) => take(term),
            Ok(None) => {}
            Err(kind) => faults.push(SpfFault { term: shown(word), kind }),
        }
    }
    faults
}

impl Spf {
    /// What a text says, if it is that of an SPF record.
    pub(crate) fn of(text: &[u8]) -> Option<Self> {
        behind_version(text).map(Self::read)
    }

    /// Reads the terms behind the version.
    fn read(text: &[u8]) -> Self {
        let mut terms = Vec::with_capacity(4);
        let faults = read(text, |term| terms.push(term));
        Self { terms, faults }
    }

    /// How many directives count for nothing, as they stand behind an `all`. Where it is none, a `redirect=` does,
    /// which may stand anywhere beside an `all`.
    pub(crate) fn behind_all(&self) -> Option<usize> {
        let all = self.terms.iter().position(Term::is_all)?;
        let behind = self.terms[all + 1..].iter().filter(|term| matches!(term, Term::Directive(..))).count();
        let redirect = self.terms.iter().any(|term| matches!(term, Term::Redirect(_)));
        (behind > 0 || redirect).then_some(behind)
    }

    /// The first `all` is a pass for everyone.
    pub(crate) fn passes_all(&self) -> bool {
        let all = self.terms.iter().find(|term| term.is_all());
        matches!(all, Some(Term::Directive(Qualifier::Pass, _)))
    }

    /// All directives behind an `all` are `all`.
    pub(crate) fn is_all_behind_all(&self) -> bool {
        let behind = self.terms.iter().skip_while(|term| !term.is_all());
        behind.filter(|term| matches!(term, Term::Directive(..))).all(Term::is_all)
    }

    /// The terms that make a receiver look something up (section 4.6.4).
    pub fn lookups(&self) -> usize {
        let looks = |term: &&Term| match term {
            Term::Redirect(_) => true,
            Term::Directive(_, mechanism) => !matches!(mechanism, Mechanism::All | Mechanism::Network(..)),
            Term::Explanation => false,
        };
        self.terms.iter().filter(looks).count()
    }
}

/// A text begins with the version of SPF, and goes on with something else than a blank. With a digit it is another
/// version.
fn has_glued_version(text: &[u8]) -> bool {
    let is_meant = text.get(..6).is_some_and(|version| version.eq_ignore_ascii_case(b"v=spf1"));
    is_meant && text.get(6).is_some_and(|next| *next != b' ' && !next.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(text: &str) -> Vec<Term> {
        let spf = Spf::read(text.as_bytes());
        assert!(spf.faults.is_empty(), "{text}: {:?}", spf.faults);
        spf.terms
    }

    fn one(text: &str) -> Mechanism {
        match &terms(text)[..] {
            [Term::Directive(_, mechanism)] => mechanism.clone(),
            other => panic!("{text}: {other:?}"),
        }
    }

    fn name(text: &str) -> Domain {
        Domain::Name(Name::parse_absolute(text).expect("a name"))
    }

    #[test]
    fn mechanisms() {
        assert_eq!(one("all"), Mechanism::All);
        assert_eq!(one("A"), Mechanism::A(None, Lengths(32, 128)));
        assert_eq!(one("a/24"), Mechanism::A(None, Lengths(24, 128)));
        assert_eq!(one("a//64"), Mechanism::A(None, Lengths(32, 64)));
        assert_eq!(
            one("mx:Mail.Example./24//64"),
            Mechanism::Mx(Some(name("mail.example")), Lengths(24, 64))
        );
        assert_eq!(one("ip4:192.0.2.0/24"), Mechanism::Network("192.0.2.0".parse().expect("an address"), 24));
        assert_eq!(one("ip6:2001:db8::"), Mechanism::Network("2001:db8::".parse().expect("an address"), 128));
        assert_eq!(one("include:_spf.example.com"), Mechanism::Include(name("_spf.example.com")));
        assert_eq!(one("exists:%{ir}.%{l1r-}._spf.%{d}"), Mechanism::Exists);
        assert_eq!(one("a:%{d1r/}/24"), Mechanism::A(Some(Domain::Macro), Lengths(24, 128)));
        assert_eq!(one("ptr:example.com"), Mechanism::Ptr);
        assert_eq!(one("include:a%_b%%c.example"), Mechanism::Include(Domain::Macro));
    }

    #[test]
    fn modifiers_and_qualifiers() {
        let spf = terms("  ?a  ~mx -all redirect=Other.example exp=why.%{d} ra=postmaster rp=100 unknown= ");
        let [Term::Directive(Qualifier::Neutral, _), Term::Directive(Qualifier::SoftFail, _), rest @ ..] =
            &spf[..]
        else {
            panic!("{spf:?}")
        };
        assert_eq!(
            rest,
            [
                Term::Directive(Qualifier::Fail, Mechanism::All),
                Term::Redirect(name("other.example")),
                Term::Explanation
            ]
        );
    }

    #[test]
    fn faults() {
        use SpfFaultKind::{Address, Domain, Length, NoValue, Twice, Unknown, Value};
        let cases = [
            ("ipv4:192.0.2.1", Unknown),
            ("192.0.2.1", Unknown),
            ("mx.example.com", Unknown),
            ("-al", Unknown),
            ("--all", Unknown),
            ("~", Unknown),
            ("+redirect=example.com", Unknown),
            ("\u{201c}-all", Unknown),
            ("include", NoValue),
            ("include:", NoValue),
            ("redirect=", NoValue),
            ("ip4:", NoValue),
            ("all:example.com", Value),
            ("ptr/24", Value),
            ("ip4:192.0.2.300", Address),
            ("ip4:2001:db8::1", Address),
            ("ip6:192.0.2.1", Address),
            ("ip4:192.0.2.1,192.0.2.2", Address),
            ("ip4:192.0.2.1ip4:192.0.2.2", Address),
            ("ip4:192.0.2.0/33", Length),
            ("ip4:192.0.2.0/024", Length),
            ("ip4:192.0.2.0/", Length),
            ("ip6:2001:db8::/129", Length),
            ("a/33", Length),
            ("a//", Length),
            ("mx/24/64", Length),
            ("include:localhost", Domain),
            ("a:192.0.2.1", Domain),
            ("include:%{x}.example", Domain),
            ("exists:%a.example", Domain),
            ("include:example.com,", Domain),
        ];
        for (text, kind) in cases {
            let spf = Spf::read(text.as_bytes());
            assert_eq!(spf.faults.first().map(|fault| fault.kind), Some(kind), "{text}: {spf:?}");
        }
        let twice = Spf::read(b"redirect=a.example redirect=b.example");
        assert_eq!(twice.faults, [SpfFault { term: "redirect=b.example".into(), kind: Twice }]);
    }
}
