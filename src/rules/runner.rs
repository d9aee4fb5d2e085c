//! Calls every rule with what it looks at.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::by_type::{ByType, Called, RECORDS, RRSETS, Running, Wanted, hooked};
use super::remark::Remark;
use super::rule::{Check, Rrset, Rule, Versions, Written};
use crate::cluster::{Cluster, Limits};
use crate::diagnostic::{Diagnostic, Findings, Level, Part, Place, Speaker, Subject, ZoneName};
use crate::project::{ConfFault, Doubt};
use crate::source::Sources;
use crate::syntax::{Fault, Reader};
use crate::view::{Target, Targets, View};
use crate::zone::{Loaded, NameId, Record, Zone};

/// Rules that look at whatever they like among the zones, and have nothing to say of a zone whose questions
/// have good answers ([`crate::view::questions`]), or where no finding is about the zone that stands for it
/// ([`crate::cluster::Shapes`]).
const OF_FACTS: [&str; 15] = [
    "balanced-ttl",
    "child-not-delegated",
    "cname-loop",
    "delegation-mismatch",
    "ds-mismatch",
    "dual-stack-parity",
    "glue-mismatch",
    "node-address-drift",
    "ptr-without-forward",
    "response-size",
    "retired-address",
    "rotation-disabled",
    "spf-include-missing",
    "spf-lookups",
    "too-many-nodes",
];

