//! Lints and validates BIND zones.
//!
//! Data flows one way, and each module is one step of the way:
//!
//! [`source`] → [`syntax`] → [`zone`] → [`view`] → [`cluster`] → [`rules`] → [`diagnostic`] → [`report`]
//!
//! - [`source`]: bytes of a file, places in them, safe display
//! - [`syntax`]: bytes → entries; recovers at the next record
//! - [`zone`]: entries → one zone, names and rdata in wire format
//! - [`view`]: all zones served together, and look-ups across them
//! - [`cluster`]: the mail cluster that the zones balance over
//! - [`rules`]: what can be wrong; one file per rule
//! - [`project`]: which files are zones, of which name
//! - [`suppress`]: which finding counts, and as what
//! - [`fix`]: what would mend a finding, in the style of the zone
//! - [`report`]: one file per format
//!
//! A zone that is in order does not stay in memory: `aside` notes what the zones have to know of each other, and
//! reads one again where a rule wants to see it.
//!
//! [`check`] is all of it, and [`mend()`] does it until nothing is left to mend.

mod aside;
pub mod cli;
pub mod cluster;
pub mod config;
pub mod diagnostic;
pub mod fix;
mod intern;
mod locate;
mod mend;
pub mod project;
pub mod report;
pub mod rules;
pub mod source;
pub mod suppress;
pub mod syntax;
pub mod view;
pub mod zone;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;

use aside::{Aside, Facts};
use cluster::{Declaration, Unresolved};
use diagnostic::{Applicability, Diagnostic, Failure, Level};
use fix::{Affected, Reader};
use project::{How, LoadedZone, MANY, Project, Request, Resolver, Scope};
use report::{About, Judged, Report, Summary, Zones};
use rules::{Enabled, Versions};
use source::{FileId, Sources, Span, real_path};
use suppress::{Baseline, Decided, Ground, Policy, Seen, Used};
use syntax::FaultKind;
use view::{Member, View};
use zone::{Loaded, Outline, Zone};

pub use mend::{Mended, mend};

/// What a check found.
#[derive(Debug)]
pub struct Outcome {
    /// The findings in the order of the files and their lines; levels are final.
    pub diagnostics: Vec<Diagnostic>,
    /// What could not be checked.
    pub failures: Vec<Failure>,
    /// The zones, and how the name of each was found, in the order in which they were loaded.
    pub origins: Vec<Origin>,
    /// The files that are no zones, and why.
    pub skipped: Vec<(PathBuf, String)>,
    /// The numbers.
    pub summary: Summary,
    /// The ignores that took findings out, and the baseline if it did.
    pub used: Vec<Used>,
    /// The new baseline, if one was asked for.
    pub recorded: Option<Baseline>,
    /// What has to be known of the files that fixes would change.
    pub affected: Affected,
}

/// How the name of a zone was found.
#[derive(Debug)]
pub struct Origin {
    /// The zone.
    pub outline: Arc<Outline>,
    /// Its file.
    pub path: Arc<Path>,
    /// How its name was found.
    pub how: How,
}

impl Origin {
    fn judged(&self) -> Judged<'_> {
        let view = self.outline.view().map(|view| &**view);
        Judged { zone: self.outline.origin(), view, file: &self.path }
    }
}

impl Zones for Vec<Origin> {
    fn judged(&self) -> Box<dyn Iterator<Item = Judged<'_>> + '_> {
        Box::new(self.iter().map(Origin::judged))
    }
}

/// What was found in one zone by itself.
#[derive(Debug)]
struct Own {
    facts: Option<Facts>,
    /// Most zones are in order.
    found: Option<Box<Found>>,
}

/// Findings, and what of the text could not be read.
#[derive(Debug)]
struct Found {
    diagnostics: Vec<Diagnostic>,
    mistakes: Vec<Span>,
}

impl Outcome {
    /// The report of it. Its summary has the time that the check took, if that was noted.
    pub fn report<'a>(&'a self, sources: &'a Sources) -> Report<'a> {
        Report {
            summary: self.summary,
            failures: &self.failures,
            zones: &self.origins,
            about,
            ..Report::new(&self.diagnostics, sources)
        }
    }

    /// The level of the worst finding.
    pub fn worst(&self) -> Option<Level> {
        self.diagnostics.iter().map(|diagnostic| diagnostic.level).max()
    }
}

/// What reports tell of a rule.
fn about(rule: &str) -> Option<About> {
    let listed = rules::find(rule)?;
    Some(About {
        level: listed.rule.level,
        summary: listed.summary(),
        introduction: listed.introduction(),
        page: listed.page(),
    })
}

