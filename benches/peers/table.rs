//! The figures as a table in Markdown, and the ratios that there are targets for.

use super::contender::Result;
use super::zones::Made;

/// A ratio: whose time, in times of whom; by what their names begin with.
type Ratio = (&'static str, &'static str);

/// The ratios of a provider: what zoneward gains, and what is left to gain.
pub(super) const ISP: &[Ratio] = &[
    ("named-checkconf", ZONEWARD),
    ("named-checkconf", "zoneward check named.conf"),
    (ZONEWARD, "reading the files, 2 threads"),
];

/// The ratios of a registry.
pub(super) const TLD: &[Ratio] = &[
    ("named-checkzone", ZONEWARD),
    ("kzonecheck", ZONEWARD),
    ("named-checkzone", "the reader alone, 1 thread"),
    ("kzonecheck", "the reader alone, 1 thread"),
    ("named-checkzone", "the reader alone, 2 threads"),
    ("kzonecheck", "the reader alone, 2 threads"),
];

/// The one that all others are compared with.
const ZONEWARD: &str = "**zoneward check**";

/// Prints what each took; the first is what the others are compared with.
#[expect(clippy::cast_precision_loss, reason = "three digits of each number are shown")]
pub(super) fn print(title: &str, bytes: u64, records: u64, results: &[Result]) {
    let first = results[0].wall.as_secs_f64();
    println!("\n| {title} | seconds | × | MB/s | records/s | peak memory |\n|---|--:|--:|--:|--:|--:|");
    for Result { name, wall, memory } in results {
        let wall = wall.as_secs_f64();
        let memory = memory.map_or("–".to_owned(), |bytes| format!("{} MB", bytes / 1_000_000));
        let rate = records as f64 / wall / 1e6;
        println!(
            "| {name} | {wall:.3} | {:.2} | {:.0} | {rate:.1} M | {memory} |",
            wall / first,
            bytes as f64 / wall / 1e6,
        );
    }
    println!();
}

/// The ratios of those that have run, in a line.
pub(super) fn ratios(results: &[Result], wanted: &[Ratio]) -> String {
    let find = |name: &str| results.iter().find(|result| result.name.starts_with(name));
    let shown = wanted.iter().filter_map(|(slow, quick)| {
        let (slow, quick) = (find(slow)?, find(quick)?);
        let ratio = slow.wall.as_secs_f64() / quick.wall.as_secs_f64();
        Some(format!("{} / {} {ratio:.1} ×", plain(&slow.name), plain(&quick.name)))
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// The memory that zoneward takes for each record, in all and beyond the size of the file.
#[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
pub(super) fn beyond(made: &Made, results: &[Result]) -> String {
    let peak = results[0].memory.unwrap_or_default() as f64;
    let [all, beyond] = [peak, peak - made.bytes as f64].map(|bytes| bytes / made.records as f64);
    format!("memory {all:.1} bytes a record, {beyond:.1} beyond the file")
}

/// A name without the marks that make it bold.
fn plain(name: &str) -> String {
    name.replace("**", "")
}
