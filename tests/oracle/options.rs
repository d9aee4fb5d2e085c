//! Options of `named.conf` that change verdicts: a real `named` loads zones with them, and zoneward reads the
//! same `named.conf`.

use std::fmt::Write;
use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use zoneward::diagnostic::Level;
use zoneward::project::Request;
use zoneward::source::Sources;
use zoneward::suppress::Policy;

use super::case::folder;
use super::named::Running;

/// What stands in the zone statement, and what in the zone besides SOA and NS.
const CASES: &[(&str, &str)] = &[
    ("", "a_b A 192.0.2.1\n"),
    ("check-names fail;", "a_b A 192.0.2.1\n"),
    ("check-names warn;", "a_b A 192.0.2.1\n"),
    ("check-names ignore;", "a_b A 192.0.2.1\n"),
    ("check-names fail;", "@ MX 10 a_b\na_b TXT x\n"),
    ("check-names warn;", "@ MX 10 a_b\na_b TXT x\n"),
    ("check-names ignore;", "x PTR a_b.example.net.\ny SRV 1 2 3 a_b.example.net.\n"),
    ("check-names ignore;", "other.example.org. A 192.0.2.1\na_b.example.org. A 192.0.2.1\n"),
    ("check-names ignore;", "$ORIGIN a_b.example.com.\nx NS ns1.example.net.\n"),
    ("check-names ignore;", "www NS ::1\n"),
    ("check-names warn;", "no-hash NSEC3 1 0 1 - 00000000000000000000000000000000 A\n"),
    ("check-names ignore;", "no-hash NSEC3 1 0 1 - 00000000000000000000000000000000 A\n"),
    ("", "$GENERATE 1-101 a A 10.0.0.$\n"),
    ("max-records-per-type 200;", "$GENERATE 1-101 a A 10.0.0.$\n"),
    ("max-records-per-type 0;", "$GENERATE 1-101 a A 10.0.0.$\n"),
    ("max-records-per-type 3;", "$GENERATE 1-3 a A 10.0.0.$\n"),
    ("max-records-per-type 3;", "$GENERATE 1-4 a A 10.0.0.$\n"),
    ("max-types-per-name 3;", "a A 10.0.0.1\na TXT x\na MX 10 a\n"),
    ("max-types-per-name 3;", "a A 10.0.0.1\na TXT x\na MX 10 a\na AAAA ::1\n"),
    ("max-types-per-name 0;", "a A 10.0.0.1\na TXT x\na MX 10 a\na AAAA ::1\n"),
    ("max-zone-ttl 1h;", "a 3600 A 10.0.0.1\n"),
    ("max-zone-ttl 1h;", "a 3601 A 10.0.0.1\n"),
    ("max-zone-ttl PT1H;", "$TTL 1h1s\na A 10.0.0.1\n"),
    ("max-zone-ttl unlimited;", "a 1w A 10.0.0.1\n"),
    ("max-zone-ttl 0;", "a 1w A 10.0.0.1\n"),
];

/// Fails unless both judge all zones alike.
pub(crate) fn judge() {
    let root = folder();
    let mut conf = format!(
        "options {{ directory \"{}\"; listen-on port 0 {{ none; }}; listen-on-v6 {{ none; }}; recursion no; notify no;\n\
        pid-file none; session-keyfile none; empty-zones-enable no; dnssec-validation no; }};\ncontrols {{ }};\n",
        root.path().display()
    );
    for (number, (options, text)) in CASES.iter().enumerate() {
        let zone = format!("z{number}.example.com");
        let head = "$TTL 60\n@ SOA ns1.example.net. h.example.net. 1 2 3 4 5\n@ NS ns1.example.net.\n";
        fs::write(root.path().join(&zone), format!("{head}{text}")).unwrap();
        writeln!(conf, "zone \"{zone}\" {{ type primary; file \"{zone}\"; {options} }};").unwrap();
    }
    fs::write(root.path().join("named.conf"), conf).unwrap();
    let log = serve(root.path());
    let request = Request {
        paths: vec![root.path().join("named.conf")],
        root: root.path().into(),
        ..Request::default()
    };
    let outcome = zoneward::check(&request, &Policy::default(), &[], &Sources::new());
    assert_eq!(outcome.summary.zones, CASES.len(), "{:?}", outcome.failures);
    let mut problems = String::new();
    for (number, (options, text)) in CASES.iter().enumerate() {
        let zone = format!("z{number}.example.com");
        let loaded = log.contains(&format!("zone {zone}/IN: loaded serial"));
        let errors = outcome
            .diagnostics
            .iter()
            .filter(|it| it.level == Level::Error && it.zone.as_ref() == Some(&zone));
        let errors: Vec<_> = errors.map(|it| it.rule).collect();
        if loaded != errors.is_empty() {
            let said: Vec<_> = log.lines().filter(|line| line.contains(&zone)).collect();
            writeln!(problems, "`{options}`\n{text}  named: {said:#?}\n  zoneward: {errors:?}\n").unwrap();
        }
    }
    assert!(problems.is_empty(), "{problems}");
}

/// What `named` says when it has loaded all zones.
fn serve(root: &std::path::Path) -> String {
    let child = Command::new("named")
        .args(["-f", "-c", "named.conf", "-L", "named.log"])
        .current_dir(root)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let _running = Running(child.expect("it is installed"));
    let began = Instant::now();
    loop {
        let log = fs::read(root.join("named.log")).unwrap_or_default();
        let log = String::from_utf8_lossy(&log).into_owned();
        if log.contains(": all zones loaded\n") {
            return log;
        }
        assert!(began.elapsed() < Duration::from_mins(1), "named does not finish:\n{log}");
        sleep(Duration::from_millis(20));
    }
}
