//! TTLs and periods: seconds, or numbers with units.

use super::token::packed;

/// Why a word is no TTL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TtlFault {
    /// It has not the form of one.
    Syntax,
    /// It is 2^32 seconds or more.
    TooLarge,
}

/// ```abnf
/// ttl      = 1*DIGIT / 1*( 1*DIGIT ttl-unit )
/// ttl-unit = "w" / "d" / "h" / "m" / "s"   ; upper case as well
/// ```
/// Seconds. Units may come in any order and more than once, and a last number may lack its unit as
/// long as all before it were zero: so reads `bind_ttl()` of BIND 9.18.
pub fn ttl(word: &[u8]) -> Result<u32, TtlFault> {
    if word.len() <= 8
        && let Some(seconds) = seconds(packed(word))
    {
        return Ok(seconds);
    }
    let mut total: u64 = 0;
    let mut rest = word;
    loop {
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            return Err(TtlFault::Syntax);
        }
        let number = rest[..digits]
            .iter()
            .try_fold(0u32, |n, b| n.checked_mul(10)?.checked_add(u32::from(b - b'0')))
            .ok_or(TtlFault::TooLarge);
        let seconds: u64 = match rest.get(digits).map(u8::to_ascii_lowercase) {
            None if total == 0 => return number,
            Some(b'w') => 7 * 24 * 3600,
            Some(b'd') => 24 * 3600,
            Some(b'h') => 3600,
            Some(b'm') => 60,
            Some(b's') => 1,
            _ => return Err(TtlFault::Syntax),
        };
        total += u64::from(number?) * seconds;
        rest = &rest[digits + 1..];
        if rest.is_empty() {
            return u32::try_from(total).map_err(|_| TtlFault::TooLarge);
        }
    }
}

/// The number that a word of one to eight digits is, as most TTLs are written: [`super::Token::packed`].
pub(super) fn seconds(word: u64) -> Option<u32> {
    let (mut left, mut number) = (word, 0);
    while left != 0 {
        let digit = (left & 0xff).wrapping_sub(u64::from(b'0'));
        if digit > 9 {
            return None;
        }
        (left, number) = (left >> 8, number * 10 + digit);
    }
    u32::try_from(number).ok().filter(|_| word != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_in_any_order() {
        for (word, seconds) in
            [("3600", 3600), ("1h", 3600), ("30m1H", 5400), ("1d1d", 172_800), ("010", 10), ("0h30", 30)]
        {
            assert_eq!(ttl(word.as_bytes()), Ok(seconds), "{word}");
        }
    }

    #[test]
    fn what_bind_refuses() {
        for word in ["", "1h30", "1.5h", "1y", "+5", "-1", "0x10", "h"] {
            assert_eq!(ttl(word.as_bytes()), Err(TtlFault::Syntax), "{word}");
        }
        for word in ["4294967296", "7102w"] {
            assert_eq!(ttl(word.as_bytes()), Err(TtlFault::TooLarge), "{word}");
        }
    }
}