type ZoneCheck = fn(&Zone, &mut Findings<'_>);
/// Whether there may be anything to say in a zone.
type MayFind = fn(&Zone) -> bool;
type NameCheck = fn(&Zone, NameId, &mut Findings<'_>);
type EntryCheck = fn(&Written<'_>, &mut Findings<'_>);
type RecordCheck = fn(&Zone, &Record, &mut Findings<'_>);
type RrsetCheck = fn(&Zone, &Rrset<'_>, &mut Findings<'_>);
type AmongCheck = fn(&View, &Zone, &Record, &mut Findings<'_>);
type TargetCheck = fn(&Zone, &Record, Target<'_>, &mut Findings<'_>);

/// Names or records that a thread takes at once in a large zone.
const CHUNK: usize = 1 << 14;

/// So many records of a name need no room of their own.
const FEW: usize = 16;

/// The rules that run, and the time that they run at.
#[derive(Debug, Default)]
pub struct Enabled {
    rules: Vec<Running>,
    zones: Called<ZoneCheck>,
    names: Called<(MayFind, NameCheck)>,
    entries: Called<EntryCheck>,
    several: Called<(MayFind, RrsetCheck)>,
    records: ByType<RecordCheck>,
    rrsets: ByType<RrsetCheck>,
    /// Which types these want.
    wanted: Wanted,
    targets: ByType<TargetCheck>,
    among: ByType<AmongCheck>,
    /// Seconds since 1970.
    now: u32,
}

/// What was said of the records that a `$GENERATE` makes. They have one place, and what a rule finds in
/// several of them is one mistake.
#[derive(Default)]
struct Said(HashSet<(&'static str, Place)>);

impl Said {
    /// Takes out of what was found last what was said before.
    fn once(&mut self, list: &mut Vec<Diagnostic>, from: usize) {
        let fresh = list.extract_if(from.., |found| {
            let place = found.primary.place;
            place.part == Part::Generated && !self.0.insert((found.rule, place))
        });
        fresh.for_each(drop);
    }
}

impl Enabled {
    /// These rules with the values of their settings, at a time in seconds since 1970.
    pub fn new(rules: impl IntoIterator<Item = (&'static Rule, Vec<(&'static str, i64)>)>, now: u32) -> Self {
        let speaker = |rule: &Rule, options| {
            let Rule { name, group, level, .. } = *rule;
            Arc::new(Speaker { rule: name, group, level, options })
        };
        let rules = rules.into_iter().map(|(rule, options)| (rule, speaker(rule, options)));
        let rules: Vec<Running> = rules.collect();
        let records = ByType::new(&rules, |check| match *check {
            Check::Record(types, check) => Some((types, check)),
            _ => None,
        });
        let rrsets = ByType::new(&rules, |check| match *check {
            Check::Rrset(types, check) => Some((types, check)),
            _ => None,
        });
        let targets = ByType::new(&rules, |check| match *check {
            Check::Target(types, check) => Some((types, check)),
            _ => None,
        });
        let among = ByType::new(&rules, |check| match *check {
            Check::Among(types, check) => Some((types, check)),
            _ => None,
        });
        let zones = hooked(&rules, |check| if let Check::Zone(check) = *check { Some(check) } else { None });
        let names = hooked(&rules, |check| match *check {
            Check::Name(may_find, check) => Some((may_find, check)),
            _ => None,
        });
        let entries =
            hooked(&rules, |check| if let Check::Entry(check) = *check { Some(check) } else { None });
        let several = hooked(&rules, |check| match *check {
            Check::Several(may_find, check) => Some((may_find, check)),
            _ => None,
        });
        let wanted = Wanted::new(&records, &rrsets);
        Self { rules, zones, names, entries, several, records, rrsets, wanted, targets, among, now }
    }

    /// What the rules say of one zone by itself, and of what its text does wrong.
    pub fn judge_zone(&self, loaded: &Loaded, sources: &Sources) -> Vec<Diagnostic> {
        let zone = &loaded.zone;
        let about = &self.about(zone);
        let mut list = Vec::new();
        for fault in &loaded.faults {
            self.judge_fault(fault, about, &mut list);
        }
        for (speaker, check) in &self.zones {
            check(zone, &mut Findings::new(speaker, about, &mut list));
        }
        // In most zones it is none, and no list is made.
        let names = self.names.iter().filter(|(_, (may_find, _))| may_find(zone));
        let names: Vec<_> = names.map(|(speaker, (_, check))| (&**speaker, *check)).collect();
        list.extend(in_chunks(zone.name_count(), |chunk| self.judge_names((zone, about), &names, chunk)));
        Said::default().once(&mut list, 0);
        self.judge_entries(zone, about, sources, &mut list);
        list
    }

    /// Calls the rules on what is written, if any of them runs: by default none does.
    fn judge_entries(&self, zone: &Zone, about: &Subject<'_>, sources: &Sources, list: &mut Vec<Diagnostic>) {
        for (speaker, check) in &self.entries {
            let mut findings = Findings::new(speaker, about, list);
            for &file in zone.files() {
                let text = sources.text(file).bytes;
                let mut reader = Reader::new(&text);
                while let Some(entry) = reader.next_entry() {
                    let written = Written { file, text: &text, tokens: reader.tokens(), entry };
                    check(&written, &mut findings);
                }
            }
        }
    }

    fn judge_fault(&self, fault: &Fault, about: &Subject<'_>, list: &mut Vec<Diagnostic>) {
        for (rule, speaker) in &self.rules {
            if let Check::Fault(kind, check) = rule.check
                && kind == fault.kind
            {
                let before = list.len();
                check(fault, &mut Findings::new(speaker, about, list));
                if let (Some(text), [new, ..]) = (&fault.generated, &mut list[before..]) {
                    new.note(format!("in the record that `$GENERATE` makes: `{text}`")).data(text);
                } else if let [new, ..] = &mut list[before..] {
                    new.data(&fault.word);
                }
            }
        }
    }

    /// Calls the rules on names, records and RRsets, one name after the other: what belongs together is
    /// looked at while it is at hand. The records of a name are few; they are sorted by type in a place
    /// that all names share.
    fn judge_names(
        &self,
        (zone, about): (&Zone, &Subject<'_>),
        names: &[(&Speaker, NameCheck)],
        chunk: Range<usize>,
    ) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        let Some(any) = zone.records().first() else { return list };
        let mut said = Said::default();
        let (mut few, mut many) = ([any; FEW], Vec::new());
        let several = numbered(&self.several).filter(|(_, (_, (may_find, _)))| may_find(zone));
        let several = several.fold(0, |several, (bit, _)| several | bit);
        for id in zone.names_in(chunk) {
            let mut types = self.wanted.types();
            let records = zone.at(id).inspect(|record| types.add(record.rtype()));
            let records = gathered(records, &mut few, &mut many);
            if records.is_empty() {
                continue;
            }
            let before = list.len();
            for (speaker, check) in names {
                check(zone, id, &mut Findings::new(speaker, about, &mut list));
            }
            for record in records.iter().filter(|_| types.wanted & RECORDS != 0) {
                for (speaker, check) in self.records.of(record.rtype()) {
                    check(zone, record, &mut Findings::new(speaker, about, &mut list));
                }
            }
            // Most names have one record.
            if records.len() > 1 || types.wanted & RRSETS != 0 {
                if !types.are_sorted {
                    records.sort_by_key(|record| record.rtype());
                }
                self.judge_sets((zone, about), records, (types.wanted, several), &mut list);
            }
            if list.len() > before {
                said.once(&mut list, before);
            }
        }
        list
    }

    /// Calls the rules on the RRsets of a name: those that may find something.
    fn judge_sets(
        &self,
        (zone, about): (&Zone, &Subject<'_>),
        records: &[&Record],
        (wanted, several): (u8, u32),
        list: &mut Vec<Diagnostic>,
    ) {
        for set in records.chunk_by(|a, b| a.rtype() == b.rtype()) {
            let set = Rrset { records: set };
            if wanted & RRSETS != 0 {
                for (speaker, check) in self.rrsets.of(set.rtype()) {
                    check(zone, &set, &mut Findings::new(speaker, about, list));
                }
            }
            if let [_, _, ..] = set.records {
                for (_, (speaker, (_, check))) in
                    numbered(&self.several).filter(|(bit, _)| several & bit != 0)
                {
                    check(zone, &set, &mut Findings::new(speaker, about, list));
                }
            }
        }
    }

    /// What the rules say of the zones together.
    pub fn judge_view(&self, view: &View, clusters: &[Cluster<'_>]) -> Vec<Diagnostic> {
        let chosen = view.chosen().par_iter().filter(|chosen| !chosen.is_good);
        let by_zone = chosen.flat_map_iter(|chosen| self.judge_neighbour(view, view.get(chosen.member)));
        let mut list: Vec<_> = by_zone.collect();
        let by_cluster: Vec<_> = clusters.par_iter().map(|cluster| self.judge_cluster(cluster)).collect();
        list.extend(by_cluster.into_iter().flatten());
        list
    }

    fn judge_cluster(&self, cluster: &Cluster<'_>) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        for (rule, speaker) in &self.rules {
            match rule.check {
                Check::Cluster(check) => {
                    let view = cluster.domains().first().and_then(|domain| domain.zone().view());
                    let about = &Subject { view, ..self.about_nothing() };
                    check(cluster, &mut Findings::new(speaker, about, &mut list));
                }
                Check::Domain(check) => {
                    for domain in cluster.domains() {
                        let about = &self.about(domain.zone());
                        check(cluster, domain, &mut Findings::new(speaker, about, &mut list));
                    }
                }
                _ => {}
            }
        }
        for diagnostic in &mut list {
            diagnostic.note(cluster.basis());
            // What is only inferred cannot be called broken.
            if !cluster.is_declared() {
                diagnostic.at_most(Level::Warning);
            }
        }
        list
    }

    fn judge_neighbour(&self, view: &View, zone: &Zone) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        let about = &self.about(zone);
        for (rule, speaker) in &self.rules {
            if let Check::View(check) = rule.check {
                check(view, zone, &mut Findings::new(speaker, about, &mut list));
            }
        }
        list.extend(in_chunks(zone.records().len(), |chunk| {
            self.judge_records_among(view, zone, about, chunk)
        }));
        Said::default().once(&mut list, 0);
        list
    }

    fn judge_records_among(
        &self,
        view: &View,
        zone: &Zone,
        about: &Subject<'_>,
        chunk: Range<usize>,
    ) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        let (mut said, mut leads) = (Said::default(), Targets::new(view, zone));
        for record in &zone.records()[chunk] {
            let (among, targets) = (self.among.of(record.rtype()), self.targets.of(record.rtype()));
            let before = list.len();
            for (speaker, check) in among {
                check(view, zone, record, &mut Findings::new(speaker, about, &mut list));
            }
            let target = if targets.is_empty() { Target::Good } else { leads.of(record) };
            if !matches!(target, Target::Good) {
                for (speaker, check) in targets {
                    check(zone, record, target, &mut Findings::new(speaker, about, &mut list));
                }
            }
            if list.len() > before {
                said.once(&mut list, before);
            }
        }
        list
    }

    /// Whether what is noted of a zone tells if these rules have anything to say of it among the others.
    pub fn are_of_facts(&self) -> bool {
        self.rules.iter().all(|(rule, _)| match rule.check {
            Check::View(_) | Check::Among(..) | Check::Cluster(_) => OF_FACTS.contains(&rule.name),
            _ => true,
        })
    }

    /// What is so far from anything to be told that none of these rules speaks of it.
    pub fn limits(&self) -> Limits {
        let option = |rule: &str, option: &str| {
            let (_, speaker) = self.rules.iter().find(|(known, _)| known.name == rule)?;
            speaker.options.iter().find(|(name, _)| *name == option).map(|(_, value)| *value)
        };
        let answer = option("response-size", "note-above").map(|limit| usize::try_from(limit).unwrap_or(0));
        let ttl = ["note-below", "warn-above"].map(|name| option("balanced-ttl", name));
        Limits { answer: answer.unwrap_or(usize::MAX), ttl: ttl[0].unwrap_or(0)..=ttl[1].unwrap_or(i64::MAX) }
    }

    /// Whether some rule compares versions.
    pub fn compares_versions(&self) -> bool {
        self.rules.iter().any(|(rule, _)| matches!(rule.check, Check::Versions(_)))
    }

    /// What the rules say of two versions of a zone.
    pub fn judge_versions(&self, versions: &Versions<'_>) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        let about = &self.about(versions.new);
        for (rule, speaker) in &self.rules {
            if let Check::Versions(check) = rule.check {
                check(versions, &mut Findings::new(speaker, about, &mut list));
            }
        }
        list
    }

    /// What the rules say of a `named.conf`.
    pub fn judge_conf(&self, faults: &[ConfFault]) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        for fault in faults {
            for (rule, speaker) in &self.rules {
                if let Check::Conf(causes, check) = rule.check
                    && causes.contains(&fault.cause)
                {
                    check(fault, &mut Findings::new(speaker, &self.about_nothing(), &mut list));
                }
            }
        }
        list
    }

    /// What the rules say of doubts about files.
    pub fn judge_doubts(&self, doubts: &[Doubt]) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        for doubt in doubts {
            for (rule, speaker) in &self.rules {
                if let Check::Doubt(kind, check) = rule.check
                    && kind == doubt.kind
                {
                    let zone = doubt.zone.as_deref().map(ZoneName::Written);
                    let about = &Subject { zone, view: doubt.view.as_ref(), now: self.now };
                    check(doubt, &mut Findings::new(speaker, about, &mut list));
                }
            }
        }
        list
    }

    /// What the rules say of ignores and the baseline.
    pub fn judge_remarks(&self, remarks: &[Remark]) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        for remark in remarks {
            for (rule, speaker) in &self.rules {
                if let Check::Remark(kind, check) = rule.check
                    && kind == remark.kind
                {
                    let zone = remark.zone.as_deref().map(ZoneName::Written);
                    let about = &Subject { zone, ..self.about_nothing() };
                    check(remark, &mut Findings::new(speaker, about, &mut list));
                }
            }
        }
        list
    }

    /// What findings on a zone are about.
    fn about<'a>(&self, zone: &'a Zone) -> Subject<'a> {
        Subject { zone: Some(ZoneName::Read(zone.origin())), view: zone.view(), now: self.now }
    }

    /// Findings are about no zone.
    fn about_nothing(&self) -> Subject<'static> {
        Subject { now: self.now, ..Subject::default() }
    }
}

