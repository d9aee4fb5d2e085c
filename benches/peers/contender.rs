//! The tools, how each is called, and what a call took.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use wait4::Wait4;

use super::{floor, reader};

/// The binary that cargo has built.
const ZONEWARD: &str = env!("CARGO_BIN_EXE_zoneward");

/// The other tools.
const PEERS: [&str; 6] =
    ["named-checkconf", "named-checkzone", "kzonecheck", "nsd-checkzone", "validns", "ldns-read-zone"];

/// Something that is measured.
pub(super) struct Contender {
    pub(super) name: String,
    work: Work,
}

enum Work {
    /// A program with its arguments.
    Run(PathBuf, Vec<String>),
    /// Reading these files and nothing else, on so many threads.
    Read(Vec<PathBuf>, usize),
    /// Reading the records of a zone and keeping none, on so many threads.
    Stream(Zone, usize),
}

/// A zone in one file.
#[derive(Clone)]
struct Zone {
    path: PathBuf,
    origin: String,
    records: usize,
}

/// What one call took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Taken {
    pub(super) wall: Duration,
    /// Bytes of memory at most; none where it was not another process.
    pub(super) memory: Option<u64>,
    /// It had nothing to object to.
    pub(super) content: bool,
}

/// A contender after all rounds.
pub(super) struct Result {
    pub(super) name: String,
    /// The median.
    pub(super) wall: Duration,
    /// The most of all rounds.
    pub(super) memory: Option<u64>,
}

impl Contender {
    /// Those that take a `named.conf` with all its zones.
    pub(super) fn on_isp(root: &Path, files: &[PathBuf]) -> Vec<Self> {
        let conf = root.join("named.conf").display().to_string();
        let mut all = zoneward(root);
        all.push(check_with("zoneward check named.conf", "0", &conf));
        all.extend(on_threads("reading the files", |threads| Work::Read(files.to_vec(), threads)));
        all.extend(peer("named-checkconf", &["-z", &conf]));
        all
    }

    /// Those that take one zone.
    pub(super) fn on_tld(path: &Path, origin: &str, records: usize) -> Vec<Self> {
        let file = path.display().to_string();
        let zone = Zone { path: path.to_owned(), origin: origin.to_owned(), records };
        let mut all = zoneward(path);
        all.extend(on_threads("counting its lines", |threads| Work::Read(vec![path.to_owned()], threads)));
        all.extend(on_threads("the reader alone", |threads| Work::Stream(zone.clone(), threads)));
        all.extend(peer("kzonecheck", &["-o", origin, &file]));
        all.extend(peer("nsd-checkzone", &[origin, &file]));
        all.extend(peer("named-checkzone", &["-i", "local", origin, &file]));
        all.extend(peer("validns", &["-q", "-z", origin, &file]));
        all.extend(peer("ldns-read-zone", &[&file]));
        all
    }

    fn call(&self) -> io::Result<Taken> {
        let started = Instant::now();
        match &self.work {
            Work::Read(files, threads) => {
                floor::read(files, *threads)?;
                Ok(Taken { wall: started.elapsed(), memory: None, content: true })
            }
            Work::Stream(Zone { path, origin, records }, threads) => {
                let found = reader::count(path, origin, *threads)?;
                let taken = Taken { wall: started.elapsed(), memory: None, content: true };
                if found == *records {
                    return Ok(taken);
                }
                Err(io::Error::other(format!("the reader alone counts {found} records of {records}")))
            }
            Work::Run(program, arguments) => {
                let mut command = Command::new(program);
                command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
                let used = command.spawn()?.wait4()?;
                let (wall, content) = (started.elapsed(), used.status.success());
                Ok(Taken { wall, memory: Some(used.rusage.maxrss), content })
            }
        }
    }
}

/// The whole check with all rules of the default, its report written; on all processors and on one.
fn zoneward(path: &Path) -> Vec<Contender> {
    let path = path.display().to_string();
    let call = |name: &str, jobs: &str| check_with(name, jobs, &path);
    vec![call("**zoneward check**", "0"), call("zoneward check --jobs 1", "1")]
}

fn check_with(name: &str, jobs: &str, path: &str) -> Contender {
    let arguments = ["check", "--format", "short", "--jobs", jobs, path].map(str::to_owned);
    Contender { name: name.to_owned(), work: Work::Run(ZONEWARD.into(), arguments.to_vec()) }
}

