//! `zoneward check`: the main job.

use std::collections::HashSet;
use std::env;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, builder::PossibleValuesParser, builder::TypedValueParser};
use rayon::ThreadPool;

use super::fixes::FixOptions;
use super::ignores::{IgnoreOptions, tell};
use super::inputs::Inputs;
use super::names::{OUTPUT, Output, RuleOptions};
use super::terminal::Terminal;
use super::versions::VersionOptions;
use super::{COULD_NOT_CHECK, Error, usage};
use crate::config::{Config, FailOn};
use crate::diagnostic::{Failure, Level};
use crate::project::{Request, repository_of};
use crate::report::{self, Format, Report, Roots, Style};
use crate::source::{escape, escape_path, reason};
use crate::{Origin, Outcome};

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zoneward check                                   all zones below this directory
  zoneward check --origin example.org db.example   a file, as this zone
  dig axfr example.org | zoneward check -          a zone from standard input
  zoneward check --fail-on warning --format short  strict, a line for each finding
  zoneward check --format full --format json=out   to the terminal and to a file
  zoneward check --diff                            what --fix would change
  zoneward check --fix zones                       mend it, and report the rest")]
pub(super) struct Options {
    #[command(flatten)]
    inputs: Inputs,

    #[command(flatten)]
    versions: VersionOptions,

    #[command(flatten)]
    fixes: FixOptions,

    #[command(flatten)]
    reporting: Reporting,
}

/// Options of commands that report findings.
#[derive(Debug, Args)]
pub(super) struct Reporting {
    #[command(flatten)]
    rules: RuleOptions,

    #[command(flatten)]
    ignores: IgnoreOptions,

    /// The level from which on findings fail the run [default: error]
    #[arg(long, value_name = "LEVEL", value_parser = fail_on(), help_heading = "Rules")]
    fail_on: Option<FailOn>,

    /// How to report, and where to: full, short, json, jsonl, sarif, github, gitlab, junit, checkstyle
    /// or html; can be given several times
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = OUTPUT, default_value = "full")]
    #[arg(help_heading = "Output", hide_possible_values = true)]
    pub(super) format: Vec<Output>,

    /// Count the findings of each rule; in full, short, json and html
    #[arg(long, help_heading = "Output")]
    statistics: bool,

    /// Print no report; files of --format are written
    #[arg(short, long, help_heading = "Output")]
    quiet: bool,

    /// Say how the name of each zone was found, which files are no zones, and what was suppressed
    #[arg(short, long, help_heading = "Output")]
    verbose: bool,
}

fn fail_on() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(FailOn::WORDS)
        .map(|word| FailOn::parse(&word).expect("only these words are possible"))
}

/// Checks, reports, and tells by the exit code what came of it.
pub(super) fn run(options: &Options, terminal: &mut Terminal) -> Result<ExitCode, Error> {
    let started = Instant::now();
    require_distinct("check", &options.reporting.format)?;
    let (mut request, config) = options.inputs.prepare("check")?;
    request.history = options.versions.history(&request.root, &config)?;
    let pool = options.inputs.project.pool()?;
    options.fixes.require_files(options.inputs.has_stdin())?;
    conclude(
        (&options.reporting, &options.fixes),
        (&request, config),
        &pool,
        (started, Level::Error),
        terminal,
    )
}

/// Checks what was prepared, fixes it, reports, and tells by the exit code what came of it.
pub(super) fn conclude(
    (options, fixes): (&Reporting, &FixOptions),
    (request, config): (&Request, Config),
    pool: &ThreadPool,
    (started, fail_on): (Instant, Level),
    terminal: &mut Terminal,
) -> Result<ExitCode, Error> {
    let mut policy = config.policy;
    options.rules.apply(&mut policy);
    options.ignores.apply(&mut policy, config.baseline.as_deref())?;
    let (mut outcome, sources, unfixed) = fixes.check(request, &policy, &config.clusters, pool, terminal)?;
    outcome.summary.elapsed = Some(started.elapsed());
    if options.verbose {
        tell_origins(&outcome, terminal);
        tell(&outcome, &sources, terminal);
    }
    options.ignores.record(&outcome, terminal)?;
    let report = Report { roots: roots()?, statistics: options.statistics, ..outcome.report(&sources) };
    let unwritten = [unfixed, write_files(&report, &options.format)].concat();
    terminal.fail(&outcome.failures);
    terminal.fail(&unwritten);
    let silent = options.quiet || fixes.is_diff();
    let printed = options.format.iter().find(|(_, file)| file.is_none() && !silent);
    if let Some(&(format, _)) = printed {
        terminal.print(|out, style| report::write(&report, format, style, out))?;
    }
    let fail_on = options.fail_on.or(config.fail_on).unwrap_or(FailOn::Level(fail_on));
    let code = match fail_on.fails(outcome.worst()) {
        _ if !outcome.failures.is_empty() || !unwritten.is_empty() => ExitCode::from(COULD_NOT_CHECK),
        true => ExitCode::FAILURE,
        false => ExitCode::SUCCESS,
    };
    // The program ends here: to give back what is known of a hundred thousand zones would take another 30 ms.
    std::mem::forget((outcome, sources));
    Ok(code)
}

/// Where the paths start that services are given.
fn roots() -> Result<Roots, Error> {
    let current = env::current_dir()
        .map_err(|error| Error::Other(format!("the current directory is not known: {}", reason(&error))))?;
    let repository = repository_of(&current).unwrap_or(&current).to_path_buf();
    Ok(Roots { current, repository })
}

/// Two reports in one place would be none.
pub(super) fn require_distinct(command: &str, outputs: &[Output]) -> Result<(), Error> {
    let mut seen = HashSet::new();
    match outputs.iter().find(|(_, file)| !seen.insert(file)) {
        None => Ok(()),
        Some((_, None)) => {
            Err(usage(command, "only one --format can go to standard output; say FORMAT=FILE").into())
        }
        Some((_, Some(file))) => {
            Err(usage(command, &format!("two formats go to the file {}", escape_path(file))).into())
        }
    }
}

/// Writes the reports that go to files, and returns those that could not be written.
fn write_files(report: &Report<'_>, outputs: &[Output]) -> Vec<Failure> {
    let write = |path: &Path, format| -> io::Result<()> {
        let mut file = File::create(path)?;
        report::write(report, format, Style::default(), &mut file)?;
        file.flush()
    };
    let files = outputs.iter().filter_map(|(format, file)| Some((format, file.as_deref()?)));
    let failed = |(&format, path): (&Format, &Path)| {
        let message = format!("cannot be written: {}", reason(&write(path, format).err()?));
        Some(Failure { path: path.into(), message })
    };
    files.filter_map(failed).collect()
}

fn tell_origins(outcome: &Outcome, terminal: &mut Terminal) {
    for Origin { outline, path, how } in &outcome.origins {
        let zone = outline.origin();
        let view =
            outline.view().map_or(String::new(), |view| format!(" of view {}", escape(view.as_bytes())));
        terminal.remark(&format!("{}: zone {zone}{view}, by {}", escape_path(path), how.name()));
    }
    for (path, reason) in &outcome.skipped {
        terminal.remark(&format!("{}: skipped: {}", escape_path(path), escape(reason.as_bytes())));
    }
}
