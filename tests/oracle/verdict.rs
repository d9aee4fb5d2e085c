//! Both judgements of each case, and what is to be read where they differ.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::catch_unwind;
use std::path::Path;

use rayon::prelude::*;
use zoneward::Outcome;
use zoneward::diagnostic::Level;
use zoneward::project::Request;
use zoneward::report::{self, Format, Report, Style};
use zoneward::source::Sources;
use zoneward::suppress::Policy;
use zoneward::syntax::Name;

use super::case::{Case, Served, folder, lay_out};
use super::named::{Said, ask};

/// Both judgements of a case.
#[derive(Debug)]
pub(crate) struct Verdicts {
    /// Of the server.
    pub(crate) named: Said,
    /// Of zoneward: it found errors.
    pub(crate) refused: bool,
    /// What zoneward found, a line each.
    pub(crate) findings: Vec<String>,
}

impl Verdicts {
    fn agree(&self) -> bool {
        self.named.refused == self.refused
    }

    /// What kind of disagreement it is: the first reason of either side, without places and names.
    fn class(&self) -> String {
        let failed = self.named.lines.iter().find_map(|line| line.split_once(" failed: "));
        let said = self.named.lines.iter().rfind(|line| !line.ends_with(": not loaded due to errors."));
        let reason = match (failed, said) {
            (Some((_, reason)), _) => reason,
            (None, Some(line)) => line.split_once(": ").map_or(line.as_str(), |(_, reason)| reason),
            (None, None) => "",
        };
        let reason: String = reason.chars().filter(|c| !c.is_ascii_digit()).collect();
        let error = self.findings.iter().find(|line| line.contains(": error["));
        let rule = error.and_then(|line| line.split(['[', ']']).nth(1)).unwrap_or_default();
        if self.refused {
            format!("named accepts, zoneward says {rule}")
        } else {
            format!("zoneward accepts, named says {reason}")
        }
    }
}

/// Has both judge all cases.
pub(crate) fn compare(cases: &[Case]) -> Vec<Verdicts> {
    let root = folder();
    let served = lay_out(cases, root.path());
    let (named, ours) = rayon::join(
        || ask(&served, root.path()),
        || served.par_iter().map(|served| judge(served, root.path())).collect::<Vec<_>>(),
    );
    let both = named.into_iter().zip(ours);
    both.map(|(named, (refused, findings))| Verdicts { named, refused, findings }).collect()
}

/// What zoneward says of a case.
fn judge(served: &Served, root: &Path) -> (bool, Vec<String>) {
    let request = Request {
        paths: vec![root.join(&served.file)],
        origin: Some(Name::parse_absolute(&served.origin).expect("cases have good origins")),
        root: root.into(),
        ..Request::default()
    };
    let found = catch_unwind(|| {
        let sources = Sources::new();
        // `named` knows nothing of ignores.
        let mut policy = Policy::default();
        policy.no_ignores = true;
        let Outcome { diagnostics, failures, .. } = zoneward::check(&request, &policy, &[], &sources);
        let refused = !failures.is_empty() || diagnostics.iter().any(|it| it.level == Level::Error);
        let mut findings: Vec<_> = failures.iter().map(|it| format!("failure: {}", it.message)).collect();
        if !diagnostics.is_empty() {
            let report = Report::new(&diagnostics, &sources);
            let mut out = Vec::new();
            report::write(&report, Format::Short, Style::default(), &mut out).unwrap();
            let text = String::from_utf8(out).expect("reports are UTF-8");
            let prefix = format!("{}/", root.display());
            findings.extend(text.lines().take(diagnostics.len()).map(|line| line.replace(&prefix, "")));
        }
        (refused, findings)
    });
    found.unwrap_or_else(|_| (true, vec!["failure: error[panic]".to_owned()]))
}

// ---- the report ----

/// So many classes of disagreements are shown, and shrunk first.
const SHOWN: usize = 40;

/// So many times lines are taken away from a case.
const ROUNDS: usize = 6;

