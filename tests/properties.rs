//! What holds for any text at all: nothing panics, every place is in its file, no report commands a
//! terminal, and no text costs more than its length allows.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, which is all it can do")]

mod common;
mod properties {
    pub(crate) mod clusters;
    pub(crate) mod fixes;
}

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{Checked, Target, check, check_all, files_below};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::FileFailurePersistence;
use zoneward::diagnostic::{Diagnostic, Part};
use zoneward::report::Format;
use zoneward::source::{FileId, LineIndex, Octets, Sources, Span, display, escape};
use zoneward::syntax::{Name, NameBuffer, NameRef};
use zoneward::zone::{IncludeError, Included, Includes, Loaded, Scratch, load};

/// This many cases, unless `PROPTEST_CASES` says otherwise.
pub(crate) fn cases(number: u32) -> ProptestConfig {
    let default = ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/properties.regressions"))),
        ..ProptestConfig::default()
    };
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => default,
        None => ProptestConfig { cases: number, ..default },
    }
}

// ---- texts ----

/// Pieces of zones, such as make a reader stumble.
const PIECES: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\r\n",
    "\r",
    " ",
    " ",
    "\t",
    "(",
    ")",
    "( ",
    " )",
    ";",
    "; c",
    "\"",
    "\"a b\"",
    "\\",
    "\\\"",
    "\\0",
    "\\000",
    "\\256",
    "\\.",
    "\0",
    "\u{feff}",
    "\u{202e}",
    "\x1b[31m",
    "\u{fc}",
    "@",
    ".",
    "..",
    "a",
    "a.",
    "www",
    "*",
    "*.a",
    "_sip._tcp",
    "ns1",
    "mx",
    "mx.example.com.",
    "example.com.",
    "example.com",
    "other.example.",
    "IN",
    "CH",
    "CLASS1",
    "ANY",
    "0",
    "1",
    "60",
    "1h",
    "1h30",
    "2147483648",
    "4294967296",
    "99999999999",
    "A",
    "AAAA",
    "NS",
    "MX",
    "SOA",
    "CNAME",
    "DNAME",
    "PTR",
    "TXT",
    "SRV",
    "CAA",
    "NAPTR",
    "DS",
    "DNSKEY",
    "RRSIG",
    "NSEC",
    "NSEC3",
    "TLSA",
    "SVCB",
    "HTTPS",
    "LOC",
    "HINFO",
    "APL",
    "TYPE1",
    "TYPE65280",
    "MD",
    "WKS",
    "SPF",
    "1.2.3.4",
    "1.2.3",
    "2001:db8::1",
    "::",
    "10",
    "10 mx",
    "0 issue \"ca.example\"",
    "\\# 4 01020304",
    "\\# 0",
    "\\# 4 01",
    "@ SOA ns1 hostmaster 1 7200 3600 1209600 3600\n",
    "$TTL 3600\n",
    "$TTL",
    "$ORIGIN",
    "$ORIGIN a\n",
    "$INCLUDE",
    "$INCLUDE 0\n",
    "$INCLUDE 1 a\n",
    "$INCLUDE gone\n",
    "$GENERATE",
    "$GENERATE 1-3 h$ A 192.0.2.$\n",
    "$GENERATE 0-9/2 ${0,3,x} CNAME a$$\n",
    "$GENERATE 1-0",
    "$DATE 20260101000000\n",
    "$FOO",
    "{{ name }}",
    "<<<<<<< HEAD\n",
    "=======\n",
    "# c\n",
    "// c\n",
    "; zoneward: ignore[missing-dot] why\n",
    "v=spf1",
    "\"v=spf1 -all\"",
];

/// Pieces of zones in any order.
fn soup() -> impl Strategy<Value = Vec<u8>> {
    vec((select(PIECES), any::<bool>()), 0..80).prop_map(|pieces| {
        let mut text = Vec::new();
        for (piece, blank) in pieces {
            text.extend_from_slice(piece.as_bytes());
            if blank {
                text.push(b' ');
            }
        }
        text
    })
}

