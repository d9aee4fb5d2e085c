//! `zoneward schema`: the JSON Schema of `zoneward.toml`.

use std::process::ExitCode;

use clap::Args;

use super::Error;
use super::terminal::Terminal;
use crate::config;

/// Arguments of `schema`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zoneward schema > .zoneward.schema.json

With `#:schema ./.zoneward.schema.json` as the first line of zoneward.toml, editors that know TOML check it,
and complete keys, rules and levels.")]
pub(super) struct Options {}

/// Prints the schema.
pub(super) fn run(_: &Options, terminal: &mut Terminal) -> Result<ExitCode, Error> {
    terminal.print(|out, _| {
        serde_json::to_writer_pretty(&mut *out, &config::schema())?;
        writeln!(out)
    })?;
    Ok(ExitCode::SUCCESS)
}