/// What is to be read of the disagreements: for each class its shortest case, and how many there are.
/// `None` if there are none.
pub(crate) fn report(cases: &[Case], compared: &[Verdicts]) -> Option<String> {
    let mut text = String::new();
    let mut classes: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
    for (case, verdicts) in cases.iter().zip(compared) {
        match (&case.limit, verdicts.agree()) {
            (None, false) => classes.entry(verdicts.class()).or_default().push(case),
            (Some(why), true) => writeln!(text, "{}: no limit any more: {why}\n", case.name).unwrap(),
            _ => {}
        }
    }
    if classes.is_empty() && text.is_empty() {
        return None;
    }
    let mut classes: Vec<_> = classes.into_iter().collect();
    classes.sort_by_key(|(_, cases)| std::cmp::Reverse(cases.len()));
    let total: usize = classes.iter().map(|(_, cases)| cases.len()).sum();
    let shortest = |cases: &[&Case]| {
        let case = cases.iter().min_by_key(|case| case.text.len()).expect("a class has a case");
        Case::clone(case)
    };
    let shown: Vec<Case> = classes.iter().take(SHOWN).map(|(_, cases)| shortest(cases)).collect();
    let shrunk = shrink(shown);
    for (((class, cases), case), verdicts) in classes.iter().zip(&shrunk).zip(compare(&shrunk)) {
        writeln!(text, "---- {} times: {class}", cases.len()).unwrap();
        writeln!(text, "{} (zone {})", case.name, case.origin).unwrap();
        show(&case.text, &mut text);
        for (name, file) in &case.files {
            writeln!(text, "  [{name}]").unwrap();
            show(file, &mut text);
        }
        writeln!(text, "  named {}:", if verdicts.named.refused { "refuses" } else { "accepts" }).unwrap();
        verdicts.named.lines.iter().for_each(|line| writeln!(text, "    {line}").unwrap());
        writeln!(text, "  zoneward {}:", if verdicts.refused { "refuses" } else { "accepts" }).unwrap();
        verdicts.findings.iter().for_each(|line| writeln!(text, "    {line}").unwrap());
        for other in cases.iter().filter(|other| other.name != case.name).take(5) {
            writeln!(text, "  also {}", other.name).unwrap();
        }
        text.push('\n');
    }
    write!(text, "{total} disagreements in {} zones, of {} classes", cases.len(), classes.len()).unwrap();
    Some(text)
}

/// A text in lines, with all that is not ASCII escaped.
pub(crate) fn show(text: &[u8], out: &mut String) {
    for line in text.split_inclusive(|&b| b == b'\n') {
        let mark = if line.ends_with(b"\n") { "" } else { "⏎̸" };
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let shown: String = String::from_utf8_lossy(line).chars().take(300).collect();
        writeln!(
            out,
            "    | {}{mark}",
            shown.escape_debug().to_string().replace("\\\\", "\\").replace("\\\"", "\"").replace("\\'", "'")
        )
        .unwrap();
    }
}

/// Takes away from each case lines without which the disagreement stays.
fn shrink(mut cases: Vec<Case>) -> Vec<Case> {
    let meant: Vec<bool> = compare(&cases).iter().map(|verdicts| verdicts.named.refused).collect();
    let stays = |tries: &[(usize, Case)]| {
        let candidates: Vec<Case> = tries.iter().map(|(_, case)| case.clone()).collect();
        let verdicts = compare(&candidates);
        let judged = tries.iter().zip(verdicts);
        judged.map(|((index, _), it)| !it.agree() && it.named.refused == meant[*index]).collect::<Vec<_>>()
    };
    for _ in 0..ROUNDS {
        let mut tries = Vec::new();
        let mut lines_of = Vec::new();
        for (index, case) in cases.iter().enumerate() {
            let lines = lines(&case.text);
            tries.extend((0..lines.min(60)).map(|line| (index, without(case, &[line]))));
            lines_of.push(lines.min(60));
        }
        let mut judged = stays(&tries).into_iter();
        // Many lines can go one by one; which of them together, is tried by halves.
        let mut tries = Vec::new();
        for (index, case) in cases.iter().enumerate() {
            let idle = judged.by_ref().take(lines_of[index]).collect::<Vec<_>>();
            let idle: Vec<usize> = (0..idle.len()).filter(|&line| idle[line]).collect();
            let (mut size, half) = (idle.len(), idle.len() / 2);
            tries.extend((half > 0).then(|| (index, without(case, &idle[half..]))));
            while size > 0 {
                tries.push((index, without(case, &idle[..size])));
                size /= 2;
            }
        }
        if tries.is_empty() {
            break;
        }
        let mut smaller = cases.clone();
        for ((index, case), stays) in tries.iter().zip(stays(&tries)) {
            if stays && case.text.len() < smaller[*index].text.len() {
                smaller[*index] = case.clone();
            }
        }
        cases = smaller;
    }
    cases
}

fn lines(text: &[u8]) -> usize {
    text.split_inclusive(|&b| b == b'\n').count()
}

/// A case without some of its lines.
fn without(case: &Case, lines: &[usize]) -> Case {
    let kept = case.text.split_inclusive(|&b| b == b'\n').enumerate();
    let kept = kept.filter(|(number, _)| !lines.contains(number)).flat_map(|(_, line)| line);
    Case { text: kept.copied().collect(), ..case.clone() }
}
