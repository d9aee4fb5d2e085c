//! How often each rule found something.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use serde::Serialize;

use super::{Style, table};
use crate::diagnostic::{Diagnostic, Level};

/// What a rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Tally<'a> {
    /// Its name.
    pub(super) rule: &'a str,
    /// The level of its worst finding.
    pub(super) level: Level,
    /// Its findings.
    pub(super) findings: usize,
    /// The zones that they are in.
    pub(super) zones: usize,
}

/// The rules that found something, the one with the most findings first; of equals the worst.
pub(super) fn tally(diagnostics: &[Diagnostic]) -> Vec<Tally<'_>> {
    let mut rules: BTreeMap<&str, (Level, usize, BTreeSet<_>)> = BTreeMap::new();
    for it in diagnostics {
        let (level, findings, zones) = rules.entry(it.rule).or_insert((it.level, 0, BTreeSet::new()));
        *level = it.level.max(*level);
        *findings += 1;
        zones.extend(it.zone.as_ref().map(|zone| (zone, &it.view)));
    }
    let row = |(rule, (level, findings, zones)): (_, (_, _, BTreeSet<_>))| Tally {
        rule,
        level,
        findings,
        zones: zones.len(),
    };
    let mut rows: Vec<_> = rules.into_iter().map(row).collect();
    rows.sort_by_key(|row| Reverse((row.findings, row.level)));
    rows
}

/// Writes them as a table, and an empty line after it.
pub(super) fn write(diagnostics: &[Diagnostic], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let rows: Vec<_> = tally(diagnostics)
        .iter()
        .map(|&Tally { rule, level, findings, zones }| {
            [findings.to_string(), zones.to_string(), level.name().to_owned(), rule.to_owned()]
        })
        .collect();
    table::write(["FINDINGS", "ZONES", "LEVEL", "RULE"], &rows, &["FINDINGS", "ZONES"], style, out)?;
    writeln!(out)
}

#[cfg(test)]
mod tests {
    use super::super::sample::{finding, place};
    use super::*;
    use crate::source::Sources;

    #[test]
    fn the_most_frequent_rule_is_first_and_of_equals_the_worst() {
        let file = Sources::new().add_bytes("t", Vec::new());
        let found = |rule, level, zone: Option<&str>| {
            let mut it = finding(level, place(file, 0, 0), "no");
            it.rule = rule;
            it.zone = zone.map(str::to_owned);
            it
        };
        let list = [
            found("c", Level::Info, Some("a.example")),
            found("b", Level::Warning, Some("a.example")),
            found("b", Level::Error, Some("a.example")),
            found("b", Level::Info, Some("b.example")),
            found("a", Level::Info, None),
            found("d", Level::Warning, None),
        ];
        let row = |rule, level, findings, zones| Tally { rule, level, findings, zones };
        let expected = [
            row("b", Level::Error, 3, 2),
            row("d", Level::Warning, 1, 0),
            row("a", Level::Info, 1, 0),
            row("c", Level::Info, 1, 1),
        ];
        assert_eq!(tally(&list), expected);
    }
}
