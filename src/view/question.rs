//! What a zone wants to know of the others: if all answers are good, no rule among the zones has anything to
//! say of it, and it need not stay in memory. Many zones ask the same, and each question is answered once.
//!
//! An answer may be bad although nothing is wrong: then the zone is judged as a whole, and the rules decide.

use super::target::{Target, target_alone};
use super::{Knowledge, MAX_ALIASES, View, spf};
use crate::syntax::{NameRef, RrType};
use crate::zone::{Answer, Lead, Mechanism, Record, SpfDomain, Term, Zone};

/// A question to the zones of a view about a name that is not in the zone which asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question<'n> {
    /// Has it an address of its own? An NS, MX or SRV record leads to it.
    Host(NameRef<'n>),
    /// Does it exist, and lead not in a circle? A CNAME leads to it.
    Alias(NameRef<'n>),
    /// Has it an SPF record that needs no more than this? Another one takes it in.
    Policy {
        /// The name.
        name: NameRef<'n>,
        /// Terms that may look something up.
        lookups: u8,
        /// Look-ups that may find nothing.
        void: u8,
    },
}

impl<'n> Question<'n> {
    /// The name that it is about.
    pub fn name(self) -> NameRef<'n> {
        match self {
            Self::Host(name) | Self::Alias(name) | Self::Policy { name, .. } => name,
        }
    }

    /// The question as octets, for [`Self::decode`].
    pub fn encode(self, out: &mut Vec<u8>) {
        match self {
            Self::Host(_) => out.extend([0, 0, 0]),
            Self::Alias(_) => out.extend([1, 0, 0]),
            Self::Policy { lookups, void, .. } => out.extend([2, lookups, void]),
        }
        out.extend_from_slice(self.name().wire());
    }

    /// The question that [`Self::encode`] wrote.
    pub fn decode(octets: &'n [u8]) -> Self {
        let ([kind, lookups, void], name) = octets.split_first_chunk().expect("a question has a kind");
        let name = NameRef::from_wire(name);
        match kind {
            0 => Self::Host(name),
            1 => Self::Alias(name),
            _ => Self::Policy { name, lookups: *lookups, void: *void },
        }
    }
}

impl View<'_> {
    /// Whether nothing is wrong for a zone that asks this.
    pub fn is_good(&self, question: Question<'_>) -> bool {
        let Some(home) = self.member_of(question.name()) else {
            // What is in no loaded zone is unknown.
            return true;
        };
        match question {
            Question::Host(name) => {
                matches!(self.get(home).lead(name), Lead::Address | Lead::Cut(_) | Lead::Unknown)
            }
            Question::Alias(name) => {
                self.get(home).answer(name) != Answer::Missing
                    && self.addresses(name).knowledge != Knowledge::Loop
            }
            Question::Policy { name, lookups, void } => {
                let within = |needs: (usize, usize)| needs.0 <= lookups.into() && needs.1 <= void.into();
                self.has_spf(name) != Some(false) && self.spf_needs(name).is_some_and(within)
            }
        }
    }
}

/// Asks what the zone has to know of others. `false` where it has to be judged among the others in any case: by
/// what it has itself, something may be wrong.
pub fn questions(zone: &Zone, mut ask: impl FnMut(Question<'_>)) -> bool {
    zone.records().iter().all(|record| match record.rtype() {
        RrType::NS | RrType::MX | RrType::SRV => leads_well(zone, record, Question::Host, &mut ask),
        RrType::CNAME => leads_well(zone, record, Question::Alias, &mut ask) && !may_circle(zone, record),
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
    ask: &mut impl FnMut(Question<'_>),
) -> bool {
    let Some(target) = zone.rdata(record).target() else { return true };
    if !target.is_root() && !target.is_within(zone.origin()) {
        ask(question(target));
    }
    matches!(target_alone(zone, record), Target::Good)
}

/// The aliases behind this one within the zone lead in a circle, or through a DNAME. The last one that
/// leads out asks for itself.
fn may_circle(zone: &Zone, record: &Record) -> bool {
    let mut target = zone.rdata(record).target();
    for _ in 0..MAX_ALIASES {
        let Some(name) = target.filter(|name| name.is_within(zone.origin())) else { return false };
        let (Answer::Name(id) | Answer::Wildcard(id)) = zone.answer(name) else {
            return matches!(zone.answer(name), Answer::Dname(_));
        };
        let Some(alias) = zone.rrset(id, RrType::CNAME).next() else { return false };
        target = zone.rdata(alias).target();
    }
    true
}

/// An SPF record is within its limits (RFC 7208 section 4.6.4) if those that it takes in are within their
/// shares of what is left.
fn has_good_policy(zone: &Zone, record: &Record, ask: &mut impl FnMut(Question<'_>)) -> bool {
    let Some(policy) = zone.spf(record).filter(|policy| policy.faults.is_empty()) else { return true };
    let mut taken = Vec::new();
    let (mut lookups, mut void) = (0, 0);
    for term in &policy.terms {
        match term {
            Term::Redirect(SpfDomain::Name(name))
            | Term::Directive(_, Mechanism::Include(SpfDomain::Name(name))) => taken.push(name.as_ref()),
            Term::Directive(_, Mechanism::Mx(Some(_), _)) => return false,
            Term::Directive(_, Mechanism::A(..) | Mechanism::Mx(..)) => {
                (lookups, void) = (lookups + 1, void + 1)
            }
            Term::Redirect(_)
            | Term::Directive(_, Mechanism::Ptr | Mechanism::Exists | Mechanism::Include(_)) => {
                lookups += 1;
            }
            Term::Directive(_, Mechanism::All | Mechanism::Network(..)) | Term::Explanation => {}
        }
    }
    let number = taken.len();
    let left = spf::MAX_LOOKUPS.checked_sub(lookups + number).zip(spf::MAX_VOID_LOOKUPS.checked_sub(void));
    let Some((lookups, void)) = left else { return false };
    let share = |left: usize| u8::try_from(left / number.max(1)).unwrap_or(u8::MAX);
    for &name in &taken {
        if name.is_within(zone.origin()) {
            return false;
        }
        ask(Question::Policy { name, lookups: share(lookups), void: share(void) });
    }
    zone.rrset(record.owner(), RrType::MX).nth(spf::MAX_MX).is_none()
}
