//! Which zones are judged among the others, and which stay in memory for that.
//!
//! Most zones of a provider are in order, and alike. While a zone is at hand, after it was judged by itself, it
//! is noted what it wants to know of others ([`questions`]) and what it shows of a mail cluster ([`Shapes`]);
//! then it can be put aside. Later each question is answered once. Where all answers are good, no rule among the
//! zones has anything to say of those that asked; and of zones that show the same of a cluster one stands for
//! all. All others are judged as they are, read again if need be. So the rules decide everything, and know
//! nothing of this.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use hashbrown::HashSet;
use rayon::prelude::*;

use crate::cluster::{Declaration, Room, Shapes, Shown};
use crate::diagnostic::{Diagnostic, Group};
use crate::intern::Interner;
use crate::project::{Fate, Request};
use crate::rules::Enabled;
use crate::syntax::{NameRef, RrType};
use crate::view::{Chosen, Question, View, questions};
use crate::zone::Zone;

/// A zone with more records is judged as it is, on all threads: reading it again, and asking for it, takes long.
const LARGE: usize = 2_000;

/// Rules whose finding is about the cluster, although it is shown at one of its domains.
const OF_CLUSTER: [&str; 2] = ["too-many-nodes", "rotation-disabled"];

/// No shape.
const NOTHING: u32 = u32::MAX;

thread_local! {
    static ROOM: RefCell<Work> = RefCell::default();
}

/// What a thread uses again for each zone.
#[derive(Debug, Default)]
struct Work {
    /// Lists of questions: those that the apex asks, and those of the names below it.
    asked: [Vec<u8>; 2],
    shape: Vec<u8>,
    room: Room,
}

/// What is noted of a zone that can be put aside.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    /// Its questions, as lists in [`Aside::asked`]: those of the apex, which are mostly those of many zones, and
    /// those of the names below it.
    asks: [u32; 2],
    /// What it shows of a cluster, in [`Aside::shapes`], or [`NOTHING`].
    shape: u32,
    /// It was the first to show that.
    is_first: bool,
}

/// The facts of the zones of a project, by their numbers.
pub(crate) trait Known: Fn(usize) -> Option<Facts> + Sync {}

impl<F: Fn(usize) -> Option<Facts> + Sync> Known for F {}

/// What comes of the questions of all zones of a view.
#[derive(Debug)]
struct Answers {
    /// For each list of questions whether it has a bad answer.
    bad: Vec<bool>,
    /// For each member whether it is like no other: questions lead to it, as it holds what others have in common; it
    /// is above or below another one; or it is spoken of in the configuration.
    single: Vec<bool>,
}

