//! Options about what is ignored, and about what was found before.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Error;
use super::terminal::Terminal;
use crate::Outcome;
use crate::source::{LineIndex, Sources, escape, escape_path, reason};
use crate::suppress::{Baseline, Past, Policy, Used};

/// What is not to be reported.
#[derive(Debug, Args)]
#[command(next_help_heading = "Ignores")]
pub(super) struct IgnoreOptions {
    /// Report what ignores and the baseline take out, too
    #[arg(long)]
    no_ignores: bool,

    /// Report only what is not in this baseline [default: `baseline` in zoneward.toml]
    #[arg(long, value_name = "FILE", conflicts_with = "no_ignores")]
    baseline: Option<PathBuf>,

    /// Write all that is found into a baseline, and report none of it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["no_ignores", "baseline"])]
    write_baseline: Option<PathBuf>,
}

impl IgnoreOptions {
    /// Adds these options to what the configuration says; `configured` is the baseline that it names.
    pub(super) fn apply(&self, policy: &mut Policy, configured: Option<&Path>) -> Result<(), Error> {
        policy.no_ignores = self.no_ignores;
        policy.past = match self.baseline.as_deref().or(configured) {
            _ if self.write_baseline.is_some() => Past::Record,
            Some(path) if !self.no_ignores => {
                let unusable = |error| Error::Other(format!("{}: {error}", escape_path(path)));
                Past::Known(Baseline::read(path).map_err(unusable)?)
            }
            _ => Past::None,
        };
        Ok(())
    }

    /// Writes the baseline that was asked for.
    pub(super) fn record(&self, outcome: &Outcome, terminal: &mut Terminal) -> Result<(), Error> {
        let (Some(path), Some(baseline)) = (&self.write_baseline, &outcome.recorded) else { return Ok(()) };
        let failed = |error| format!("{}: cannot be written: {}", escape_path(path), reason(&error));
        baseline.write(path).map_err(|error| Error::Other(failed(error)))?;
        let number = baseline.len();
        let plural = if number == 1 { "" } else { "s" };
        terminal.remark(&format!("{}: baseline of {number} finding{plural} written", escape_path(path)));
        Ok(())
    }
}

/// Says which ignores took findings out, and how many.
pub(super) fn tell(outcome: &Outcome, sources: &Sources, terminal: &mut Terminal) {
    for Used { span, what, count } in &outcome.used {
        let place = span.map_or(String::new(), |span| {
            let text = sources.text(span.file).bytes;
            let line = LineIndex::new(&text).line(&text, span.start) + 1;
            format!("{}:{line}: ", escape_path(&sources.path(span.file)))
        });
        let plural = if *count == 1 { "" } else { "s" };
        terminal.remark(&format!("{place}{}: {count} finding{plural} suppressed", escape(what.as_bytes())));
    }
}
