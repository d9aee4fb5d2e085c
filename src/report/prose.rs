//! A finding in words, for the formats that have one field for all that is to be said.

use super::places::Places;
use super::roots::Roots;
use super::{lines, one_line};
use crate::diagnostic::Diagnostic;

/// What is wrong, and below it, a line each: what else to look at, why it matters, what to do.
pub(super) fn prose(diagnostic: &Diagnostic, places: &Places<'_>, roots: &Roots) -> String {
    let mut text = one_line(&diagnostic.message);
    let mut add = |line: &str| {
        text.push('\n');
        text += line;
    };
    for label in &diagnostic.labels {
        let span = label.place.span;
        let (path, region) = (roots.shown(&places.path(span)), places.region(span));
        add(&format!("{path}:{}:{}: {}", region.line, region.column, one_line(&label.text)));
    }
    places
        .doubt(diagnostic)
        .iter()
        .chain(&diagnostic.notes)
        .for_each(|note| add(&format!("note: {}", lines(note))));
    if let Some(help) = &diagnostic.help {
        add(&format!("help: {}", lines(help)));
    }
    text
}