/// A change to a zone.
#[derive(Debug, Clone)]
enum Change {
    /// A range goes.
    Delete(Index, usize),
    /// A range is there twice.
    Double(Index, usize),
    /// A byte becomes another.
    Set(Index, u8),
    /// A piece comes in.
    Insert(Index, &'static str),
    /// The text goes on with the end of another.
    Splice(Index, usize, Index),
}

impl Change {
    fn apply(&self, text: &mut Vec<u8>, zones: &[Vec<u8>]) {
        let at = |index: &Index, text: &[u8]| index.index(text.len() + 1);
        let range = |index: &Index, length: usize, text: &[u8]| {
            let start = at(index, text);
            start..(start + length).min(text.len())
        };
        match self {
            Self::Delete(index, length) => drop(text.drain(range(index, *length, text))),
            Self::Double(index, length) => {
                let range = range(index, *length, text);
                let copy = text[range.clone()].to_vec();
                text.splice(range.end..range.end, copy);
            }
            Self::Set(index, byte) => {
                if let Some(old) = text.len().checked_sub(1).map(|last| &mut text[index.index(last + 1)]) {
                    *old = *byte;
                }
            }
            Self::Insert(index, piece) => {
                let at = at(index, text);
                text.splice(at..at, piece.bytes());
            }
            Self::Splice(index, other, from) => {
                text.truncate(at(index, text));
                let other = &zones[*other];
                text.extend_from_slice(&other[from.index(other.len() + 1)..]);
            }
        }
    }
}

/// The zones of the fixtures: whatever has an SOA, or records at all.
fn fixtures() -> Vec<Vec<u8>> {
    let root = Path::new("fixtures");
    let zones = files_below(root).into_iter().filter(|path| {
        let name = path.to_string_lossy();
        name.starts_with("howto") || name.starts_with("isp/zones") || name.ends_with(".zone")
    });
    let texts: Vec<_> = zones.map(|path| fs::read(root.join(path)).unwrap()).collect();
    assert!(texts.len() > 50, "the fixtures are gone");
    texts
}

/// A zone of the fixtures with some changes.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let zones = fixtures();
    let index = || any::<Index>();
    let byte = prop_oneof![any::<u8>(), select(&b"\n\r \t\"()\\;.$@0\0\xff"[..])];
    let change = prop_oneof![
        (index(), 1..40_usize).prop_map(|(at, length)| Change::Delete(at, length)),
        (index(), 1..200_usize).prop_map(|(at, length)| Change::Double(at, length)),
        (index(), byte).prop_map(|(at, byte)| Change::Set(at, byte)),
        (index(), select(PIECES)).prop_map(|(at, piece)| Change::Insert(at, piece)),
        (index(), 0..zones.len(), index()).prop_map(|(at, other, from)| Change::Splice(at, other, from)),
    ];
    (0..zones.len(), vec(change, 1..8)).prop_map(move |(zone, changes)| {
        let mut text = zones[zone].clone();
        for change in &changes {
            change.apply(&mut text, &zones);
        }
        text
    })
}

/// Any of these texts.
fn text() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![1 => vec(any::<u8>(), 0..400), 3 => soup(), 4 => mutated()]
}

// ---- reading ----

/// Files in memory: `$INCLUDE 1` is the file number 1. Counts how many are opened.
struct Memory {
    files: Vec<(FileId, Octets)>,
    opened: AtomicUsize,
}

impl Memory {
    fn new(texts: &[Vec<u8>]) -> Self {
        let sources = Sources::new();
        let add = |text: &Vec<u8>| (sources.add_bytes("memory", Vec::new()), Arc::new(text.clone()));
        Self { files: texts.iter().map(add).collect(), opened: AtomicUsize::new(0) }
    }

    /// The first file as the zone `example.com`.
    fn load(&self) -> Loaded {
        let origin = Name::parse_absolute("example.com").unwrap();
        let (file, text) = &self.files[0];
        load(*file, text, origin.as_ref(), self, &mut Scratch::default())
    }

    /// The span is in its file.
    fn holds(&self, span: Span) -> bool {
        let (_, text) = self.files.iter().find(|(file, _)| *file == span.file).unwrap();
        span.start <= span.end && span.end as usize <= text.len()
    }
}

impl Includes for Memory {
    fn open(&self, _: FileId, name: &[u8]) -> Result<Included, IncludeError> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        let number = std::str::from_utf8(name).ok().and_then(|name| name.parse::<usize>().ok());
        let known = number.and_then(|number| self.files.get(number));
        let (file, text) = known.ok_or(IncludeError::NotFound(vec!["nowhere".to_owned()]))?;
        Ok(Included { file: *file, text: text.clone(), beside: None })
    }
}

/// All places of a finding.
fn places(diagnostic: &Diagnostic) -> impl Iterator<Item = Span> {
    std::iter::once(&diagnostic.primary).chain(&diagnostic.labels).map(|label| label.place.span)
}

