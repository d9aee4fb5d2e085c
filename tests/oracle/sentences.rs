//! Zones derived from the grammar. The functions follow the productions of `grammar/zone.abnf`; a part
//! of the zones is broken in one place then.

use super::case::Case;
use super::random::Random;
use super::rdata::{Kind, any_name, host, quoted, rdata, table, text};

/// An entry before it is spelled.
#[derive(Debug, Clone)]
struct Entry {
    /// It begins with a blank.
    indented: bool,
    /// All of it but blanks.
    words: Vec<Vec<u8>>,
    /// Parentheses may stand in it.
    parens: bool,
}

/// A zone while it is derived.
struct Zone<'r> {
    random: &'r mut Random,
    files: Vec<(String, Vec<u8>)>,
    /// How many owners were made up: each is another one.
    owners: usize,
    reverse: bool,
}

/// The zone that follows from `seed`.
pub(crate) fn sentence(seed: u64) -> Case {
    let mut random = Random::new(seed);
    let broken = random.chance(65);
    let reverse = random.chance(6);
    let mut zone = Zone { random: &mut random, files: Vec::new(), owners: 0, reverse };
    let mut entries = zone.zone_file();
    let mut done = String::new();
    if broken && zone.random.chance(70) {
        done = zone.break_entry(&mut entries);
    }
    let mut text = zone.spell(&entries);
    if broken && done.is_empty() {
        done = break_bytes(&mut text, zone.random);
    }
    unask(&mut text);
    let files = zone.files;
    let origin = if reverse { "example.in-addr.arpa" } else { "example.com" }.to_owned();
    let name = format!("sentence {seed}{}{done}", if broken { ", broken: " } else { "" });
    Case { name, origin, text, files, limit: None, broken }
}

fn words(line: &str) -> Vec<Vec<u8>> {
    line.split(' ').map(|word| word.as_bytes().to_vec()).collect()
}

impl Entry {
    /// `line` has one blank between words; one at its beginning counts.
    fn new(line: &str) -> Self {
        let indented = line.starts_with(' ');
        Self { indented, words: words(line.trim_start()), parens: true }
    }

    /// An entry without parentheses.
    fn plain(line: &str) -> Self {
        Self { parens: false, ..Self::new(line) }
    }
}

