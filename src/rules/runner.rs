//! Calls every rule with what it looks at.

use std::sync::Arc;

use rayon::prelude::*;

use super::rule::{Check, Rrset, Rule, Written};
use crate::cluster::Cluster;
use crate::diagnostic::{Diagnostic, Findings, Level, Place};
use crate::project::Doubt;
use crate::source::Sources;
use crate::syntax::{Fault, Reader};
use crate::view::View;
use crate::zone::{Loaded, Record, Zone};

/// A rule that runs, with the values of its settings.
type Running = (&'static Rule, Vec<(&'static str, i64)>);

/// The rules that run, and the time that they run at.
#[derive(Debug, Default)]
pub struct Enabled {
    rules: Vec<Running>,
    /// Seconds since 1970.
    now: u32,
}

impl Enabled {
    /// These rules with the values of their settings, at a time in seconds since 1970.
    pub fn new(rules: impl IntoIterator<Item = Running>, now: u32) -> Self {
        Self { rules: rules.into_iter().collect(), now }
    }

    /// What the rules say of one zone by itself, and of what its text does wrong.
    pub fn judge_zone(&self, loaded: &Loaded, sources: &Sources) -> Vec<Diagnostic> {
        let zone = &loaded.zone;
        let name = zone.origin().to_string();
        let mut list = Vec::new();
        for fault in &loaded.faults {
            self.judge_fault(fault, (&name, zone.view()), &mut list);
        }
        for (rule, options) in &self.rules {
            let mut findings = self.findings((rule, options), Some(&name), &mut list).in_view(zone.view());
            match rule.check {
                Check::Record(check) => zone.records().iter().for_each(|r| check(zone, r, &mut findings)),
                Check::Name(check) => {
                    let owners = zone.names().filter(|&id| zone.at(id).next().is_some());
                    owners.for_each(|id| check(zone, id, &mut findings));
                }
                Check::Zone(check) => check(zone, &mut findings),
                _ => {}
            }
        }
        self.judge_rrsets(zone, &name, &mut list);
        self.judge_entries(zone, &name, sources, &mut list);
        list
    }

    /// Calls the rules on what is written, if any of them runs: by default none does.
    fn judge_entries(&self, zone: &Zone, name: &str, sources: &Sources, list: &mut Vec<Diagnostic>) {
        for (rule, options) in &self.rules {
            let Check::Entry(check) = rule.check else { continue };
            let mut findings = self.findings((rule, options), Some(name), list).in_view(zone.view());
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

    fn judge_fault(
        &self,
        fault: &Fault,
        (zone, view): (&str, Option<&Arc<str>>),
        list: &mut Vec<Diagnostic>,
    ) {
        for (rule, options) in &self.rules {
            if let Check::Fault(kind, check) = rule.check
                && kind == fault.kind
            {
                let before = list.len();
                check(fault, &mut self.findings((rule, options), Some(zone), list).in_view(view));
                if let (Some(text), [new, ..]) = (&fault.generated, &mut list[before..]) {
                    new.note(format!("in the record that `$GENERATE` makes: `{text}`")).data(text);
                } else if let [new, ..] = &mut list[before..] {
                    new.data(&fault.word);
                }
            }
        }
    }

    /// Calls the rules on RRsets. The records of a name are few: they are sorted by type in a buffer
    /// that all names share.
    fn judge_rrsets(&self, zone: &Zone, name: &str, list: &mut Vec<Diagnostic>) {
        let rules: Vec<_> = self
            .rules
            .iter()
            .filter_map(|(rule, options)| match rule.check {
                Check::Rrset(check) => Some((rule, options, check)),
                _ => None,
            })
            .collect();
        let mut records: Vec<&Record> = Vec::new();
        // What a `$GENERATE` makes has one place: a rule says of it what it says first.
        let mut said: Vec<Option<Place>> = vec![None; rules.len()];
        for id in zone.names() {
            records.clear();
            records.extend(zone.at(id));
            records.sort_by_key(|record| record.rtype());
            let same = |a: &&Record, b: &&Record| a.rtype() == b.rtype();
            for set in records.chunk_by(same) {
                for (&(rule, options, check), said) in rules.iter().zip(&mut said) {
                    let before = list.len();
                    check(
                        zone,
                        &Rrset { records: set },
                        &mut self.findings((rule, options), Some(name), list).in_view(zone.view()),
                    );
                    if list.len() > before && set.iter().any(|record| record.is_generated()) {
                        let place = list[before].primary.place;
                        if said.replace(place) == Some(place) {
                            list.truncate(before);
                        }
                    }
                }
            }
        }
    }

    /// What the rules say of the zones together.
    pub fn judge_view(&self, view: &View, clusters: &[Cluster<'_>]) -> Vec<Diagnostic> {
        let by_zone = view.zones().par_iter().flat_map_iter(|zone| self.judge_neighbour(view, zone));
        let mut list: Vec<_> = by_zone.collect();
        for cluster in clusters {
            let before = list.len();
            self.judge_cluster(cluster, &mut list);
            // What is only inferred cannot be called broken.
            for diagnostic in &mut list[before..] {
                diagnostic.note(cluster.basis()).at_most(Level::Warning);
            }
        }
        list
    }

    fn judge_cluster(&self, cluster: &Cluster<'_>, list: &mut Vec<Diagnostic>) {
        for (rule, options) in &self.rules {
            match rule.check {
                Check::Cluster(check) => {
                    let view = cluster.domains().first().and_then(|domain| domain.zone().view());
                    check(cluster, &mut self.findings((rule, options), None, list).in_view(view));
                }
                Check::Domain(check) => {
                    for domain in cluster.domains() {
                        let name = domain.zone().origin().to_string();
                        let view = domain.zone().view();
                        let findings = self.findings((rule, options), Some(&name), list);
                        check(cluster, domain, &mut findings.in_view(view));
                    }
                }
                _ => {}
            }
        }
    }

    fn judge_neighbour(&self, view: &View, zone: &Zone) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        let name = zone.origin().to_string();
        for (rule, options) in &self.rules {
            if let Check::View(check) = rule.check {
                let findings = self.findings((rule, options), Some(&name), &mut list);
                check(view, zone, &mut findings.in_view(zone.view()));
            }
        }
        list
    }

    /// What the rules say of doubts about files.
    pub fn judge_doubts(&self, doubts: &[Doubt]) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        for doubt in doubts {
            for (rule, options) in &self.rules {
                if let Check::Doubt(kind, check) = rule.check
                    && kind == doubt.kind
                {
                    let findings = self.findings((rule, options), doubt.zone.as_deref(), &mut list);
                    check(doubt, &mut findings.in_view(doubt.view.as_ref()));
                }
            }
        }
        list
    }

    /// A sink for the findings of a rule.
    fn findings<'a>(
        &self,
        (rule, options): (&Rule, &'a [(&'static str, i64)]),
        zone: Option<&'a str>,
        list: &'a mut Vec<Diagnostic>,
    ) -> Findings<'a> {
        Findings::new((rule.name, rule.group, rule.level), options, zone, list).at(self.now)
    }
}