/// Finds the zones, reads them, judges each by itself and all together.
pub fn check(request: &Request, policy: &Policy, declarations: &[Declaration], sources: &Sources) -> Outcome {
    let rules = policy.enabled();
    let aside = Aside::new(&rules, declarations, request);
    let judge = |loaded: &Loaded| {
        let (diagnostics, mistakes) = (rules.judge_zone(loaded, sources), mistakes(loaded));
        let facts = aside.look(&loaded.zone);
        let in_order = diagnostics.is_empty() && mistakes.is_empty();
        let found = (!in_order).then(|| Box::new(Found { diagnostics, mistakes }));
        (Own { facts, found }, aside.fate(&loaded.zone, facts))
    };
    let mut project = project::load(request, sources, judge);
    sources.progress().loaded(project.zones.len());
    let compared = compare(request, &rules, &project, sources);
    let scope = request.history.scope.as_ref().and_then(|scope| Scope::new(scope, &project, sources));
    let mut diagnostics = rules.judge_doubts(&project.doubts);
    diagnostics.extend(compared);
    diagnostics.extend(rules.judge_conf(&project.conf_faults));
    let mut mistakes = Vec::new();
    for found in project.zones.iter_mut().filter_map(|loaded| loaded.judged.found.take()) {
        diagnostics.extend(found.diagnostics);
        mistakes.extend(found.mistakes);
    }
    let (together, unresolved) = judge_together(request, &rules, declarations, &aside, &mut project, sources);
    diagnostics.extend(together);
    let Project { zones, skipped, mut failures, files, .. } = project;
    let origin =
        |loaded: LoadedZone<Own>| Origin { outline: loaded.outline, path: loaded.path, how: loaded.how };
    let mut origins: Vec<Origin> = zones.into_iter().map(origin).collect();
    let Decided { mut kept, mut suppressed, used, recorded } =
        policy.decide(diagnostics, &rules, sources, || ground(request, &origins));
    let readers = origins.iter().map(|origin| reader(&origin.outline));
    if let Some(scope) = &scope {
        failures.retain(|failure| scope.has_path(&failure.path));
        kept.retain(|diagnostic| is_within(scope, diagnostic, sources));
        suppressed.retain(|diagnostic| is_within(scope, diagnostic, sources));
    }
    failures.extend(unresolved.into_iter().map(|it| Failure { path: it.file, message: it.reason }));
    let affected = fix::draft(&mut kept, readers, &mistakes, sources);
    if let Some(scope) = &scope {
        origins.retain(|origin| scope.has_zone(origin.outline.origin()));
    }
    let diagnostics = arrange(kept, sources);
    let count = |level| diagnostics.iter().filter(|d| d.level == level).count();
    let fixes = || diagnostics.iter().filter_map(|d| d.fix.as_deref());
    let fixable = |surely| fixes().filter(|fix| fix.applicability == surely).count();
    let summary = Summary {
        zones: origins.len(),
        files: scope.as_ref().map_or(files, Scope::files),
        records: records(&origins),
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        infos: count(Level::Info),
        suppressed: arrange(suppressed, sources).len(),
        fixable: fixable(Applicability::Safe),
        fixable_unsafe: fixable(Applicability::Unsafe),
        elapsed: None,
    };
    Outcome { diagnostics, failures, origins, skipped, summary, used, recorded, affected }
}

/// What the rules say of the zones of each view together.
fn judge_together(
    request: &Request,
    rules: &Enabled,
    declarations: &[Declaration],
    aside: &Aside<'_>,
    project: &mut Project<Own>,
    sources: &Sources,
) -> (Vec<Diagnostic>, Vec<Unresolved>) {
    let views = members_by_view(&mut project.zones);
    let facts = |number: usize| project.zones[number].judged.facts;
    let resolver = Resolver::new(sources, request, &project.servers).over(request.history.version.as_ref());
    let reread = |number: usize| project::reread(&project.zones[number], &resolver, sources);
    let (mut diagnostics, mut unresolved) = (Vec::new(), Vec::new());
    for members in views {
        let mut view = View::of(members, Some(&reread));
        let (found, missing) = aside.judge(&mut view, &facts, |view| {
            let (clusters, missing) = cluster::clusters(view, declarations);
            (rules.judge_view(view, &clusters), missing)
        });
        diagnostics.extend(found);
        unresolved.extend(missing);
        // To give back what was known of a hundred thousand zones takes a while: it is done beside what comes next.
        let members = view.into_members();
        rayon::spawn(move || drop(members));
    }
    (diagnostics, unresolved)
}

/// The number of the records of all zones.
fn records(origins: &[Origin]) -> u64 {
    let origins = origins.par_iter().with_min_len(MANY);
    origins.map(|origin| origin.outline.records() as u64).sum()
}

/// What a run has looked at, as far as ignores want to know it.
fn ground<'z>(request: &Request, origins: &'z [Origin]) -> Ground<'z> {
    let zones = origins.iter().map(|Origin { outline, .. }| Seen {
        name: outline.origin(),
        files: outline.files(),
        complete: outline.is_complete(),
    });
    let root = real_path(&request.root);
    Ground {
        zones: zones.collect(),
        whole: request.paths.iter().any(|path| root.starts_with(real_path(path))),
        piecemeal: request.paths.iter().any(|path| !path.is_dir()),
    }
}

/// A zone as fixes know it.
fn reader(outline: &Outline) -> Reader<'_> {
    Reader {
        zone: outline.origin(),
        view: outline.view(),
        files: outline.files(),
        repeated: outline.reread_files(),
        soa: outline.soa_file(),
    }
}

