//! The real server: it is given zones, and its log says which of them it serves.

use std::collections::HashMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::case::Served;

/// What `named` made of a zone.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said {
    /// It does not serve the zone.
    pub(crate) refused: bool,
    /// What its log says of the zone.
    pub(crate) lines: Vec<String>,
}

/// The server does not listen, answers nobody, and leaves nothing behind.
const OPTIONS: &str = "\
    listen-on port 0 { none; }; listen-on-v6 { none; }; allow-query { none; }; recursion no; notify no;
    pid-file none; session-keyfile none; empty-zones-enable no; dnssec-validation no; zone-statistics none;
";

/// Where its log is.
const LOG: &str = "named.log";

/// No run needs so long; one that does has gone astray.
const PATIENCE: Duration = Duration::from_mins(5);

/// Whether there is a `named`.
pub(crate) fn is_installed() -> bool {
    Command::new("named").arg("-v").stdout(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// A process that ends when this is dropped.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // There is nothing that it would have to save.
        _ = self.0.kill();
        _ = self.0.wait();
    }
}

/// Has one `named` load all zones below `root`, and says what it made of each.
pub(crate) fn ask(zones: &[Served], root: &Path) -> Vec<Said> {
    let keys = configure(zones, root);
    drop(run(root));
    read_log(&String::from_utf8_lossy(&fs::read(root.join(LOG)).unwrap()), zones, &keys)
}

/// Runs `named` on the `named.conf` in `root` until what this returns is dropped. All zones are loaded.
pub(crate) fn run(root: &Path) -> Running {
    let log = root.join(LOG);
    let child = Command::new("named")
        .args(["-f", "-c", "named.conf", "-L", LOG])
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let mut running = Running(child.expect("it is installed"));
    let began = Instant::now();
    loop {
        sleep(Duration::from_millis(20));
        let ended = running.0.try_wait().unwrap();
        let text = fs::read(&log).unwrap_or_default();
        if memchr::memmem::find(&text, b": all zones loaded\n").is_some() {
            return running;
        }
        let text = String::from_utf8_lossy(&text);
        let last = || text.lines().rev().take(20).collect::<Vec<_>>().join("\n");
        assert!(
            ended.is_none(),
            "named ended by itself ({}); its log, backwards:\n{}",
            ended.unwrap(),
            last()
        );
        assert!(began.elapsed() < PATIENCE, "named does not finish; its log, backwards:\n{}", last());
    }
}

/// Writes `named.conf`; returns the zones' names as the log has them. What has a name that is already
/// served goes into another view: a view costs as much as a thousand zones.
fn configure(zones: &[Served], root: &Path) -> Vec<String> {
    let mut views: Vec<String> = Vec::new();
    let mut taken: HashMap<&str, usize> = HashMap::new();
    let mut keys = Vec::with_capacity(zones.len());
    for Served { origin, file } in zones {
        let count = taken.entry(origin).or_default();
        let view = *count;
        *count += 1;
        if views.len() == view {
            views.push(String::new());
        }
        writeln!(views[view], "zone \"{origin}\" {{ type primary; file \"{file}\"; }};").unwrap();
        keys.push(format!("{origin}/IN/v{view}"));
    }
    let mut text = format!("options {{ directory \"{}\"; {OPTIONS} }};\ncontrols {{ }};\n", root.display());
    for (view, zones) in views.iter().enumerate() {
        writeln!(text, "view \"v{view}\" {{ match-clients {{ none; }};\n{zones}}};").unwrap();
    }
    fs::write(root.join("named.conf"), text).unwrap();
    keys
}

/// What the log says of each zone: lines that begin with its name, or that name its file.
fn read_log(log: &str, zones: &[Served], keys: &[String]) -> Vec<Said> {
    let by_key: HashMap<&str, usize> = keys.iter().map(String::as_str).zip(0..).collect();
    let by_file: HashMap<&str, usize> =
        zones.iter().map(|zone| zone.file.trim_end_matches(".zone")).zip(0..).collect();
    let mut said: Vec<(Option<bool>, Vec<String>)> = vec![(None, Vec::new()); zones.len()];
    // What a $GENERATE says names no file; the line after it does.
    let mut loose: Vec<String> = Vec::new();
    for line in log.lines() {
        // Date, time, category and severity.
        let Some(message) = line.splitn(5, ' ').nth(4) else { continue };
        let zone = message.strip_prefix("zone ").and_then(|rest| rest.split_once(": "));
        let of_zone = zone.and_then(|(key, rest)| Some((*by_key.get(key)?, rest)));
        let number = |word: &str| word.get(6..).is_some_and(|rest| rest.starts_with(['/', '.']));
        let of_file = || {
            let mut words = message.split([' ', ':']).filter(|word| number(word));
            words.find_map(|word| by_file.get(word.get(..6)?).copied())
        };
        let verdict = |rest: &str| match rest {
            _ if rest.starts_with("loaded serial") => Some(false),
            "not loaded due to errors." => Some(true),
            _ if rest.starts_with("loading from master file") && rest.contains(" failed: ") => Some(true),
            _ => None,
        };
        if let Some((index, rest)) = of_zone {
            if let Some(refused) = verdict(rest) {
                said[index].0.get_or_insert(refused);
            }
            if verdict(rest) != Some(false) {
                said[index].1.push(message.to_owned());
            }
        } else if let Some(index) = of_file() {
            said[index].1.append(&mut loose);
            said[index].1.push(message.to_owned());
        } else if message.contains("buffer-0x") {
            loose.push(message.to_owned());
        }
    }
    let read = said.into_iter().zip(keys).map(|((refused, lines), key)| Said {
        refused: refused.unwrap_or_else(|| panic!("named says nothing of {key}: {lines:#?}")),
        lines,
    });
    read.collect()
}
