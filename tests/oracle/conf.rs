//! What `named-checkconf` refuses in a `named.conf` is what zoneward calls an error in it.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

use zoneward::diagnostic::Level;
use zoneward::project::Request;
use zoneward::source::Sources;
use zoneward::suppress::Policy;

use super::case::folder;

/// A text of `fixtures/oracle/conf.txt`.
struct Case {
    line: usize,
    text: String,
    /// Why the two are meant to differ.
    limit: Option<String>,
}

/// The cases: each is a line, or lines that begin with `| `; `limit` before one says why both differ.
fn cases() -> Vec<Case> {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/oracle/conf.txt")).unwrap();
    let mut cases: Vec<Case> = Vec::new();
    let (mut limit, mut open) = (None, false);
    for (line, words) in (1..).zip(text.lines()) {
        if let Some(more) = words.strip_prefix("| ") {
            if !std::mem::replace(&mut open, true) {
                cases.push(Case { line, text: String::new(), limit: limit.take() });
            }
            let case = cases.last_mut().expect("it was pushed");
            case.text += more;
            case.text.push('\n');
            continue;
        }
        open = false;
        match words.split_once(' ') {
            Some(("limit", why)) => limit = Some(why.to_owned()),
            Some(("-", text)) => {
                cases.push(Case { line, text: format!("{text}\n"), limit: limit.take() });
            }
            _ => assert!(words.is_empty() || words.starts_with('#'), "conf.txt:{line}: {words}"),
        }
    }
    cases
}

/// The mistakes that zoneward finds in a `named.conf`.
fn ours(root: &Path) -> Vec<String> {
    let request = Request { paths: vec![root.join("named.conf")], root: root.into(), ..Request::default() };
    let outcome = zoneward::check(&request, &Policy::default(), &[], &Sources::new());
    let rules = ["named-conf-syntax", "named-conf-zone", "zone-served-twice"];
    let of_conf =
        outcome.diagnostics.iter().filter(|it| rules.contains(&it.rule) && it.level == Level::Error);
    of_conf.map(|it| it.message.clone()).collect()
}

/// Fails unless both judge all cases alike.
pub(crate) fn judge() {
    let root = folder();
    let zone = "$TTL 60\n@ SOA ns1.example.net. h.example.net. 1 2 3 4 5\n@ NS ns1.example.net.\n";
    fs::create_dir(root.path().join("parts")).unwrap();
    for (name, text) in [
        ("x", zone),
        ("y", zone),
        ("parts/a.conf", "zone \"part-a\" { type primary; file \"x\"; };\n"),
        ("parts/b.conf", "zone \"part-b\" { type primary; file \"x\"; };\n"),
        ("zone.inc", "type primary; file \"x\";\n"),
    ] {
        fs::write(root.path().join(name), text).unwrap();
    }
    let cases = cases();
    let (mut problems, mut refused) = (String::new(), 0);
    for Case { line, text, limit } in &cases {
        fs::write(root.path().join("named.conf"), text).unwrap();
        let output =
            Command::new("named-checkconf").arg("named.conf").current_dir(root.path()).output().unwrap();
        let (theirs, ours) = (!output.status.success(), ours(root.path()));
        refused += usize::from(theirs);
        let agree = theirs != ours.is_empty();
        if agree != limit.is_none() {
            let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            let what = if agree { "no limit any more" } else { "they differ" };
            writeln!(
                problems,
                "conf.txt:{line}: {what}\n{text}  named-checkconf: {said}  zoneward: {ours:?}\n"
            )
            .unwrap();
        }
    }
    eprintln!("{} configurations: named-checkconf refused {refused}", cases.len());
    assert!(cases.len() > 80 && refused > 40, "there is something to compare");
    assert!(problems.is_empty(), "{problems}");
}
