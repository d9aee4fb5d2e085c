//! Which zones are judged among the others, and which stay in memory for that.
//!
//! Most zones of a provider are in order, and alike. While a zone is at hand, after it was judged by itself, it
//! is noted what it wants to know of others ([`questions`]) and what it shows of a mail cluster ([`Shapes`]);
//! then it can be put aside. Later each question is answered once. Where all answers are good, no rule among the
//! zones has anything to say of those that asked; and of zones that show the same of a cluster one stands for
//! all. All others are judged as they are, read again if need be. So the rules decide everything, and know
//! nothing of this.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use crate::cluster::{Declaration, Shapes, Shown};
use crate::diagnostic::Diagnostic;
use crate::intern::Interner;
use crate::project::{Fate, Request};
use crate::rules::Enabled;
use crate::syntax::{NameRef, RrType};
use crate::view::{Chosen, Question, View, questions};
use crate::zone::Zone;

/// A zone with more records stays at hand: reading it again would take long.
const LARGE: usize = 2_000;

/// Rules whose finding is about the cluster, although it is shown at one of its domains.
const OF_CLUSTER: [&str; 2] = ["too-many-nodes", "rotation-disabled"];

/// No shape.
const NOTHING: u32 = u32::MAX;

/// What is noted of a zone that can be put aside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    /// Its questions, as a list in [`Aside::lists`].
    asks: u32,
    /// What it shows of a cluster, in [`Aside::shapes`], or [`NOTHING`].
    shape: u32,
}

/// Notes facts of zones, and chooses by them which are judged among the others.
#[derive(Debug)]
pub(crate) struct Aside<'d> {
    declarations: &'d [Declaration],
    looks: Shapes<'d>,
    /// All that is judged among the others is judged by what is noted.
    active: bool,
    questions: Interner,
    lists: Interner,
    shapes: Interner,
    /// So many records of zones in order may stay at hand, which spares reading them again.
    room: usize,
    at_hand: AtomicUsize,
}

impl<'d> Aside<'d> {
    pub(crate) fn new(rules: &Enabled, declarations: &'d [Declaration], request: &Request) -> Self {
        Self {
            declarations,
            looks: Shapes::new(declarations, rules.limits()),
            // Who compares two versions of a zone needs all of it.
            active: rules.are_of_facts() && request.history.base.is_none(),
            questions: Interner::default(),
            lists: Interner::default(),
            shapes: Interner::default(),
            room: request.room,
            at_hand: AtomicUsize::new(0),
        }
    }

    /// Notes the facts of a zone. `None` where it has to be judged among the others in any case.
    pub(crate) fn look(&self, zone: &Zone) -> Option<Facts> {
        if !self.active || !zone.is_complete() {
            return None;
        }
        let mut octets = Vec::with_capacity(512);
        let mut asked: Vec<u32> = Vec::with_capacity(16);
        let good = questions(zone, |question| {
            octets.clear();
            question.encode(&mut octets);
            asked.push(self.questions.intern(&octets));
        });
        if !good {
            return None;
        }
        asked.sort_unstable();
        asked.dedup();
        octets.clear();
        octets.extend(asked.into_iter().flat_map(u32::to_ne_bytes));
        let asks = self.lists.intern(&octets);
        octets.clear();
        let shape = match self.looks.write(zone, &mut octets) {
            Shown::Nothing => NOTHING,
            Shown::Alike => self.shapes.intern(&octets),
            Shown::Special => return None,
        };
        Some(Facts { asks, shape })
    }

    /// Whether a zone with these facts stays at hand.
    pub(crate) fn fate(&self, zone: &Zone, facts: Option<Facts>) -> Fate {
        let records = zone.records().len();
        let stays = facts.is_none()
            || records > LARGE
            || self.at_hand.fetch_add(records, Ordering::Relaxed) + records <= self.room;
        if stays { Fate::Kept } else { Fate::PutAside }
    }

