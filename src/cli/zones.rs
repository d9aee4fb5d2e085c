//! `zoneward zones`: the inventory.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::bar::show_while;
use super::inputs::Inputs;
use super::rules::Format;
use super::terminal::Terminal;
use super::{COULD_NOT_CHECK, Error};
use crate::project::{self, Doubt, DoubtKind, Fate, LoadedZone, Project};
use crate::report::table;
use crate::source::{Sources, escape, escape_path};
use crate::zone::Loaded;

/// Arguments of `zones`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zoneward zones zones/
  zoneward zones --format json | jq -r '.zones[].zone'")]
pub(super) struct Options {
    #[command(flatten)]
    inputs: Inputs,

    /// Table or JSON
    #[arg(
        long,
        value_enum,
        value_name = "full|json",
        hide_possible_values = true,
        default_value_t,
        help_heading = "Output"
    )]
    format: Format,

    /// Say which files are no zones, and why
    #[arg(short, long, help_heading = "Output")]
    verbose: bool,
}

/// All zones, and what is none.
#[derive(Serialize)]
struct Inventory {
    version: u32,
    zones: Vec<Entry>,
    skipped: Vec<Skipped>,
}

/// A zone; the order of the fields is the order in which they sort.
#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    zone: String,
    file: String,
    origin_from: &'static str,
    serial: Option<u32>,
    records: usize,
    view: Option<String>,
}

/// A file that is no zone, or not known to be one.
#[derive(Serialize, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Skipped {
    file: String,
    reason: String,
}

impl Entry {
    fn new(loaded: &LoadedZone<Option<u32>>) -> Self {
        Self {
            zone: loaded.outline.origin().to_string(),
            file: escape_path(&loaded.path),
            origin_from: loaded.how.name(),
            serial: loaded.judged,
            records: loaded.outline.records(),
            view: loaded.outline.view().map(ToString::to_string),
        }
    }

    fn row(&self) -> [String; 6] {
        let serial = self.serial.map_or("-".to_owned(), |serial| serial.to_string());
        let Self { zone, file, origin_from, records, view, .. } = self;
        let view = view.as_ref().map(|view| escape(view.as_bytes())).unwrap_or_default();
        [zone.clone(), view, file.clone(), (*origin_from).to_owned(), serial, records.to_string()]
    }
}

impl Inventory {
    fn new(project: &Project<Option<u32>>, unknown: &[Skipped]) -> Self {
        let mut zones: Vec<_> = project.zones.iter().map(Entry::new).collect();
        zones.sort();
        let skipped = |(path, reason): &(PathBuf, String)| Skipped {
            file: escape_path(path),
            reason: escape(reason.as_bytes()),
        };
        let mut skipped: Vec<_> =
            project.skipped.iter().map(skipped).chain(unknown.iter().cloned()).collect();
        skipped.sort();
        Self { version: 1, zones, skipped }
    }
}

/// The serial of a zone, of which nothing else is needed.
fn serial(loaded: &Loaded) -> (Option<u32>, Fate) {
    (loaded.zone.soa().map(|(_, soa)| soa.serial), Fate::PutAside)
}

/// The zones whose name is not known: an inventory without a word of them would not be one.
fn unknown(project: &Project<Option<u32>>, sources: &Sources) -> Vec<Skipped> {
    let doubts = project.doubts.iter().filter(|doubt| doubt.kind == DoubtKind::OriginUnknown);
    let skipped = |doubt: &Doubt| Skipped {
        file: escape_path(&sources.path(doubt.span.file)),
        reason: "is a zone, and it is not known which".to_owned(),
    };
    doubts.map(skipped).collect()
}

/// Prints the inventory.
pub(super) fn run(options: &Options, terminal: &mut Terminal) -> Result<ExitCode, Error> {
    let (request, _) = options.inputs.prepare("zones")?;
    let sources = Sources::new();
    let pool = options.inputs.project.pool()?;
    let work = || pool.install(|| project::load(&request, &sources, serial));
    let project = show_while(sources.progress(), terminal.style, work);
    let unknown = unknown(&project, &sources);
    let inventory = Inventory::new(&project, &unknown);
    let told = if options.verbose { &inventory.skipped } else { &unknown };
    for Skipped { file, reason } in told {
        terminal.remark(&format!("{file}: skipped: {reason}"));
    }
    terminal.fail(&project.failures);
    terminal.print(|out, style| match options.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &inventory)?;
            writeln!(out)
        }
        Format::Full => {
            let rows: Vec<_> = inventory.zones.iter().map(Entry::row).collect();
            let headings = ["ZONE", "VIEW", "FILE", "ORIGIN FROM", "SERIAL", "RECORDS"];
            table::write(headings, &rows, &["SERIAL", "RECORDS"], style, out)
        }
    })?;
    let whole = project.failures.is_empty();
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(COULD_NOT_CHECK) })
}