impl Zone<'_> {
    /// `zone-file = *entry`
    fn zone_file(&mut self) -> Vec<Entry> {
        let mut entries = Vec::new();
        let ttl = self.random.chance(85);
        if ttl {
            let ttl = self.ttl();
            entries.push(Entry { words: vec![b"$TTL".to_vec(), ttl], ..Entry::new("x") });
        }
        let serial = self.random.below(0xffff_ffff);
        let soa_ttl = if !ttl && self.random.chance(50) { "300 " } else { "" };
        entries.push(Entry::new(&format!("@ {soa_ttl}IN SOA ns1 host {serial} 2h 3600 2w 1h")));
        entries.push(Entry::new(if self.random.chance(50) { " NS ns1" } else { "@ IN NS ns1" }));
        entries.push(Entry::new("ns1 A 192.0.2.1"));
        for _ in 0..self.random.between(1, 9) {
            self.entry(&mut entries, 0);
        }
        if ttl && self.random.chance(5) {
            let last = entries.len() - 1;
            entries.swap(1, last);
        }
        entries
    }

    /// `entry = blank / directive / record`
    fn entry(&mut self, entries: &mut Vec<Entry>, depth: usize) {
        match self.random.below(100) {
            0..3 => entries.push(Entry { words: Vec::new(), ..Entry::new("x") }),
            3..7 => self.origin_directive(entries),
            7..10 => {
                let ttl = self.ttl();
                entries.push(Entry { words: vec![self.directive("$TTL"), ttl], ..Entry::new("x") });
            }
            10..16 => self.generate_directive(entries),
            16..20 if depth < 2 => self.include_directive(entries, depth),
            20..21 => entries.push(Entry::new("$DATE 20260101000000")),
            21..25 => self.group(entries),
            _ => self.record(entries),
        }
    }

    /// A directive's word in any case, seldom in quotes.
    fn directive(&mut self, word: &str) -> Vec<u8> {
        let word = if self.random.chance(10) { word.to_ascii_lowercase() } else { word.to_owned() };
        if self.random.chance(4) { quoted(word.as_bytes()) } else { word.into_bytes() }
    }

    /// `origin-directive = "$ORIGIN" gap name`
    fn origin_directive(&mut self, entries: &mut Vec<Entry>) {
        let names = ["sub", "sub.example.com.", "example.com.", "a.b", ".", "@", "other.example.net.", "@.x"];
        let name = self.random.pick(&names).as_bytes().to_vec();
        entries.push(Entry { words: vec![self.directive("$ORIGIN"), name], ..Entry::new("x") });
        self.record(entries);
        if self.random.chance(70) {
            entries.push(Entry::new(if self.reverse {
                "$ORIGIN example.in-addr.arpa."
            } else {
                "$ORIGIN example.com."
            }));
        }
    }

    /// `include-directive = "$INCLUDE" gap file-name [gap name]`
    fn include_directive(&mut self, entries: &mut Vec<Entry>, depth: usize) {
        let mut inner = Vec::new();
        for _ in 0..self.random.between(1, 3) {
            self.entry(&mut inner, depth + 1);
        }
        let text = self.spell(&inner);
        let name = format!("part{}", self.files.len());
        self.files.push((name.clone(), text));
        let name = if self.random.chance(20) { quoted(name.as_bytes()) } else { name.into_bytes() };
        let mut words = vec![b"$INCLUDE".to_vec(), name];
        if self.random.chance(30) {
            words.push(self.random.pick(&["inc", "@", "example.com.", "x.example.net."]).as_bytes().to_vec());
        }
        entries.push(Entry { words, ..Entry::plain("x") });
    }

    /// `generate-directive = "$GENERATE" gap range gap lhs gap ttl-and-class type gap rhs`
    fn generate_directive(&mut self, entries: &mut Vec<Entry>) {
        let ranges = ["1-3", "0-10/5", "3-3", "1-3abc", "00-02", "1-2/1", "250-252", "+1-+2", "4294967297-3"];
        let sides = [
            "h$",
            "g${10}",
            "h${0,3}",
            "n${-5}",
            "x${0,4,x}-$",
            "host",
            "$",
            "a$$b$",
            "r\\$$",
            "h$.sub",
            "${0,5,n}.ip",
            "$.example.net.",
        ];
        let records = [
            ("A", "192.0.2.$"),
            ("A", "192.0.2.${-1}"),
            ("AAAA", "2001:db8::${0,4,x}"),
            ("PTR", "h$"),
            ("CNAME", "www$"),
            ("TXT", "\"hello $ world\""),
            ("TXT", "\"\\\"in $ quotes\\\"\""),
            ("MX", "\"10 mail$\""),
            ("TXT", "x$"),
            ("SRV", "\"0 0 $ ns1\""),
            ("CAA", "\"0 issue \\\"ca$.example.net\\\"\""),
            ("NS", "ns1.example.net."),
            ("TYPE65280", "\"\\# 1 0$\""),
            ("TXT", "\"a ; b\""),
            ("TXT", "\"a\\; b $\""),
            ("DNAME", "d$.example.net."),
        ];
        let range = *self.random.pick(&ranges);
        let lhs = *self.random.pick(&sides);
        let (rtype, rhs) = *self.random.pick(&records);
        let mut words = vec![b"$GENERATE".to_vec(), range.into(), lhs.into()];
        self.ttl_and_class(&mut words);
        words.push(rtype.into());
        if self.random.chance(85) {
            words.push(rhs.into());
        } else {
            // Any rdata, as one token.
            words.pop();
            let kind = self.kind();
            words.push(kind.mnemonic.into());
            let rdata = rdata(kind, self.random).join(&b' ');
            let escaped = rdata.iter().flat_map(|&b| if b == b'"' { vec![b'\\', b'"'] } else { vec![b] });
            words.push(quoted(&escaped.collect::<Vec<_>>()));
        }
        entries.push(Entry { words, ..Entry::plain("x") });
    }

    /// `ttl-and-class = [class gap [ttl gap] / ttl gap [class gap]]`
    fn ttl_and_class(&mut self, words: &mut Vec<Vec<u8>>) {
        let ttl = self.random.chance(25).then(|| self.ttl());
        let classes = ["IN", "IN", "in", "CLASS1", "In", "CLASS0", "RESERVED0"];
        let class = self.random.chance(50).then(|| self.random.pick(&classes[..]).as_bytes().to_vec());
        let swap = self.random.chance(50);
        words.extend(if swap { [ttl, class] } else { [class, ttl] }.into_iter().flatten());
    }

    /// `ttl = 1*DIGIT / 1*(1*DIGIT ttl-unit)`
    fn ttl(&mut self) -> Vec<u8> {
        let ttls = [
            "3600",
            "60",
            "0",
            "1h",
            "30m1H",
            "1d1d",
            "010",
            "2147483647",
            "2147483648",
            "4294967295",
            "1w",
            "0h30",
            "300S",
        ];
        let ttl =
            *if self.random.chance(70) { self.random.pick(&ttls[..4]) } else { self.random.pick(&ttls) };
        ttl.as_bytes().to_vec()
    }

    /// A type; the table has many that are rare.
    fn kind(&mut self) -> &'static Kind {
        let common = ["A", "AAAA", "MX", "TXT", "CNAME", "SRV", "CAA", "PTR", "NS", "DS", "TLSA", "HTTPS"];
        let kinds = &table().kinds;
        let known = |wanted: &str| kinds.iter().find(|kind| kind.mnemonic == wanted).expect("it is common");
        loop {
            let kind = if self.random.chance(45) {
                let wanted = *self.random.pick(&common);
                known(wanted)
            } else {
                self.random.pick(kinds)
            };
            // A second one is refused as a rule, and is among the groups.
            if kind.mnemonic != "SOA" && !kind.mnemonic.starts_with("CDNSKEY") && kind.mnemonic != "CDS" {
                return kind;
            }
        }
    }

    /// `record = [owner] gap ttl-and-class type gap rdata [gap] [comment] eol`
    fn record(&mut self, entries: &mut Vec<Entry>) {
        let kind = self.kind();
        let indented = self.random.chance(20) && !is_alone(kind.mnemonic);
        let mut words = Vec::new();
        if !indented {
            words.push(self.owner(kind.mnemonic));
        }
        self.ttl_and_class(&mut words);
        words.push(match self.random.below(20) {
            0 => format!("TYPE{}", kind.number).into_bytes(),
            1 => kind.mnemonic.to_ascii_lowercase().into_bytes(),
            _ => kind.mnemonic.as_bytes().to_vec(),
        });
        words.extend(rdata(kind, self.random).into_iter().filter(|word| !word.is_empty()));
        entries.push(Entry { indented, words, parens: true });
    }

    /// An owner that a type may have.
    fn owner(&mut self, rtype: &str) -> Vec<u8> {
        self.owners += 1;
        let number = self.owners;
        if rtype == "NSEC3" {
            return format!("2t7b4g4vsa5smi47k61mv5bv1a22b{number:03}").into_bytes();
        }
        if is_alone(rtype) || self.random.chance(50) {
            return format!("h{number}").into_bytes();
        }
        let hosts = [
            "www",
            "@",
            "*",
            "a.b",
            "mail",
            "www.example.com.",
            "WWW",
            "1",
            "IN",
            "A",
            "60",
            "1h",
            "*.w",
            "x.example.net.",
            "\"www\"",
            "\"@\"",
            "ex.example.com",
            "\\065\\098",
        ];
        let any = [
            "_sip._tcp",
            "under_score",
            "a\\.b",
            "foo.*.bar",
            "#x",
            "\\$TTL",
            "b\\000",
            "\u{fc}",
            "\"a b\"",
            "\"x;y\"",
            "\"(\"",
            "w\\(x",
        ];
        let checked = matches!(rtype, "A" | "AAAA" | "A6" | "MX" | "WKS");
        let list: &[&str] = if !checked && self.random.chance(30) { &any } else { &hosts };
        self.random.pick(list).as_bytes().to_vec()
    }

    /// Records that have something to do with each other.
    fn group(&mut self, entries: &mut Vec<Entry>) {
        let groups: &[&[&str]] = &[
            &["x A 192.0.2.3", "x A 192.0.2.3"],
            &["x 300 A 192.0.2.3", " 600 A 192.0.2.4"],
            &["x 300 A 192.0.2.3", "y A 192.0.2.3", "x 600 A 192.0.2.4"],
            &["c CNAME www", "c CNAME WWW"],
            &["k CNAME www", "k NSEC y CNAME RRSIG NSEC"],
            &["k CNAME www", "k KEY 512 3 8 AQPSKmynfzW4kyBv015MUG2DeIQ3"],
            &["d DNAME example.net.", "x.d A 192.0.2.3"],
            &["s NS ns.s", "ns.s A 192.0.2.9", " AAAA ::1"],
            &["s NS ns1", "s DS 60485 8 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"],
            &["$TTL 60", "a A 192.0.2.4", "$TTL 120", "b A 192.0.2.5", "a A 192.0.2.6"],
            &["x.example.net. A 192.0.2.4", " TXT dropped", "y A 192.0.2.5"],
            &["@ DNSKEY 257 3 8 AwEAAagB", "@ CDS 0 0 0 00", "@ CDNSKEY 0 3 0 AA=="],
            &["@ NSEC3PARAM 1 0 12 AABBCCDD"],
            &["@ NS ns2", "ns2 AAAA 2001:db8::1"],
            &["@ NS ns.w", "*.w A 192.0.2.1"],
            &["@ NS ns.s", "s NS ns1"],
            &["e MX 0 .", "e MX 10 ns1"],
            &["_dns SVCB 1 ns1", "_dns SVCB 0 ns1"],
            &["$ORIGIN sub", " A 192.0.2.4", "$ORIGIN example.com."],
        ];
        for line in *self.random.pick(groups) {
            entries.push(Entry::new(line));
        }
    }

    // ---- spelling ----

    /// Writes entries with the blanks, parentheses, comments and line ends that the grammar allows.
    fn spell(&mut self, entries: &[Entry]) -> Vec<u8> {
        let eol: &[u8] = match self.random.below(20) {
            0 => b"\r\n",
            1 => b"\r",
            _ => b"\n",
        };
        let odd = self.random.chance(40);
        let mut out = Vec::new();
        for entry in entries {
            self.spell_entry(entry, (eol, odd), &mut out);
        }
        let directive =
            entries.last().is_some_and(|entry| entry.words.first().is_some_and(|word| word.contains(&b'$')));
        if !directive && self.random.chance(4) {
            out.truncate(out.len() - eol.len().min(out.len()));
        }
        out
    }

    fn spell_entry(&mut self, entry: &Entry, (eol, odd): (&[u8], bool), out: &mut Vec<u8>) {
        if entry.indented {
            out.extend(*self.random.pick(&[&b" "[..], b"\t", b"    "]));
        }
        let mut depth = 0;
        let open = entry.parens && odd && self.random.chance(30);
        let from = self.random.below(entry.words.len() + 1);
        for (at, word) in entry.words.iter().enumerate() {
            if at > 0 {
                out.extend(*self.random.pick(&[&b" "[..], b" ", b" ", b"\t", b"  "]));
            }
            if open && (at == from || depth > 0 && self.random.chance(10)) {
                out.extend(*self.random.pick(&[&b"("[..], b"( "]));
                depth += 1;
            }
            if depth > 0 && self.random.chance(25) {
                out.extend(*self.random.pick(&[&b" "[..], b"  ; c ( \" )", b";", b" \t"]));
                // In a comment a CR alone is text.
                out.extend(if eol == b"\r" { b"\n" } else { eol });
                out.extend(*self.random.pick(&[&b" "[..], b"", b"\t  "]));
            }
            if depth > 1 && self.random.chance(20) {
                out.push(b')');
                depth -= 1;
            }
            out.extend(word);
        }
        for _ in 0..depth {
            out.extend(*self.random.pick(&[&b")"[..], b" )", b"\n)", b" ; x )\n )"]));
        }
        if eol != b"\r" && odd && self.random.chance(15) {
            out.extend(*self.random.pick(&[
                &b" ; comment"[..],
                b";",
                b" ;\"(",
                b" ; \\",
                b" ",
                b"\t; \xfc \0",
            ]));
        }
        out.extend(eol);
    }

    // ---- breaking ----

    /// Breaks one entry in one place; says how.
    fn break_entry(&mut self, entries: &mut Vec<Entry>) -> String {
        let at = if self.random.chance(15) {
            self.random.below(entries.len())
        } else {
            self.random.between(entries.len().min(4) - 1, entries.len() - 1)
        };
        match self.random.below(20) {
            0..4 => {
                let line = *self.random.pick(BAD_LINES);
                entries.insert(at + 1, Entry::plain(line));
                return format!("line `{line}`");
            }
            4..6 => {
                let bad = &table().bad;
                let (rtype, rdata) = *self.random.pick(bad);
                entries.insert(
                    at + 1,
                    Entry { words: vec![b"bad".to_vec(), rtype.into(), rdata.into()], ..Entry::new("x") },
                );
                return format!("rdata `{rtype} {rdata}`");
            }
            _ => {}
        }
        let entry = &mut entries[at];
        if entry.words.is_empty() {
            return String::new();
        }
        let word = self.random.below(entry.words.len());
        let shown = |entry: &Entry| String::from_utf8_lossy(&entry.words[word]).into_owned();
        let was = shown(entry);
        match self.random.below(14) {
            0 => _ = entry.words.remove(word),
            1 => entry.words.insert(word, entry.words[word].clone()),
            2 => {
                let other = self.random.below(entry.words.len());
                entry.words.swap(word, other);
            }
            3..6 => entry.words[word] = self.random.pick(JUNK).as_bytes().to_vec(),
            6 => entry.words.insert(word, self.random.pick(JUNK).as_bytes().to_vec()),
            7 => entry.words.push(self.random.pick(JUNK).as_bytes().to_vec()),
            8 => entry.words[word] = quoted(&entry.words[word]),
            9 => entry.words[word].extend(self.random.pick(JUNK).bytes()),
            10 => _ = entry.words[word].pop(),
            11 => {
                let long = *self.random.pick(&[64, 256, 300, 70_000]);
                entry.words[word] = vec![b'7'; long];
            }
            12 => entry.indented = !entry.indented,
            _ => {
                let replacement = match self.random.below(3) {
                    0 => any_name(self.random),
                    1 => host(self.random),
                    _ => text(self.random),
                };
                entry.words[word] = replacement;
            }
        }
        format!("word {} of entry {} (was `{was}`)", word + 1, at + 1)
    }
}

