//! Base64 and base32 as BIND takes them.

/// Reads base64 of which a group may be split over words (RFC 4648 section 4).
#[derive(Default)]
pub(super) struct Base64 {
    /// The values of the group's characters: 64 is padding.
    group: [u8; 4],
    /// How many the group has.
    filled: usize,
    /// A padded group was read: it must be the last one.
    ended: bool,
}

/// The value of `=`.
const PADDING: u8 = 64;

impl Base64 {
    /// A padded group was read: nothing may follow.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Takes a character, or says what is wrong with it.
    pub(super) fn push(&mut self, byte: u8, out: &mut Vec<u8>) -> Result<(), &'static str> {
        if self.ended {
            return Err("something stands behind the padding");
        }
        self.group[self.filled] = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => PADDING,
            _ => return Err("a character is none of `A` to `Z`, `a` to `z`, `0` to `9`, `+` and `/`"),
        };
        self.filled += 1;
        if self.filled < 4 {
            return Ok(());
        }
        self.filled = 0;
        let (octets, spare) = match self.group {
            [PADDING, ..] | [_, PADDING, ..] => return Err("there is too much padding"),
            [_, b, PADDING, PADDING] => (1, b & 0xf),
            [_, _, PADDING, _] => return Err("there is padding in the middle"),
            [_, _, c, PADDING] => (2, c & 0x3),
            _ => (3, 0),
        };
        if spare != 0 {
            return Err("the bits that the padding leaves over are not zero");
        }
        self.ended = octets < 3;
        let [a, b, c, d] = self.group.map(|value| value & 63);
        out.extend_from_slice(&[a << 2 | b >> 4, b << 4 | c >> 2, c << 6 | d][..octets]);
        Ok(())
    }

    /// The end of the data.
    pub(super) fn finish(&self) -> Result<(), &'static str> {
        if self.filled == 0 { Ok(()) } else { Err("a group of four is not complete") }
    }
}

/// What a text of base64 stands for; the padding may be left out. `None` where it is none.
pub fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let end = text.iter().rposition(|&b| b != b'=').map_or(0, |last| last + 1);
    let (mut decoder, mut out) = (Base64::default(), Vec::with_capacity(end / 4 * 3 + 3));
    let padding = (4 - end % 4) % 4;
    for &byte in text[..end].iter().chain(&b"==="[..padding]) {
        decoder.push(byte, &mut out).ok()?;
    }
    Some(out)
}

/// Appends what a word of base32hex without padding stands for (RFC 4648 section 7).
pub(super) fn base32hex(word: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
    let (mut bits, mut kept) = (0u16, 0);
    for &byte in word {
        let value = match byte.to_ascii_uppercase() {
            digit @ b'0'..=b'9' => digit - b'0',
            letter @ b'A'..=b'V' => letter - b'A' + 10,
            b'=' => return Err("there must be no padding"),
            _ => return Err("a character is none of `0` to `9` and `A` to `V`"),
        };
        bits = bits << 5 | u16::from(value);
        kept += 5;
        if kept >= 8 {
            kept -= 8;
            out.push(u8::try_from(bits >> kept & 0xff).expect("it was cut to 8 bits"));
            bits &= (1 << kept) - 1;
        }
    }
    // Whole octets take 2, 4, 5, 7 or 8 characters.
    match (word.len() % 8, bits) {
        (1 | 3 | 6, _) => Err("a character is missing"),
        (_, 0) => Ok(()),
        _ => Err("the bits that are left over are not zero"),
    }
}
