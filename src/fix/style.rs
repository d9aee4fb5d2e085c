//! How the neighbours write their records: which words, at which columns, and with what between them.

use super::page::{Kind, Line, Page, as_text, column, is_absolute, next_stop, width};
use crate::diagnostic::{NewRecord, Value};
use crate::syntax::{NameRef, Token};

/// Neighbours that are looked at, on either side, to see whether columns are aligned.
const NEIGHBOURHOOD: usize = 8;

/// A word of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Owner,
    Ttl,
    Class,
    Type,
    Field(usize),
}

/// A word of a record and what stands before it.
#[derive(Debug, Clone, Copy)]
struct Slot {
    word: Word,
    /// The column where it begins if there is room; without one it comes after a single blank.
    column: Option<usize>,
    /// The gap before it has tabs.
    tabs: bool,
}

/// The words of a line and what is between them.
#[derive(Debug, Clone)]
pub(super) struct Style {
    slots: Vec<Slot>,
    lower_type: bool,
    class: Option<String>,
    /// The names of the owners are absolute.
    absolute_owner: bool,
    /// The type of the record, and whether names in its rdata are absolute.
    rdata: (u16, bool),
}

/// The words before the rdata of a new line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start<'a> {
    /// The owner; none where it is inherited.
    pub(super) owner: Option<&'a str>,
    pub(super) ttl: Option<&'a str>,
}

impl Style {
    /// How the record at `row` is written.
    pub(super) fn of(page: &Page<'_>, row: usize) -> Option<Self> {
        let line = page.line(row)?;
        let words = words(&line);
        let mut slots = Vec::with_capacity(words.len());
        let mut end = page.line_start(row);
        for (at, &(word, token)) in words.iter().enumerate() {
            let gap = &page.text[end as usize..token.start as usize];
            let blank = gap.iter().all(|b| b" \t".contains(b));
            let here = column(page.text, token.start);
            let aligned = gap.len() > 1 || at == 0 || is_aligned(page, row, word, here, end);
            slots.push(Slot { word, column: (blank && aligned).then_some(here), tabs: gap.contains(&b'\t') });
            end = token.end;
        }
        let owner = line.owner().map(|token| line.word(token));
        let name = (0..).map_while(|at| line.field(at)).map(|token| line.word(token)).last();
        Some(Self {
            slots,
            lower_type: line.word(line.rtype()).iter().all(|b| !b.is_ascii_uppercase()),
            class: line.class().map(|token| as_text(line.word(token))),
            absolute_owner: owner.is_some_and(is_absolute),
            rdata: (line.header.rtype.number(), name.is_some_and(is_absolute)),
        })
    }

    /// An owner as the neighbours write theirs.
    pub(super) fn owner(&self, owner: NameRef<'_>, origin: NameRef<'_>) -> String {
        written(owner, origin, self.absolute_owner)
    }

    /// The style of lines that name their owner, where this one does not.
    pub(super) fn headed(mut self) -> Self {
        if self.slots.first().is_none_or(|slot| slot.word != Word::Owner) {
            self.slots.insert(0, Slot { word: Word::Owner, column: None, tabs: false });
        }
        self
    }

    /// The style of lines that inherit their owner: the words behind it, the first of them at a column.
    pub(super) fn inheriting(&self, indent: Option<usize>, tabs: bool) -> Self {
        let mut slots: Vec<_> = self.slots.iter().filter(|slot| slot.word != Word::Owner).copied().collect();
        // A TTL may be left out, and then the class is the first word.
        for slot in
            slots.iter_mut().take_while(|slot| matches!(slot.word, Word::Ttl | Word::Class | Word::Type))
        {
            slot.tabs |= tabs;
        }
        if let Some(first) = slots.first_mut() {
            (first.column, first.tabs) = (indent.or(first.column), tabs);
        }
        Self { slots, ..self.clone() }
    }

    /// The first word of a line that inherits its owner is indented with tabs.
    pub(super) fn begins_with_tabs(&self) -> bool {
        self.slots.first().is_some_and(|slot| slot.tabs)
    }

    /// Where the first word behind the owner begins in a line that begins with this owner.
    pub(super) fn first_column(&self, start: Start<'_>) -> Option<usize> {
        let printed = |slot: &&Slot| match slot.word {
            Word::Owner => false,
            Word::Ttl => start.ttl.is_some(),
            _ => true,
        };
        let mut line = Drawing::default();
        line.push(start.owner?);
        line.pad(self.slots.iter().find(printed)?);
        Some(line.column)
    }

