//! Is this text a zone? Asked of its content, never of its name.
//!
//! Entries are read until the answer is clear: a good zone shows its SOA among the first three. What
//! is broken in a zone (a record, a template marker, a merge conflict) must not hide it, and what
//! quotes a zone (documentation, a script, a patch) must not look like one.

use std::borrow::Cow;

use memchr::memmem;

use crate::syntax::{Directive, Reader, RrType, Token, directive, header};

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It has an SOA, or includes what may have one.
    Zone,
    /// Records without an SOA: a fragment, or a zone that lost its SOA.
    Records,
    /// Nothing but white space and comments.
    Empty,
    /// Anything else.
    Other,
}

/// Bytes that are looked at, as long as there is an entry in them.
const WINDOW: usize = 64 << 10;
/// Entries that are looked at.
const ENTRIES: usize = 64;
/// So many good entries more than bad ones, and an SOA: no doubt is left.
const CLEAR: usize = 3;
/// So many bytes tell whether a text is binary: raw and map format, journals, images.
const BINARY: usize = 1 << 10;
/// In a binary text, at least one byte of so many is a NUL; in a zone, one that got there by accident is a
/// finding.
const NUL_SHARE: usize = 32;

/// Says what a text is.
pub(super) fn sniff(text: &[u8]) -> Kind {
    let readable = Readable::new(text);
    let text = readable.text();
    let mut signs = Signs::default();
    let mut seen = signs.at_first_sight(text);
    if seen.is_none() && signs.entries == 0 && WINDOW < text.len() {
        seen = signs.read(text);
    }
    seen.unwrap_or_else(|| signs.conclude(text))
}

/// Whether the beginning of a text shows that it is a zone, whatever stands behind.
pub(super) fn begins_zone(beginning: &[u8]) -> bool {
    let readable = Readable::new(beginning);
    let text = readable.text();
    let is_enough = text.len() > WINDOW && memchr::memchr(b'\n', beginning).is_some();
    is_enough && Signs::default().at_first_sight(text) == Some(Kind::Zone)
}

/// A text as the reader takes it, for whoever only wants to know what it says.
pub(super) struct Readable<'a> {
    text: Cow<'a, [u8]>,
    /// The text is made of every second byte.
    pub(super) narrowed: bool,
    /// Bytes before the first entry: those of a byte-order mark.
    pub(super) mark: usize,
}

impl<'a> Readable<'a> {
    /// UTF-16 becomes bytes, as far as a sniff needs them. A lone CR becomes a newline where the text
    /// has no other: outside comments it is one.
    pub(super) fn new(text: &'a [u8]) -> Self {
        let wide = match text {
            [0xff, 0xfe, rest @ ..] => Some((rest, 0)),
            [0xfe, 0xff, rest @ ..] => Some((rest, 1)),
            _ => None,
        };
        if let Some((rest, low)) = wide {
            let narrow = rest.iter().copied().skip(low).step_by(2).take(WINDOW).collect();
            return Self { text: Cow::Owned(narrow), narrowed: true, mark: 0 };
        }
        let mark = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        if memchr::memchr2(b'\n', b'\r', text).is_some_and(|at| text[at] == b'\r')
            && memchr::memchr(b'\n', text).is_none()
        {
            let lines = text.iter().map(|&b| if b == b'\r' { b'\n' } else { b }).collect();
            return Self { text: Cow::Owned(lines), narrowed: false, mark };
        }
        Self { text: Cow::Borrowed(text), narrowed: false, mark }
    }

    /// The text without its byte-order mark.
    fn text(&self) -> &[u8] {
        &self.text[self.mark..]
    }

    /// Reads the text; places in it are those of the file unless it was narrowed.
    pub(super) fn reader(&self) -> Reader<'_> {
        let mut reader = Reader::new(&self.text);
        reader.skip(self.mark);
        reader
    }
}

/// What says in its first word that it only quotes a zone: a script, a page, a patch.
fn is_foreign(text: &[u8]) -> bool {
    let start = text.trim_ascii_start();
    let word = start.split(u8::is_ascii_whitespace).next().unwrap_or_default();
    match word {
        [b'#', b'!', ..] => true,
        [b'<', rest @ ..] => !rest.starts_with(b"<<<<<<") && !rest.starts_with(b"%"),
        _ => [&b"---"[..], b"+++", b"diff", b"Index:"].contains(&word),
    }
}

/// What the entries of a text look like.
#[derive(Debug, Default)]
struct Signs {
    entries: usize,
    records: usize,
    /// Records of DNSSEC keys, of which key files consist.
    keys: usize,
    directives: usize,
    includes: usize,
    soa: bool,
    /// Lines that begin like the comment of another language.
    remarks: usize,
    bad: usize,
}