/// Things, each with a bit that stands for it.
fn numbered<T>(things: &[T]) -> impl Iterator<Item = (u32, &T)> {
    debug_assert!(things.len() <= 32, "there are bits for all");
    things.iter().enumerate().map(|(at, thing)| (1 << at, thing))
}

/// Records in one place: a few, or one of any size, which nearly no name needs.
fn gathered<'r, 'z>(
    mut records: impl Iterator<Item = &'z Record>,
    few: &'r mut [&'z Record; FEW],
    many: &'r mut Vec<&'z Record>,
) -> &'r mut [&'z Record] {
    let filled = few.iter_mut().zip(&mut records).map(|(place, record)| *place = record).count();
    if filled < FEW {
        return &mut few[..filled];
    }
    many.clear();
    many.extend_from_slice(few);
    many.extend(records);
    many
}

/// What `judge` says of the first `length` things: of all at once where they are few, otherwise in
/// parallel, in their order.
fn in_chunks(
    length: usize,
    judge: impl Fn(Range<usize>) -> Vec<Diagnostic> + Send + Sync,
) -> Vec<Diagnostic> {
    if length <= CHUNK {
        return judge(0..length);
    }
    let starts = (0..length.div_ceil(CHUNK)).into_par_iter();
    starts.flat_map_iter(|chunk| judge(chunk * CHUNK..length.min((chunk + 1) * CHUNK))).collect()
}
