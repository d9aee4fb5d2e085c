//! Rdata derived from `grammar/rdata.txt`: each field kind becomes words that it takes.

use std::sync::LazyLock;

use super::case::Case;
use super::random::Random;

/// The grammar, whose `TABLE` and examples are read.
const GRAMMAR: &str = include_str!("../../grammar/rdata.txt");

/// The lines that examples stand behind.
const HEAD: &str = "\
$TTL 3600
@ IN SOA ns1 host 1 7200 3600 1209600 3600
@ IN NS ns1
ns1 IN A 192.0.2.1
";

/// A type that a zone may have.
#[derive(Debug)]
pub(crate) struct Kind {
    pub(crate) mnemonic: &'static str,
    pub(crate) number: u16,
    fields: Vec<&'static str>,
}

/// The types of the table, and their examples.
#[derive(Debug)]
pub(crate) struct Table {
    pub(crate) kinds: Vec<Kind>,
    /// Types and rdata that are accepted, and such that are not.
    pub(crate) good: Vec<(&'static str, &'static str)>,
    pub(crate) bad: Vec<(&'static str, &'static str)>,
}

/// The table, read once.
pub(crate) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(read);
    &TABLE
}

fn read() -> Table {
    let mut table = Table { kinds: Vec::new(), good: Vec::new(), bad: Vec::new() };
    for line in GRAMMAR.lines().filter(|line| !line.starts_with(';') && !line.is_empty()) {
        let mut words = line.split(';').next().unwrap_or_default().split_whitespace();
        let mnemonic = words.next().expect("the line is not empty");
        let number = words.next().and_then(|word| word.parse().ok()).expect("the second column is a number");
        let fields: Vec<_> = words.skip(1).collect();
        if !fields.iter().any(|word| ["obsolete", "meta", "newer"].contains(word)) {
            table.kinds.push(Kind { mnemonic, number, fields });
        }
    }
    // `; TYPE: text`, then `;   + rdata` and `;   - rdata => message`.
    let mut rtype = None;
    for line in GRAMMAR.lines().filter_map(|line| line.strip_prefix("; ")) {
        if let Some(example) = line.strip_prefix("  + ") {
            table.good.extend(rtype.zip(rdata_of(example)));
        } else if let Some(example) = line.strip_prefix("  - ") {
            let example = example.rsplit_once(" => ").map_or(example, |(rdata, _)| rdata);
            table.bad.extend(rtype.zip(rdata_of(example)));
        } else if let Some((word, _)) = line.split_once(':')
            && word.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
        {
            rtype = Some(word);
        }
    }
    assert!(table.kinds.len() > 80 && table.good.len() > 150 && table.bad.len() > 250, "rdata.txt changed");
    table
}

/// The rdata of an example, unless it is for another class.
fn rdata_of(example: &'static str) -> Option<&'static str> {
    match example {
        "<nothing>" => Some(""),
        _ if example.starts_with('[') => None,
        _ => Some(example),
    }
}

/// A zone for each example.
pub(crate) fn examples() -> Vec<Case> {
    let table = table();
    let good = table.good.iter().map(|example| (example, false));
    let all = good.chain(table.bad.iter().map(|example| (example, true)));
    // Two records of a type at one name: some types are for one only.
    let pairs = table.good.iter().zip(&table.good[1..]).filter(|((one, _), (two, _))| one == two);
    let pair = |((rtype, first), (_, second))| {
        let owner = owner_of(rtype);
        let text = format!("{HEAD}{owner} {rtype} {first}\n{owner} {rtype} {second}\n").into_bytes();
        let name = format!("rdata.txt: {rtype} {first} | {second}");
        Case { name, origin: "example.com".to_owned(), text, ..Case::default() }
    };
    let pairs: Vec<Case> = pairs.map(|((a, b), (c, d))| pair(((*a, *b), (*c, *d)))).collect();
    let case = |(&(rtype, rdata), broken)| {
        let owner = owner_of(rtype);
        let text = format!("{HEAD}{owner} {rtype} {rdata}\n").into_bytes();
        let name = format!("rdata.txt: {rtype} {rdata}");
        Case { name, origin: "example.com".to_owned(), text, broken, ..Case::default() }
    };
    all.map(case).chain(pairs).collect()
}

/// An owner that may have a type: NSEC3 stands at a hash, the SOA at the apex.
fn owner_of(rtype: &str) -> &'static str {
    match rtype {
        "NSEC3" => "2t7b4g4vsa5smi47k61mv5bv1a22bojr",
        "SOA" => "@",
        _ => "x",
    }
}