impl Signs {
    /// Looks at the beginning of a text. `None` where it does not settle it.
    fn at_first_sight(&mut self, text: &[u8]) -> Option<Kind> {
        let head = &text[..text.len().min(BINARY)];
        if memchr::memchr_iter(0, head).count() * NUL_SHARE > head.len() || is_foreign(text) {
            return Some(Kind::Other);
        }
        self.read(match text.get(..WINDOW) {
            Some(head) => &head[..memchr::memrchr(b'\n', head).unwrap_or(WINDOW)],
            None => text,
        })
    }

    /// Reads the first entries. `None` where they do not settle it.
    fn read(&mut self, text: &[u8]) -> Option<Kind> {
        let mut reader = Reader::new(text);
        while let Some(entry) = reader.next_entry() {
            self.entries += 1;
            self.add(text, reader.tokens(), entry.indented);
            if self.soa && self.good() >= self.bad + CLEAR {
                return Some(Kind::Zone);
            }
            if self.entries == ENTRIES {
                break;
            }
        }
        None
    }

    fn add(&mut self, text: &[u8], tokens: &[Token], indented: bool) {
        let first = tokens.first().map(|token| token.of(text)).unwrap_or_default();
        match directive(text, tokens) {
            Some(Directive::Include) if tokens.len() > 1 => self.includes += 1,
            Some(Directive::Unknown) => self.bad += 1,
            Some(_) if tokens.len() > 1 => self.directives += 1,
            Some(_) => self.bad += 1,
            None => self.add_record(text, tokens, indented, first),
        }
    }

    fn add_record(&mut self, text: &[u8], tokens: &[Token], indented: bool, first: &[u8]) {
        let found = header(text, tokens, indented).ok();
        // An SOA at column 0 without its owner, or with an owner that is indented.
        let found = found.or_else(|| header(text, tokens, !indented).ok().filter(|h| h.rtype == RrType::SOA));
        match found.filter(|header| tokens.len() > header.rdata) {
            Some(header) => {
                self.records += 1;
                self.keys += usize::from(is_key(header.rtype));
                if header.rtype == RrType::SOA && tokens.len() > header.rdata + 1 {
                    // What stands before the SOA of a zone are directives, not prose.
                    self.soa |= self.bad <= self.good() + 1;
                }
            }
            None if is_marker(first) => {}
            None if first.starts_with(b"#") || first.starts_with(b"//") => self.remarks += 1,
            None if first.starts_with(b"```") || first.starts_with(b"~~~") => self.bad += ENTRIES,
            None => self.bad += 1,
        }
    }

    fn good(&self) -> usize {
        self.records + self.directives + self.includes
    }

    fn conclude(&self, text: &[u8]) -> Kind {
        if self.entries == 0 {
            return Kind::Empty;
        }
        let whole = self.entries < ENTRIES;
        let bad = if self.soa { self.bad } else { self.bad + self.remarks };
        if self.good() <= bad || self.records > 0 && self.records == self.keys && whole {
            Kind::Other
        } else if self.soa || self.includes > 0 || !whole && mentions_more(text) {
            Kind::Zone
        } else if self.records > 0 {
            Kind::Records
        } else {
            Kind::Other
        }
    }
}

/// Whether a long text has an SOA or an include further down.
fn mentions_more(text: &[u8]) -> bool {
    let blank = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    let soa = |word: &[u8]| {
        memmem::find_iter(text, word).any(|at| at > 0 && blank(text.get(at - 1)) && blank(text.get(at + 3)))
    };
    let include = |word: &[u8]| memmem::find_iter(text, word).any(|at| at == 0 || text[at - 1] == b'\n');
    soa(b"SOA") || soa(b"soa") || include(b"$INCLUDE") || include(b"$include")
}

/// The types that key files, `dsset-` and `keyset-` files consist of.
fn is_key(rtype: RrType) -> bool {
    [25, 43, 48, 59, 60].contains(&rtype.number())
}

