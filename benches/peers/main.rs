//! Runs zoneward and the other tools that are installed in turn on the same made-up zones, and prints
//! what they took: `cargo bench --bench peers`. Then mistakes are made in the zones, and those that
//! zoneward finds are held against the ones that were made.

#![allow(clippy::print_stdout, reason = "the table is what this is for")]
#![allow(clippy::print_stderr, reason = "progress")]

mod contender;
mod floor;
mod mistakes;
mod reader;
mod table;
#[path = "../zones/mod.rs"]
mod zones;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;
use contender::Contender;
use tempfile::TempDir;
use zones::Planted;
use zones::isp::Isp;
use zones::tld::{self, Tld};

/// Compares zoneward with other tools on the same made-up zones.
#[derive(Debug, Parser)]
struct Options {
    /// Zones of a made-up provider; can be several numbers, or 0 for none
    #[arg(long, value_delimiter = ',', default_value = "10000")]
    isp: Vec<usize>,

    /// Records of a made-up registry; can be several numbers, or 0 for none
    #[arg(long, value_delimiter = ',', default_value = "1000000")]
    tld: Vec<usize>,

    /// Everything: 10,000 to 1,000,000 zones, 1 M to 20 M records. Takes an hour and 10 GB of disk
    #[arg(long, conflicts_with_all = ["isp", "tld"])]
    full: bool,

    /// How often each tool runs; the median counts
    #[arg(long, default_value_t = 5)]
    rounds: usize,

    /// In one of how many zones a mistake is made afterwards; 0 leaves that out
    #[arg(long, default_value_t = 100)]
    mistake_every: usize,

    /// Write the zones into this folder, with mistakes if --mistake-every says so, and stop
    #[arg(long, value_name = "DIR")]
    write: Option<PathBuf>,

    /// Said by cargo
    #[arg(long, hide = true)]
    bench: bool,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options::parse();
    if options.full {
        options.isp = vec![10_000, 100_000, 1_000_000];
        options.tld = vec![1_000_000, 5_000_000, 20_000_000];
    }
    if let Some(folder) = &options.write {
        return write(folder, &options);
    }
    let missing = contender::missing();
    if !missing.is_empty() {
        eprintln!("not installed, and left out: {}", missing.join(", "));
    }
    for &zones in options.isp.iter().filter(|&&zones| zones > 0) {
        isp(zones, &options)?;
    }
    for &records in options.tld.iter().filter(|&&records| records > 0) {
        registry(records, &options)?;
    }
    Ok(())
}

/// Writes zones to look at, `isp/` and `tld.zone`, and prints the mistakes in them.
fn write(folder: &Path, options: &Options) -> Result<(), Box<dyn Error>> {
    let mistake_every = options.mistake_every;
    let mut planted = Vec::new();
    if let Some(&zones) = options.isp.iter().find(|&&zones| zones > 0) {
        let root = folder.join("isp");
        fs::create_dir_all(&root)?;
        planted.extend(Isp { zones, mistake_every }.write(&root.canonicalize()?)?.planted);
    }
    if let Some(&records) = options.tld.iter().find(|&&records| records > 0) {
        let path = folder.join(format!("{}.zone", tld::ORIGIN));
        planted.extend(Tld { records, mistake_every }.write(&path)?.planted);
    }
    for Planted { path, line, rule } in planted {
        println!("{}:{line}: {rule}", path.display());
    }
    Ok(())
}

/// A folder that is deleted afterwards, where cargo builds.
fn folder() -> std::io::Result<TempDir> {
    TempDir::new_in(env!("CARGO_TARGET_TMPDIR"))
}

fn isp(zones: usize, options: &Options) -> Result<(), Box<dyn Error>> {
    let folder = folder()?;
    let root = folder.path();
    eprintln!("making {zones} zones");
    let made = Isp { zones, mistake_every: 0 }.write(root)?;
    let records = contender::records(root)?;
    let files = contender::files(root)?;
    let contenders = Contender::on_isp(root, &files);
    let title = format!("{zones} zones, {records} records, {} MB", made.bytes / 1_000_000);
    let results = contender::run(contenders, &files, options.rounds)?;
    table::print(&title, made.bytes, records, &results);
    println!("{}\n", table::ratios(&results, table::ISP));
    if options.mistake_every > 0 {
        fs::remove_dir_all(root.join("zones"))?;
        let made = Isp { zones, mistake_every: options.mistake_every }.write(root)?;
        mistakes::report(root, &made.planted)?;
    }
    Ok(())
}

fn registry(records: usize, options: &Options) -> Result<(), Box<dyn Error>> {
    let folder = folder()?;
    let path = folder.path().join(format!("{}.zone", tld::ORIGIN));
    eprintln!("making one zone of {records} records");
    let made = Tld { records, mistake_every: 0 }.write(&path)?;
    let contenders = Contender::on_tld(&path, tld::ORIGIN, made.records);
    let title = format!("one zone, {} records, {} MB", made.records, made.bytes / 1_000_000);
    let results = contender::run(contenders, std::slice::from_ref(&path), options.rounds)?;
    table::print(&title, made.bytes, made.records as u64, &results);
    println!("{}; {}\n", table::ratios(&results, table::TLD), table::beyond(&made, &results));
    if options.mistake_every > 0 {
        // A flood of findings would be another benchmark: not more than about a thousand.
        let mistake_every = options.mistake_every.max(records / 3_000);
        let made = Tld { records, mistake_every }.write(&path)?;
        mistakes::report(Path::new(&path), &made.planted)?;
    }
    Ok(())
}