// ---- derived ----

/// Rdata while it is derived: what later fields depend on.
struct Writer<'r> {
    random: &'r mut Random,
    words: Vec<Vec<u8>>,
    /// The last number.
    last: usize,
    /// The last number of a kind that a field further on asks for.
    gateway: usize,
    hash: usize,
    flags: usize,
}

/// The words of rdata of a type.
pub(crate) fn rdata(kind: &Kind, random: &mut Random) -> Vec<Vec<u8>> {
    let examples: Vec<_> = table().good.iter().filter(|(name, _)| *name == kind.mnemonic).collect();
    if !examples.is_empty() && random.chance(12) {
        return vec![random.pick(&examples).1.as_bytes().to_vec()];
    }
    if random.chance(4)
        && let Some(words) = generic(kind, random)
    {
        return words;
    }
    let mut writer = Writer { random, words: Vec::new(), last: 0, gateway: 0, hash: 0, flags: 0 };
    for field in &kind.fields {
        let (name, (least, most)) = match field.as_bytes().last() {
            Some(b'?') => (&field[..field.len() - 1], (0, 1)),
            Some(b'+') => (&field[..field.len() - 1], (1, 4)),
            Some(b'*') => (&field[..field.len() - 1], (0, 3)),
            _ => (*field, (1, 1)),
        };
        if matches!(name, "hex" | "base64") {
            let octets = writer.random.between(least, 40);
            writer.blob(name == "base64", octets);
        } else if name == "type-bitmap" || name == "nxt-bitmap" {
            let least = usize::from(most == 4 || name == "nxt-bitmap");
            writer.bitmap(name, least);
        } else {
            for _ in 0..writer.random.between(least, most) {
                writer.field(name);
            }
        }
    }
    writer.words
}

/// The generic form of RFC 3597, for types whose wire form is simple.
fn generic(kind: &Kind, random: &mut Random) -> Option<Vec<Vec<u8>>> {
    let mut wire: Vec<u8> = Vec::new();
    for field in &kind.fields {
        let octets: Vec<u8> = match *field {
            "u8" => vec![random.octet()],
            "u16" => vec![0, random.octet()],
            "u32" | "serial" | "period" | "ipv4" => (0..4).map(|_| random.octet()).collect(),
            "ipv6" => (0..16).map(|_| random.octet()).collect(),
            "name" | "host" | "mailbox" | "ptr" | "name-cased" => vec![1, b'a', 0],
            "text" | "text+" => vec![2, b'h', b'i'],
            "generic" | "hex+" | "base64+" => (0..random.between(1, 9)).map(|_| random.octet()).collect(),
            _ => return None,
        };
        wire.extend(octets);
    }
    let mut words = vec![b"\\#".to_vec(), wire.len().to_string().into_bytes()];
    words.extend(pieces(&hex(&wire), random));
    Some(words)
}

fn hex(octets: &[u8]) -> Vec<u8> {
    octets.iter().flat_map(|octet| format!("{octet:02X}").into_bytes()).collect()
}

/// A text cut into words at any place.
fn pieces(text: &[u8], random: &mut Random) -> Vec<Vec<u8>> {
    let size = if random.chance(60) { text.len().max(1) } else { random.between(1, text.len().max(1)) };
    text.chunks(size).map(<[u8]>::to_vec).collect()
}

