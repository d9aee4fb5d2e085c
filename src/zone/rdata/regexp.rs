//! The substitution expression of NAPTR records, as BIND tests it.

/// The longest repetition count of an expression.
const MAX_COUNT: u32 = 255;

/// The character classes of a bracket expression.
const CLASSES: [&[u8]; 12] = [
    b"alnum", b"digit", b"punct", b"alpha", b"graph", b"space", b"blank", b"lower", b"upper", b"cntrl",
    b"print", b"xdigit",
];

/// What is wrong with an expression.
type Wrong = &'static str;

/// ```text
/// subst-expr = delim-char ere delim-char repl delim-char *flags
/// flags      = "i"
/// ```
/// RFC 3402 section 3.2. An empty text is no expression, and fine.
pub(super) fn substitution(text: &[u8]) -> Result<(), Wrong> {
    let Some((&delimiter, rest)) = text.split_first() else { return Ok(()) };
    if text.contains(&0) {
        return Err("it has a NUL octet");
    }
    if matches!(delimiter, b'0'..=b'9' | b'\\' | b'i') {
        return Err("it begins with a digit, an `i` or a backslash, which cannot be its delimiter");
    }
    let missing = "it has not three delimiters: `!expression!replacement!`";
    let (expression, rest) = part(rest, delimiter).ok_or(missing)?;
    let (replacement, flags) = part(rest, delimiter).ok_or(missing)?;
    if flags.iter().any(|&flag| flag != b'i') || delimiter == b'i' {
        return Err("behind its last delimiter stands something else than the flag `i`");
    }
    let groups = Expression::new(expression).check()?;
    let mut rest = replacement;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = match (byte, tail) {
            (b'\\', [b'0', ..]) => return Err("its replacement refers to group 0, and the first is 1"),
            (b'\\', [digit @ b'1'..=b'9', _tail @ ..]) if u32::from(digit - b'0') > groups => {
                return Err("its replacement refers to a group that the expression does not have");
            }
            (b'\\', [_, tail @ ..]) => tail,
            _ => tail,
        };
    }
    Ok(())
}

