//! `[[ignore]]` of the configuration, held against findings.

use std::cell::LazyCell;
use std::ops::Range;

use super::ground::Ground;
use super::level::Selector;
use super::place::{Files, Where};
use super::{Judge, Used};
use crate::diagnostic::Diagnostic;
use crate::rules::{Remark, RemarkKind};
use crate::source::{FileId, Span};

/// An `[[ignore]]`.
#[derive(Debug, Clone)]
pub struct Ignore {
    /// What it ignores.
    pub selector: Selector,
    /// Where.
    pub place: Where,
    /// Its last day.
    pub until: Option<Until>,
    /// The name of the rule in the configuration file, in bytes.
    pub span: Range<usize>,
    /// What it is about, in words: its patterns.
    pub about: String,
}

/// A day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Until {
    /// As it is written: `YYYY-MM-DD`.
    pub text: String,
    /// Days since 1970-01-01.
    pub day: i64,
    /// Its place in the configuration file, in bytes.
    pub span: Range<usize>,
}

impl Until {
    /// A day of the Gregorian calendar, at this place of the configuration file.
    pub fn new((year, month, day): (u16, u8, u8), span: Range<usize>) -> Self {
        // Years begin in March here, so that the day which some lack is the last one.
        let (year, month) = (i64::from(year), i64::from(month));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        let of_year = (153 * month + 2) / 5 + i64::from(day) - 1;
        let before = year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
        let written = if month < 10 { (year, month + 3) } else { (year + 1, month - 9) };
        let text = format!("{:04}-{:02}-{day:02}", written.0, written.1);
        // 719,468 days lie between the first of March of year 0 and 1970-01-01.
        Self { text, day: before + of_year - 719_468, span }
    }
}

impl Ignore {
    /// Whether what it is about was looked at by what it ignores, or is not there any more.
    /// `names` are those of the zones.
    fn is_of_no_use(&self, ground: &Ground<'_>, names: &[String], judge: &mut Judge<'_>) -> bool {
        let mut seen = false;
        for (zone, name) in ground.zones.iter().zip(names) {
            let name = Some(&**name);
            let mut files = zone.files.iter();
            if files.any(|&file| self.place.has_zone(name, Some(file), &mut judge.files)) {
                if !zone.complete || !judge.runs(self.selector, name, zone.files.first().copied()) {
                    return false;
                }
                seen = true;
            }
        }
        ground.tells(self.selector) && (seen || ground.whole && judge.runs(self.selector, None, None))
    }
}

/// All of them, while findings are held against them.
pub(super) struct Configured<'p> {
    list: Vec<(&'p Ignore, usize)>,
    /// Days since 1970-01-01.
    today: i64,
}

impl<'p> Configured<'p> {
    /// These, at a time in seconds since 1970.
    pub(super) fn new(ignores: &'p [Ignore], now: u32) -> Self {
        let list = ignores.iter().map(|ignore| (ignore, 0)).collect();
        Self { list, today: i64::from(now) / 86_400 }
    }

    fn is_over(&self, ignore: &Ignore) -> bool {
        ignore.until.as_ref().is_some_and(|until| until.day < self.today)
    }

    /// Whether a finding is ignored. One that is over counts what it would have taken.
    pub(super) fn takes(&mut self, found: &Diagnostic, files: &mut Files<'_>) -> bool {
        for at in 0..self.list.len() {
            let ignore = self.list[at].0;
            if ignore.selector.covers(found.rule, found.group) && ignore.place.has(found, files) {
                self.list[at].1 += 1;
                if !self.is_over(ignore) {
                    return true;
                }
            }
        }
        false
    }

    /// What is to be said of them; they stand in `file`.
    pub(super) fn remarks(
        &self,
        file: FileId,
        ground: &Ground<'_>,
        judge: &mut Judge<'_>,
        remarks: &mut Vec<Remark>,
    ) {
        let offset = |at| u32::try_from(at).expect("files are below MAX_FILE_SIZE");
        let mut say = |kind, span: &Range<usize>, ignore: &Ignore, detail: &str, count| {
            remarks.push(Remark {
                kind,
                span: Span::new(file, offset(span.start), offset(span.end)),
                zone: None,
                word: ignore.selector.name().to_owned(),
                detail: detail.to_owned(),
                count,
            });
        };
        let names =
            LazyCell::new(|| ground.zones.iter().map(|zone| zone.name.to_string()).collect::<Vec<_>>());
        for &(ignore, count) in &self.list {
            match &ignore.until {
                Some(until) if self.is_over(ignore) => {
                    say(RemarkKind::Expired, &until.span, ignore, &until.text, count);
                }
                _ if count == 0 && ignore.is_of_no_use(ground, &names, judge) => {
                    say(RemarkKind::Unused, &ignore.span, ignore, &ignore.about, 0);
                }
                _ => {}
            }
        }
    }

    /// Those that took findings out.
    pub(super) fn used(&self) -> impl Iterator<Item = Used> {
        let used = self.list.iter().filter(|(ignore, count)| *count > 0 && !self.is_over(ignore));
        used.map(|(ignore, count)| {
            let about = if ignore.about.is_empty() { String::new() } else { format!(" of {}", ignore.about) };
            Used::new(None, format!("[[ignore]] {}{about}", ignore.selector.name()), *count)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        let day = |date| {
            let until = Until::new(date, 0..0);
            (until.text, until.day)
        };
        assert_eq!(day((1970, 1, 1)), ("1970-01-01".to_owned(), 0));
        assert_eq!(day((2000, 2, 29)), ("2000-02-29".to_owned(), 11_016));
        assert_eq!(day((2027, 3, 1)), ("2027-03-01".to_owned(), 20_878));
        assert_eq!(day((9999, 12, 31)), ("9999-12-31".to_owned(), 2_932_896));
    }
}
