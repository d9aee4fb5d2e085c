//! What the user reads: findings in one of several formats, one file per format.
//!
//! Findings come sorted, with their final levels and true places. What stood in a zone has been
//! escaped by the rules; it is escaped once more on the way out, so that one careless rule cannot
//! hand a zone's bytes to a terminal.

mod checkstyle;
mod drawing;
mod excerpt;
mod format;
mod full;
mod github;
mod gitlab;
mod html;
mod ink;
mod json;
mod jsonl;
mod junit;
mod pen;
mod places;
mod prose;
mod roots;
#[cfg(test)]
mod sample;
mod sarif;
mod short;
mod statistics;
pub(crate) mod table;
mod text;
mod xml;

use std::collections::HashMap;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Failure, Level};
use crate::source::{Sources, escape};
use crate::syntax::NameRef;

pub use format::Format;
pub(crate) use pen::Pen;
pub use roots::Roots;

/// How a report for people looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style {
    /// With the colours of the terminal.
    pub color: bool,
    /// Drawn with ASCII instead of box drawing characters.
    pub ascii: bool,
    /// The columns of the terminal, where there is one: text is broken at its blanks to fit.
    pub width: Option<u16>,
}

impl Style {
    /// `text` in the given rendition (the numbers of an SGR sequence, ECMA-48 8.3.117).
    pub(crate) fn paint(self, rendition: &str, text: &str) -> String {
        if self.color { format!("\x1b[{rendition}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// The colour of a level, as an SGR number.
fn color(level: Level) -> &'static str {
    match level {
        Level::Error => "31",
        Level::Warning => "33",
        Level::Info => "36",
    }
}

/// What was looked at and what came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Summary {
    /// Zones, each view counted.
    pub zones: usize,
    /// Files, included ones among them.
    pub files: usize,
    /// Records.
    pub records: u64,
    /// Findings of level error.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level info.
    pub infos: usize,
    /// Findings that an ignore or the baseline took out.
    pub suppressed: usize,
    /// Findings that `--fix` mends.
    pub fixable: usize,
    /// Findings that only `--fix=all` mends.
    pub fixable_unsafe: usize,
    /// The time it took; only the formats for people show it, the others are the same each run.
    pub elapsed: Option<Duration>,
}

impl Summary {
    /// The line that closes the formats for people.
    pub fn line(&self) -> String {
        let looked_at = [
            count(self.zones as u64, "zone"),
            count(self.files as u64, "file"),
            count(self.records, "record"),
        ];
        let asides = [
            (self.suppressed, "suppressed"),
            (self.fixable, "fixable with --fix"),
            (self.fixable_unsafe, "fixable with --fix=all"),
        ];
        let asides: Vec<_> = asides
            .into_iter()
            .filter(|&(number, _)| number > 0)
            .map(|(number, what)| format!("{number} {what}"))
            .collect();
        let asides = if asides.is_empty() { String::new() } else { format!(" ({})", asides.join(", ")) };
        let time = match self.elapsed {
            None => String::new(),
            Some(elapsed) => format!(" in {:.2} s", elapsed.as_secs_f64()),
        };
        format!("{}: {}{asides}{time}", looked_at.join(", "), self.findings())
    }

    /// The findings by level; a level without any is not named.
    fn findings(&self) -> String {
        let levels = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let found: Vec<_> = levels
            .into_iter()
            .filter(|&(number, _)| number > 0)
            .map(|(number, level)| count(number as u64, level))
            .collect();
        if found.is_empty() { "no findings".to_owned() } else { found.join(", ") }
    }
}

/// `1 zone`, `2 zones`.
fn count(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// All that a report is made of.
#[derive(Debug, Clone)]
pub struct Report<'a> {
    /// The findings, sorted, with final levels, every place a whole span of its file.
    pub diagnostics: &'a [Diagnostic],
    /// The files they are in.
    pub sources: &'a Sources,
    /// The figures.
    pub summary: Summary,
    /// What could not be checked.
    pub failures: &'a [Failure],
    /// The zones that were judged.
    pub zones: &'a dyn Zones,
    /// The formats for people and `json` count the findings of each rule.
    pub statistics: bool,
    /// What there is to know about a rule, by its name.
    pub about: fn(&str) -> Option<About>,
    /// Where the paths start that services are given.
    pub roots: Roots,
}

impl<'a> Report<'a> {
    /// A report of findings, and of nothing else.
    pub fn new(diagnostics: &'a [Diagnostic], sources: &'a Sources) -> Self {
        Self {
            diagnostics,
            sources,
            summary: Summary::default(),
            failures: &[],
            zones: const { &Vec::<Judged<'_>>::new() },
            statistics: false,
            about: |_| None,
            roots: Roots::default(),
        }
    }
}

/// Zones that were judged. There may be a hundred thousand, and most reports do not ask for them.
pub trait Zones: fmt::Debug {
    /// Each of them.
    fn judged(&self) -> Box<dyn Iterator<Item = Judged<'_>> + '_>;
}

impl Zones for Vec<Judged<'_>> {
    fn judged(&self) -> Box<dyn Iterator<Item = Judged<'_>> + '_> {
        Box::new(self.iter().copied())
    }
}

/// A zone that was judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged<'a> {
    /// Its name.
    pub zone: NameRef<'a>,
    /// The view that it is in, where there are views.
    pub view: Option<&'a str>,
    /// Its file.
    pub file: &'a Path,
}

/// What there is to know about a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// The level of its worst finding.
    pub level: Level,
    /// What it finds, in a sentence.
    pub summary: String,
    /// What it finds, in a paragraph.
    pub introduction: String,
    /// Its page, in Markdown.
    pub page: String,
}