    /// The line of a new record.
    pub(super) fn draw(&self, record: &NewRecord, start: Start<'_>, origin: NameRef<'_>) -> String {
        let mut line = Drawing::default();
        let rtype = record.rtype.to_string();
        let rtype = if self.lower_type { rtype.to_lowercase() } else { rtype };
        let same_type = self.rdata.0 == record.rtype.number();
        let absolute = self.rdata.1 || !same_type;
        let fields: Vec<_> = record.rdata.iter().map(|value| value_text(value, origin, absolute)).collect();
        let mut slots = self.slots.clone();
        if start.ttl.is_some() && !slots.iter().any(|slot| slot.word == Word::Ttl) {
            let behind = slots.iter().position(|slot| slot.word != Word::Owner).unwrap_or(0);
            slots.insert(behind, Slot { word: Word::Ttl, ..slots[behind] });
        }
        let known = slots.iter().filter(|slot| matches!(slot.word, Word::Field(_))).count();
        slots.extend((known..fields.len()).map(|at| Slot {
            word: Word::Field(at),
            column: None,
            tabs: false,
        }));
        for (at, slot) in slots.iter().enumerate() {
            let text = match slot.word {
                Word::Owner => start.owner,
                Word::Ttl => start.ttl,
                Word::Class => self.class.as_deref(),
                Word::Type => Some(rtype.as_str()),
                Word::Field(field) => fields.get(field).map(String::as_str),
            };
            let Some(text) = text else { continue };
            if at > 0 || slot.word != Word::Owner {
                line.pad(slot);
            }
            line.push(text);
        }
        line.text
    }
}

/// A line while it is drawn.
#[derive(Default)]
struct Drawing {
    text: String,
    column: usize,
}

impl Drawing {
    fn push(&mut self, text: &str) {
        self.text += text;
        self.column = width(self.column, text.as_bytes());
    }

    /// Blanks up to the column of a word, at least one.
    fn pad(&mut self, slot: &Slot) {
        let gap = fill(self.column, slot.column.unwrap_or(0), slot.tabs);
        self.push(&gap);
    }
}

/// Blanks from one column to another, at least one.
pub(super) fn fill(from: usize, to: usize, tabs: bool) -> String {
    let mut gap = String::new();
    let mut at = from;
    while tabs && (next_stop(at) <= to || gap.is_empty()) {
        gap.push('\t');
        at = next_stop(at);
    }
    while at < to || gap.is_empty() {
        gap.push(' ');
        at += 1;
    }
    gap
}

/// The words of a line in their order.
fn words(line: &Line<'_>) -> Vec<(Word, Token)> {
    let fields = (0..).map_while(|at| Some((Word::Field(at), line.field(at)?)));
    let mut words: Vec<_> = [
        (Word::Owner, line.owner()),
        (Word::Ttl, line.ttl()),
        (Word::Class, line.class()),
        (Word::Type, Some(line.rtype())),
    ]
    .into_iter()
    .filter_map(|(word, token)| Some((word, token?)))
    .chain(fields)
    .collect();
    words.sort_by_key(|(_, token)| token.start);
    words
}

/// Whether a word begins at its column in a neighbour too, where the word before it ends elsewhere.
fn is_aligned(page: &Page<'_>, row: usize, word: Word, here: usize, before: u32) -> bool {
    let before = column(page.text, before);
    let around = row.saturating_sub(NEIGHBOURHOOD)..(row + NEIGHBOURHOOD + 1).min(page.len());
    around.filter(|&at| at != row && page.kind(at) == Some(Kind::Headed)).any(|at| {
        let Some(other) = page.line(at) else { return false };
        let words = words(&other);
        words.windows(2).any(|pair| {
            let [(_, previous), (same, token)] = pair else { return false };
            *same == word
                && column(page.text, token.start) == here
                && column(page.text, previous.end) != before
        })
    })
}

/// A value of rdata as text.
pub(super) fn value_text(value: &Value, origin: NameRef<'_>, absolute: bool) -> String {
    match value {
        Value::Address(address) => address.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Name(name) => written(name.as_ref(), origin, absolute),
    }
}

/// A name as it is written under an origin.
fn written(name: NameRef<'_>, origin: NameRef<'_>, absolute: bool) -> String {
    if absolute && name.is_root() {
        ".".to_owned()
    } else if absolute {
        format!("{name}.")
    } else {
        name.relative_to(origin)
    }
}