/// Lines that break most zones.
const BAD_LINES: &[&str] = &[
    "@ SOA ns1 host 9 2h 3600 2w 1h",
    "sub SOA ns1 host 1 2h 3600 2w 1h",
    "www CNAME a",
    "@ CNAME www",
    "*.q NS ns1",
    "@ NS nope",
    "@ NS c",
    "@ DNAME example.net.",
    "$FOO bar",
    " $TTL 60",
    "$TTL 1h30",
    "$TTL",
    "$TTL 4294967296",
    "$ORIGIN a..b",
    "$INCLUDE nope",
    "$INCLUDE",
    "$GENERATE 3-1 h$ A 192.0.2.$",
    "$GENERATE 1-3 h$ A",
    "$GENERATE 1-2 h${0,2,q} A 192.0.2.1",
    "$GENERATE 254-257 h$ A 192.0.2.$",
    "x CH A 192.0.2.1",
    "x ALIAS y",
    "x MD y",
    "x OPT y",
    "x TYPE65536 \\# 0",
    "x IN",
    "x 60",
    "x",
    "x IN 60 IN A 192.0.2.1",
    "x 60 60 A 192.0.2.1",
    "x \"A\" 192.0.2.1",
    "x \"IN\" A 192.0.2.1",
    "under_score A 192.0.2.1",
    "@ CDS 60485 8 3 D4",
    "@ DS 60485 8 3 D4",
    "@ NSEC3PARAM 2 0 0 -",
    "a..b A 192.0.2.1",
    "x MX 10 under_score",
    "<<<<<<< HEAD",
    "# comment",
    "x NS a_b",
    "xyz NSEC3 1 0 0 - 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR A",
];

