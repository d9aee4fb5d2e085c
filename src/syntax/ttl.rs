//! TTLs and periods: seconds, or numbers with units.

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
    let number_of = |number: u64| u32::try_from(number).map_err(|_| TtlFault::TooLarge);
    let (mut total, mut number) = (0, None);
    for byte in word {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            number = Some(number.unwrap_or(0_u64).saturating_mul(10).saturating_add(u64::from(digit)));
            continue;
        }
        let seconds: u64 = match byte.to_ascii_lowercase() {
            b'w' => 7 * 24 * 3600,
            b'd' => 24 * 3600,
            b'h' => 3600,
            b'm' => 60,
            b's' => 1,
            _ => return Err(TtlFault::Syntax),
        };
        total += u64::from(number_of(number.take().ok_or(TtlFault::Syntax)?)?) * seconds;
    }
    match number {
        Some(number) if total == 0 => number_of(number),
        None if !word.is_empty() => number_of(total),
        _ => Err(TtlFault::Syntax),
    }
}

/// The number that a word of one to eight digits is, as most TTLs are written: [`super::Token::packed`]. By [`ttl`]
/// alone, a registry takes nearly 2 % more instructions.
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