/// The same work on one thread and on two.
fn on_threads(name: &str, work: impl Fn(usize) -> Work) -> [Contender; 2] {
    [(1, "thread"), (2, "threads")]
        .map(|(threads, what)| Contender { name: format!("{name}, {threads} {what}"), work: work(threads) })
}

/// A peer, if it is installed.
fn peer(name: &str, arguments: &[&str]) -> Option<Contender> {
    let shown: Vec<_> = arguments.iter().filter(|word| !word.starts_with('/')).copied().collect();
    let arguments = arguments.iter().map(|&word| word.to_owned()).collect();
    let name_shown = format!("{name} {}", shown.join(" ")).trim_end().to_owned();
    Some(Contender { name: name_shown, work: Work::Run(find(name)?, arguments) })
}

/// The peers that are not installed.
pub(super) fn missing() -> Vec<&'static str> {
    PEERS.into_iter().filter(|name| find(name).is_none()).collect()
}

/// Where a program is; those for administrators are not in everybody's path.
fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    folders.map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// All files below a folder.
pub(super) fn files(root: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter();
    let is_file = |entry: &walkdir::DirEntry| entry.file_type().is_file();
    let files = entries.filter(|entry| entry.as_ref().map_or(true, is_file));
    files.map(|entry| Ok(entry.map_err(io::Error::other)?.into_path())).collect()
}

/// Calls all in turn, in each round, so that whatever else the machine does meets all of them. Before each call the
/// files are read once: while a slow one is at work, the system may take them out of memory again.
pub(super) fn run(contenders: Vec<Contender>, files: &[PathBuf], rounds: usize) -> io::Result<Vec<Result>> {
    settle();
    let mut taken: Vec<Vec<Taken>> = contenders.iter().map(|_| Vec::new()).collect();
    for round in 0..rounds.max(1) {
        for (contender, taken) in contenders.iter().zip(&mut taken) {
            eprintln!("round {}: {}", round + 1, contender.name);
            floor::read(files, 2)?;
            taken.push(contender.call()?);
        }
    }
    let result = |(contender, mut taken): (Contender, Vec<Taken>)| {
        taken.sort_by_key(|taken| taken.wall);
        let wall = taken[taken.len() / 2].wall;
        let memory = taken.iter().filter_map(|taken| taken.memory).max();
        let content = taken.iter().all(|taken| taken.content);
        let name = if content { contender.name } else { contender.name + " (objects)" };
        Result { name, wall, memory }
    };
    Ok(contenders.into_iter().zip(taken).map(result).collect())
}

/// Waits until the files that were made are on the disk: to write them takes a part of a processor.
fn settle() {
    _ = Command::new("sync").status();
}

/// How many records zoneward counts in zones without mistakes.
pub(super) fn records(path: &Path) -> io::Result<u64> {
    let (report, _) = check(path)?;
    let findings = report["diagnostics"].as_array().map_or(0, Vec::len);
    if findings > 0 {
        return Err(io::Error::other(format!("{findings} findings in zones without mistakes")));
    }
    report["summary"]["records"].as_u64().ok_or_else(|| io::Error::other("a report without numbers"))
}

/// The report of zoneward, and what it took.
pub(super) fn check(path: &Path) -> io::Result<(Value, Taken)> {
    let report = tempfile::NamedTempFile::new_in(env!("CARGO_TARGET_TMPDIR"))?;
    // From there, so that the paths of the findings begin there.
    let (folder, path) = match path.file_name() {
        Some(name) if path.is_file() => (path.parent().unwrap_or(path), Path::new(name)),
        _ => (path, Path::new(".")),
    };
    let started = Instant::now();
    let child = Command::new(ZONEWARD)
        .args(["check", "--format", "json", "--fail-on", "never"])
        .arg(path)
        .current_dir(folder)
        .stdout(report.reopen()?)
        .spawn()?;
    let used = child.wait4()?;
    let taken = Taken { wall: started.elapsed(), memory: Some(used.rusage.maxrss), content: true };
    if !used.status.success() {
        return Err(io::Error::other(format!("zoneward check {}: {}", path.display(), used.status)));
    }
    let report = serde_json::from_slice(&std::fs::read(report.path())?)?;
    Ok((report, taken))
}
