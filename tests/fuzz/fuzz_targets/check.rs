//! Any bytes as a zone: reading, all rules and all reports come to an end without a panic, and every
//! place lies inside the file.
//!
//! The fixtures are the seeds: `cargo +nightly fuzz run --fuzz-dir tests/fuzz check tests/fuzz/corpus fixtures`

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use zoneward::cluster;
use zoneward::report::{self, Format, Report, Style};
use zoneward::rules::Enabled;
use zoneward::source::{FileId, Sources};
use zoneward::suppress::Policy;
use zoneward::syntax::Name;
use zoneward::view::View;
use zoneward::zone::{IncludeError, Included, Includes, Scratch, load};

/// Every include is the zone's own text once more.
struct Itself<'t>(FileId, &'t [u8]);

impl Includes for Itself<'_> {
    fn open(&self, _: FileId, name: &[u8]) -> Result<Included, IncludeError> {
        match name {
            b"gone" => Err(IncludeError::NotFound(Vec::new())),
            b"outside" => Err(IncludeError::OutsideRoot),
            _ => Ok(Included { file: self.0, text: self.1.into(), beside: None }),
        }
    }
}

static RULES: LazyLock<Enabled> = LazyLock::new(|| Policy::default().enabled());
static ORIGIN: LazyLock<Name> = LazyLock::new(|| Name::parse_absolute("example.com").expect("a name"));

fuzz_target!(|text: &[u8]| {
    let sources = Sources::new();
    let file = sources.add_bytes("zone", text.to_vec());
    let part = sources.add_bytes("part", text.to_vec());
    let loaded = load(file, text, ORIGIN.as_ref(), &Itself(part, text), &mut Scratch::default());
    let mut diagnostics = RULES.judge_zone(&loaded, &sources);
    let view = View::new(vec![loaded.zone]);
    let clusters = cluster::infer(&view);
    diagnostics.extend(RULES.judge_view(&view, &clusters));
    for diagnostic in &diagnostics {
        for label in std::iter::once(&diagnostic.primary).chain(&diagnostic.labels) {
            let span = label.place.span;
            assert!(span.start <= span.end && span.end as usize <= text.len(), "{diagnostic:?}");
        }
    }
    for format in Format::ALL {
        let report = Report::new(&diagnostics, &sources);
        report::write(&report, format, Style::default(), &mut std::io::sink()).expect("a sink takes all");
    }
});
