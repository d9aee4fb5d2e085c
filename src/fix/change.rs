//! Changes of records → edits of the text that they stand in.
//!
//! A change that cannot be made without touching other records is not made: these functions return
//! `None` then.

use std::ops::Range;

use super::add::add;
use super::page::{Kind, Line, Page, as_text, column, is_absolute, offset, width};
use super::style::{fill, value_text};
use crate::diagnostic::{Change, Edit, Part, Site, Value};
use crate::source::{FileId, Span};
use crate::syntax::{Directive, Token};

/// The file that a change is in.
pub(super) fn file(change: &Change) -> FileId {
    match change {
        Change::Add { below: site, .. }
        | Change::Set { record: site, .. }
        | Change::Complete { record: site, .. }
        | Change::Remove { record: site } => site.span.file,
        Change::EndLine { span } => span.file,
    }
}

/// The edits that make a change, in the order of their places.
pub(super) fn edits(page: &Page<'_>, change: &Change) -> Option<Vec<Edit>> {
    let one = |edit: Option<Edit>| Some(vec![edit?]);
    match change {
        Change::Add { below, records } => one(add(page, below, records)),
        Change::Set { record, field, value } => one(set(page, record, *field, value)),
        Change::Complete { record, part } => one(complete(page, record, *part)),
        Change::Remove { record } => remove(page, record),
        Change::EndLine { span } => one(end_line(page, span.file)),
    }
}

fn set(page: &Page<'_>, record: &Site, field: u8, value: &Value) -> Option<Edit> {
    let line = page.line(page.row_at(record.span)?)?;
    let token = line.field(field.into()).filter(|token| !token.quoted)?;
    let text = value_text(value, record.origin.as_ref(), is_absolute(line.word(token)));
    Some(placed(record.span.file, replace(page, token, text)))
}

fn complete(page: &Page<'_>, record: &Site, part: Part) -> Option<Edit> {
    let row = page.row_at(record.span)?;
    let token = match part {
        Part::Owner => {
            let head = page.head(row).filter(|head| page.ttls().are_settled(head + 1))?;
            page.line(head)?.owner()?
        }
        Part::Field(field) => page.line(row)?.field(field.into())?,
        _ => return None,
    };
    let word = &page.text[token.start as usize..token.end as usize];
    let open = !token.quoted && !is_absolute(word) && word != b"@";
    open.then(|| placed(record.span.file, replace(page, token, as_text(word) + ".")))
}

fn placed(file: FileId, (range, text): (Range<usize>, String)) -> Edit {
    Edit { span: Span::new(file, offset(range.start), offset(range.end)), text }
}

/// Puts a word in the place of another one. Where more than one space follows it, what stands behind
/// stays at its column.
pub(super) fn replace(page: &Page<'_>, token: Token, mut text: String) -> (Range<usize>, String) {
    let (start, mut end) = (token.start as usize, token.end as usize);
    let behind = &page.text[end..];
    let spaces = behind.iter().take_while(|&&b| b == b' ').count();
    let ends_line = behind.get(spaces).is_none_or(|b| b"\r\n".contains(b));
    if spaces > 1 && !ends_line {
        end += spaces;
        let from = width(column(page.text, token.start), text.as_bytes());
        text += &fill(from, column(page.text, offset(end)), false);
    }
    (start..end, text)
}

/// Takes the lines of a record out. If it names the owner of the next one, that one names it then.
fn remove(page: &Page<'_>, record: &Site) -> Option<Vec<Edit>> {
    let row = page.row_at(record.span)?;
    let line = page.line(row)?;
    if !is_ttl_free(page, row, &line) {
        return None;
    }
    let file = record.span.file;
    let lines = Span::new(file, page.line_start(row), page.after(row));
    let mut edits = vec![Edit { span: lines, text: String::new() }];
    if let Some(owner) = line.owner() {
        let mut crossed = false;
        let mut next = row + 1;
        let heir = loop {
            match page.kind(next) {
                None | Some(Kind::Headed) => break None,
                Some(Kind::Inheriting) => break Some(next),
                // The first record of an included file may inherit, too.
                Some(Kind::Directive(Directive::Include)) => return None,
                Some(Kind::Directive(directive)) => crossed |= directive == Directive::Origin,
            }
            next += 1;
        };
        if let Some(heir) = heir {
            if crossed {
                return None;
            }
            let (from, first) = (page.line_start(heir), page.start(heir));
            let owner = as_text(line.word(owner));
            let tabs = page.text[from as usize..first as usize].contains(&b'\t');
            let gap = fill(width(0, owner.as_bytes()), column(page.text, first), tabs);
            edits.push(Edit { span: Span::new(file, from, first), text: owner + &gap });
        }
    }
    Some(edits)
}

/// The TTL of a record is not the one that something below, which has none, takes over. Below a
/// `$TTL`, nothing does.
fn is_ttl_free(page: &Page<'_>, row: usize, line: &Line<'_>) -> bool {
    let ttls = page.ttls();
    if !ttls.are_settled(row + 1) {
        return false;
    }
    if line.ttl().is_none() || ttls.has_default(row) {
        return true;
    }
    for at in row + 1..page.len() {
        match page.kind(at) {
            Some(Kind::Directive(Directive::Ttl)) => return true,
            Some(Kind::Directive(Directive::Origin | Directive::Date)) => {}
            Some(Kind::Directive(_)) => return false,
            _ => return page.line(at).is_some_and(|line| line.ttl().is_some()),
        }
    }
    // Behind an included file goes on what includes it.
    !page.included
}

fn end_line(page: &Page<'_>, file: FileId) -> Option<Edit> {
    let end = offset(page.text.len());
    let edit = || Edit { span: Span::new(file, end, end), text: page.newline().to_owned() };
    page.is_cut().then(edit)
}