/// What of the text of a zone could not be read. A file that is not there is no mistake in the text.
fn mistakes(loaded: &Loaded) -> Vec<Span> {
    let missing = |kind| matches!(kind, FaultKind::IncludeNotFound | FaultKind::IncludeUnreadable);
    let faults = loaded.faults.iter().filter(|fault| !fault.kind.is_harmless() && !missing(fault.kind));
    faults.map(|fault| fault.span).collect()
}

/// What the rules say of the versions of zones that have changed.
fn compare<J: Sync>(
    request: &Request,
    rules: &Enabled,
    project: &Project<J>,
    sources: &Sources,
) -> Vec<Diagnostic> {
    let Some(base) = request.history.base.as_ref().filter(|_| rules.compares_versions()) else {
        return Vec::new();
    };
    let judge = |old: &Zone, new: &Zone| rules.judge_versions(&Versions { old, new, base: &base.name });
    project::compare(request, base, (&project.zones, &project.servers), sources, judge).concat()
}

/// Whether a finding is about what is to be reported: its zone, or a place that it shows.
fn is_within(scope: &Scope<'_>, diagnostic: &Diagnostic, sources: &Sources) -> bool {
    let mut places = std::iter::once(&diagnostic.primary).chain(&diagnostic.labels);
    diagnostic.zone.as_deref().is_some_and(|zone| scope.has_name(zone))
        || places.any(|label| scope.has_file(label.place.span.file, sources))
}

/// The zones by the views that they are served in; what is at hand of them is moved.
fn members_by_view<J: Send>(zones: &mut [LoadedZone<J>]) -> Vec<Vec<Member>> {
    let zones = zones.par_iter_mut().with_min_len(MANY).enumerate();
    let member = |(number, loaded): (usize, &mut LoadedZone<J>)| {
        Member::new(number, loaded.outline.clone(), loaded.zone.take())
    };
    let members: Vec<Member> = zones.map(member).collect();
    // Mostly there is one.
    if let Some(first) = members.first()
        && members.par_iter().with_min_len(MANY).all(|other| other.outline.view() == first.outline.view())
    {
        return vec![members];
    }
    let mut views: BTreeMap<Option<Arc<str>>, Vec<Member>> = BTreeMap::new();
    for member in members {
        views.entry(member.outline.view().cloned()).or_default().push(member);
    }
    views.into_values().collect()
}

/// The views of zones that are all at hand.
fn whole_views<J: Send>(mut zones: Vec<LoadedZone<J>>) -> Vec<View<'static>> {
    members_by_view(&mut zones).into_iter().map(|members| View::of(members, None)).collect()
}

/// Brings findings into the order of the files and their lines, and merges those that say the same
/// of one place: a fragment that many zones include has its mistakes once.
fn arrange(mut diagnostics: Vec<Diagnostic>, sources: &Sources) -> Vec<Diagnostic> {
    locate::narrow_all(&mut diagnostics, sources);
    let mut paths: HashMap<FileId, Arc<PathBuf>> = HashMap::new();
    let mut keyed: Vec<_> = diagnostics
        .into_iter()
        .map(|diagnostic| {
            let span = diagnostic.primary.place.span;
            let path = paths.entry(span.file).or_insert_with(|| real_path(&sources.path(span.file)).into());
            (path.clone(), diagnostic)
        })
        .collect();
    keyed.sort_by(|(path_a, a), (path_b, b)| {
        let key = |d: &'_ Diagnostic| (d.primary.place.span.start, d.primary.place.span.end, d.rule);
        (path_a.cmp(path_b))
            .then_with(|| key(a).cmp(&key(b)))
            .then_with(|| (&a.zone, &a.view).cmp(&(&b.zone, &b.view)))
    });
    keyed.dedup_by(|(path, later), (kept_path, kept)| {
        let place = |d: &Diagnostic| (d.rule, d.primary.place.span.start, d.primary.place.span.end);
        let elsewhere = (&later.zone, &later.view) != (&kept.zone, &kept.view);
        let same = path == kept_path && place(later) == place(kept) && elsewhere;
        if same {
            also_in(kept, later);
        }
        same
    });
    keyed.into_iter().map(|(_, diagnostic)| diagnostic).collect()
}

/// Notes that a finding stands for another zone too, or for the zone in another view.
fn also_in(diagnostic: &mut Diagnostic, other: &Diagnostic) {
    const INTRODUCTION: &str = "the same in ";
    let view = other.view.as_ref().filter(|view| Some(*view) != diagnostic.view.as_ref());
    let zone = other.zone.as_ref().filter(|zone| Some(*zone) != diagnostic.zone.as_ref());
    let place = match (zone, view) {
        (Some(zone), Some(view)) => format!("`{zone}` of view `{view}`"),
        (Some(zone), None) => format!("`{zone}`"),
        (None, Some(view)) => format!("view `{view}`"),
        (None, None) => return,
    };
    match diagnostic.notes.last_mut().filter(|note| note.starts_with(INTRODUCTION)) {
        Some(note) => *note = format!("{note}, {place}"),
        None => _ = diagnostic.note(format!("{INTRODUCTION}{place}")),
    }
}
