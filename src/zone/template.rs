//! `$GENERATE`: its range and its templates, as BIND 9.18 reads them.

use std::io::Write as _;

use crate::syntax::FaultKind;

/// The most records that the `$GENERATE` directives of a zone may make together. BIND knows no
/// limit but memory; a /12 of addresses is beyond any real use.
pub(super) const MAX_GENERATED: u64 = 1 << 20;

/// The longest text that the owner of a template may become, in octets. BIND's buffer is as large.
pub(super) const MAX_LHS: usize = 2047;

/// The longest text that the rdata of a template may become, in octets, found by trying with BIND 9.18.
pub(super) const MAX_RHS: usize = 65_511;

/// The largest width in a modifier; BIND's buffer for a number holds no more.
const MAX_WIDTH: usize = 127;

/// ```abnf
/// generate-range  = generate-number "-" generate-number [ "/" generate-number ] *VCHAR
/// generate-number = [ "+" ] 1*DIGIT
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) start: u32,
    pub(super) stop: u32,
    pub(super) step: u32,
}

impl Range {
    /// Reads a range. What follows it in the same word is ignored, as `sscanf()` in BIND does.
    pub(super) fn parse(word: &[u8]) -> Option<Self> {
        let (start, rest) = number(word)?;
        let (stop, rest) = number(rest.strip_prefix(b"-")?)?;
        let stride = match rest.strip_prefix(b"/") {
            Some(rest) => number(rest)?.0,
            None => 1,
        };
        (start <= stop && stride > 0).then_some(Self { start, stop, step: stride })
    }

    /// How many records it makes.
    pub(super) fn count(self) -> u64 {
        u64::from((self.stop - self.start) / self.step) + 1
    }

    /// The values of the iterator.
    pub(super) fn values(self) -> impl Iterator<Item = u32> {
        (self.start..=self.stop).step_by(self.step as usize)
    }
}

/// A number of a range, at most 2^31-1, and the text behind it.
fn number(text: &[u8]) -> Option<(u32, &[u8])> {
    let (value, rest) = scan(text)?;
    i32::try_from(value).ok()?;
    Some((value, rest))
}

/// The digits of a signed number are more than 63 bits.
fn is_beyond(text: &[u8]) -> bool {
    let digits = text.trim_ascii_start();
    let digits = digits.strip_prefix(b"+").or(digits.strip_prefix(b"-")).unwrap_or(digits);
    std::str::from_utf8(digits).is_ok_and(|digits| digits.parse::<i64>().is_err())
}

/// A number with a sign or without as `sscanf()` reads it, and the text behind it: in 64 bits, of which
/// the lower half is kept.
fn scan(text: &[u8]) -> Option<(u32, &[u8])> {
    let text = text.trim_ascii_start();
    let unsigned = text.strip_prefix(b"+").or(text.strip_prefix(b"-")).unwrap_or(text);
    let digits = unsigned.iter().take_while(|b| b.is_ascii_digit()).count();
    let (number, rest) = unsigned.split_at_checked(digits).filter(|_| digits > 0)?;
    let value =
        number.iter().try_fold(0u64, |value, b| value.checked_mul(10)?.checked_add(u64::from(b - b'0')));
    let value = match value {
        // `strtoul()` and `strtol()` give their largest number, whose lower half is the same.
        None => u64::MAX,
        Some(value) if text.starts_with(b"-") => value.wrapping_neg(),
        Some(value) => value,
    };
    let low = value & u64::from(u32::MAX);
    Some((u32::try_from(low).expect("it was cut to 32 bits"), rest))
}

/// ```abnf
/// generate-modifier = "$" / "$$" / "\$" / "${" offset [ "," width [ "," generate-base ] ] "}"
/// generate-base     = "d" / "o" / "x" / "X" / "n" / "N"
/// ```
/// Appends `template` with the iterator's `value` in place of each `$`: `longest` octets at most.
pub(super) fn expand(
    template: &[u8],
    value: u32,
    longest: usize,
    out: &mut Vec<u8>,
) -> Result<(), FaultKind> {
    let start = out.len();
    let mut rest = template;
    while let Some((&byte, tail)) = rest.split_first() {
        match (byte, tail) {
            (b'$', [b'$', tail @ ..]) => {
                // The dollar keeps an escape, so that it is none to the reader of the record.
                out.push(b'$');
                rest = tail;
            }
            (b'$', [b'{', tail @ ..]) => rest = modifier(tail, value, out)?,
            (b'$', tail) => {
                write!(out, "{value}").expect("memory takes all");
                rest = tail;
            }
            (b'\\', [escaped, tail @ ..]) => {
                out.extend([b'\\', *escaped]);
                rest = tail;
            }
            _ => {
                out.push(byte);
                rest = tail;
            }
        }
        if out.len() - start > longest {
            return Err(FaultKind::GenerateSyntax);
        }
    }
    Ok(())
}