proptest! {
    #![proptest_config(cases(256))]

    /// Reading ends without a panic, and what it says of places is true.
    #[test]
    fn every_place_that_the_reader_names_is_in_its_file(texts in vec(text(), 1..4)) {
        let memory = Memory::new(&texts);
        let Loaded { zone, faults } = memory.load();
        for fault in &faults {
            prop_assert!(memory.holds(fault.span), "{fault:?}");
            prop_assert!(fault.related.is_none_or(|span| memory.holds(span)), "{fault:?}");
            prop_assert_eq!(&fault.word, &escape(fault.word.as_bytes()), "words are fit to be shown");
        }
        for record in zone.records() {
            let place = zone.place(record, Part::Whole);
            prop_assert!(memory.holds(place.span), "{place:?}");
            prop_assert!(zone.name(record.owner()).is_within(zone.origin()));
            prop_assert!(zone.at(record.owner()).any(|other| std::ptr::eq(other, record)));
        }
        prop_assert!(memory.holds(zone.heading().span));
    }

    /// `display` is as long as the text, and shows nothing but lines, tabs and what can be seen.
    #[test]
    fn display_keeps_every_offset(text in text()) {
        let shown = display(&text);
        prop_assert_eq!(shown.len(), text.len());
        prop_assert!(!shown.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{shown:?}");
        let breaks = |text: &[u8]| text.split(|&byte| byte == b'\n').count();
        prop_assert_eq!(breaks(shown.as_bytes()), breaks(&text));
    }

    /// Every offset is on the line that has it, and positions grow with the characters.
    #[test]
    fn lines_and_columns_follow_the_offsets(text in text()) {
        let index = LineIndex::new(&text);
        let mut before = None;
        let mut offset = 0;
        for chunk in text.utf8_chunks() {
            let characters = chunk.valid().chars().map(char::len_utf8);
            for length in characters.chain(chunk.invalid().iter().map(|_| 1)) {
                let range = index.range(&text, index.line(&text, u32::try_from(offset).unwrap())).unwrap();
                prop_assert!(range.contains(&offset));
                let position = index.position(&text, u32::try_from(offset).unwrap());
                prop_assert!(before.is_none_or(|before| before < position), "{before:?} {position:?}");
                before = Some(position);
                offset += length;
            }
        }
    }

    /// A name that is printed and read again is the same name.
    #[test]
    fn a_printed_name_is_read_as_the_same(labels in vec(vec(any::<u8>(), 1..=63), 0..6)) {
        let mut wire = Vec::new();
        for label in &labels {
            wire.push(u8::try_from(label.len()).unwrap());
            wire.extend(label.to_ascii_lowercase());
        }
        wire.push(0);
        prop_assume!(wire.len() <= 255);
        let name = NameRef::from_wire(&wire);
        let printed = if name.is_root() { name.to_string() } else { format!("{name}.") };
        let other = Name::parse_absolute("other.example").unwrap();
        let mut buffer = NameBuffer::new();
        prop_assert_eq!(buffer.parse(printed.as_bytes(), other.as_ref()), Ok(()), "{}", printed);
        prop_assert_eq!(buffer.name().wire(), &wire[..], "{}", printed);
        prop_assert_eq!(Name::parse_absolute(&name.to_string()).map(|it| it.as_ref().wire().to_vec()), Ok(wire.clone()));
        prop_assert!(printed.is_ascii() && !printed.contains(|c: char| c.is_ascii_control()));

        let relative = name.relative_to(other.as_ref());
        prop_assert_eq!(buffer.parse(relative.as_bytes(), other.as_ref()), Ok(()), "{}", relative);
        prop_assert_eq!(buffer.name().wire(), &wire[..], "{}", relative);
    }
}

// ---- checking ----

/// A folder with these zones in it.
fn folder(texts: &[Vec<u8>]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (number, text) in texts.iter().enumerate() {
        fs::write(folder.path().join(format!("z{number}.example.zone")), text).unwrap();
    }
    folder
}

/// Everything that must hold for a check, whatever was checked.
fn hold(checked: &Checked) -> Result<(), TestCaseError> {
    for diagnostic in &checked.outcome.diagnostics {
        for span in places(diagnostic) {
            let length = checked.sources.text(span.file).bytes.len();
            prop_assert!(
                span.start <= span.end && span.end as usize <= length,
                "{diagnostic:?} in {length} bytes"
            );
        }
    }
    for format in [Format::Full, Format::Short] {
        let report = checked.report(format);
        let treacherous = |c: char| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c);
        prop_assert!(!report.contains(treacherous), "{report:?}");
    }
    let short = checked.report(Format::Short);
    prop_assert_eq!(short.lines().count(), checked.outcome.diagnostics.len() + 1, "{}", short);
    let json: serde_json::Value = serde_json::from_str(&checked.report(Format::Json)).unwrap();
    prop_assert_eq!(json["diagnostics"].as_array().map(Vec::len), Some(checked.outcome.diagnostics.len()));
    Ok(())
}

