//! What a zone wants to know of the others: if all answers are good, no rule among the zones has anything to
//! say of it, and it need not stay in memory. Many zones ask the same, and each question is answered once.
//!
//! An answer may be bad although nothing is wrong: then the zone is judged as a whole, and the rules decide.

use super::target::{Target, alias_in, host_in, target_alone};
use super::{Knowledge, MAX_ALIASES, View, spf};
use crate::syntax::{NameRef, RrType};
use crate::zone::{Answer, Mechanism, Rdata, Record, Spf, SpfDomain, Term, Zone};

/// A question to the zones of a view about what is not in the zone that asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question<'n> {
    /// Has this name an address of its own? An NS, MX or SRV record leads to it.
    Host(NameRef<'n>),
    /// Does this name exist, and lead not in a circle? A CNAME leads to it.
    Alias(NameRef<'n>),
    /// Is this SPF record, the rdata of a TXT, within its limits, and are those there that it takes in?
    Policy(&'n [u8]),
}

/// The kind of a question and the length of what it is about, as octets.
const HEAD: usize = 3;

impl<'n> Question<'n> {
    /// The name that it is about.
    pub fn name(self) -> Option<NameRef<'n>> {
        match self {
            Self::Host(name) | Self::Alias(name) => Some(name),
            Self::Policy(_) => None,
        }
    }

    /// Adds the question to a list as octets, for [`Self::split`].
    pub fn encode(self, list: &mut Vec<u8>) {
        let (kind, octets) = match self {
            Self::Host(name) => (0, name.wire()),
            Self::Alias(name) => (1, name.wire()),
            Self::Policy(rdata) => (2, rdata),
        };
        let [high, low] = u16::try_from(octets.len()).expect("rdata has 65,535 octets at most").to_be_bytes();
        list.extend_from_slice(&[kind, high, low]);
        list.extend_from_slice(octets);
    }

    /// The questions of a list, each as the octets that [`Self::encode`] wrote.
    pub fn split(mut list: &'n [u8]) -> impl Iterator<Item = &'n [u8]> {
        std::iter::from_fn(move || {
            let [_, high, low] = *list.first_chunk()?;
            let (question, rest) = list.split_at(HEAD + usize::from(u16::from_be_bytes([high, low])));
            list = rest;
            Some(question)
        })
    }

    /// The question that [`Self::encode`] wrote.
    pub fn decode(octets: &'n [u8]) -> Self {
        let (head, octets) = octets.split_at(HEAD);
        match head[0] {
            0 => Self::Host(NameRef::from_wire(octets)),
            1 => Self::Alias(NameRef::from_wire(octets)),
            _ => Self::Policy(octets),
        }
    }
}

impl View<'_> {
    /// Whether nothing is wrong for a zone that asks this. What is in no loaded zone is unknown, and not wrong.
    pub fn is_good(&self, question: Question<'_>) -> bool {
        let home = |name| self.member_of(name).map(|home| self.get(home));
        match question {
            Question::Host(name) => home(name).is_none_or(|home| matches!(host_in(home, name), Target::Good)),
            Question::Alias(name) => home(name).is_none_or(|home| {
                matches!(alias_in(home, name), Target::Good)
                    && self.addresses(name).knowledge != Knowledge::Loop
            }),
            Question::Policy(rdata) => {
                let text = Rdata::new(RrType::TXT, rdata).text().unwrap_or_default();
                Spf::of(&text)
                    .filter(|policy| policy.faults.is_empty())
                    .is_none_or(|policy| self.is_good_policy(&policy))
            }
        }
    }

    /// An SPF record is within its limits (RFC 7208 section 4.6.4) if those that it takes in are within their
    /// shares of what is left.
    fn is_good_policy(&self, policy: &Spf) -> bool {
        let mut taken = Vec::new();
        let mut void = 0;
        for term in &policy.terms {
            match term {
                Term::Redirect(SpfDomain::Name(name))
                | Term::Directive(_, Mechanism::Include(SpfDomain::Name(name))) => taken.push(name.as_ref()),
                Term::Directive(_, Mechanism::Mx(Some(_), _)) => return false,
                Term::Directive(_, Mechanism::A(..) | Mechanism::Mx(..)) => void += 1,
                _ => {}
            }
        }
        let share = |most: usize, needed: usize| Some(most.checked_sub(needed)? / taken.len().max(1));
        let lookups = share(spf::MAX_LOOKUPS, policy.lookups());
        let Some((lookups, void)) = lookups.zip(share(spf::MAX_VOID_LOOKUPS, void)) else { return false };
        let within = |(looks, finds_nothing)| looks <= lookups && finds_nothing <= void;
        taken
            .iter()
            .all(|name| self.has_spf(*name) != Some(false) && self.spf_needs(*name).is_some_and(within))
    }
}

/// Asks what the records of a zone have to know of others. `false` where it has to be judged among the others in any
/// case: by what it has itself, something may be wrong.
pub fn questions(zone: &Zone, mut ask: impl FnMut(&Record, Question<'_>)) -> bool {
    zone.records().iter().all(|record| match record.rtype() {
        RrType::NS | RrType::MX | RrType::SRV => leads_well(zone, record, Question::Host, &mut ask),
        RrType::CNAME => leads_well(zone, record, Question::Alias, &mut ask),
        // Addresses of other zones are held against those of a reverse zone, one by one.
        RrType::PTR => false,
        RrType::TXT => has_good_policy(zone, record, &mut ask),
        _ => true,
    })
}

fn leads_well<'z>(
    zone: &'z Zone,
    record: &'z Record,
    question: impl Fn(NameRef<'z>) -> Question<'z>,
    ask: &mut impl FnMut(&Record, Question<'_>),
) -> bool {
    let is_alias = record.rtype() == RrType::CNAME;
    let target = zone.rdata(record).target().filter(|target| is_alias || !target.is_root());
    let Some(target) = target else { return true };
    if !target.is_within(zone.origin()) {
        ask(record, question(target));
        return zone.slip(record, target).is_none();
    }
    // Most aliases lead to a name that is none.
    if is_alias
        && zone.slip(record, target).is_none()
        && let Answer::Name(id) = zone.answer(target)
        && !zone.has(id, RrType::CNAME)
    {
        return true;
    }
    matches!(target_alone(zone, record, target), Target::Good) && !(is_alias && may_circle(zone, target))
}

/// The aliases behind one that leads to this name within the zone lead in a circle, or through a DNAME. The last
/// one that leads out asks for itself.
fn may_circle<'z>(zone: &'z Zone, mut name: NameRef<'z>) -> bool {
    for _ in 0..MAX_ALIASES {
        let id = match zone.answer(name) {
            Answer::Name(id) | Answer::Wildcard(id) => id,
            other => return matches!(other, Answer::Dname(_)),
        };
        let alias = zone.rrset(id, RrType::CNAME).next();
        let Some(next) = alias.and_then(|alias| zone.rdata(alias).target()) else { return false };
        if !next.is_within(zone.origin()) {
            return false;
        }
        name = next;
    }
    true
}

/// Asks about an SPF record. One that may speak of names of the zone itself is judged there.
fn has_good_policy(zone: &Zone, record: &Record, ask: &mut impl FnMut(&Record, Question<'_>)) -> bool {
    if !zone.may_be_spf(record) {
        return true;
    }
    ask(record, Question::Policy(zone.rdata(record).wire()));
    !zone.may_mention_itself(record) && zone.rrset(record.owner(), RrType::MX).nth(spf::MAX_MX).is_none()
}
