//! The command as users see it. A case is a folder `fixtures/cli/NAME`: `session` holds the commands and
//! what they print, `tree/` the files they find. `BLESS=1 cargo test --test command` renews what they
//! print. What git cannot hold (FIFOs, closed pipes) is here.

mod command {
    mod clusters;
    #[cfg(unix)]
    pub(crate) mod fixes;
    mod pre_commit;
    mod readme;
    mod reports;
    pub(crate) mod session;
    mod shells;
}

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Output, Stdio};

use command::session::{Folder, bless, compare, run_all, zoneward};
use snapbox::Data;
use zoneward::report::Format;

/// A zone without a mistake, and one without an SOA.
const GOOD: &str = "$TTL 3600\n@ SOA ns1 host 1 7200 3600 1209600 3600\n@ NS ns1\n@ NS ns2\n\
    ns1 A 192.0.2.1\nns2 A 198.51.100.1\n";
const BAD: &str = "$TTL 3600\n$ORIGIN bad.example.\n@ NS ns1\nns1 A 192.0.2.1\n";

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("all output is UTF-8")
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

#[test]
fn sessions_print_what_they_printed() {
    run_all(Path::new("fixtures/cli"));
}

/// `fixtures/config/NAME.toml` with the remarks on it in `NAME.txt`.
#[test]
fn mistakes_in_the_configuration_are_shown_where_they_are() {
    let mut names: Vec<_> = fs::read_dir("fixtures/config")
        .expect("the fixtures are there")
        .map(|entry| entry.expect("the fixtures are readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    names.sort();
    assert!(names.len() > 5, "the cases are found");
    let differ = names.iter().filter(|path| {
        let folder = Folder::new();
        folder.write("good.example.zone", GOOD);
        fs::copy(path, folder.path("zoneward.toml")).expect("there is room for a test");
        let output = zoneward(&folder, &["check"]).output().expect("it runs");
        assert_eq!(code(&output), Some(2), "{}: {output:?}", path.display());
        assert!(output.stdout.is_empty(), "{}: nothing is checked", path.display());
        !compare(&text(&output.stderr), &path.with_extension("txt"))
    });
    assert_eq!(differ.count(), 0, "{}", bless());
}

#[test]
fn explain_prints_the_documentation_of_the_file() {
    let folder = Folder::new();
    let output = zoneward(&folder, &["explain", "no-soa"]).output().expect("it runs");
    let source = fs::read_to_string("src/rules/zone/no_soa.rs").expect("the rule is there");
    let page = source.lines().map_while(|line| line.strip_prefix("//!"));
    let page: String = page.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect();
    snapbox::assert_data_eq!(text(&output.stdout), Data::text(page).raw());
}

#[test]
fn the_table_of_rules_is_json_with_every_field() {
    let folder = Folder::new();
    let output = zoneward(&folder, &["rules", "--format", "json"]).output().expect("it runs");
    let rules: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let rules = rules.as_array().expect("it is an array");
    assert!(!rules.is_empty());
    for rule in rules {
        for field in ["name", "group", "level", "default", "fixable", "summary", "options"] {
            assert!(rule.get(field).is_some(), "{field} is in {rule}");
        }
        let name = rule["name"].as_str().expect("a name is text");
        let page = zoneward(&folder, &["explain", name, "--format", "json"]).output().expect("it runs");
        let page: serde_json::Value = serde_json::from_slice(&page.stdout).expect("it is JSON");
        assert_eq!(page["name"], rule["name"]);
        assert!(page["page"].as_str().is_some_and(|page| page.starts_with("# ")), "{name}");
    }
    let table = zoneward(&folder, &["rules"]).output().expect("it runs");
    assert_eq!(text(&table.stdout).lines().count(), rules.len() + 1, "one line each, and the headings");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new();
    for number in 0..300 {
        folder.write(&format!("{number}.example.zone"), &BAD.replace("bad", &number.to_string()));
    }
    let formats = Format::ALL.map(|format| format!("--format={}", format.name()));
    let checks = formats.iter().map(|format| (["check", format], 1));
    let others =
        [(["zones", "--format=json"], 0), (["rules", "--format=json"], 0), (["completions", "zsh"], 0)];
    for (arguments, expected) in checks.chain(others) {
        let mut command = zoneward(&folder, &arguments);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        drop(child.stdout.take());
        let mut complaints = String::new();
        let stderr = child.stderr.as_mut().expect("it was asked for");
        stderr.read_to_string(&mut complaints).expect("all output is UTF-8");
        assert_eq!(complaints, "", "{arguments:?}");
        assert_eq!(child.wait().expect("it ends").code(), Some(expected), "{arguments:?}");
    }
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let folder = Folder::new();
    for number in 0..60 {
        let zone = if number % 3 == 0 { GOOD } else { BAD };
        folder.write(&format!("{number}.example.zone"), &zone.replace("bad", &number.to_string()));
    }
    for format in Format::ALL.map(Format::name) {
        let report = |jobs: &str| {
            let output = zoneward(&folder, &["check", "--format", format, "--jobs", jobs]).output();
            command::session::mask(&text(&output.expect("it runs").stdout), &folder)
        };
        let one = report("1");
        assert!(one.contains("no-soa"), "{format}: there is something to compare");
        assert_eq!(one, report("8"), "{format}");
    }
}

#[test]
fn what_a_zone_says_to_a_terminal_never_reaches_it() {
    let folder = Folder::new();
    let evil = "$TTL 3600\n$ORIGIN evil.example.\n\x1b[2Jx\u{9b}2J A 1.2.3\x07\n@ FOO\x1b]0;t\x07 \x1b[31m\n";
    folder.write("evil.example.zone", evil);
    folder.write("\u{1b}[31m.zone", evil);
    folder.write("zoneward.toml", "");
    let formats = Format::ALL.map(|format| ["check", "--format", format.name()]);
    let others: [&[&str]; 6] = [
        &["check", "--verbose"],
        &["zones", "--verbose"],
        &["zones", "--format", "json"],
        &["check", "--config", "\u{1b}[31m.zone"],
        &["check", "gone\u{1b}[31m"],
        &["check", "--\u{1b}]0;t\u{7}"],
    ];
    let runs = formats.iter().map(|run| &run[..]).chain(others);
    for arguments in runs {
        let mut command = zoneward(&folder, arguments);
        // So that clap, which prints what it does not know, believes to write to a terminal.
        let unknown = arguments.iter().any(|argument| argument.starts_with("--\u{1b}"));
        let output =
            command.env("CLICOLOR_FORCE", if unknown { "1" } else { "0" }).output().expect("it runs");
        for bytes in [&output.stdout, &output.stderr] {
            let obeyed = |c: char| c.is_control() && c != '\n';
            assert!(!text(bytes).contains(obeyed), "{arguments:?}: {:?}", text(bytes));
        }
    }
}

#[cfg(unix)]
#[test]
fn a_fifo_is_refused_and_not_waited_for() {
    let folder = Folder::new();
    let made = std::process::Command::new("mkfifo").arg(folder.path("pipe")).status();
    assert!(made.expect("POSIX has mkfifo").success());
    let output = zoneward(&folder, &["check", "pipe"]).output().expect("it runs");
    assert_eq!(code(&output), Some(2));
    assert!(text(&output.stderr).starts_with("zoneward: pipe: "), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("FIFO"), "{}", text(&output.stderr));
}

#[cfg(unix)]
#[test]
fn a_broken_link_fails_and_the_rest_is_checked() {
    let folder = Folder::new();
    folder.write("bad.example.zone", BAD);
    std::os::unix::fs::symlink("gone", folder.path("broken.zone")).expect("there is room for a test");
    let output = zoneward(&folder, &["check", "--select", "no-soa"]).output().expect("it runs");
    assert_eq!(code(&output), Some(2), "{output:?}");
    assert!(text(&output.stderr).contains("broken.zone: "), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("error[no-soa]"), "{}", text(&output.stdout));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = Folder::new();
    folder.write("good.example.zone", GOOD);
    let full = fs::File::options().write(true).open("/dev/full").expect("Linux has it");
    let output = zoneward(&folder, &["check"]).stdout(full).output().expect("it runs");
    assert_eq!(code(&output), Some(2));
    assert!(text(&output.stderr).starts_with("zoneward: cannot write to standard output: "));
}