/// A line that a merge or a template engine has left.
fn is_marker(word: &[u8]) -> bool {
    let marks =
        [&b"<<<<<<<"[..], b"|||||||", b"=======", b">>>>>>>", b"{{", b"{%", b"{#", b"<%", b"%}", b"}}"];
    marks.iter().any(|mark| word.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOA: &str = "@ IN SOA ns1.example.org. host.example.org. 1 2 3 4 5\n";

    fn kind(text: &str) -> Kind {
        sniff(text.as_bytes())
    }

    #[test]
    fn zones_are_recognised_however_broken() {
        let zone = format!("$TTL 1h\n{SOA}@ NS ns1\nns1 A 192.0.2.1\n");
        let wide = |swap: bool| -> Vec<u8> {
            let mark: &[u8] = if swap { b"\xfe\xff" } else { b"\xff\xfe" };
            mark.iter()
                .copied()
                .chain(zone.bytes().flat_map(|b| if swap { [0, b] } else { [b, 0] }))
                .collect()
        };
        let texts: [&[u8]; 18] = [
            zone.as_bytes(),
            SOA.as_bytes(),
            b"$TTL 1h\n SOA ns1 host 1 2 3 4 5\n",
            b"SOA ns1 host 1 2 3 4 5\n NS ns1\n",
            b"; lone\r@ SOA ns1 host 1 2 3 4 5\r NS ns1\r",
            &zone.replace('\n', "\r\n").into_bytes(),
            &format!("\u{feff}{zone}").into_bytes(),
            &wide(false),
            &wide(true),
            &format!("{zone}www\0 A 192.0.2.2\n").into_bytes(),
            b"@ IN SOA ns1 host ( {{ serial }} 2 3 4 5 )\n{% for x in y %}\n{{ x }} A {{ x.ip }}\n{% endfor %}\n",
            b"{{ managed }}\n$TTL 1h\n$INCLUDE base.zone\nwww A 192.0.2.1\n",
            b"<<<<<<< HEAD\n@ SOA a b 1 2 3 4 5\n=======\n@ SOA a b 2 2 3 4 5\n>>>>>>> x\n@ NS ns\n",
            b"@ SOA a b (\n1 2 3 4 5\n@ NS ns1\nbroken\n@ NS ns2\n",
            b"# managed by hand\n# do not edit\n@ SOA a b 1 2 3 4 5\n",
            b"$ORIGIN .\n$TTL 1\nexample.com IN SOA ns host 1 2 3 4 5\n",
            b"@ IN SOA ns1\n",
            b"$INCLUDE base.zone\n",
        ];
        for text in &texts[..16] {
            assert_eq!(sniff(text), Kind::Zone, "{}", String::from_utf8_lossy(text));
        }
        assert_eq!(sniff(texts[16]), Kind::Records, "too little of an SOA to tell");
        assert_eq!(sniff(texts[17]), Kind::Zone);
    }

    #[test]
    fn an_soa_far_down_counts() {
        let many = "www A 192.0.2.1\n".repeat(20_000);
        assert_eq!(kind(&many), Kind::Records);
        assert_eq!(kind(&format!("{many}{SOA}")), Kind::Zone);
        assert_eq!(kind(&format!("{many}$INCLUDE soa\n")), Kind::Zone);
        assert_eq!(kind(&format!("{}{SOA}@ NS a\n", "; comment\n".repeat(10_000))), Kind::Zone);
    }

    #[test]
    fn what_only_quotes_a_zone_is_none() {
        let texts = [
            format!("# DNS\n\nAn example:\n\n```\n{SOA}@ NS a\n@ NS b\nwww A 192.0.2.1\n```\n"),
            format!("The zone looks as follows.\nOne line is the SOA.\nIt has numbers.\n{SOA}@ NS a\n"),
            format!("#!/bin/sh\ncat <<END\n{SOA}@ NS a\n@ NS b\nEND\n"),
            format!(
                "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n+{SOA}+www A 192.0.2.1\n+a A 192.0.2.1\n"
            ),
            format!("<pre>\n{SOA}@ NS a\n@ NS b\n@ NS c\n</pre>\n"),
            "options {\n\tdirectory \"/etc/bind\";\n};\nzone \"a\" {\n\ttype master;\n\tfile \"a\";\n};\n"
                .into(),
            "key \"x\" {\n\talgorithm hmac-sha256;\n\tsecret \"aGVsbG8=\";\n};\n".into(),
            "; This is a key-signing key, keyid 1, for example.\nexample. IN DNSKEY 257 3 13 aGVsbG8=\n"
                .into(),
            "example. IN DS 1 13 2 00AA\n".into(),
            "Private-key-format: v1.3\nAlgorithm: 13 (ECDSAP256SHA256)\nPrivateKey: aGVsbG8=\n".into(),
            format!(
                "apiVersion: v1\nkind: ConfigMap\ndata:\n  zone: |\n    {SOA}    @ NS a\n    www A 192.0.2.1\n"
            ),
            "{\n  \"type\": \"SOA\",\n  \"ttl\": 300\n}\n".into(),
            "import dns\nSOA = 6\nfor x in y:\n    print(x)\n".into(),
            "127.0.0.1 localhost\n::1 localhost\n".into(),
            "# FreeRADIUS\n# dictionaries\n$INCLUDE dictionary.rfc2865\n".into(),
            "$(document).ready(go);\n$TTL\n".into(),
            "The SOA record is the first one of a zone.\nThen others follow.\n".into(),
            "$TTL 1h\n$ORIGIN a.\n".into(),
        ];
        for text in texts {
            assert_eq!(kind(&text), Kind::Other, "{text}");
        }
        assert_eq!(sniff(b";BIND LOG V9\n\0\0\0\0\0\0"), Kind::Other);
        assert_eq!(sniff(b"\0\0\0\x02\0\0\0\x01"), Kind::Other);
    }

    #[test]
    fn fragments_and_empty_files() {
        assert_eq!(kind("www A 192.0.2.1\n A 192.0.2.2\n"), Kind::Records);
        assert_eq!(kind(""), Kind::Empty);
        assert_eq!(kind("; nothing\n \n"), Kind::Empty);
    }
}