/// The text up to the delimiter, and what follows it. A backslash takes the next character with it.
fn part(text: &[u8], delimiter: u8) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    loop {
        match *text.get(at)? {
            byte if byte == delimiter => return Some((&text[..at], &text[at + 1..])),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

/// An extended regular expression while it is read.
struct Expression<'e> {
    rest: &'e [u8],
    /// Groups that are open.
    open: u32,
    /// Groups that have begun.
    groups: u32,
    /// There is something that can be repeated, or be an alternative.
    atom: bool,
    /// It is repeated already.
    repeated: bool,
    /// An empty group may be closed: no `|` is in it.
    empty_allowed: bool,
}

impl<'e> Expression<'e> {
    fn new(rest: &'e [u8]) -> Self {
        Self { rest, open: 0, groups: 0, atom: false, repeated: false, empty_allowed: false }
    }

    /// How many groups it has, or what is wrong with it.
    fn check(mut self) -> Result<u32, Wrong> {
        if self.rest.is_empty() {
            return Err("its expression is empty");
        }
        while let Some((&byte, tail)) = self.rest.split_first() {
            self.rest = tail;
            self.step(byte)?;
        }
        match (self.open, self.atom) {
            (0, true) => Ok(self.groups),
            (0, false) => Err("its expression ends in an empty alternative"),
            _ => Err("a group of its expression is not closed"),
        }
    }

    /// ```text
    /// piece = atom [ "*" / "+" / "?" / bound ]
    /// ```
    fn step(&mut self, byte: u8) -> Result<(), Wrong> {
        match byte {
            b'\\' => self.escape()?,
            b'[' => {
                self.bracket()?;
                self.set(true, false);
            }
            b'{' if self.rest.first().is_some_and(u8::is_ascii_digit) => {
                self.repeat()?;
                self.bound()?;
            }
            b'(' => {
                self.open += 1;
                self.groups += 1;
                self.empty_allowed = true;
                self.set(false, false);
            }
            b')' => {
                if self.open > 0 && !self.atom && !self.empty_allowed {
                    return Err("an alternative of its expression is empty");
                }
                self.open = self.open.saturating_sub(1);
                self.set(true, false);
            }
            b'|' => {
                if !self.atom {
                    return Err("an alternative of its expression is empty");
                }
                self.empty_allowed = false;
                self.set(false, false);
            }
            b'^' | b'$' => self.set(true, true),
            b'+' | b'*' | b'?' => self.repeat()?,
            _ => self.set(true, false),
        }
        Ok(())
    }

    fn set(&mut self, atom: bool, repeated: bool) {
        (self.atom, self.repeated) = (atom, repeated);
    }

    /// What stands before is repeated.
    fn repeat(&mut self) -> Result<(), Wrong> {
        if self.repeated || !self.atom {
            return Err("there is nothing to repeat before a `*`, `+`, `?` or `{` of its expression");
        }
        self.set(true, true);
        Ok(())
    }

    /// A backslash: a back reference, or any character.
    fn escape(&mut self) -> Result<(), Wrong> {
        let Some((&byte, tail)) = self.rest.split_first() else {
            return Err("its expression ends in a backslash");
        };
        if matches!(byte, b'1'..=b'9') && u32::from(byte - b'0') > self.groups {
            return Err("its expression refers to a group that has not begun");
        }
        self.rest = tail;
        self.set(true, false);
        Ok(())
    }

    /// ```text
    /// bound = "{" 1*DIGIT [ "," *DIGIT ] "}"
    /// ```
    fn bound(&mut self) -> Result<(), Wrong> {
        const WRONG: Wrong = "a bound of its expression is not of the form `{1,255}`";
        let end = self.rest.iter().position(|&byte| byte == b'}').ok_or(WRONG)?;
        let (inner, rest) = (&self.rest[..end], &self.rest[end + 1..]);
        self.rest = rest;
        let mut parts = inner.split(|&byte| byte == b',').map(|digits| {
            digits.iter().try_fold(0u32, |count, digit| {
                let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
                Some(count * 10 + digit).filter(|&count| count <= MAX_COUNT)
            })
        });
        let low = parts.next().flatten().ok_or(WRONG)?;
        let high = parts.next().unwrap_or(Some(MAX_COUNT)).ok_or(WRONG)?;
        let open_ended = inner.ends_with(b",");
        if parts.next().is_some() || (low > high && !open_ended) { Err(WRONG) } else { Ok(()) }
    }

    /// ```text
    /// bracket = "[" ["^"] 1*( char / char "-" char / "[." 1*char ".]" / "[=" 1*char "=]" / "[:" class ":]" ) "]"
    /// ```
    fn bracket(&mut self) -> Result<(), Wrong> {
        const OPEN: Wrong = "a bracket of its expression is not closed";
        if let Some(rest) = self.rest.strip_prefix(b"^") {
            self.rest = rest;
        }
        let mut inside = Inside { seen: false, range: 0, start: 0 };
        loop {
            let (&byte, tail) = self.rest.split_first().ok_or(OPEN)?;
            match (byte, tail) {
                (b']', _) if inside.seen => {
                    self.rest = tail;
                    return Ok(());
                }
                (b'-', _) if inside.seen && inside.range != 2 => {
                    if inside.range == 1 {
                        return Err("a range of its expression begins where another one ends");
                    }
                    inside.range = 2;
                    self.rest = tail;
                }
                (b'[', [mark @ (b'.' | b'=' | b':'), named @ ..]) => {
                    self.rest = inside.named(*mark, named)?;
                }
                (b'[', _) => {
                    inside.seen = true;
                    self.rest = tail;
                }
                _ => {
                    inside.character(byte)?;
                    self.rest = tail;
                }
            }
        }
    }
}

/// The inside of a bracket expression while it is read.
struct Inside {
    /// Something stands in it.
    seen: bool,
    /// 2 behind the `-` of a range, 1 behind its end.
    range: u8,
    /// The character that a range would begin with; 256 for a named one.
    start: u16,
}

impl Inside {
    fn character(&mut self, byte: u8) -> Result<(), Wrong> {
        self.seen = true;
        if self.range == 2 && u16::from(byte) < self.start {
            return Err("a range of its expression is not in order");
        }
        self.range = self.range.saturating_sub(1);
        self.start = u16::from(byte);
        Ok(())
    }

    /// `[.ch.]`, `[=ch=]`, `[:class:]` behind its mark. What follows it.
    fn named<'t>(&mut self, mark: u8, text: &'t [u8]) -> Result<&'t [u8], Wrong> {
        const WRONG: Wrong = "a `[.`, `[=` or `[:` of its expression is not closed, or has no known name";
        if mark == b'.' {
            self.range = self.range.saturating_sub(1);
        } else if self.range == 2 {
            return Err("a range of its expression ends in a class");
        }
        // The name has a character at least, which may be the mark itself.
        let skipped = usize::from(mark != b':');
        let end = (skipped..text.len().saturating_sub(1)).find(|&at| text[at..].starts_with(&[mark, b']']));
        let name = &text[..end.ok_or(WRONG)?];
        if mark == b':' && !CLASSES.contains(&name) {
            return Err(WRONG);
        }
        self.seen = true;
        if mark == b'.' {
            self.start = if name.len() > 1 { 256 } else { u16::from(name[0]) };
        }
        Ok(&text[name.len() + 2..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_that_bind_takes() {
        for text in [
            "",
            "!^.*$!sip:info@example.com!",
            "!a!!ii",
            "!()!x!",
            "!a)!x!",
            "!\\q!x!",
            "!a{255}!x!",
            "!a{2,}!x!",
            "![[:alpha:]]!x!",
            "![]a]!x!",
            "![^]]!x!",
            "![a-z]!x!",
            "![[.a.]-z]!x!",
            "!(a)(b)!\\2\\1!",
            "!a{!x!",
            "!(a)\\1!x!",
        ] {
            assert_eq!(substitution(text.as_bytes()), Ok(()), "{text}");
        }
    }

    #[test]
    fn expressions_that_bind_refuses() {
        for text in [
            "!",
            "!a!b",
            "!!b!",
            "1a1b1",
            "iaibi",
            "\\a\\b\\",
            "!a!\\1!",
            "!(a)!\\0!",
            "!a!b!c!",
            "!*!x!",
            "!a**!x!",
            "!a+?!x!",
            "!a|!x!",
            "!|a!x!",
            "!(a!x!",
            "![a!x!",
            "!a{1!x!",
            "![[:foo:]]!x!",
            "!a{256}!x!",
            "!a{3,2}!x!",
            "![z-a]!x!",
            "!\\1!x!",
            "!^*!x!",
            "!(a|)!x!",
        ] {
            assert!(substitution(text.as_bytes()).is_err(), "{text}");
        }
    }
}
