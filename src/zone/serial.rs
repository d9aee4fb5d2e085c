//! Serial numbers of zones, and what comes after what (RFC 1982).

use std::cmp::Ordering;

/// Half of all numbers: as far as one serial can be above another.
const HALF: u32 = 1 << 31;

/// The serial number of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Serial(pub u32);

impl Serial {
    /// How this serial compares to an earlier one, as a secondary sees it. `None` where that is not
    /// defined: exactly 2^31 lie between them (RFC 1982 section 3.2).
    pub fn against(self, earlier: Self) -> Option<Ordering> {
        match self.0.wrapping_sub(earlier.0) {
            0 => Some(Ordering::Equal),
            HALF => None,
            ahead if ahead < HALF => Some(Ordering::Greater),
            _ => Some(Ordering::Less),
        }
    }

    /// The day that a serial of the form `YYYYMMDDnn` names (RFC 1912 section 2.2), in days since 1970.
    pub fn day(self) -> Option<u32> {
        let (year, month, day) = (self.0 / 1_000_000, self.0 / 10_000 % 100, self.0 / 100 % 100);
        let text = format!("{year:04}{month:02}{day:02}000000");
        // Beyond 2105, the seconds since 1970 no longer fit.
        let seconds = super::seconds_of_date(text.as_bytes()).ok()?;
        (1970..2106).contains(&year).then_some(seconds / 86_400)
    }

    /// The first serial of the form `YYYYMMDDnn` of a day, in days since 1970.
    pub fn of_day(day: u32) -> Self {
        // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, eras of
        // 400 years on 0000-03-01.
        let day = day + 719_468;
        let (era, day) = (day / 146_097, day % 146_097);
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (month, after) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        Self((((era * 400 + year + after) * 100 + month) * 100 + day) * 100)
    }

    /// The serial to write next, at a time in seconds since 1970: that of the day where serials are
    /// dates, or else the next number, which is never 0.
    #[must_use]
    pub fn next(self, now: u32) -> Self {
        let next = Self(self.0.wrapping_add(1).max(1));
        let today = Self::of_day(now / 86_400);
        let today = Self(today.0 + 1);
        if self.day().is_some() && today.against(self) == Some(Ordering::Greater) { today } else { next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_go_round() {
        let against = |a, b| Serial(a).against(Serial(b));
        assert_eq!(against(2, 1), Some(Ordering::Greater));
        assert_eq!(against(1, 1), Some(Ordering::Equal));
        assert_eq!(against(1, 2), Some(Ordering::Less));
        assert_eq!(against(1, u32::MAX), Some(Ordering::Greater));
        assert_eq!(against(HALF - 1, 0), Some(Ordering::Greater));
        assert_eq!(against(HALF, 0), None);
        assert_eq!(against(HALF + 1, 0), Some(Ordering::Less));
    }

    #[test]
    fn dates_are_days() {
        assert_eq!(Serial(1_970_010_200).day(), Some(1));
        assert_eq!(Serial(2_026_022_901).day(), None);
        assert_eq!(Serial(2_206_010_101).day(), None);
        assert_eq!(Serial(1_700_000_000).day(), None);
        for day in [0, 58, 59, 60, 10_956, 10_957, 11_016, 11_017, 20_780, 49_000] {
            assert_eq!(Serial::of_day(day).day(), Some(day));
        }
        assert_eq!(Serial::of_day(11_016), Serial(2_000_022_900));
    }

    #[test]
    fn the_next_serial_is_of_today_and_above_the_last() {
        // 2026-11-23
        let now = 20_780 * 86_400 + 5;
        assert_eq!(Serial(2_026_112_207).next(now), Serial(2_026_112_301));
        assert_eq!(Serial(2_026_112_301).next(now), Serial(2_026_112_302));
        assert_eq!(Serial(2_026_112_399).next(now), Serial(2_026_112_400));
        assert_eq!(Serial(7).next(now), Serial(8));
        assert_eq!(Serial(u32::MAX).next(now), Serial(1));
    }
}
