//! `zoneward rules`: the table of all rules.

use std::collections::BTreeMap;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::Error;
use super::table;
use super::terminal::Terminal;
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
    summary: String,
    options: BTreeMap<&'static str, i64>,
}

impl Entry {
    /// A rule of the list.
    pub(super) fn new(listed: &Listed) -> Self {
        let rule = listed.rule;
        Self {
            name: rule.name,
            group: rule.group.name(),
            level: rule.level.name(),
            default: rule.default,
            fixable: false,
            summary: summary(&listed.page()),
            options: rule.options.iter().copied().collect(),
        }
    }

    fn row(&self) -> [String; 5] {
        let default = if self.default { "on" } else { "off" };
        [self.name, self.group, self.level, default, &self.summary].map(str::to_owned)
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
            table::write(["RULE", "GROUP", "LEVEL", "DEFAULT", "SUMMARY"], &rows, &[], style, out)
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

/// The first sentence of a page after its title.
fn summary(page: &str) -> String {
    let text = page.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
    let paragraph: Vec<_> = text.take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
    let paragraph = paragraph.join(" ");
    // A sentence ends where a capital begins the next one: not in `RFC 1035 sec. 5`.
    let ends = paragraph.match_indices(". ").map(|(at, _)| at + 1);
    let end = ends.into_iter().find(|&at| paragraph[at..].trim_start().starts_with(char::is_uppercase));
    paragraph[..end.unwrap_or(paragraph.len())].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_is_the_first_sentence() {
        let page = "# rule\n\nIt goes on, e.g. over\ntwo lines. And more.\n\n## Why\n";
        assert_eq!(summary(page), "It goes on, e.g. over two lines.");
        assert_eq!(summary("# rule\n\nNo end\n\nMore."), "No end");
        assert_eq!(summary(""), "");
    }

    #[test]
    fn every_rule_has_a_summary() {
        for listed in RULES {
            let summary = summary(&listed.page());
            let name = listed.rule.name;
            assert!(summary.ends_with('.'), "{name}: `{summary}` is no sentence");
            assert!(summary.len() < 160, "{name}: `{summary}` is too long for a table");
        }
    }
}
