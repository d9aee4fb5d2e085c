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
//! [`check`] is all of it, and [`mend()`] does it until nothing is left to mend.

pub mod cli;
pub mod cluster;
pub mod config;
pub mod diagnostic;
pub mod fix;
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
use std::path::PathBuf;
use std::sync::Arc;

use cluster::Declaration;
use diagnostic::{Applicability, Diagnostic, Failure, Level, Part};
use fix::{Affected, Reader};
use project::{How, LoadedZone, Project, Request, Scope};
use report::{About, Judged, Report, Summary};
use rules::{Enabled, Versions};
use source::{FileId, Sources, Span, real_path};
use suppress::{Baseline, Decided, Ground, Policy, Seen, Used};
use syntax::FaultKind;
use view::View;
use zone::{Loaded, Zone};

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
    /// The zone: lower-case, without the final dot.
    pub zone: String,
    /// The view that it is in, where there are views.
    pub view: Option<Arc<str>>,
    /// Its file.
    pub path: PathBuf,
    /// How its name was found.
    pub how: How,
}

impl Origin {
    fn judged(&self) -> Judged<'_> {
        Judged { zone: &self.zone, view: self.view.as_deref(), file: &self.path }
    }
}

impl Outcome {
    /// The report of it. Its summary has the time that the check took, if that was noted.
    pub fn report<'a>(&'a self, sources: &'a Sources) -> Report<'a> {
        Report {
            summary: self.summary,
            failures: &self.failures,
            zones: self.origins.iter().map(Origin::judged).collect(),
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
    let judge = |loaded: &Loaded| (rules.judge_zone(loaded, sources), mistakes(loaded));
    let project = project::load(request, sources, judge);
    sources.progress().loaded(project.zones.len());
    let compared = compare(request, &rules, &project, sources);
    let scope = request.history.scope.as_ref().and_then(|scope| Scope::new(scope, &project, sources));
    let Project { zones, doubts, conf_faults, skipped, mut failures, files, .. } = project;
    let mut diagnostics = rules.judge_doubts(&doubts);
    diagnostics.extend(compared);
    diagnostics.extend(rules.judge_conf(&conf_faults));
    let mut origins = Vec::with_capacity(zones.len());
    let mut served = Vec::with_capacity(zones.len());
    let mut mistakes = Vec::new();
    for LoadedZone { zone, how, path, judged, .. } in zones {
        diagnostics.extend(judged.0);
        mistakes.extend(judged.1);
        origins.push(Origin { zone: zone.origin().to_string(), view: zone.view().cloned(), path, how });
        served.push(zone);
    }
    let views = views(served);
    let mut unresolved = Vec::new();
    for view in &views {
        let (clusters, missing) = cluster::clusters(view, declarations);
        diagnostics.extend(rules.judge_view(view, &clusters));
        unresolved.extend(missing.into_iter().map(|it| Failure { path: it.file, message: it.reason }));
    }
    let Decided { mut kept, mut suppressed, used, recorded } =
        policy.decide(diagnostics, &rules, sources, || ground(request, &views));
    if let Some(scope) = &scope {
        failures.retain(|failure| scope.has_path(&failure.path));
        origins.retain(|origin| scope.has_zone(&origin.zone));
        kept.retain(|diagnostic| is_within(scope, diagnostic, sources));
        suppressed.retain(|diagnostic| is_within(scope, diagnostic, sources));
    }
    failures.extend(unresolved);
    let readers = views.iter().flat_map(View::zones).map(reader);
    let affected = fix::draft(&mut kept, readers, &mistakes, sources);
    let diagnostics = arrange(kept, sources);
    let count = |level| diagnostics.iter().filter(|d| d.level == level).count();
    let fixes = || diagnostics.iter().filter_map(|d| d.fix.as_deref());
    let fixable = |surely| fixes().filter(|fix| fix.applicability == surely).count();
    let within = |zone: &&Zone| scope.as_ref().is_none_or(|scope| scope.has_zone(&zone.origin().to_string()));
    let zones = || views.iter().flat_map(View::zones).filter(within);
    let summary = Summary {
        zones: zones().count(),
        files: scope.as_ref().map_or(files, Scope::files),
        records: zones().map(|zone| zone.records().len() as u64).sum(),
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

/// What a run has looked at, as far as ignores want to know it.
fn ground(request: &Request, views: &[View]) -> Ground {
    let zones = views.iter().flat_map(View::zones).map(|zone| Seen {
        name: zone.origin().to_string(),
        files: zone.files().to_vec(),
        complete: zone.is_complete(),
    });
    let root = real_path(&request.root);
    Ground {
        zones: zones.collect(),
        whole: request.paths.iter().any(|path| root.starts_with(real_path(path))),
        piecemeal: request.paths.iter().any(|path| !path.is_dir()),
    }
}

/// A zone as fixes know it.
fn reader(zone: &Zone) -> Reader<'_> {
    Reader {
        zone: zone.origin(),
        view: zone.view(),
        files: zone.files(),
        repeated: zone.reread_files(),
        soa: zone.soa().map(|(soa, _)| zone.place(soa, Part::Whole).span.file),
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
    diagnostic.zone.as_deref().is_some_and(|zone| scope.has_zone(zone))
        || places.any(|label| scope.has_file(label.place.span.file, sources))
}

/// The zones by the views that they are served in.
fn views(zones: impl IntoIterator<Item = Zone>) -> Vec<View> {
    let mut views: BTreeMap<Option<Arc<str>>, Vec<Zone>> = BTreeMap::new();
    for zone in zones {
        views.entry(zone.view().cloned()).or_default().push(zone);
    }
    views.into_values().map(View::new).collect()
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
