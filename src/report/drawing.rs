//! The lines that a finding is about, as codespan draws them, and what is to be said below them.

use std::io;

use codespan_reporting::diagnostic::{self as codespan, LabelStyle, Severity};
use codespan_reporting::files::Error;
use codespan_reporting::term::{Chars, Config};

use super::excerpt::{Excerpt, Excerpts, LINES_AFTER_START, LINES_BEFORE_END};
use super::text::Texts;
use super::{Style, count, lines, one_line};
use crate::diagnostic::{Diagnostic, Label};

/// Places drawn for one finding; more of them explain nothing more.
const MOST_LABELS: usize = 8;

/// A finding to be drawn.
pub(super) struct Drawing {
    /// The lines.
    pub(super) excerpts: Excerpts,
    /// The labels in them; message and notes are for the format to set.
    pub(super) picture: codespan::Diagnostic<usize>,
    /// What stands below: why it matters, and last what to do.
    pub(super) remarks: Vec<Remark>,
    /// How codespan draws.
    pub(super) config: Config,
}

/// Something to be said below the lines.
pub(super) struct Remark {
    /// `note`, `help` or `fix`.
    pub(super) word: &'static str,
    /// One or several lines, safe to show.
    pub(super) text: String,
}

impl Drawing {
    /// Reads the lines of a finding.
    pub(super) fn new(diagnostic: &Diagnostic, texts: &mut Texts<'_>, style: Style) -> Self {
        let ellipsis = if style.ascii { " ... " } else { " \u{2026} " };
        let mut picture = codespan::Diagnostic::new(Severity::Error);
        let mut remarks = Vec::new();
        let mut note = |text| remarks.push(Remark { word: "note", text });
        let mut excerpts = Vec::new();
        for labels in by_file(diagnostic) {
            let text = texts.get(labels[0].place.span.file);
            if let Some(reason) = text.stale() {
                note(format!("{reason}, so its lines are not shown"));
                continue;
            }
            let spans: Vec<_> = labels.iter().map(|label| text.locate(label.place.span)).collect();
            let excerpt = Excerpt::new(&text, &spans, ellipsis);
            picture.labels.extend(labels.iter().zip(&spans).map(|(label, span)| {
                let primary = std::ptr::eq(*label, &raw const diagnostic.primary);
                let kind = if primary { LabelStyle::Primary } else { LabelStyle::Secondary };
                codespan::Label::new(kind, excerpts.len(), excerpt.range(&text, span))
                    .with_message(one_line(&label.text))
            }));
            excerpts.push(excerpt);
        }
        let left_out = diagnostic.labels.len().saturating_sub(MOST_LABELS);
        if left_out > 0 {
            note(format!("{} not shown", count(left_out as u64, "more place")));
        }
        diagnostic.notes.iter().for_each(|text| note(lines(text)));
        remarks.extend(diagnostic.help.iter().map(|text| Remark { word: "help", text: lines(text) }));
        remarks.extend(diagnostic.fix.iter().map(|fix| {
            let text = format!("`{}` {}", fix.applicability.option(), lines(&fix.description));
            Remark { word: "fix", text }
        }));
        Self { excerpts: Excerpts(excerpts), picture, remarks, config: config(style) }
    }
}

/// How codespan draws.
fn config(style: Style) -> Config {
    Config {
        // As terminals and editors show a tab, so that the columns of a zone stay columns.
        tab_width: 8,
        chars: if style.ascii { Chars::ascii() } else { Chars::box_drawing() },
        start_context_lines: LINES_AFTER_START,
        end_context_lines: LINES_BEFORE_END,
        ..Config::default()
    }
}

/// The labels that are drawn, file by file, the primary label and its file first.
fn by_file(diagnostic: &Diagnostic) -> Vec<Vec<&Label>> {
    let mut files: Vec<Vec<&Label>> = vec![vec![&diagnostic.primary]];
    for label in diagnostic.labels.iter().take(MOST_LABELS) {
        let file = label.place.span.file;
        match files.iter_mut().find(|labels| labels[0].place.span.file == file) {
            Some(labels) => labels.push(label),
            None => files.push(vec![label]),
        }
    }
    files
}

/// Only writing can fail; a closed pipe stays a closed pipe.
pub(super) fn io_error(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        other => io::Error::other(other),
    }
}