/// Words that break most records.
const JUNK: &[&str] = &[
    "x",
    "1",
    "0",
    "-1",
    "+1",
    "256",
    "65536",
    "4294967296",
    "1h30",
    "192.0.2",
    "192.0.2.256",
    "192.0.2.1.",
    "::g",
    ":::",
    "a..b",
    ".a",
    "\\256",
    "\\1",
    "a\\",
    "\"a\"",
    "\"a",
    "a\"",
    "(",
    ")",
    "()",
    "\\#",
    "\\# 0",
    "@",
    "IN",
    "A",
    "TXT",
    "$",
    "\\[x",
    "zz",
    "=",
    "\\000",
    "\"\"",
    "0x10",
    ";",
    "é",
];

/// Types that stand alone at their owner, or whose owner must have nothing of certain others.
fn is_alone(rtype: &str) -> bool {
    matches!(rtype, "CNAME" | "DNAME" | "NS" | "DS" | "NSEC3" | "NSEC" | "NXT")
}

/// Takes away what is not asked for: a `\#` before a `)`, which may be one too many. BIND looks behind the
/// `\#` of a TXT record whether a number follows, and forgets what it found instead; zoneward refuses it.
/// And the end of a range of a `$GENERATE` that grew to millions, over which `named` takes minutes.
fn unask(text: &mut Vec<u8>) {
    for at in memchr::memmem::find_iter(text, b"\\#").collect::<Vec<_>>() {
        let behind = text[at + 2..].iter().find(|b| !b" \t\r\n".contains(b));
        if behind.is_none_or(|b| b"();".contains(b)) {
            text[at] = b'x';
        }
    }
    for at in memchr::memrchr_iter(b'-', text).collect::<Vec<_>>() {
        let start = at + 1 + usize::from(text.get(at + 1) == Some(&b'+'));
        let digits = text[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        text.drain(start + digits.min(5)..start + digits);
    }
}

/// Breaks a text in one place; says how.
fn break_bytes(text: &mut Vec<u8>, random: &mut Random) -> String {
    let at = random.below(text.len());
    let octet = *random.pick(b"\0\r\n \t\"();\\$@.x0\xff\xef");
    match random.below(6) {
        0 => {
            text.insert(at, octet);
            format!("octet {octet:02X} at {at}")
        }
        1 => {
            text[at] = octet;
            format!("octet at {at} is {octet:02X}")
        }
        2 => {
            text.remove(at);
            format!("no octet at {at}")
        }
        3 => {
            text.truncate(at);
            format!("cut at {at}")
        }
        4 => {
            while text.last().is_some_and(|b| b"\r\n".contains(b)) {
                text.pop();
            }
            "no final newline".to_owned()
        }
        _ => {
            text.splice(0..0, *b"\xef\xbb\xbf");
            "byte order mark".to_owned()
        }
    }
}
