//! `init` and `plan` on the zones of the fixtures: a configuration that changes no finding, and
//! records without one.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::command::session::{Folder, zoneward};

/// The zones of a fixture in a folder of its own.
fn copy(fixture: &Path) -> Folder {
    let folder = Folder::new();
    for entry in walkdir::WalkDir::new(fixture).into_iter().map(|entry| entry.expect("it is readable")) {
        let path =
            folder.path(entry.path().strip_prefix(fixture).expect("it is below").to_str().expect("UTF-8"));
        if entry.path().is_dir() {
            fs::create_dir_all(path).expect("there is room for a test");
        } else {
            fs::copy(entry.path(), path).expect("there is room for a test");
        }
    }
    folder
}

/// Runs a command that is to succeed, and returns what it prints.
fn run(folder: &Folder, arguments: &[&str]) -> String {
    let output = zoneward(folder, arguments).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).expect("all output is UTF-8")
}

/// The rule, path and line of every finding.
fn findings(folder: &Folder, arguments: &[&str]) -> BTreeSet<String> {
    // named.conf does not know the zone that is planned.
    let ignored = ["--ignore", "unused-zone-file"];
    let fixed = ["check", "--format", "json", "--fail-on", "never", "--now", "20261123000000"];
    let report: serde_json::Value =
        serde_json::from_str(&run(folder, &[&fixed[..], &ignored, arguments].concat())).expect("it is JSON");
    let list = report["diagnostics"].as_array().expect("the report has findings");
    list.iter().map(|it| format!("{}:{}: {}", it["path"], it["line"], it["rule"])).collect()
}

#[test]
fn a_configuration_by_init_changes_no_finding() {
    let howto = fs::read_dir("fixtures/howto").expect("it is there");
    let mut fixtures: Vec<_> = howto.map(|entry| entry.expect("it is readable").path()).collect();
    fixtures.push("fixtures/isp".into());
    assert!(fixtures.len() > 10, "the fixtures are found");
    for fixture in fixtures {
        let folder = copy(&fixture);
        let before = findings(&folder, &["--isolated", "."]);
        run(&folder, &["init"]);
        assert_eq!(findings(&folder, &["."]), before, "{}", fixture.display());
    }
}

#[test]
fn planned_records_have_no_finding() {
    let clusters = [("howto/clean", "mail"), ("isp", "mail-1"), ("isp", "mail-2")];
    for (fixture, cluster) in clusters {
        for style in ["a", "cname"] {
            let folder = copy(&Path::new("fixtures").join(fixture));
            run(&folder, &["init"]);
            let before = findings(&folder, &["."]);
            let plan = ["plan", "new.example", "--cluster", cluster, "--style", style];
            folder.write("new.inc", &run(&folder, &plan));
            folder.write(
                "new.example.zone",
                "$TTL 1h\n$ORIGIN new.example.\n@ SOA ns1.provider.example. hostmaster 1 7200 3600 1209600 3600\n\
                 @ NS ns1.provider.example.\n@ NS ns2.provider.example.\n$INCLUDE new.inc\n",
            );
            let after = findings(&folder, &["--include-base", ".", "."]);
            let new: Vec<_> = after.difference(&before).collect();
            assert!(new.is_empty(), "{fixture}, {cluster}, {style}: {new:?}");
            let mut named = Command::new("named-checkzone");
            let judged =
                named.args(["-w", ".", "new.example", "new.example.zone"]).current_dir(folder.path("."));
            match judged.output() {
                Ok(output) => assert!(output.status.success(), "{output:?}"),
                // Where BIND is not installed its verdict cannot be asked for.
                Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
            }
        }
    }
}
