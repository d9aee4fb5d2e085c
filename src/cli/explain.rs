//! `zoneward explain`: the page of a rule.

use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValue;
use serde::Serialize;

use super::names::{Known, unknown};
use super::terminal::Terminal;
use super::{Error, rules::Entry};
use crate::config::selector_names;
use crate::diagnostic::Group;
use crate::report::table::bold;
use crate::rules::{self, Listed, RULES};

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zoneward explain no-soa
  zoneward explain no-soa --format json")]
pub(super) struct Options {
    /// The rule, as reports name it in brackets
    #[arg(value_parser = RULE, hide_possible_values = true)]
    rule: &'static Listed,

    /// Text or JSON
    #[arg(long, value_enum, value_name = "full|json", hide_possible_values = true, default_value_t)]
    format: super::rules::Format,
}

const RULE: Known<&Listed> =
    Known { words: || RULES.iter().map(|listed| PossibleValue::new(listed.rule.name)).collect(), read: rule };

fn rule(name: &str) -> Result<&'static Listed, String> {
    if Group::ALL.iter().any(|group| group.name() == name) {
        return Err("that is a group; `zoneward rules` lists its rules".to_owned());
    }
    let groups = Group::ALL.len();
    let missing = || unknown("rule", name, selector_names().skip(groups), "`zoneward rules` lists them");
    rules::find(name).ok_or_else(missing)
}

/// A rule with its page, as JSON.
#[derive(Serialize)]
struct Page {
    #[serde(flatten)]
    entry: Entry,
    page: String,
}

/// Prints the page.
pub(super) fn run(options: &Options, terminal: &mut Terminal) -> Result<ExitCode, Error> {
    let page = options.rule.page();
    terminal.print(|out, style| match options.format {
        super::rules::Format::Json => {
            let page = Page { entry: Entry::new(options.rule), page };
            serde_json::to_writer_pretty(&mut *out, &page)?;
            writeln!(out)
        }
        super::rules::Format::Full => page.lines().try_for_each(|line| {
            let line = if line.starts_with('#') { bold(line, style) } else { line.to_owned() };
            writeln!(out, "{line}")
        }),
    })?;
    Ok(ExitCode::SUCCESS)
}