/// Notes facts of zones, and chooses by them which are judged among the others.
#[derive(Debug)]
pub(crate) struct Aside<'d> {
    declarations: &'d [Declaration],
    looks: Shapes<'d>,
    /// All that is judged among the others is judged by what is noted.
    active: bool,
    /// Lists of questions.
    asked: Interner,
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
            asked: Interner::default(),
            shapes: Interner::default(),
            room: request.room,
            at_hand: AtomicUsize::new(0),
        }
    }

    /// Notes the facts of a zone. `None` where it has to be judged among the others in any case.
    pub(crate) fn look(&self, zone: &Zone) -> Option<Facts> {
        if !self.active || !zone.is_complete() || zone.records().len() > LARGE {
            return None;
        }
        ROOM.with_borrow_mut(|Work { asked, shape, room }| {
            asked.iter_mut().for_each(Vec::clear);
            let good = questions(zone, |record, question| {
                question.encode(&mut asked[usize::from(record.owner() != zone.apex())]);
            });
            if !good {
                return None;
            }
            let asks = asked.each_ref().map(|list| self.asked.intern(list).0);
            shape.clear();
            let (shape, is_first) = match self.looks.write(zone, room, shape) {
                Shown::Nothing => (NOTHING, false),
                Shown::Alike => self.shapes.intern(shape),
                Shown::Special => return None,
            };
            Some(Facts { asks, shape, is_first })
        })
    }

    /// Whether a zone with these facts stays at hand.
    pub(crate) fn fate(&self, zone: &Zone, facts: Option<Facts>) -> Fate {
        let records = zone.records().len();
        // The first of its shape will be asked for.
        let stays = facts.is_none_or(|facts| facts.is_first)
            || self.at_hand.fetch_add(records, Ordering::Relaxed) + records <= self.room;
        if stays { Fate::Kept } else { Fate::PutAside }
    }

    /// Chooses the zones of a view that are judged among the others. For zones of one shape stands the one that is
    /// at hand: which one that is, is chance, and shows in what is found. To be told, it has to be found with
    /// `widened`: the first by name then stands for the others, and those of these shapes stand each for
    /// themselves.
    fn choose(
        &self,
        view: &View<'_>,
        (facts, answers): (&impl Known, &Answers),
        widened: Option<&HashSet<u32>>,
    ) -> Vec<Chosen> {
        let members = view.members();
        let Answers { bad, single } = answers;
        let mut chosen = Vec::new();
        let is_widened = |shape| widened.is_some_and(|widened| widened.contains(&shape));
        let goes_before = |member: usize, other: usize| {
            let [member, other] = [&members[member], &members[other]];
            let at_hand = widened.is_none() && !other.is_at_hand() && member.is_at_hand();
            at_hand || widened.is_some() && member.outline.origin() < other.outline.origin()
        };
        // For each shape the zone that stands for all, and how many there are.
        let mut alike: Vec<(usize, usize)> = vec![(0, 0); self.shapes.end()];
        for (member, known) in members.iter().enumerate() {
            match facts(known.number) {
                Some(Facts { asks, shape, .. })
                    if !asks.iter().any(|list| bad[*list as usize])
                        && !single[member]
                        && !is_widened(shape) =>
                {
                    if shape != NOTHING {
                        let (first, number) = &mut alike[shape as usize];
                        *number += 1;
                        if *number == 1 || goes_before(member, *first) {
                            *first = member;
                        }
                    }
                }
                _ => chosen.push(Chosen { member, weight: 1, is_good: false }),
            }
        }
        let alike = alike.into_iter().filter(|(_, weight)| *weight > 0);
        chosen.extend(alike.map(|(member, weight)| Chosen { member, weight, is_good: true }));
        chosen.sort_unstable_by_key(|chosen| chosen.member);
        chosen
    }

    /// Answers the questions of all zones of a view.
    fn answers(&self, view: &View<'_>, facts: &impl Known) -> Answers {
        let members = view.members();
        let lists = self.lists(view, facts);
        let mut known: HashSet<&[u8]> = HashSet::new();
        let asked = lists.iter().flat_map(|(_, asked)| Question::split(asked));
        let asked: Vec<&[u8]> = asked.filter(|question| known.insert(question)).collect();
        let answers = asked.into_par_iter().map(|octets| {
            let question = Question::decode(octets);
            let home = question.name().and_then(|name| view.member_of(name));
            (home, (!view.is_good(question)).then_some(octets))
        });
        let answers: Vec<_> = answers.collect();
        let bad: HashSet<&[u8]> = answers.iter().filter_map(|(_, bad)| *bad).collect();
        let mut single = vec![false; members.len()];
        answers.iter().filter_map(|(home, _)| *home).for_each(|home| single[home] = true);
        if !lists.is_empty() {
            let kept = members.iter().enumerate().filter(|(_, member)| facts(member.number).is_none());
            for (index, _) in kept {
                let homes: Vec<usize> = homes_of_targets(view, view.get(index)).collect();
                for home in homes {
                    single[home] = true;
                }
            }
        }
        let named = Shapes::named(self.declarations).filter_map(|name| view.member_of(name));
        named.for_each(|home| single[home] = true);
        let families = members.par_iter().enumerate().filter_map(|(member, known)| {
            let above = view.member_of(known.outline.origin().parent()?)?;
            Some([above, member])
        });
        let families: Vec<usize> = families.flatten_iter().collect();
        for member in families {
            single[member] = true;
        }
        let mut answers = Answers { bad: vec![false; self.asked.end()], single };
        for (list, asked) in &lists {
            answers.bad[*list as usize] = Question::split(asked).any(|one| bad.contains(one));
        }
        answers
    }

    /// The lists of questions of all zones of a view, each once, with their numbers.
    fn lists(&self, view: &View<'_>, facts: &impl Known) -> Vec<(u32, Vec<u8>)> {
        let mut are_asked = vec![false; self.asked.end()];
        for facts in view.members().iter().filter_map(|member| facts(member.number)) {
            facts.asks.into_iter().for_each(|list| are_asked[list as usize] = true);
        }
        let numbers = (0..).zip(are_asked).filter_map(|(number, is_asked)| is_asked.then_some(number));
        let numbers: Vec<u32> = numbers.collect();
        numbers.into_par_iter().map(|number| (number, self.asked.get(number))).collect()
    }

    /// The shapes of zones that stand for others, and that something was found in: the others have it too.
    fn found_in(view: &View<'_>, facts: &impl Known, found: &[Diagnostic]) -> HashSet<u32> {
        let for_others = view.chosen().iter().filter(|chosen| chosen.weight > 1);
        let shapes: BTreeMap<String, u32> = for_others
            .filter_map(|chosen| {
                let member = &view.members()[chosen.member];
                Some((member.outline.origin().to_string(), facts(member.number)?.shape))
            })
            .collect();
        let found = found.iter().filter(|found| !OF_CLUSTER.contains(&found.rule));
        found.filter_map(|found| shapes.get(found.zone.as_deref()?).copied()).collect()
    }

    /// Judges the zones of a view together: `judge` says what is found among those that are chosen.
    pub(crate) fn judge<'s, T>(
        &self,
        view: &mut View<'s>,
        facts: &impl Known,
        judge: impl Fn(&View<'s>) -> (Vec<Diagnostic>, T),
    ) -> (Vec<Diagnostic>, T) {
        let answers = self.answers(view, facts);
        view.choose(self.choose(view, (facts, &answers), None));
        let (found, rest) = judge(view);
        if !found.iter().any(|found| found.group == Group::Cluster) {
            return (found, rest);
        }
        let mut widened = HashSet::new();
        loop {
            view.choose(self.choose(view, (facts, &answers), Some(&widened)));
            let (found, rest) = judge(view);
            let before = widened.len();
            widened.extend(Self::found_in(view, facts, &found));
            if widened.len() == before {
                return (found, rest);
            }
        }
    }
}

/// The members that records of a zone lead to, that zone left out.
fn homes_of_targets<'v>(view: &'v View<'_>, zone: &'v Zone) -> impl ParallelIterator<Item = usize> + use<'v> {
    // A host that has its name in a reverse zone has nothing in common with others by that.
    let records =
        zone.records().par_iter().with_min_len(LARGE).filter(|record| record.rtype() != RrType::PTR);
    let outside = move |name: &NameRef<'_>| !name.is_within(zone.origin());
    records
        .filter_map(|record| zone.rdata(record).target())
        .filter(outside)
        .filter_map(|name| view.member_of(name))
}
