//! The figures as a table in Markdown.

use super::contender::Result;

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
