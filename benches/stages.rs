//! Each stage by itself, on zones in memory: `cargo bench --bench stages`.

#[path = "zones/mod.rs"]
mod zones;

use std::fs;
use std::path::PathBuf;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use tempfile::TempDir;
use zones::isp::Isp;
use zones::tld::{self, Tld};
use zoneward::project::Request;
use zoneward::report::{self, Format, Style};
use zoneward::source::{FileId, Sources};
use zoneward::suppress::Policy;
use zoneward::syntax::{Name, Reader};
use zoneward::view::View;
use zoneward::zone::{self, Loaded, Scratch, Stream};

/// Records of the large zone, and zones of the provider.
const RECORDS: usize = 200_000;
const ZONES: usize = 1_000;

fn main() {
    divan::main();
}

/// A zone in memory.
struct Text {
    file: FileId,
    origin: Name,
    bytes: Vec<u8>,
}

/// Zones in memory, and where they are on disk.
struct Zones {
    folder: TempDir,
    sources: Sources,
    texts: Vec<Text>,
}

impl Zones {
    /// A registry, or a provider; mistakes in one of so many places.
    fn new(large: bool, mistake_every: usize) -> Self {
        let folder = tempfile::tempdir().expect("there is room for temporary files");
        let made = if large {
            let path = folder.path().join("tld.zone");
            Tld { records: RECORDS, mistake_every }.write(&path)
        } else {
            Isp { zones: ZONES, mistake_every }.write(folder.path())
        };
        made.expect("there is room for temporary files");
        let sources = Sources::new();
        let mut texts = Vec::new();
        for entry in walkdir::WalkDir::new(folder.path()).sort_by_file_name() {
            let entry = entry.expect("the folder was just made");
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let zone = ["example", "arpa", "zone"].iter().any(|end| name.ends_with(end));
            if !entry.file_type().is_file() || !zone {
                continue;
            }
            let name =
                if large { tld::ORIGIN } else { name.trim_start_matches("db.").trim_end_matches(".zone") };
            let origin = Name::parse_absolute(name).expect("the file is called as the zone");
            let bytes = fs::read(path).expect("the file was just made");
            texts.push(Text { file: sources.add(path), origin, bytes });
        }
        Self { folder, sources, texts }
    }

    fn load(&self) -> Vec<Loaded> {
        let load = |text: &Text| {
            zone::load(text.file, &text.bytes, text.origin.as_ref(), &(), &mut Scratch::default())
        };
        self.texts.iter().map(load).collect()
    }

    fn bytes(&self) -> BytesCount {
        BytesCount::new(self.texts.iter().map(|text| text.bytes.len()).sum::<usize>())
    }
}

/// Splits the text into entries and tokens.
#[divan::bench(args = [true, false])]
fn reader(bencher: Bencher<'_, '_>, large: bool) {
    let zones = Zones::new(large, 0);
    bencher.counter(zones.bytes()).bench_local(|| {
        let mut entries = 0;
        for text in &zones.texts {
            let mut reader = Reader::new(&text.bytes);
            while reader.next_entry().is_some() {
                entries += 1;
            }
        }
        entries
    });
}

/// Reads the records into wire form, and keeps none.
#[divan::bench]
fn reader_alone(bencher: Bencher<'_, '_>) {
    let zones = Zones::new(true, 0);
    bencher.counter(zones.bytes()).bench_local(|| {
        let mut records = 0;
        for text in &zones.texts {
            let mut stream = Stream::new(text.origin.as_ref());
            stream.read(&text.bytes, |_| records += 1).expect("a registry includes nothing");
        }
        records
    });
}

/// Makes zones of texts.
#[divan::bench(args = [true, false])]
fn zone_builder(bencher: Bencher<'_, '_>, large: bool) {
    let zones = Zones::new(large, 0);
    bencher.counter(zones.bytes()).bench_local(|| zones.load());
}

/// Asks the rules about each zone by itself.
#[divan::bench(args = [true, false])]
fn rules_on_zones(bencher: Bencher<'_, '_>, large: bool) {
    let zones = Zones::new(large, 0);
    let (loaded, rules) = (zones.load(), Policy::default().enabled());
    let records: usize = loaded.iter().map(|loaded| loaded.zone.records().len()).sum();
    bencher.counter(ItemsCount::new(records)).bench_local(|| {
        loaded.iter().map(|loaded| rules.judge_zone(loaded, &zones.sources).len()).sum::<usize>()
    });
}

/// Asks the rules about all zones together: targets in other zones, and clusters.
#[divan::bench(args = [true, false])]
fn rules_on_views(bencher: Bencher<'_, '_>, large: bool) {
    let zones = Zones::new(large, 0);
    let view = View::new(zones.load().into_iter().map(|loaded| loaded.zone).collect());
    let rules = Policy::default().enabled();
    bencher.counter(ItemsCount::new(view.members().len())).bench_local(|| {
        let (clusters, _) = zoneward::cluster::clusters(&view, &[]);
        rules.judge_view(&view, &clusters).len()
    });
}

/// Writes a report of many findings.
#[divan::bench(args = Format::ALL)]
fn report(bencher: Bencher<'_, '_>, format: Format) {
    let zones = Zones::new(false, 4);
    let paths: Vec<PathBuf> = vec![zones.folder.path().into()];
    let request = Request { root: zones.folder.path().into(), paths, ..Request::default() };
    let outcome = zoneward::check(&request, &Policy::default(), &[], &zones.sources);
    let report = outcome.report(&zones.sources);
    bencher.counter(ItemsCount::new(outcome.diagnostics.len())).bench_local(|| {
        let mut out = Vec::new();
        report::write(&report, format, Style::default(), &mut out).expect("a Vec takes everything");
        out
    });
}