    /// Chooses the zones of a view that are judged among the others. `facts` are those of all zones of the
    /// project, by their numbers; zones of a shape that is `widened` each stand for themselves.
    pub(crate) fn choose(
        &self,
        view: &View<'_>,
        facts: &[Option<Facts>],
        widened: &HashSet<u32>,
    ) -> Vec<Chosen> {
        let members = view.members();
        let of = |member: usize| facts[members[member].number];
        let (bad, mut single) = self.answers(view, facts);
        single.extend(Shapes::named(self.declarations).filter_map(|name| view.member_of(name)));
        for member in 0..members.len() {
            let above = members[member].outline.origin().parent().and_then(|name| view.member_of(name));
            single.extend(above.into_iter().flat_map(|above| [above, member]));
        }
        let mut chosen = Vec::new();
        // For each shape the zone that stands for all, the first by name, and how many there are.
        let mut alike: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for member in 0..members.len() {
            match of(member) {
                Some(Facts { asks, shape })
                    if !bad.contains(&asks) && !single.contains(&member) && !widened.contains(&shape) =>
                {
                    if shape != NOTHING {
                        let (first, number) = alike.entry(shape).or_insert((member, 0));
                        *number += 1;
                        if members[member].outline.origin() < members[*first].outline.origin() {
                            *first = member;
                        }
                    }
                }
                _ => chosen.push(Chosen { member, weight: 1 }),
            }
        }
        if std::env::var_os("ZT").is_some() {
            eprintln!(
                "members {} individual {} shapes {} single {} bad {}",
                members.len(),
                chosen.len(),
                alike.len(),
                single.len(),
                bad.len()
            );
        }
        chosen.extend(alike.into_values().map(|(member, weight)| Chosen { member, weight }));
        chosen.sort_unstable_by_key(|chosen| chosen.member);
        chosen
    }

    /// The lists of questions with a bad answer, and the members that questions lead to: those hold what others
    /// have in common, and are like no other.
    fn answers(&self, view: &View<'_>, facts: &[Option<Facts>]) -> (HashSet<u32>, HashSet<usize>) {
        let members = view.members();
        let lists: BTreeSet<u32> =
            members.iter().filter_map(|member| facts[member.number]).map(|facts| facts.asks).collect();
        let lists: Vec<(u32, Vec<u32>)> = lists.into_iter().map(|list| (list, self.list(list))).collect();
        let asked: BTreeSet<u32> = lists.iter().flat_map(|(_, asked)| asked).copied().collect();
        let answer = |&question: &u32| {
            let octets = self.questions.get(question);
            let question_asked = Question::decode(&octets);
            (view.member_of(question_asked.name()), (!view.is_good(question_asked)).then_some(question))
        };
        let answers: Vec<_> = asked.par_iter().map(answer).collect();
        let bad: HashSet<u32> = answers.iter().filter_map(|(_, bad)| *bad).collect();
        let mut homes: HashSet<usize> = answers.iter().filter_map(|(home, _)| *home).collect();
        if !lists.is_empty() {
            let kept = members.iter().enumerate().filter(|(_, member)| facts[member.number].is_none());
            for (index, _) in kept {
                homes.extend(homes_of_targets(view, view.get(index)));
            }
        }
        let bad = lists.into_iter().filter(|(_, asked)| asked.iter().any(|one| bad.contains(one)));
        (bad.map(|(list, _)| list).collect(), homes)
    }

    fn list(&self, number: u32) -> Vec<u32> {
        self.lists.get(number).as_chunks::<4>().0.iter().map(|chunk| u32::from_ne_bytes(*chunk)).collect()
    }

    /// The shapes of zones that stand for others, and that something was found in: the others have it too.
    pub(crate) fn found_in(
        &self,
        view: &View<'_>,
        facts: &[Option<Facts>],
        found: &[Diagnostic],
    ) -> HashSet<u32> {
        let for_others = view.chosen().iter().filter(|chosen| chosen.weight > 1);
        let shapes: BTreeMap<String, u32> = for_others
            .filter_map(|chosen| {
                let member = &view.members()[chosen.member];
                Some((member.outline.origin().to_string(), facts[member.number]?.shape))
            })
            .collect();
        let found = found.iter().filter(|found| !OF_CLUSTER.contains(&found.rule));
        found.filter_map(|found| shapes.get(found.zone.as_deref()?).copied()).collect()
    }
}

/// The members that records of a zone lead to, that zone left out.
fn homes_of_targets<'v>(view: &'v View<'_>, zone: &'v Zone) -> impl Iterator<Item = usize> + 'v {
    let leading = zone.records().iter().filter(|record| {
        matches!(record.rtype(), RrType::NS | RrType::MX | RrType::SRV | RrType::CNAME | RrType::DNAME)
    });
    let outside = move |name: &NameRef<'_>| !name.is_within(zone.origin());
    leading
        .filter_map(|record| zone.rdata(record).target())
        .filter(outside)
        .filter_map(|name| view.member_of(name))
}
