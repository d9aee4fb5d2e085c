//! What zoneward holds of a zone is what the server would serve: the records of both, as sets.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use rayon::prelude::*;
use zoneward::project::{Request, Resolver, Servers};
use zoneward::source::{Sources, escape};
use zoneward::syntax::Name;
use zoneward::zone::{Record, Scratch, Zone, load};

use super::case::{Case, Served, folder, lay_out};
use super::verdict;

/// A record as text: owner, TTL, type, and rdata in wire format.
type Records = BTreeSet<String>;

/// So many zones that differ are shown.
const SHOWN: usize = 10;

/// Fails unless the records of all zones that both accept are the same.
pub(crate) fn compare(cases: &[Case]) {
    let cases: Vec<Case> = cases.iter().filter(|case| case.limit.is_none()).cloned().collect();
    let verdicts = verdict::compare(&cases);
    let accepted: Vec<Case> = cases
        .iter()
        .zip(&verdicts)
        .filter(|(_, it)| !it.named.refused && !it.refused)
        .map(|(case, _)| case.clone())
        .collect();
    let root = folder();
    let served = lay_out(&accepted, root.path());
    let differ: Vec<String> = accepted
        .par_iter()
        .zip(&served)
        .filter_map(|(case, served)| {
            difference(served, root.path()).map(|it| {
                let mut text = format!("---- {} (zone {})\n", case.name, case.origin);
                verdict::show(&case.text, &mut text);
                text + &it
            })
        })
        .collect();
    eprintln!("{} zones dumped and compared", accepted.len());
    assert!(accepted.len() > cases.len() / 4, "too few zones are accepted by both");
    assert!(
        differ.is_empty(),
        "{}\n{} zones of {} differ",
        differ[..differ.len().min(SHOWN)].join("\n"),
        differ.len(),
        accepted.len()
    );
}

/// What only one of both holds.
fn difference(served: &Served, root: &Path) -> Option<String> {
    let origin = Name::parse_absolute(&served.origin).expect("cases have good origins");
    let sources = Sources::new();
    let file = sources.add(&root.join(&served.file));
    let text = sources.read_shared(file).unwrap();
    let request = Request { root: root.into(), ..Request::default() };
    let resolver = Resolver::new(&sources, &request, &Servers::default());
    let includes = resolver.of_zone(file, false, None);
    let ours = records(&load(file, &text, origin.as_ref(), &includes, &mut Scratch::default()).zone);

    let dumped = format!("{}.dump", served.file);
    let output = Command::new("named-checkzone")
        .args([
            "-i", "none", "-k", "ignore", "-m", "ignore", "-n", "ignore", "-D", "-s", "full", "-o", &dumped,
        ])
        .args([&served.origin, &served.file])
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .expect("it comes with named");
    let Ok(text) = std::fs::read(root.join(&dumped)) else {
        return Some(format!("  named-checkzone: {}\n", String::from_utf8_lossy(&output.stdout)));
    };
    let file = sources.add(&root.join(&dumped));
    let loaded = load(file, &text, origin.as_ref(), &(), &mut Scratch::default());
    let faults = loaded.faults.iter().map(|fault| format!("{:?} `{}`", fault.kind, fault.word));
    let faults: Vec<_> = faults.collect();
    let theirs = records(&loaded.zone);
    if ours == theirs && faults.is_empty() {
        return None;
    }
    let mut text = String::new();
    for it in &faults {
        writeln!(text, "  in the dump: {it}").unwrap();
    }
    for it in ours.difference(&theirs) {
        writeln!(text, "  only zoneward: {it}").unwrap();
    }
    for it in theirs.difference(&ours) {
        writeln!(text, "  only named:    {it}").unwrap();
    }
    Some(text)
}

fn records(zone: &Zone) -> Records {
    let shown = |record: &Record| {
        let (owner, rdata) = (zone.name(record.owner()), zone.rdata(record));
        format!("{owner} {} {:?} {}", zone.effective_ttl(record), record.rtype(), escape(rdata.wire()))
    };
    zone.records().iter().map(shown).collect()
}
