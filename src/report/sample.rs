//! Findings for the tests of the formats.

use super::{Format, Report, Style, write};
use crate::diagnostic::{Diagnostic, Findings, Group, Level, Place, Speaker, Subject, ZoneName};
use crate::source::{FileId, Sources, Span};

/// The `nth` place (from 0) where `needle` stands in `text`, which is the text of `file`.
pub(super) fn find(file: FileId, text: &[u8], needle: &[u8], nth: usize) -> Place {
    let starts = |at: &usize| text[*at..].starts_with(needle);
    let start = (0..text.len()).filter(starts).nth(nth).expect("the test has the needle");
    place(file, start, start + needle.len())
}

/// The bytes `start..end` of a file.
pub(super) fn place(file: FileId, start: usize, end: usize) -> Place {
    let offset = |at| u32::try_from(at).expect("the texts of tests are short");
    Place::whole(Span::new(file, offset(start), offset(end)))
}

/// A finding of the rule `a-rule` in the zone `a.example`.
pub(super) fn finding(level: Level, place: Place, message: &str) -> Diagnostic {
    let mut list = Vec::new();
    let speaker = Speaker { rule: "a-rule", group: Group::Record, level, options: Vec::new() };
    let subject = Subject { zone: Some(ZoneName::Written("a.example")), ..Subject::default() };
    Findings::new(&speaker, &subject, &mut list).report(place, message);
    list.remove(0)
}

/// The report of findings.
pub(super) fn report(sources: &Sources, diagnostics: &[Diagnostic], format: Format, style: Style) -> String {
    let report = Report::new(diagnostics, sources);
    let mut out = Vec::new();
    write(&report, format, style, &mut out).expect("a Vec takes everything");
    String::from_utf8(out).expect("reports are UTF-8")
}
