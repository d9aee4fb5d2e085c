//! LOC: where on Earth something is (RFC 1876).

use crate::syntax::FaultKind;

use super::encode::{RdataFault, Words};
use super::numbers::decimal;

/// The equator and the prime meridian on the wire, in thousandths of a second of arc.
const ORIGIN: u32 = 1 << 31;

/// The altitude 0 on the wire, in centimetres.
const SEA_LEVEL: u32 = 10_000_000;

/// Size 1 m, horizontal precision 10,000 m, vertical precision 10 m: one digit and a power of ten each.
const PRECISIONS: [u8; 3] = [0x12, 0x16, 0x13];

impl Words<'_> {
    /// `loc`: latitude and longitude, each in degrees with minutes and seconds where they are given, and a
    /// letter; altitude; size, horizontal and vertical precision, each optional (RFC 1876 section 3).
    pub(super) fn loc(&mut self) -> Result<(), RdataFault> {
        let latitude = self.angle(90, [b"N", b"S"])?;
        let longitude = self.angle(180, [b"E", b"W"])?;
        let altitude = self.altitude()?;
        let mut precisions = PRECISIONS;
        for precision in &mut precisions {
            if self.has_more() {
                *precision = self.precision()?;
            }
        }
        self.out.push(0);
        self.out.extend(precisions);
        self.out.extend([latitude, longitude, altitude].map(u32::to_be_bytes).as_flattened());
        Ok(())
    }

    /// A latitude or longitude on the wire.
    fn angle(&mut self, most: u32, [plus, minus]: [&[u8]; 2]) -> Result<u32, RdataFault> {
        let degrees = u32::try_from(self.number(u64::from(most))?).expect("it was compared");
        let mut arc = degrees * 3_600_000;
        let mut word = self.word()?;
        // Minutes, then seconds with up to three decimals.
        for (unit, decimals) in [(60_000, 0), (1, 3)] {
            if word == plus || word == minus {
                break;
            }
            let value = fixed(word, decimals, b"");
            let value = value.filter(|value| *value < 60 * 10_u64.pow(decimals));
            let value = value.ok_or_else(|| {
                self.bad_location("minutes and seconds are 0 to 59, and behind them stands a capital letter")
            })?;
            arc += u32::try_from(value).expect("it was compared") * unit;
            word = self.word()?;
        }
        if arc > most * 3_600_000 {
            self.at -= 1;
            return Err(self.bad_location("it lies beyond the largest number of degrees"));
        }
        match word {
            _ if word == plus => Ok(ORIGIN + arc),
            _ if word == minus => Ok(ORIGIN - arc),
            _ => Err(self.bad_location("a capital `N` or `S`, `E` or `W`, is due here")),
        }
    }

    /// Metres above sea level with up to two decimals, on the wire in centimetres.
    fn altitude(&mut self) -> Result<u32, RdataFault> {
        let word = self.word()?;
        let (below, digits) = match word {
            [b'-', digits @ ..] => (true, digits),
            [b'+', digits @ ..] | digits => (false, digits),
        };
        let centimetres = fixed(digits, 2, b"m").and_then(|value| u32::try_from(value).ok());
        let altitude = centimetres.and_then(|value| {
            if below { SEA_LEVEL.checked_sub(value) } else { SEA_LEVEL.checked_add(value) }
        });
        let reason = "an altitude is -100000.00m to 42849672.95m";
        altitude.ok_or_else(|| self.bad_location(reason))
    }

    /// One digit and a power of ten, in centimetres; other digits are cut off.
    fn precision(&mut self) -> Result<u8, RdataFault> {
        let word = self.word()?;
        let digits = word.strip_prefix(b"+").unwrap_or(word);
        let value = fixed(digits, 2, b"m").filter(|value| *value < 9_000_000_100);
        let reason = "a size or precision is 0 to 90000000.99m";
        let mut mantissa = value.ok_or_else(|| self.bad_location(reason))?;
        let mut exponent = 0;
        while mantissa > 9 {
            mantissa /= 10;
            exponent += 1;
        }
        Ok(u8::try_from(mantissa).expect("it is one digit") << 4 | exponent)
    }

    fn bad_location(&self, reason: &str) -> RdataFault {
        self.wrong(FaultKind::BadLocation, reason)
    }
}

/// A number with up to so many decimals in units of the last one, with or without `unit` behind it. One
/// side of the dot may be empty.
fn fixed(word: &[u8], decimals: u32, unit: &[u8]) -> Option<u64> {
    let word = word.strip_suffix(unit).unwrap_or(word);
    let dot = word.iter().position(|&byte| byte == b'.').filter(|_| decimals > 0);
    let (whole, fraction) = match dot {
        Some(dot) => (&word[..dot], &word[dot + 1..]),
        None => (word, &b""[..]),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let part = |digits: &[u8]| if digits.is_empty() { Some(0) } else { decimal(digits) };
    let missing = decimals.checked_sub(u32::try_from(fraction.len()).ok()?)?;
    let whole = part(whole)?.checked_mul(10_u64.pow(decimals))?;
    whole.checked_add(part(fraction)? * 10_u64.pow(missing))
}

/// Octets are the rdata of a LOC record; of another version than 0, any are.
pub(super) fn is_loc(octets: &[u8]) -> bool {
    let [version, size, horizontal, vertical, rest @ ..] = octets else {
        return octets.first().is_some_and(|&version| version != 0);
    };
    if *version != 0 {
        return true;
    }
    let (numbers, []) = rest.as_chunks::<4>() else { return false };
    let [latitude, longitude, _altitude] = *numbers else { return false };
    let within =
        |octets: [u8; 4], degrees: u32| u32::from_be_bytes(octets).abs_diff(ORIGIN) <= degrees * 3_600_000;
    let digits = |octet: &u8| {
        let (digit, power) = (octet >> 4, octet & 0xf);
        digit <= 9 && power <= 9 && (digit > 0 || power == 0)
    };
    [size, horizontal, vertical].into_iter().all(digits) && within(latitude, 90) && within(longitude, 180)
}