/// Writes a report.
///
/// A closed pipe comes back as [`io::ErrorKind::BrokenPipe`]; it is for the caller to forgive it.
pub fn write(report: &Report<'_>, format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
    // Every format writes word by word.
    let mut out = io::BufWriter::new(out);
    match format {
        Format::Full => full::write(report, style, &mut out)?,
        Format::Short => short::write(report, style, &mut out)?,
        Format::Json => json::write(report, &mut out)?,
        Format::Jsonl => jsonl::write(report, &mut out)?,
        Format::Sarif => sarif::write(report, &mut out)?,
        Format::Github => github::write(report, &mut out)?,
        Format::Gitlab => gitlab::write(report, &mut out)?,
        Format::Junit => junit::write(report, &mut out)?,
        Format::Checkstyle => checkstyle::write(report, &mut out)?,
        Format::Html => html::write(report, &mut out)?,
    }
    out.flush()
}

/// What closes the reports for people: the findings of each rule, if asked for, and the summary.
fn close(report: &Report<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if report.statistics && !report.diagnostics.is_empty() {
        statistics::write(report.diagnostics, style, out)?;
    }
    writeln!(out, "{}", report.summary.line())
}

/// The last guard for text of several lines: what a terminal would obey is escaped.
fn lines(text: &str) -> String {
    text.lines().map(|line| escape(line.as_bytes())).collect::<Vec<_>>().join("\n")
}

/// The last guard for text that must stand on one line: a line break becomes a space.
fn one_line(text: &str) -> String {
    text.lines().map(|line| escape(line.trim().as_bytes())).collect::<Vec<_>>().join(" ")
}

/// The message of a finding on one line, with its view behind it.
fn headline(diagnostic: &Diagnostic) -> String {
    let view = diagnostic.view.as_ref();
    let view = view.map_or(String::new(), |view| format!(" (view `{}`)", one_line(view)));
    one_line(&diagnostic.message) + &view
}

/// A name; with a number behind it if others had it before.
fn unique(name: String, seen: &mut HashMap<String, u32>) -> String {
    let count = seen.entry(name.clone()).or_default();
    *count += 1;
    if *count == 1 { name } else { format!("{name}-{count}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_in_english() {
        let mut summary = Summary {
            zones: 22,
            files: 24,
            records: 431,
            errors: 7,
            warnings: 12,
            infos: 3,
            suppressed: 2,
            fixable: 5,
            fixable_unsafe: 0,
            elapsed: Some(Duration::from_millis(42)),
        };
        let many = "22 zones, 24 files, 431 records: 7 errors, 12 warnings, 3 infos (2 suppressed, 5 fixable with --fix)";
        assert_eq!(summary.line(), format!("{many} in 0.04 s"));
        summary.elapsed = None;
        assert_eq!(summary.line(), many);
    }

    #[test]
    fn the_summary_knows_one_and_none() {
        let one = Summary { zones: 1, files: 1, records: 1, errors: 1, ..Summary::default() };
        assert_eq!(one.line(), "1 zone, 1 file, 1 record: 1 error");
        let one = Summary { errors: 0, warnings: 1, infos: 1, ..one };
        assert_eq!(one.line(), "1 zone, 1 file, 1 record: 1 warning, 1 info");
        let clean = Summary { suppressed: 1, ..Summary::default() };
        assert_eq!(clean.line(), "0 zones, 0 files, 0 records: no findings (1 suppressed)");
    }

    #[test]
    fn the_guard_lets_no_control_character_through() {
        assert_eq!(lines("a\x1b[2J\r\nb\u{202e}\u{9b}"), "a\\027[2J\nb\\226\\128\\174\\194\\155");
        assert_eq!(one_line("a\n  b\tc"), "a b\\009c");
    }
}
