//! Counts the instructions that a check takes, and holds them against the committed figures, so that
//! slowness shows in review: `cargo bench --bench instructions`. With `BLESS=1` the figures are written
//! anew. Unlike time, instructions are nearly the same on every machine; valgrind counts them.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "the outcome is for people")]

#[path = "zones/mod.rs"]
mod zones;

use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use zones::isp::Isp;
use zones::tld::{self, Tld};

/// The committed figures.
const FIGURES: &str = "benches/instructions.txt";

/// How far a figure may be from the committed one, in percent.
const TOLERANCE: f64 = 3.0;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FIGURES);
    let known = fs::read_to_string(&path).unwrap_or_default();
    let folder = tempfile::tempdir()?;
    let isp = folder.path().join("isp");
    fs::create_dir(&isp)?;
    Isp { zones: 200, mistake_every: 20 }.write(&isp)?;
    let registry = folder.path().join(format!("{}.zone", tld::ORIGIN));
    Tld { records: 20_000, mistake_every: 100 }.write(&registry)?;

    let mut text = format!("# Instructions of a check, in thousands, by {}\n", compiler()?);
    let mut far = Vec::new();
    for (name, path) in [("isp-200-zones", &isp), ("tld-20000-records", &registry)] {
        let counted = count(path)? / 1_000;
        writeln!(text, "{name} {counted}")?;
        match known.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<u64>().ok()) {
            None => far.push(format!("{name}: {counted} thousand instructions, and no figure is known")),
            Some(known) => {
                let change = percent(known, counted);
                println!("{name}: {counted} thousand instructions, {change:+.1} % of {known}");
                if change.abs() > TOLERANCE {
                    let what = if change > 0.0 { "more" } else { "less" };
                    far.push(format!("{name}: {:.1} % {what}", change.abs()));
                }
            }
        }
    }
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        fs::write(&path, text)?;
        return Ok(ExitCode::SUCCESS);
    }
    if far.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("a check takes another number of instructions than {FIGURES} says:\n  {}", far.join("\n  "));
    let was = known.lines().next().unwrap_or_default();
    if Some(was) != text.lines().next() {
        eprintln!("another compiler may be why; the figures are `{was}`");
    }
    eprintln!("if it is meant so, write the figures anew and commit them with the reason:");
    eprintln!("  BLESS=1 cargo bench --bench instructions");
    eprintln!("if not, `valgrind --tool=callgrind` on the same zones shows where they go:");
    eprintln!("  cargo bench --bench peers -- --write DIR --isp 200 --tld 20000");
    Ok(ExitCode::FAILURE)
}

#[expect(clippy::cast_precision_loss, reason = "a digit behind the point is shown")]
fn percent(from: u64, to: u64) -> f64 {
    (to as f64 / from as f64 - 1.0) * 100.0
}

/// The instructions of one check on one thread.
fn count(path: &Path) -> Result<u64, Box<dyn Error>> {
    let outcome = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env!("CARGO_BIN_EXE_zoneward"))
        .args(["check", "--isolated", "--now", "20260101000000", "--jobs", "1", "--format", "short"])
        .args(["--fail-on", "never"])
        .arg(path)
        .stdout(Stdio::null())
        .output()
        .map_err(|error| format!("valgrind cannot be run: {error}; install it (Debian: `valgrind`)"))?;
    let words = String::from_utf8_lossy(&outcome.stderr).into_owned();
    let counted = words.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    counted.filter(|_| outcome.status.success()).ok_or_else(|| format!("valgrind failed:\n{words}").into())
}

/// The compiler and its version: another one makes other instructions.
fn compiler() -> Result<String, Box<dyn Error>> {
    let said = Command::new(std::env::var_os("RUSTC").unwrap_or("rustc".into())).arg("--version").output()?;
    let said = String::from_utf8(said.stdout)?;
    Ok(said.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
}
