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

/// The number that a word of one to eight digits is, as most TTLs are written: [`super::Token::packed`]. The digits are
/// added up in pairs, and the pairs in pairs.
pub(super) fn seconds(word: u64) -> Option<u32> {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const ONE_OF_FOUR: u64 = 0x0000_00ff_0000_00ff;
    if word == 0 {
        return None;
    }
    // As if zeros stood before it, the first digit in the lowest octet.
    let before = word.leading_zeros() & !7;
    let digits = (word ^ (EACH * 0x30) >> before) << before;
    if (digits | digits.wrapping_add(EACH * 0x76)) & (EACH * 0x80) != 0 {
        return None;
    }
    let pairs = digits * 10 + (digits >> 8);
    let (first, second) = (pairs & ONE_OF_FOUR, pairs >> 16 & ONE_OF_FOUR);
    let sum =
        first.wrapping_mul(100 + (1_000_000 << 32)).wrapping_add(second.wrapping_mul(1 + (10_000 << 32)));
    u32::try_from(sum >> 32).ok()
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
    fn digits_are_a_number() {
        let of = |word: &str| seconds(crate::syntax::packed(word.as_bytes()));
        for word in
            ["0", "7", "60", "900", "3600", "86400", "604800", "1209600", "12345678", "99999999", "00000010"]
        {
            assert_eq!(of(word), word.parse().ok(), "{word}");
        }
        for octet in (1..=255_u8).filter(|octet| !octet.is_ascii_digit()) {
            for at in 0..8 {
                let mut word = *b"99999999";
                word[at] = octet;
                assert_eq!(seconds(u64::from_le_bytes(word)), None, "{word:?}");
            }
        }
        assert_eq!(of(""), None);
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
