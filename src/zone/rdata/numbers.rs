//! Numbers, periods and points in time.

use crate::syntax::{FaultKind, TtlFault, ttl};

use super::encode::{RdataFault, Words};

impl Words<'_> {
    /// `u8`, `u16`, `u32`, `u64`, `serial`: a decimal number of so many octets.
    pub(super) fn unsigned(&mut self, octets: usize) -> Result<(), RdataFault> {
        let number = self.number(u64::MAX >> (64 - 8 * octets))?;
        self.out.extend_from_slice(&number.to_be_bytes()[8 - octets..]);
        Ok(())
    }

    /// Decimal digits, as BIND's lexer takes them: leading zeros are no octal.
    pub(super) fn number(&mut self, largest: u64) -> Result<u64, RdataFault> {
        let word = self.word()?;
        decimal(word).filter(|&number| number <= largest).ok_or_else(|| self.bad_number(largest))
    }

    /// The word taken last is no number up to `largest`.
    pub(super) fn bad_number(&self, largest: u64) -> RdataFault {
        self.wrong(FaultKind::BadNumber, largest.to_string())
    }

    /// `period`: seconds, or numbers with units.
    pub(super) fn period(&mut self) -> Result<(), RdataFault> {
        let seconds = ttl(self.word()?).map_err(|fault| match fault {
            TtlFault::Syntax => self.fault(FaultKind::TtlSyntax),
            TtlFault::TooLarge => self.bad_number(u64::from(u32::MAX)),
        })?;
        self.out.extend(seconds.to_be_bytes());
        Ok(())
    }

    /// `timestamp`: seconds since 1970 in up to ten digits, or a date.
    pub(super) fn timestamp(&mut self) -> Result<(), RdataFault> {
        match self.tokens.get(self.at) {
            Some(token) if !token.quoted && token.end - token.start <= 10 => {
                let word = self.word()?;
                let seconds = decimal(word).and_then(|number| u32::try_from(number).ok());
                let bad = || self.wrong(FaultKind::BadTimestamp, "seconds");
                let seconds = seconds.ok_or_else(bad)?;
                self.out.extend(seconds.to_be_bytes());
                Ok(())
            }
            _ => self.date(),
        }
    }

    /// `date14`: `YYYYMMDDHHmmSS`.
    pub(super) fn date(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        let seconds = date(word).map_err(|reason| self.wrong(FaultKind::BadTimestamp, reason))?;
        self.out.extend(seconds.to_be_bytes());
        Ok(())
    }
}

/// The number that decimal digits are; the largest one where they are more than 64 bits. `None` where a
/// character is no digit.
pub(super) fn decimal(word: &[u8]) -> Option<u64> {
    if word.is_empty() {
        return None;
    }
    // Nine digits are no large number.
    if word.len() < 10 {
        return word.iter().try_fold(0, |number, byte| {
            let digit = byte.wrapping_sub(b'0');
            (digit < 10).then(|| number * 10 + u64::from(digit))
        });
    }
    word.iter().try_fold(0u64, |number, byte| {
        let digit = byte.is_ascii_digit().then(|| u64::from(byte - b'0'))?;
        Some(number.saturating_mul(10).saturating_add(digit))
    })
}

/// The number that decimal digits are with a sign or without, as `strtol()` reads it; beyond 64 bits the
/// largest or smallest one.
pub(super) fn signed(word: &[u8]) -> Option<i128> {
    match word {
        [b'-', digits @ ..] => decimal(digits).map(|number| -i128::from(number)),
        [b'+', digits @ ..] | digits => decimal(digits).map(i128::from),
    }
}

/// Seconds since 1970 modulo 2^32 (RFC 4034 section 3.2), or which part of the date is wrong.
pub fn date(word: &[u8]) -> Result<u32, &'static str> {
    let digits: [u8; 14] = word.try_into().map_err(|_| "digits")?;
    let digits = digits.map(|digit| digit.wrapping_sub(b'0'));
    if digits.iter().any(|&digit| digit > 9) {
        return Err("digits");
    }
    let pair = |at: usize| u64::from(digits[at] * 10 + digits[at + 1]);
    let (year, month, day) = (pair(0) * 100 + pair(2), pair(4), pair(6));
    let (hour, minute, second) = (pair(8), pair(10), pair(12));
    if !(1..=12).contains(&month) {
        return Err("month");
    }
    if day == 0 || day > days_of_month(year, month) {
        return Err("day");
    }
    // 60 is a leap second.
    for (value, largest, name) in [(hour, 23, "hour"), (minute, 59, "minute"), (second, 60, "second")] {
        if value > largest {
            return Err(name);
        }
    }
    let days = days_since_year_0(year, month, day);
    let seconds = (days * 24 + hour) * 3600 + minute * 60 + second;
    let since_1970 = seconds.wrapping_sub(days_since_year_0(1970, 1, 1) * 86_400);
    Ok(u32::try_from(since_1970 & 0xffff_ffff).expect("it was cut to 32 bits"))
}

fn is_leap(year: u64) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn days_of_month(year: u64, month: u64) -> u64 {
    match month {
        2 => 28 + u64::from(is_leap(year)),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days from the first day of the year 0 in the Gregorian calendar.
fn days_since_year_0(year: u64, month: u64, day: u64) -> u64 {
    // The year 0 is a leap year itself.
    let leaps = match year {
        0 => 0,
        _ => (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400 + 1,
    };
    let before = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
    let index = usize::try_from(month - 1).expect("it is a month");
    year * 365 + leaps + before[index] + u64::from(month > 2 && is_leap(year)) + day - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_seconds_since_1970() {
        for (word, seconds) in [
            ("19700101000000", 0),
            ("20240229120000", 1_709_208_000),
            ("20380119031408", 0x8000_0000),
            ("21060207062816", 0),
            ("20300101000060", 1_893_456_060),
        ] {
            assert_eq!(date(word.as_bytes()), Ok(seconds), "{word}");
        }
        assert_eq!(date(b"20230229000000"), Err("day"));
        assert_eq!(date(b"20230000000000"), Err("month"));
        assert_eq!(date(b"2023010100000"), Err("digits"));
    }
}
