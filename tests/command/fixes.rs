//! What fixing does to files beyond their text: links, modes, owners, and what must not be touched.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::session::{Folder, zoneward};

/// Two records that are one.
const TWICE: &str = "$TTL 3600\n@ SOA ns1 host 7 7200 3600 1209600 3600\n@ NS ns1\nns1 A 192.0.2.1\n\
    www A 192.0.2.3\nwww A 192.0.2.3\n";
const ONCE: &str = "$TTL 3600\n@ SOA ns1 host 8 7200 3600 1209600 3600\n@ NS ns1\nns1 A 192.0.2.1\n\
    www A 192.0.2.3\n";

fn read(folder: &Folder, name: &str) -> String {
    fs::read_to_string(folder.path(name)).expect("it is there")
}

/// Runs `check` with these arguments, and returns what it says on standard error, and its exit code.
fn check(folder: &Folder, arguments: &[&str]) -> (String, Option<i32>) {
    let output = zoneward(folder, &[&["check", "--quiet"], arguments].concat()).output().expect("it runs");
    (String::from_utf8(output.stderr).expect("all output is UTF-8"), output.status.code())
}

#[test]
fn a_link_stays_a_link_and_the_mode_stays() {
    let folder = Folder::new();
    fs::create_dir(folder.path("real")).expect("there is room for a test");
    folder.write("real/zone", TWICE);
    fs::set_permissions(folder.path("real/zone"), fs::Permissions::from_mode(0o640)).expect("it is ours");
    symlink("real/zone", folder.path("db.shop.example")).expect("there is room for a test");
    symlink("db.shop.example", folder.path("db.other.example")).expect("there is room for a test");
    let (said, code) = check(&folder, &["--fix", "db.shop.example", "db.other.example"]);
    assert_eq!((said.as_str(), code), ("zoneward: fixed 1 finding in 1 file\n", Some(0)));
    assert_eq!(read(&folder, "real/zone"), ONCE, "two zones read it, and its serial is one");
    let kind = fs::symlink_metadata(folder.path("db.shop.example")).expect("it is there");
    assert!(kind.is_symlink());
    let mode = fs::metadata(folder.path("real/zone")).expect("it is there").mode();
    assert_eq!(mode & 0o7777, 0o640);
    let names = fs::read_dir(folder.path("real")).expect("it is there").count();
    assert_eq!(names, 1, "nothing is left behind");
}

#[test]
fn what_cannot_be_written_is_said_and_reported_as_it_is() {
    let folder = Folder::new();
    folder.write("db.shop.example", TWICE);
    fs::hard_link(folder.path("db.shop.example"), folder.path("backup.txt")).expect("it is ours");
    let (said, code) = check(&folder, &["--fix", "--fail-on=warning", "db.shop.example"]);
    assert_eq!(code, Some(2), "{said}");
    let expected = "zoneward: db.shop.example: not fixed: it has a second name (a hard link), which would keep \
                    the old text\n";
    assert_eq!(said, expected);
    assert_eq!(read(&folder, "db.shop.example"), TWICE);
    assert_eq!(read(&folder, "backup.txt"), TWICE);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = Folder::new();
    for number in 0..40 {
        folder.write(&format!("{number}.example.zone"), TWICE);
    }
    let diff = |jobs: &str| {
        let run = zoneward(&folder, &["check", "--diff", "--jobs", jobs]).output().expect("it runs");
        String::from_utf8(run.stdout).expect("all output is UTF-8")
    };
    let one = diff("1");
    assert_eq!(one.matches("-www A 192.0.2.3").count(), 40);
    assert_eq!(one, diff("8"));
    assert_eq!(read(&folder, "7.example.zone"), TWICE, "a diff writes nothing");
}
