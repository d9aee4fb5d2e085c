//! A zone before it is written: its records, and the hand that writes it.

use std::fmt::Write;

/// A zone before it is written.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    /// Its name, without the final dot.
    pub(super) origin: String,
    /// The folder of its file, from that of all zones.
    pub(super) folder: String,
    /// A file that is written beside its own.
    pub(super) beside: Option<Beside>,
    /// What the first line says.
    pub(super) comment: String,
    /// The `$TTL`, if there is to be one.
    pub(super) ttl: Option<&'static str>,
    pub(super) entries: Vec<Entry>,
    pub(super) style: Style,
    /// What is done to the finished text, the rule that finds it, and on which line.
    pub(super) twist: Option<Twist>,
}

/// A file beside that of a zone.
#[derive(Debug, Clone)]
pub(super) struct Beside {
    pub(super) name: String,
    pub(super) text: String,
    /// The rule that finds something in its first line.
    pub(super) rule: Option<&'static str>,
}

/// Something in a zone.
#[derive(Debug, Clone)]
pub(super) enum Entry {
    Record(Record),
    /// Lines that stand as they are; the rules that find something in them, by line from 0.
    Raw(String, Vec<(usize, &'static str)>),
}

/// A record.
#[derive(Debug, Clone)]
pub(super) struct Record {
    /// The owner, `@` or relative to the zone.
    pub(super) owner: String,
    /// The TTL as it is written, or nothing.
    pub(super) ttl: &'static str,
    pub(super) rtype: &'static str,
    pub(super) rdata: String,
    /// The rule that finds something here.
    pub(super) rule: Option<&'static str>,
}

/// The hand that writes a zone.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "people differ in all of these")]
pub(super) struct Style {
    /// A `$ORIGIN` stands above everything.
    pub(super) origin: bool,
    pub(super) owners: Owners,
    /// The class is written.
    pub(super) class: bool,
    /// What stands between the fields.
    pub(super) blank: &'static str,
    /// The SOA is one line.
    pub(super) short_soa: bool,
    /// Names below `_tcp` get a `$ORIGIN` of their own.
    pub(super) sections: bool,
}

/// How owners are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owners {
    /// In every record.
    Always,
    /// Not again where the record above has the same.
    Once,
    /// In every record, with the zone's name, and every record has its TTL.
    Whole,
}

/// What is done to a finished text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Twist {
    pub(super) rule: &'static str,
    pub(super) make: fn(&mut Vec<u8>),
    /// The finding is on the last line, not on the first.
    pub(super) at_end: bool,
}

impl Draft {
    /// Puts a record at the end.
    pub(super) fn add(&mut self, owner: impl Into<String>, rtype: &'static str, rdata: impl Into<String>) {
        let record = Record { owner: owner.into(), ttl: "", rtype, rdata: rdata.into(), rule: None };
        self.entries.push(Entry::Record(record));
    }

    /// Puts a line at the end.
    pub(super) fn raw(&mut self, line: String) {
        self.entries.push(Entry::Raw(line, Vec::new()));
    }

    /// The records.
    pub(super) fn records(&mut self) -> impl DoubleEndedIterator<Item = &mut Record> {
        self.entries.iter_mut().filter_map(|entry| match entry {
            Entry::Record(record) => Some(record),
            Entry::Raw(..) => None,
        })
    }

    /// The records of a name and type.
    pub(super) fn rrset(&mut self, owner: &str, rtype: &str) -> impl Iterator<Item = &mut Record> {
        self.records().filter(move |record| record.owner == owner && record.rtype == rtype)
    }

    /// Says that a rule finds something in the first record of a name and type.
    pub(super) fn expect(&mut self, owner: &str, rtype: &str, rule: &'static str) {
        self.rrset(owner, rtype).next().expect("the zone has the record").rule = Some(rule);
    }

