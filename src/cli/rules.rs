//! `zoneward rules`: the table of all rules.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Error;
use super::terminal::Terminal;
use crate::diagnostic::Applicability;
use crate::report::table;
use crate::rules::{Listed, RULES};

/// Arguments of `rules`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zoneward rules
  zoneward rules --format json | jq -r '.[] | select(.default) | .name'")]
pub(super) struct Options {
    /// Table or JSON
    #[arg(long, value_enum, value_name = "full|json", hide_possible_values = true, default_value_t)]
    format: Format,
}

/// The formats of what is no report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Full,
    /// For programs
    Json,
}

/// What is told of a rule.
#[derive(Debug, Serialize)]
pub(super) struct Entry {
    name: &'static str,
    group: &'static str,
    level: &'static str,
    default: bool,
    fixable: bool,
    fix: Vec<Applicability>,
    summary: String,
    options: BTreeMap<&'static str, i64>,
}

impl Entry {
    /// A rule of the list.
    pub(super) fn new(listed: &Listed) -> Self {
        let rule = listed.rule;
        let fix = listed.fixes();
        Self {
            name: rule.name,
            group: rule.group.name(),
            level: rule.level.name(),
            default: rule.default,
            fixable: !fix.is_empty(),
            fix,
            summary: listed.summary(),
            options: rule.options.iter().copied().collect(),
        }
    }

    fn row(&self) -> [String; 6] {
        let default = if self.default { "on" } else { "off" };
        let fix: Vec<_> = self.fix.iter().map(|it| it.name()).collect();
        let fix = if fix.is_empty() { "-".to_owned() } else { fix.join("+") };
        [self.name, self.group, self.level, default, &fix, &self.summary].map(str::to_owned)
    }
}

/// Prints the table.
pub(super) fn run(options: &Options, terminal: &mut Terminal) -> Result<ExitCode, Error> {
    let entries: Vec<_> = RULES.iter().map(Entry::new).collect();
    terminal.print(|out, style| match options.format {
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &entries)?;
            writeln!(out)
        }
        Format::Full => {
            let rows: Vec<_> = entries.iter().map(Entry::row).collect();
            table::write(["RULE", "GROUP", "LEVEL", "DEFAULT", "FIX", "SUMMARY"], &rows, &[], style, out)
        }
    })?;
    Ok(ExitCode::SUCCESS)
}