impl Writer<'_> {
    fn put(&mut self, word: impl Into<Vec<u8>>) {
        self.words.push(word.into());
    }

    /// A number up to `most`, often at one of the ends.
    fn number(&mut self, most: usize) -> usize {
        let number = match self.random.below(6) {
            0 => 0,
            1 => most,
            2 => most.min(1),
            3 => self.random.between(0, most.min(300)),
            _ => self.random.between(0, most),
        };
        let zeros = if self.random.chance(5) { "00" } else { "" };
        self.put(format!("{zeros}{number}"));
        self.last = number;
        number
    }

    fn one_of(&mut self, words: &[&str]) {
        let word = *self.random.pick(words);
        let word = any_case(word, self.random);
        self.put(word);
    }

    #[allow(clippy::too_many_lines, reason = "a table: one arm for each kind of field")]
    fn field(&mut self, name: &str) {
        match name {
            "u8" => _ = self.number(0xff),
            "u16" | "cert-type" => _ = self.number(0xffff),
            "period" if self.random.chance(40) => {
                self.one_of(&["1h", "30m1h", "1W", "1d1d", "0s", "2w3d4h5m6s", "90M", "0h30"]);
            }
            "u32" | "serial" | "period" => _ = self.number(0xffff_ffff),
            "timestamp" if self.random.chance(30) => _ = self.number(0xffff_ffff),
            "timestamp" | "date14" => {
                let random = &mut *self.random;
                let (year, month) = (random.between(2020, 2099), random.between(1, 12));
                let (day, hour) = (random.between(1, 28), random.between(0, 23));
                let (minute, second) = (random.between(0, 59), random.between(0, 60));
                self.put(format!("{year}{month:02}{day:02}{hour:02}{minute:02}{second:02}"));
            }
            "name" | "name-cased" => {
                let name = any_name(self.random);
                self.put(name);
            }
            "host" | "host-cased" | "ptr" | "mailbox" => {
                let name = host(self.random);
                self.put(name);
            }
            "svcb-target" => {
                let name = host(self.random);
                let name = if self.random.chance(10) { quoted(&name) } else { name };
                self.put(name);
            }
            "ipv4" => {
                let address = ipv4(self.random);
                self.put(address);
            }
            "ipv6" => {
                let address = ipv6(self.random);
                self.put(address);
            }
            "nid64" => self.one_of(&["0014:4fff:ff20:ee64", "1:2:3:4", "0:0:0:0"]),
            "eui48" => self.one_of(&["00-00-5e-00-53-2a", "FF-ff-0-1-2-3", "00-00-5e-00-53-2a-00"]),
            "eui64" => self.one_of(&["00-00-5e-ef-10-00-00-2a", "1-2-3-4-5-6-7-8"]),
            "nsap" => self.one_of(&["0x47.0005.80.005a00", "0X4.7", "0x00"]),
            "atma" => self.one_of(&["+61.200000000", "47.0005.80", "+1", "39246f"]),
            "a6" => self.one_of(&["0 2001:db8::1", "64 ::1 a", "128 a.example.net."]),
            "apl" => {
                for _ in 0..self.random.below(4) {
                    self.one_of(&[
                        "1:192.0.2.0/24",
                        "!2:2001:db8::/32",
                        "1:0.0.0.0/0",
                        "2:::/128",
                        "!1:192.0.2.1/24",
                    ]);
                }
            }
            "wks" => {
                let address = ipv4(self.random);
                self.put(address);
                self.one_of(&["6", "17", "255", "0"]);
                for _ in 0..self.random.below(4) {
                    self.number(0xffff);
                }
            }
            "x25" => self.one_of(&["3110", "\"311061700956\"", "00001"]),
            "naptr-regexp" => self.one_of(&[
                "\"\"",
                "\"!^.*$!sip:info@example.net!\"",
                "\"/urn:cid:.+@([^\\\\.]+\\\\.)(.*)$/\\\\2/i\"",
                "\"!a!!ii\"",
                "!(a)(b)!\\\\1x\\\\2!",
            ]),
            "uri-text" => {
                let octets = self.random.below(300);
                self.put(quoted(&vec![b'u'; octets]));
            }
            "caa-tag" => self.one_of(&["issue", "issuewild", "iodef", "tbs", "a1"]),
            "text" | "caa-value" => {
                let text = text(self.random);
                self.put(text);
            }
            "ds-digest" => {
                let octets = match self.last {
                    1 => 20,
                    2 => 32,
                    4 => 48,
                    _ => self.random.between(1, 40),
                };
                self.blob(false, octets);
            }
            "sshfp-digest" => {
                let octets = match self.last {
                    1 => 20,
                    2 => 32,
                    _ => self.random.between(0, 40),
                };
                self.blob(false, octets);
            }
            "zonemd-digest" => {
                let octets = match self.last {
                    1 => 48,
                    2 => 64,
                    _ => self.random.between(12, 40),
                };
                self.blob(false, octets);
            }
            "salt" => self.one_of(&["-", "AABBCCDD", "00", "aabb"]),
            "hash-len32" if self.hash == 1 => self.one_of(&["2T7B4G4VSA5SMI47K61MV5BV1A22BOJR"]),
            "hash-len32" => self.one_of(&["04", "2T7B4G4VSA5SMI47K61MV5BV1A22BOJR", "2t7b4g4v"]),
            "doa-data" if self.random.chance(30) => self.put("-"),
            "key-data" if self.flags & 0xc000 == 0xc000 => {}
            "doa-data" | "key-data" => {
                let octets = self.random.between(1, 40);
                self.blob(true, octets);
            }
            "hip" => {
                self.number(0xff);
                self.one_of(&["200100107B1A74DF365639CC39F1D578", "00"]);
                self.one_of(&["AwEAAbdx", "AA=="]);
            }
            "generic" => {
                let wire: Vec<u8> = (0..self.random.below(20)).map(|_| self.random.octet()).collect();
                self.put("\\#");
                self.put(wire.len().to_string());
                let words = pieces(&hex(&wire), self.random);
                self.words.extend(words);
            }
            "type" => {
                self.one_of(&["A", "MX", "TYPE1", "TYPE65535", "1", "NSEC3PARAM", "ANY", "AXFR", "NXT"]);
            }
            "algorithm" if self.random.chance(40) => self.one_of(&[
                "RSAMD5",
                "DH",
                "DSA",
                "RSASHA1",
                "NSEC3DSA",
                "NSEC3RSASHA1",
                "RSASHA256",
                "RSASHA512",
                "ECCGOST",
                "ECDSAP256SHA256",
                "ECDSA256",
                "ECDSAP384SHA384",
                "ED25519",
                "ED448",
                "INDIRECT",
                "PRIVATEDNS",
                "PRIVATEOID",
            ]),
            "algorithm" | "nsec3-hash" | "dsync-scheme" | "key-protocol" => {
                self.hash = match self.random.below(3) {
                    0 if name == "nsec3-hash" => 1,
                    _ => self.random.between(0, 255),
                };
                let number = self.hash;
                match (name, self.random.chance(20)) {
                    ("nsec3-hash", true) => {
                        self.hash = 1;
                        self.one_of(&["SHA-1"]);
                    }
                    ("dsync-scheme", true) => self.one_of(&["NOTIFY"]),
                    ("key-protocol", true) => {
                        self.one_of(&["NONE", "TLS", "EMAIL", "DNSSEC", "IPSEC", "ALL"]);
                    }
                    _ => self.put(number.to_string()),
                }
            }
            "digest-type" => {
                let (number, words): (usize, &[&str]) = match self.random.below(5) {
                    0 => (1, &["1", "SHA-1", "SHA1"]),
                    1 => (2, &["2", "SHA-256", "SHA256"]),
                    2 => (3, &["3", "GOST"]),
                    3 => (4, &["4", "SHA-384", "SHA384"]),
                    _ => (0, &["0", "5", "255"]),
                };
                self.one_of(words);
                self.last = number;
            }
            "key-flags" if self.random.chance(30) => {
                self.flags = 0x0100;
                self.one_of(&["ZONE", "ZONE|KSK", "HOST|SIG0", "0x100", "1a", "USER"]);
            }
            "key-flags" => self.flags = self.number(0xffff),
            "loc" => self.one_of_exactly(&[
                "42 21 54.123 N 71 06 18 W -24m 30m 10m 5m",
                "42 N 71 W 0",
                "90 N 180 W 42849672.95m 90000000.00m",
                "0 0 0 S 0 0 0 E -100000.00m",
                "1 2 3.5 S 4 5 6. E 10.5 0.11m 15m",
            ]),
            "discovery" => _ = self.number(1),
            "gateway-type" | "relay-type" => self.gateway = self.number(3),
            "gateway" => match self.gateway {
                0 => self.put("."),
                1 => self.field("ipv4"),
                2 => self.field("ipv6"),
                _ => self.field("name-cased"),
            },
            "svc-params" => {
                for _ in 0..self.random.below(3) {
                    self.one_of_exactly(&[
                        "alpn=h2",
                        "alpn=\"h2,h3\"",
                        "port=443",
                        "ipv4hint=192.0.2.1,192.0.2.2",
                        "ipv6hint=2001:db8::1",
                        "ech=AAAA",
                        "dohpath=/dns-query{?dns}",
                        "key667=\"hello\\210qoo\"",
                        "key65535",
                    ]);
                }
            }
            other => panic!("rdata.txt has a field kind that is not known here: {other}"),
        }
    }

    fn one_of_exactly(&mut self, words: &[&str]) {
        let word = *self.random.pick(words);
        self.put(word);
    }

    /// Octets as hex or base64, cut anywhere.
    fn blob(&mut self, base64: bool, octets: usize) {
        let octets: Vec<u8> = (0..octets).map(|_| self.random.octet()).collect();
        let text = if base64 { base64_of(&octets) } else { hex(&octets) };
        let words = pieces(&text, self.random);
        self.words.extend(words.into_iter().filter(|word| !word.is_empty()));
    }

    fn bitmap(&mut self, name: &str, least: usize) {
        let names: &[&str] = match name {
            "nxt-bitmap" => &["A", "NS", "MX", "TYPE127", "AAAA", "30", "1"],
            _ => &["A", "NS", "MX", "RRSIG", "NSEC", "TYPE1234", "TYPE65535", "CAA", "ANY", "A"],
        };
        for _ in 0..self.random.between(least, 5) {
            self.one_of(names);
        }
    }
}

