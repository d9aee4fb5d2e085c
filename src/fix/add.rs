//! New records: where they go, and in whose style they are written.

use super::page::{Kind, Page, as_text, column, offset};
use super::style::{Start, Style};
use crate::diagnostic::{Edit, NewRecord, Site};
use crate::source::Span;
use crate::syntax::{Directive, Name};

/// Lines that are looked at, on either side, to see whether owners are repeated or inherited.
const EVIDENCE: usize = 200;

/// Writes records below another one.
pub(super) fn add(page: &Page<'_>, below: &Site, records: &[NewRecord]) -> Option<Edit> {
    let row = page.row_at(below.span)?;
    let same = records.iter().all(|record| record.owner == below.owner);
    let spot = if same { Spot { at: page.after(row), beside: row } } else { behind_owner(page, row)? };
    if !page.ttls().are_settled(spot.beside) {
        return None;
    }
    let mut hand = Hand::new(page, spot.beside, below, same)?;
    let lines: Vec<String> = records.iter().map(|record| hand.write(record)).collect();
    let newline = page.newline();
    let text = if page.is_cut() && spot.at == offset(page.text.len()) {
        lines.iter().flat_map(|line| [newline, line]).collect()
    } else {
        lines.iter().flat_map(|line| [line, newline]).collect()
    };
    Some(Edit { span: Span::new(below.span.file, spot.at, spot.at), text })
}

/// Where new records go.
struct Spot {
    /// Offset of the beginning of a line, or the end of a text that ends in the middle of one.
    at: u32,
    /// The record there whose TTL, written or not, holds for them too.
    beside: usize,
}

/// The place for a record of another owner: behind the last record that inherits the owner of `row`,
/// so that none of these becomes the new one's; or else before the one that names it.
fn behind_owner(page: &Page<'_>, row: usize) -> Option<Spot> {
    let mut last = row;
    while page.kind(last + 1) == Some(Kind::Inheriting) {
        last += 1;
    }
    let mut next = last + 1;
    let ends = loop {
        match page.kind(next) {
            None | Some(Kind::Headed) => break true,
            // The first record of an included file may inherit, too.
            Some(Kind::Inheriting | Kind::Directive(Directive::Include)) => break false,
            Some(Kind::Directive(_)) => next += 1,
        }
    };
    if ends {
        return Some(Spot { at: page.after(last), beside: last });
    }
    let head = page.head(row)?;
    Some(Spot { at: page.line_start(head), beside: head })
}

/// How lines are written at a place.
struct Hand<'p> {
    page: &'p Page<'p>,
    below: &'p Site,
    /// The style of lines that name their owner.
    headed: Style,
    /// The record in whose style owners are inherited; none where they are repeated.
    inheriting: Option<usize>,
    /// That style is to be taken as it is: it stands right here.
    near: bool,
    /// The owner as the record beside names it, where the new ones have the same.
    repeated: Option<String>,
    ttl: Option<String>,
    /// The owner of the line above, where it can be inherited.
    above: Option<Name>,
    /// The column of the first word behind the owner there.
    column: Option<usize>,
}

impl<'p> Hand<'p> {
    fn new(page: &'p Page<'p>, beside: usize, below: &'p Site, same: bool) -> Option<Self> {
        let line = page.line(beside)?;
        let nearest = (0..=beside).rev().find(|&row| page.kind(row) == Some(Kind::Headed));
        let model = nearest.and_then(|row| Style::of(page, row)).or_else(|| Style::of(page, beside))?;
        let inheriting = inheriting(page, beside, same);
        Some(Self {
            page,
            below,
            headed: model.headed(),
            inheriting,
            near: inheriting.is_some_and(|row| row == beside || same && row == beside + 1),
            repeated: line.owner().filter(|_| same).map(|owner| as_text(line.word(owner))),
            ttl: line.ttl().map(|ttl| as_text(line.word(ttl))),
            above: same.then(|| below.owner.clone()),
            column: line.tokens.get(1).map(|second| column(page.text, second.start)),
        })
    }

    /// The line of a record.
    fn write(&mut self, record: &NewRecord) -> String {
        let origin = self.below.origin.as_ref();
        let ttl = self.ttl.as_deref();
        if self.above.as_ref() == Some(&record.owner)
            && let Some(style) = self.inheriting.and_then(|row| self.inheriting_style(row))
        {
            return style.draw(record, Start { owner: None, ttl }, origin);
        }
        let owner = self.repeated.clone();
        let owner = owner.unwrap_or_else(|| self.headed.owner(record.owner.as_ref(), origin));
        let start = Start { owner: Some(&owner), ttl };
        self.column = self.headed.first_column(start);
        self.above = Some(record.owner.clone());
        self.headed.draw(record, start, origin)
    }

    /// The style of a line below, which inherits its owner as the record at `row` does.
    fn inheriting_style(&self, row: usize) -> Option<Style> {
        let style = Style::of(self.page, row)?;
        if self.near {
            return Some(style);
        }
        let first = |row: usize, at: usize| {
            let token = self.page.line(row)?.tokens.get(at).copied()?;
            Some(column(self.page.text, token.start))
        };
        // Either it is indented as far as the record above goes on behind its owner, or always as far.
        let aligned = self.page.head(row).is_some_and(|head| first(head, 1) == first(row, 0));
        Some(if aligned { self.headed.inheriting(self.column, style.begins_with_tabs()) } else { style })
    }
}

/// The record that shows how owners are inherited here: the nearest one that does. None where the
/// nearest record of its owner but the first repeats it.
fn inheriting(page: &Page<'_>, beside: usize, same: bool) -> Option<usize> {
    let inherits = |row: usize| page.kind(row) == Some(Kind::Inheriting);
    if inherits(beside) {
        return Some(beside);
    }
    if same && inherits(beside + 1) {
        return Some(beside + 1);
    }
    let owner = |row: usize| page.line(row).and_then(|line| Some(line.word(line.owner()?)));
    let repeats = |row: usize| row > 0 && owner(row).is_some() && owner(row) == owner(row - 1);
    let around = (1..EVIDENCE).flat_map(|far| [beside.checked_sub(far), Some(beside + far)]).flatten();
    let mut rows = std::iter::once(beside).chain(around).filter(|&row| row < page.len());
    rows.find(|&row| inherits(row) || repeats(row)).filter(|&row| inherits(row))
}