proptest! {
    #![proptest_config(cases(96))]

    /// Any text as a zone, with every rule there is.
    #[test]
    fn a_check_of_any_zone_holds(text in text()) {
        let folder = folder(&[text]);
        let path = folder.path().join("z0.example.zone");
        hold(&check_all(Target::Zone(&path, "example.com")))?;
    }
}

proptest! {
    #![proptest_config(cases(16))]

    /// Any texts as a project; the report is the same however many threads make it.
    #[test]
    fn a_check_of_any_project_holds_and_is_the_same_on_any_number_of_threads(mut texts in vec(mutated(), 2..12)) {
        // Without any zone, nothing could be checked.
        texts.push(b"$TTL 60\n@ SOA ns1.z0.example. host 1 7200 3600 1209600 60\n@ NS ns1.z0.example.\n".to_vec());
        let folder = folder(&texts);
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| check_all(Target::Project(folder.path())))
        };
        let (one, many) = (on(1), on(8));
        hold(&one)?;
        for format in Format::ALL {
            prop_assert_eq!(one.report(format), many.report(format));
        }
    }
}

// ---- bounds ----

/// `line`, until there are 200 KB of it.
fn flood(line: &str) -> Vec<u8> {
    line.repeat(200_000 / line.len()).into_bytes()
}

/// What grows with a text that is nothing but `line` is no more than the text allows: its faults, the
/// words they hold, its records.
#[test]
fn a_flood_of_anything_is_read_in_bounds() {
    let lines = [
        "a (\n",
        "(\n",
        "(",
        ")",
        "\"",
        "\"\n",
        "a TXT \"\n",
        "a TXT (\"x\n",
        "\\",
        ";",
        "a",
        "a ",
        "a\n",
        "a\r",
        "a B\r",
        " A\n",
        ".",
        "a.",
        "\0",
        "\u{feff}",
        "$",
        "$TTL\n",
        "$ORIGIN a\n",
        "$ORIGIN\n",
        "$INCLUDE x\n",
        "$INCLUDE 0\n",
        "$GENERATE 0-4294967295 a A 1.2.3.4\n",
        "$GENERATE 0-2147483647 a A 1.2.3.4\n",
        "$GENERATE 1-2 a$ A x\n",
        "$GENERATE 0-2147483647/2147483647 ${0,2000} A 1.2.3.4\n",
        "a A 1.2.3.4\n",
        "a SOA (\n",
        "{{ a }}\n",
        "a MX 10 \"\n",
        "a TXT \\# 65535 00\n",
        "a.b.c.d.e.f.g.h A 1.2.3.4 (\n",
        "<<<<<<<\n",
        "a TXT ((((()\n",
        "x y ) z\n",
    ];
    for line in lines {
        let text = flood(line);
        let memory = Memory::new(std::slice::from_ref(&text));
        let Loaded { zone, faults } = memory.load();
        let words: usize = faults.iter().map(|it| it.word.len() + it.detail.len()).sum();
        assert!(faults.len() <= text.len(), "{line:?}: {} faults", faults.len());
        assert!(words <= 16 * text.len(), "{line:?}: {words} bytes of words");
        assert!(zone.records().len() <= text.len() + (1 << 20), "{line:?}: {} records", zone.records().len());
        assert!(memory.opened.load(Ordering::Relaxed) <= text.len() / "$INCLUDE 0\n".len() + 1, "{line:?}");
    }
}

/// Files that include each other twice would be opened 2^20 times.
#[test]
fn includes_cannot_double_without_end() {
    let texts: Vec<_> =
        (1..=20).map(|next| format!("$INCLUDE {next}\n$INCLUDE {next}\n").into_bytes()).collect();
    let memory = Memory::new(&texts);
    memory.load();
    let opened = memory.opened.load(Ordering::Relaxed);
    assert!(opened <= 100_000, "{opened} files were opened");
}

/// The reports of a flood are bounded by its findings, of which each shows a few lines.
#[test]
fn the_reports_of_a_flood_are_bounded() {
    let folder = tempfile::tempdir().unwrap();
    for line in ["a (\n", "a B\n", "\"\n", "a B\r", "$GENERATE 0-4294967295 a A 1.2.3.4\n", "$INCLUDE x\n"] {
        let path: PathBuf = folder.path().join("flood.zone");
        fs::write(&path, &flood(line)[..20_000]).unwrap();
        let checked = check(Target::Zone(&path, "example.com"), None);
        let most = (checked.outcome.diagnostics.len() + 1) * 4_000;
        for format in Format::ALL {
            let length = checked.report(format).len();
            assert!(length <= most, "{line:?} in {format:?}: {length} bytes");
        }
    }
}
