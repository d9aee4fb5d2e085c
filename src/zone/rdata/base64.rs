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

/// What is no value in [`VALUES`] and [`HASH_VALUES`].
const NONE: u8 = 0xff;

/// The values of the characters of base64, without the padding.
const VALUES: [u8; 256] = values(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", false);

/// The values of the characters of base32hex.
const HASH_VALUES: [u8; 256] = values(b"0123456789ABCDEFGHIJKLMNOPQRSTUV", true);

/// The values of the characters of an alphabet, of its letters in either case if that is one to it.
const fn values(alphabet: &[u8], folds: bool) -> [u8; 256] {
    let mut table = [NONE; 256];
    let mut value = 0u8;
    while (value as usize) < alphabet.len() {
        let character = alphabet[value as usize];
        table[character as usize] = value;
        if folds {
            table[character.to_ascii_lowercase() as usize] = value;
        }
        value += 1;
    }
    table
}

/// [`VALUES`] where the first, second, third and fourth character of a group have their bits; above them is
/// something where there is no value.
static SHIFTED: [[u32; 256]; 4] = {
    let mut table = [[0xff << 24; 256]; 4];
    let mut at = 0;
    while at < 4 * 256 {
        let (place, character) = (at / 256, at % 256);
        if VALUES[character] != NONE {
            table[place][character] = (VALUES[character] as u32) << (18 - 6 * place);
        }
        at += 1;
    }
    table
};

impl Base64 {
    /// A padded group was read: nothing may follow.
    pub(super) fn has_ended(&self) -> bool {
        self.ended
    }

    /// Takes the characters of a word, or says what is wrong with one.
    pub(super) fn take(&mut self, word: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
        let plain = if self.filled == 0 && !self.ended { decode_groups(word, out) } else { 0 };
        word[plain..].iter().try_for_each(|&byte| self.push(byte, out))
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

/// Decodes whole groups up to the first that has padding or is wrong; how many characters that were. A
/// signature has twenty: character by character, they take six times the instructions.
fn decode_groups(word: &[u8], out: &mut Vec<u8>) -> usize {
    let (groups, _) = word.as_chunks::<4>();
    let start = out.len();
    out.resize(start + groups.len() * 3, 0);
    let (octets, _) = out[start..].as_chunks_mut::<3>();
    let mut decoded = 0;
    for (group, octets) in groups.iter().zip(octets) {
        let value = |place: usize| SHIFTED[place][usize::from(group[place])];
        let [wrong, a, b, c] = (value(0) | value(1) | value(2) | value(3)).to_be_bytes();
        if wrong != 0 {
            break;
        }
        *octets = [a, b, c];
        decoded += 1;
    }
    out.truncate(start + decoded * 3);
    decoded * 4
}

/// What a text of base64 stands for; the padding may be left out. `None` where it is none.
pub fn decode_base64(text: &[u8]) -> Option<Vec<u8>> {
    let end = text.iter().rposition(|&b| b != b'=').map_or(0, |last| last + 1);
    let (mut decoder, mut out) = (Base64::default(), Vec::with_capacity(end / 4 * 3 + 3));
    let padding = (4 - end % 4) % 4;
    decoder.take(&text[..end], &mut out).ok()?;
    decoder.take(&b"==="[..padding], &mut out).ok()?;
    Some(out)
}

/// Appends what a word of base32hex without padding stands for (RFC 4648 section 7).
pub(super) fn base32hex(word: &[u8], out: &mut Vec<u8>) -> Result<(), &'static str> {
    let plain = decode_hash(word, out);
    let (mut bits, mut kept) = (0u16, 0);
    for &byte in &word[plain..] {
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

/// Decodes whole groups of base32hex, eight characters to five octets, up to the first that is wrong; how
/// many characters that were.
fn decode_hash(word: &[u8], out: &mut Vec<u8>) -> usize {
    let (groups, _) = word.as_chunks::<8>();
    for (index, group) in groups.iter().enumerate() {
        let (mut bits, mut all) = (0u64, 0);
        for byte in group {
            let value = HASH_VALUES[usize::from(*byte)];
            all |= value;
            bits = bits << 5 | u64::from(value & 31);
        }
        if all > 31 {
            return index * 8;
        }
        out.extend_from_slice(&bits.to_be_bytes()[3..]);
    }
    groups.len() * 8
}