fn any_case(word: &str, random: &mut Random) -> Vec<u8> {
    let lower = random.chance(10) && word.bytes().all(|b| b.is_ascii_alphabetic());
    if lower { word.to_ascii_lowercase().into_bytes() } else { word.as_bytes().to_vec() }
}

fn base64_of(octets: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    for group in octets.chunks(3) {
        let bits = group.iter().chain([0, 0].iter()).take(3).fold(0, |bits, &b| bits << 8 | usize::from(b));
        let digits =
            (0..4).map(|at| if at <= group.len() { DIGITS[bits >> (18 - 6 * at) & 63] } else { b'=' });
        out.extend(digits);
    }
    out
}

fn ipv4(random: &mut Random) -> Vec<u8> {
    let [a, b, c, d] = [(); 4].map(|()| random.octet());
    format!("{a}.{b}.{c}.{d}").into_bytes()
}

fn ipv6(random: &mut Random) -> Vec<u8> {
    let words = [
        "2001:db8::1",
        "::",
        "1:2:3:4:5:6:7:8",
        "::ffff:192.0.2.1",
        "1:2:3:4:5:6:7::",
        "2001:DB8:0::1",
        "fe80::abcd:0000:1",
    ];
    random.pick(&words).as_bytes().to_vec()
}

/// A name that check-names has nothing against.
pub(crate) fn host(random: &mut Random) -> Vec<u8> {
    let names = [
        "ns1",
        "ns1",
        "a",
        "@",
        ".",
        "mail.example.net.",
        "A.b-c.example.org.",
        "ns1.example.com.",
        "1.2",
        "x1",
        "sub.deep.ns1",
        "\\097",
        "xn--bcher-kva",
        "a.example.com",
    ];
    random.pick(&names).as_bytes().to_vec()
}

