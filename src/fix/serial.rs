//! The serial of a zone that has changed: the next one in the style of the last.

use std::cmp::Ordering;

use super::change::replace;
use super::page::Page;
use crate::syntax::RrType;

/// The first second of 2000: what counts seconds and began earlier is rather a counter.
const FIRST_SECOND: u32 = 946_684_800;

/// The words of an SOA before its serial.
const SERIAL: usize = 2;

/// The text with the next serial in its SOA; `None` where there is none, or where the serial is no
/// number: a template's or a script's, which takes care of it.
pub(super) fn bump(text: &[u8], now: u32) -> Option<Vec<u8>> {
    let page = Page::new(text, false);
    let mut lines = (0..page.len()).filter_map(|row| page.line(row));
    let soa = lines.find(|line| line.header.rtype == RrType::SOA)?;
    let token = soa.field(SERIAL).filter(|token| !token.quoted)?;
    let word = std::str::from_utf8(soa.word(token)).ok()?;
    let digits = word.bytes().all(|b| b.is_ascii_digit());
    let serial: u32 = word.parse().ok().filter(|_| digits)?;
    // A counter may be filled up with zeros.
    let next = format!("{:0>1$}", next(serial, now), word.len());
    let (range, next) = replace(&page, token, next);
    Some([&text[..range.start], next.as_bytes(), &text[range.end..]].concat())
}

/// The serial behind `serial`, at a time in seconds since 1970, greater than it in the arithmetic of
/// RFC 1982.
///
/// `YYYYMMDDnn` becomes the first serial of today (UTC), or counts on where it is of today or later; so
/// does `YYYYMMDD`, by days. Seconds since 1970 become those of now. Everything else counts.
pub(super) fn next(serial: u32, now: u32) -> u32 {
    let today = Day::of(now);
    if let Some(day) = Day::from_number(serial / 100) {
        let count = serial % 100;
        return match day.cmp(&today) {
            // Whoever begins the day with 01 goes on to do so.
            Ordering::Less => today.number() * 100 + u32::from(count > 0),
            _ if count < 99 => serial + 1,
            _ => day.next().number() * 100,
        };
    }
    if let Some(day) = Day::from_number(serial) {
        return if day < today { today.number() } else { day.next().number() };
    }
    if (FIRST_SECOND..now).contains(&serial) {
        return now;
    }
    // Some secondaries take 0 for no serial at all.
    serial.wrapping_add(1).max(1)
}

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Day {
    year: u32,
    month: u32,
    /// Of the month, from 1.
    date: u32,
}

impl Day {
    /// The day that eight digits are, if it is one from 1980 to 2099: before there was no DNS.
    fn from_number(number: u32) -> Option<Self> {
        let day = Self { year: number / 10_000, month: number / 100 % 100, date: number % 100 };
        let known = (1980..2100).contains(&day.year) && (1..=12).contains(&day.month);
        (known && (1..=day.length_of_month()).contains(&day.date)).then_some(day)
    }

    fn number(self) -> u32 {
        self.year * 10_000 + self.month * 100 + self.date
    }

    /// The day of a time in seconds since 1970, in UTC.
    fn of(seconds: u32) -> Self {
        let mut day = Self { year: 1970, month: 1, date: 1 };
        let mut days = seconds / 86_400;
        while days >= day.length_of_year() {
            days -= day.length_of_year();
            day.year += 1;
        }
        while days >= day.length_of_month() {
            days -= day.length_of_month();
            day.month += 1;
        }
        day.date += days;
        day
    }

    fn next(self) -> Self {
        if self.date < self.length_of_month() {
            Self { date: self.date + 1, ..self }
        } else if self.month < 12 {
            Self { month: self.month + 1, date: 1, ..self }
        } else {
            Self { year: self.year + 1, month: 1, date: 1 }
        }
    }

    fn is_leap_year(self) -> bool {
        self.year.is_multiple_of(4) && !self.year.is_multiple_of(100) || self.year.is_multiple_of(400)
    }

    fn length_of_year(self) -> u32 {
        365 + u32::from(self.is_leap_year())
    }

    fn length_of_month(self) -> u32 {
        match self.month {
            2 => 28 + u32::from(self.is_leap_year()),
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::inconsistent_digit_grouping, reason = "years, months, days and a count")]

    use super::*;

    /// 2026-11-23 18:00:00 UTC.
    const NOW: u32 = 1_795_456_800;

    #[test]
    fn each_style_counts_in_its_own_way() {
        for (serial, expected) in [
            (2026_11_22_05, 2026_11_23_01),
            (2026_11_22_00, 2026_11_23_00),
            (2026_11_23_04, 2026_11_23_05),
            (2026_12_24_01, 2026_12_24_02),
            (2026_11_22_99, 2026_11_23_01),
            (2026_11_23_99, 2026_11_24_00),
            (2026_12_31_99, 2027_01_01_00),
            (2028_02_28_99, 2028_02_29_00),
            (2025_01_01, 2026_11_23),
            (2026_11_30, 2026_12_01),
            (1_700_000_000, NOW),
            (NOW, NOW + 1),
            (NOW + 60, NOW + 61),
            (1, 2),
            (2026_13_01_00, 2026_13_01_01),
            (2026_02_30_00, 2026_02_30_01),
            (20_261, 20_262),
            (u32::MAX, 1),
        ] {
            assert_eq!(next(serial, NOW), expected, "{serial}");
        }
    }

    #[test]
    fn the_next_serial_is_greater() {
        let serials = (0..=u32::MAX).step_by(99_991);
        for serial in serials.chain([0, 1, NOW - 1, NOW, u32::MAX, 2099_12_31_99]) {
            let ahead = next(serial, NOW).wrapping_sub(serial);
            assert!((1..1 << 31).contains(&ahead), "{serial}: RFC 1982 section 3.2");
        }
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        assert_eq!(Day::of(NOW).number(), 2026_11_23);
        assert_eq!(Day::of(0).number(), 1970_01_01);
        assert_eq!(Day::of(951_782_400).number(), 2000_02_29);
        assert_eq!(Day::of(u32::MAX).number(), 2106_02_07);
        assert_eq!(Day::from_number(2025_02_29), None);
    }
}
