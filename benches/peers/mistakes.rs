//! What zoneward finds against what was planted.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::contender;
use super::zones::Planted;

/// Checks zones with mistakes, and says how well these were found; fails where one was not, or
/// something else was.
pub(super) fn report(path: &Path, planted: &[Planted]) -> io::Result<()> {
    let (report, taken) = contender::check(path)?;
    // One more than was found of each, minus one for each that was planted: 0 is what is wanted.
    let mut balance: BTreeMap<(PathBuf, u64, String), i64> = BTreeMap::new();
    let found = report["diagnostics"].as_array().map_or(&[][..], Vec::as_slice);
    for finding in found {
        let text = |key: &str| finding[key].as_str().unwrap_or_default();
        let path = PathBuf::from(text("path"));
        let line = finding["line"].as_u64().unwrap_or_default();
        *balance.entry((path, line, text("rule").to_owned())).or_default() += 1;
    }
    for Planted { path, line, rule } in planted {
        *balance.entry((path.clone(), *line as u64, (*rule).to_owned())).or_default() -= 1;
    }
    let wrong: Vec<_> = balance.iter().filter(|(_, balance)| **balance != 0).collect();
    for ((path, line, rule), balance) in wrong.iter().take(20) {
        let what = if **balance < 0 { "not found" } else { "found and not made" };
        eprintln!("{what}: {}:{line}: {rule}", path.display());
    }
    if !wrong.is_empty() {
        return Err(io::Error::other(format!("{} findings are wrong, of {}", wrong.len(), planted.len())));
    }
    println!(
        "{} mistakes made, all found in their lines, and nothing else: {:.2} s, {} MB\n",
        planted.len(),
        taken.wall.as_secs_f64(),
        taken.memory.unwrap_or_default() / 1_000_000
    );
    Ok(())
}