/// Any name.
pub(crate) fn any_name(random: &mut Random) -> Vec<u8> {
    if random.chance(60) {
        return host(random);
    }
    let names = [
        "a_b",
        "*",
        "*.w",
        "\\000.x",
        "a\\.b",
        "a\\ b",
        "\\(x\\)",
        "\\\"q\\\"",
        "b\\195\\188",
        "\u{fc}.x",
        "www.@",
        "a\\;b",
        "\\$x",
        "$y",
        "_sip._tcp",
        "x{y}",
        "a,b",
        "a=b",
        "-",
        "#x",
        "\\255.\\001",
    ];
    match random.below(20) {
        0 => [vec![b'l'; 63], b".example.com.".to_vec()].concat(),
        1 => [vec![b'a'; 63], b".".to_vec()].concat().repeat(3),
        _ => random.pick(&names).as_bytes().to_vec(),
    }
}

/// A character-string.
pub(crate) fn text(random: &mut Random) -> Vec<u8> {
    let texts = [
        "a",
        "hello",
        "\"hello world\"",
        "\"\"",
        "\"a;b\"",
        "\"(\"",
        "\"a\\\"b\"",
        "a\\ b",
        "\\065",
        "\"\\000\\255\"",
        "v=spf1",
        "\"v=spf1 mx -all\"",
        "\"\u{fc}\t\"",
        "a\\;b",
        "\"a\\\nb\"",
        "\"a\rb\"",
        "\\#",
        "@",
        "$x",
        "a=\"b\"",
    ];
    match random.below(30) {
        0 => quoted(&[b't'; 255]),
        1 => vec![b't'; 255],
        2 => quoted(&b"\\065".repeat(255)),
        _ => random.pick(&texts).as_bytes().to_vec(),
    }
}

/// A word in quotes.
pub(crate) fn quoted(word: &[u8]) -> Vec<u8> {
    [b"\"", word, b"\""].concat()
}