    /// Leaves only the records that `keep` wants.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&Record) -> bool) {
        self.entries.retain(|entry| match entry {
            Entry::Record(record) => keep(record),
            Entry::Raw(..) => true,
        });
    }

    /// The text, and the lines in which a rule finds something.
    pub(super) fn write(&self) -> (Vec<u8>, Vec<(usize, &'static str)>) {
        let mut pen =
            Pen { draft: self, text: String::new(), lines: 1, last: "", below: "", found: Vec::new() };
        pen.all();
        let Pen { text, lines, mut found, .. } = pen;
        let mut text = text.into_bytes();
        if let Some(Twist { rule, make, at_end }) = self.twist {
            make(&mut text);
            found.push((if at_end { lines - 1 } else { 1 }, rule));
        }
        (text, found)
    }
}

struct Pen<'d> {
    draft: &'d Draft,
    text: String,
    /// The line that is next, from 1.
    lines: usize,
    /// The owner of the record above, where it can be left away.
    last: &'d str,
    /// What a `$ORIGIN` has put before the zone's name: `_tcp`.
    below: &'static str,
    found: Vec<(usize, &'static str)>,
}

impl<'d> Pen<'d> {
    fn all(&mut self) {
        let draft = self.draft;
        self.line(&format!("; {}", draft.comment));
        if draft.style.origin {
            self.line(&format!("$ORIGIN {}.", draft.origin));
        }
        if let Some(ttl) = draft.ttl {
            self.line(&format!("$TTL {ttl}"));
        }
        for entry in &draft.entries {
            match entry {
                Entry::Record(record) => self.record(record),
                Entry::Raw(lines, rules) => {
                    self.go_below("");
                    self.found.extend(rules.iter().map(|(line, rule)| (self.lines + line, *rule)));
                    self.line(lines);
                    self.last = "";
                }
            }
        }
    }

    fn line(&mut self, text: &str) {
        self.lines += 1 + text.matches('\n').count();
        self.text.push_str(text);
        self.text.push('\n');
    }

    fn go_below(&mut self, below: &'static str) {
        if below == self.below {
            return;
        }
        let dot = if below.is_empty() { "" } else { "." };
        self.line(&format!("$ORIGIN {below}{dot}{}.", self.draft.origin));
        (self.below, self.last) = (below, "");
    }

    fn record(&mut self, record: &'d Record) {
        let Draft { style, origin, ttl, .. } = self.draft;
        let under = record.owner.strip_suffix("._tcp").filter(|_| style.sections);
        self.go_below(if under.is_some() { "_tcp" } else { "" });
        self.found.extend(record.rule.map(|rule| (self.lines, rule)));
        let owner = under.unwrap_or(&record.owner);
        let mut line = match style.owners {
            Owners::Once if record.owner == self.last => String::new(),
            Owners::Whole if record.owner == "@" => format!("{origin}."),
            Owners::Whole => format!("{}.{origin}.", record.owner),
            _ => owner.to_owned(),
        };
        self.last = &record.owner;
        let whole = if style.owners == Owners::Whole { ttl.unwrap_or("") } else { "" };
        let ttl = if record.ttl.is_empty() { whole } else { record.ttl };
        for word in [ttl, if style.class { "IN" } else { "" }, record.rtype] {
            if !word.is_empty() {
                write!(line, "{}{word}", style.blank).expect("a String takes everything");
            }
        }
        line.push_str(style.blank);
        if record.rtype == "SOA" && !style.short_soa {
            parenthesised(&record.rdata, &mut line);
        } else {
            line.push_str(&record.rdata);
        }
        self.line(&line);
    }
}

/// Writes an SOA over several lines, each number with its name.
fn parenthesised(rdata: &str, line: &mut String) {
    let words: Vec<_> = rdata.split(' ').collect();
    let (names, numbers) = words.split_at(2);
    line.push_str(&names.join(" "));
    line.push_str(" (");
    let meanings = ["serial", "refresh", "retry", "expire", "negative answers"];
    for (number, meaning) in numbers.iter().zip(meanings) {
        write!(line, "\n\t\t\t{number}\t; {meaning}").expect("a String takes everything");
    }
    line.push_str("\n\t\t\t)");
}