/// The rest of `${offset,width,base}`.
fn modifier<'a>(text: &'a [u8], value: u32, out: &mut Vec<u8>) -> Result<&'a [u8], FaultKind> {
    let bad = FaultKind::GenerateSyntax;
    let end = text.iter().position(|&b| b == b'}').ok_or(bad)?;
    let inner = std::str::from_utf8(&text[..end]).map_err(|_| bad)?;
    let mut parts = inner.split(',');
    // All is read by `sscanf()`: 64 bits, of which the lower half is kept.
    let number =
        |part: &str| scan(part.as_bytes()).filter(|(_, rest)| rest.is_empty()).map(|(value, _)| value);
    let first = parts.next().unwrap_or_default();
    let offset = number(first).ok_or(bad)?.cast_signed();
    // `strtol()` has a smallest number too, whose lower half is 0.
    let offset =
        if is_beyond(first.as_bytes()) { -i32::from(!first.trim_start().starts_with('-')) } else { offset };
    let width =
        parts.next().map_or(Some(0), number).and_then(|width| usize::try_from(width).ok()).ok_or(bad)?;
    let base = parts.next().unwrap_or("d");
    let number = i64::from(value) + i64::from(offset);
    if parts.next().is_some() || width > MAX_WIDTH || i32::try_from(number).is_err() {
        return Err(bad);
    }
    let bits = number & 0xffff_ffff;
    let padded = |text: String| format!("{text:0>width$}");
    let shown = match base {
        "d" if number < 0 => format!("-{:0>1$}", -number, width.saturating_sub(1)),
        "d" => padded(number.to_string()),
        "o" => padded(format!("{bits:o}")),
        "x" => padded(format!("{bits:x}")),
        "X" => padded(format!("{bits:X}")),
        "n" => nibbles(bits, width),
        "N" => nibbles(bits, width).to_uppercase(),
        _ => return Err(bad),
    };
    out.extend(shown.bytes());
    Ok(&text[end + 1..])
}

/// Nibbles from the right with dots between them; the dots count in the width, so that an even
/// width ends with one.
fn nibbles(mut number: i64, width: usize) -> String {
    let mut text = String::new();
    loop {
        text.push(
            char::from_digit(u32::try_from(number & 15).expect("it is a nibble"), 16)
                .expect("it is below 16"),
        );
        number >>= 4;
        let short = text.len() < width;
        if number == 0 && !short {
            return text;
        }
        text.push('.');
        if number == 0 && text.len() >= width {
            return text;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(template: &str, value: u32) -> Result<String, FaultKind> {
        let mut out = Vec::new();
        expand(template.as_bytes(), value, MAX_LHS, &mut out)?;
        Ok(String::from_utf8(out).expect("the templates are ASCII"))
    }

    #[test]
    fn ranges() {
        let range = |text: &str| Range::parse(text.as_bytes()).map(|r| (r.start, r.stop, r.step));
        assert_eq!(range("0-10/5"), Some((0, 10, 5)));
        assert_eq!(range("1-3abc"), Some((1, 3, 1)));
        assert_eq!(range("+1-+3/+2"), Some((1, 3, 2)));
        assert_eq!(range("4294967297-3"), Some((1, 3, 1)));
        for bad in ["3-1", "1-3/0", "-1-3", "1..3", "0-4294967295", "x", ""] {
            assert_eq!(range(bad), None, "{bad}");
        }
        assert_eq!(Range::parse(b"0-10/5").map(Range::count), Some(3));
    }

    #[test]
    fn modifiers() {
        for (template, value, expected) in [
            ("h$", 1, "h1"),
            ("h${10}", 1, "h11"),
            ("h${-5}", 1, "h-4"),
            ("h${0,3}", 1, "h001"),
            ("${0,4,x}-${0,4,X}-${0,0,o}-${0,3,d}", 10, "000a-000A-12-010"),
            ("${0,5,N}", 171, "B.A.0"),
            ("${4294967297}", 1, "2"),
            ("${+1, +3}", 1, "002"),
            ("${0,4,n}", 26, "a.1."),
            ("${0,0,n}", 0x1a, "a.1"),
            ("a\\$b$", 1, "a\\$b1"),
            ("a$$b", 1, "a$b"),
        ] {
            assert_eq!(expanded(template, value).as_deref(), Ok(expected), "{template}");
        }
        assert_eq!(expanded("h${1,2,q}", 1), Err(FaultKind::GenerateSyntax));
        assert_eq!(expanded("h${1", 1), Err(FaultKind::GenerateSyntax));
    }
}
