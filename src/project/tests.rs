//! Whole trees: the fixtures, and what is nasty in a file system.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::*;
use crate::syntax::Name;

const SOA: &str = "$TTL 1h\n@ SOA ns1.example.net. host.example.net. 1 2 3 4 5\n@ NS ns1.example.net.\n";

fn request(root: &Path, paths: &[&str]) -> Request {
    Request {
        paths: paths.iter().map(|path| root.join(path)).collect(),
        root: root.to_path_buf(),
        ..Request::default()
    }
}

fn name(text: &str) -> Name {
    Name::parse_absolute(text).expect("a name")
}

/// A tree of files; a folder is a path that ends with `/`.
fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let tree = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = tree.path().join(path);
        fs::create_dir_all(path.parent().expect("it is below the tree")).expect("a folder");
        if path.as_os_str().as_encoded_bytes().ends_with(b"/") {
            fs::create_dir_all(&path).expect("a folder");
        } else {
            fs::write(&path, text).expect("a file");
        }
    }
    tree
}

/// What a request comes to, one line each: zones, doubts, failures.
fn lines(root: &Path, request: &Request) -> Vec<String> {
    let sources = Sources::new();
    let project = load(request, &sources, |loaded| (loaded.zone.records().len(), Fate::PutAside));
    let shown = |path: &Path| path.strip_prefix(root).unwrap_or(path).display().to_string();
    let zones =
        project.zones.iter().map(|z| format!("{} {}: {}", shown(&z.path), z.outline.origin(), z.judged));
    let doubts = project.doubts.iter().map(|d| format!("{} {:?}", shown(&sources.path(d.span.file)), d.kind));
    let failures = project.failures.iter().map(|f| format!("{}: {}", shown(&f.path), f.message));
    zones.chain(doubts).chain(failures).collect()
}

fn check(tree: &tempfile::TempDir, paths: &[&str]) -> Vec<String> {
    lines(tree.path(), &request(tree.path(), paths))
}

#[test]
fn the_isp() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/isp");
    let sources = Sources::new();
    let project = load(&request(&root, &["."]), &sources, |loaded| (loaded.faults.len(), Fate::PutAside));
    assert_eq!(project.zones.len(), 32, "{:#?}", project.doubts);
    assert_eq!(project.doubts, []);
    assert_eq!(project.failures, []);
    let skipped: Vec<_> = project.skipped.iter().filter_map(|(path, _)| path.file_name()?.to_str()).collect();
    assert_eq!(
        skipped,
        ["MISTAKES.md", "README.md", "full.txt", "named.conf", "named.conf"],
        "mail-a.inc is a part of zones, rndc.key of named.conf, which has two zones of other types"
    );
    let twins: Vec<_> = project.zones.iter().filter(|z| z.path.ends_with("neue-marke.example")).collect();
    assert_eq!(twins[0].outline.origin(), name("neue-marke.example").as_ref());
    let reverse = project.zones.iter().find(|z| z.path.ends_with("db.192.0.2")).expect("the reverse zone");
    assert_eq!(reverse.outline.origin(), name("2.0.192.in-addr.arpa").as_ref());
    // With the shared fragment, and the parked file counted once.
    assert_eq!(project.files, 32);
}

#[test]
fn the_howto() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/howto/clean");
    let found = lines(&root, &request(&root, &["."]));
    let names: Vec<_> = found.iter().map(|line| line.split(':').next().unwrap_or_default()).collect();
    let expected = [
        "alias.org alias.org",
        "db.customer.org customer.org",
        "mail.org.zone mail.org",
        "mydomain.org.zone mydomain.org",
    ];
    assert_eq!(names, expected);
}

#[test]
fn fragments_belong_to_their_parents() {
    let tree = tree(&[
        ("a.example.zone", "$INCLUDE inc/base\n$INCLUDE inc/more\n"),
        ("b.example.zone", "$INCLUDE inc/base\n"),
        ("inc/base", SOA),
        ("inc/more", "www A 192.0.2.1\n"),
        ("inc/nobodys", "www A 192.0.2.1\n"),
        ("inc/nobodys.example.zone", "www A 192.0.2.1\n"),
        ("lost.example.zone", "www A 192.0.2.1\n$INCLUDE inc/more\n"),
        ("bare.example", "$INCLUDE inc/nowhere\n"),
        ("bare", "$INCLUDE inc/nowhere\n"),
    ]);
    let zones = [
        "a.example.zone a.example: 3",
        "b.example.zone b.example: 2",
        "bare.example bare.example: 0",
        "inc/nobodys.example.zone nobodys.example: 1",
        "lost.example.zone lost.example: 2",
    ];
    assert_eq!(check(&tree, &["."]), zones);
    assert_eq!(check(&tree, &["inc/base"]), ["inc/base OriginUnknown"]);
    assert_eq!(check(&tree, &["inc/base", "a.example.zone"]), ["a.example.zone a.example: 3"]);
}

#[test]
fn files_that_include_each_other_do_not_vanish() {
    let tree = tree(&[
        ("a.example", &format!("{SOA}$INCLUDE b.example\n")),
        ("b.example", "$INCLUDE c.example\n"),
        ("c.example", &format!("{SOA}$INCLUDE a.example\n")),
        ("own.example", &format!("{SOA}$INCLUDE own.example\n")),
    ]);
    assert_eq!(check(&tree, &["."]), ["a.example a.example: 4", "own.example own.example: 2"]);
}

#[test]
fn the_same_zone_in_two_files() {
    let text = &SOA.replace('@', "a.example.");
    let tree =
        tree(&[("a.example", text), ("copy/a.example.zone", text), ("x.bak", text), ("y.signed", text)]);
    let expected =
        ["a.example a.example: 2", "copy/a.example.zone a.example: 2", "copy/a.example.zone DuplicateZone"];
    assert_eq!(check(&tree, &["."]), expected);
    assert_eq!(check(&tree, &["x.bak"]), ["x.bak a.example: 2"], "named, it is read");
    assert_eq!(check(&tree, &["a.example", "./a.example", "."]).len(), 3);
}

#[test]
fn what_is_given_and_configured() {
    let tree =
        tree(&[("zones/acme.txt", SOA), ("zones/odd", "no zone at all\n"), ("zones/db.b.example", SOA)]);
    let mut wanted = request(tree.path(), &["zones"]);
    let zone = |file: &str, origin| ConfiguredZone { file: file.into(), origin: name(origin) };
    wanted.zones = vec![
        zone("zones/acme.txt", "acme.example"),
        zone("zones/acme.txt", "acme.test"),
        zone("zones/gone", "gone.example"),
        zone("elsewhere", "x.example"),
    ];
    let found = lines(tree.path(), &wanted);
    assert_eq!(
        found[..3],
        ["zones/acme.txt acme.example: 2", "zones/acme.txt acme.test: 2", "zones/db.b.example b.example: 2"]
    );
    assert_eq!(found[3..], ["zones/gone: is configured as `gone.example`: no such file or directory"]);
    wanted.paths.clear();
    assert_eq!(lines(tree.path(), &wanted).len(), 4, "two zones and two files that are not there");
    let mut given = request(tree.path(), &["zones/odd"]);
    given.origin = Some(name("odd.example"));
    assert_eq!(lines(tree.path(), &given), ["zones/odd odd.example: 0"]);
}

#[test]
fn excluded_and_hidden_folders() {
    let tree = tree(&[
        ("zones/a.example", SOA),
        ("zones/old/b.example", SOA),
        (".git/c.example", SOA),
        ("target/d.example", SOA),
        ("x.zone/e.example", SOA),
        ("x.zone/README", "hello\n"),
    ]);
    let mut wanted = request(tree.path(), &["."]);
    let glob = |text: &str| globset::Glob::new(text).expect("a glob");
    wanted.exclude = globset::GlobSetBuilder::new().add(glob("zones/old/**")).build().expect("globs");
    assert_eq!(
        lines(tree.path(), &wanted),
        ["x.zone/e.example e.example: 2", "zones/a.example a.example: 2"]
    );
    wanted.paths = vec![tree.path().join("zones")];
    assert_eq!(lines(tree.path(), &wanted), ["zones/a.example a.example: 2"]);
    assert_eq!(check(&tree, &[".git"]), [".git/c.example c.example: 2"]);
}

#[test]
fn where_no_zone_is() {
    let tree = tree(&[
        ("docs/README", "hello\n"),
        ("a.example", SOA),
        ("empty.example.zone", ""),
        ("empty", "; no\n"),
        ("none/", ""),
    ]);
    assert_eq!(
        check(&tree, &["docs", "a.example"]),
        ["a.example a.example: 2", "docs: no zone found under it"]
    );
    assert_eq!(check(&tree, &["none"]), ["none: no zone found under it"]);
    assert_eq!(check(&tree, &["gone"]), ["gone: no such file or directory"]);
    assert_eq!(check(&tree, &["empty"]), ["empty EmptyFile"]);
    assert_eq!(check(&tree, &["."]), ["a.example a.example: 2", "empty.example.zone EmptyFile"]);
}

#[cfg(unix)]
#[test]
fn links_and_what_is_no_file() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let tree = tree(&[("park/a.example", SOA), ("park/b.example", SOA), ("locked.example", SOA)]);
    let at = |path: &str| tree.path().join(path);
    symlink("a.example", at("park/c.example")).expect("a link");
    symlink("nowhere", at("park/broken")).expect("a link");
    symlink("nowhere", at("park/.#lock")).expect("a link");
    symlink("../park", at("park/loop")).expect("a link");
    symlink("park", at("again")).expect("a link");
    symlink("/etc/passwd", at("park/passwd")).expect("a link");
    let made = std::process::Command::new("mkfifo").arg(at("park/fifo")).status();
    let found = check(&tree, &["park"]);
    let zones = ["park/a.example a.example: 2", "park/b.example b.example: 2", "park/c.example c.example: 2"];
    assert_eq!(found[..3], zones);
    let failures = [
        "park/broken: is a symbolic link to nothing",
        "park/loop: is a symbolic link to a folder that it is in",
    ];
    assert_eq!(found[3..], failures);
    let twice = check(&tree, &["park", "again"]);
    assert_eq!(twice.iter().filter(|line| line.ends_with(": 2")).count(), 3, "{twice:?}");
    assert!(!twice.iter().any(|line| line.contains("Duplicate")), "{twice:?}");
    assert_eq!(
        check(&tree, &["park/passwd"]),
        ["park/passwd: is a link out of the project to what is no zone"]
    );
    if made.is_ok_and(|status| status.success()) {
        assert_eq!(check(&tree, &["park/fifo"]), ["park/fifo: is a FIFO, not a file"]);
    }
    assert_eq!(check(&tree, &["/dev/null"]), ["/dev/null: is a device, not a file"]);
    fs::set_permissions(at("locked.example"), fs::Permissions::from_mode(0o000)).expect("our own file");
    if fs::read(at("locked.example")).is_err() {
        assert_eq!(check(&tree, &["locked.example"]), ["locked.example: permission denied"]);
    }
}

#[test]
fn links_share_the_number_of_their_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/isp/zones/parked");
    let sources = Sources::new();
    let found = find(&request(&root, &["."]), &sources);
    let numbers: Vec<_> = found.files.iter().map(|candidate| candidate.file).collect();
    assert_eq!(numbers.len(), 2);
    assert_eq!(numbers[0], numbers[1]);
    assert!(sources.path(numbers[0]).ends_with("alte-marke.example"));
}

#[cfg(unix)]
#[test]
fn four_gibibytes_are_refused_before_they_are_read() {
    let tree = tree(&[("a.example", SOA), ("large.example", "")]);
    let large = fs::File::options().write(true).open(tree.path().join("large.example"));
    large.and_then(|file| file.set_len(5 << 30)).expect("a sparse file");
    assert_eq!(
        check(&tree, &["large.example"]),
        ["large.example: has 5368709120 bytes; files of 4 GiB and more are not read"]
    );
    assert_eq!(check(&tree, &["."]), ["a.example a.example: 2"]);
    let sources = Sources::new();
    let mut buffer = Vec::new();
    let file = sources.add(&tree.path().join("large.example"));
    assert!(sources.read(file, &mut buffer).is_err());
    // No more was read than of any file whose size is not known.
    assert!(buffer.capacity() < 1 << 20, "{}", buffer.capacity());
}

#[test]
fn any_number_of_threads_comes_to_the_same() {
    let mut files: Vec<(String, String)> = Vec::new();
    for n in 0..200 {
        let include = if n % 3 == 0 { "$INCLUDE inc/common\n" } else { "" };
        files.push((format!("z{}/n{n}.example", n % 7), format!("{SOA}{include}")));
        files.push((format!("copy/n{}.example.zone", n / 2), SOA.to_owned()));
    }
    files.push(("inc/common".to_owned(), "www A 192.0.2.1\n".to_owned()));
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let tree = tree(&files);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| check(&tree, &["."]))
    };
    let one = run(1);
    assert!(one.len() > 200);
    for threads in [2, 8] {
        assert_eq!(run(threads), one);
    }
}

#[test]
fn nothing_outside_the_root_is_included() {
    let tree = tree(&[
        ("root/a.example", &format!("{SOA}$INCLUDE ../secret\n$INCLUDE /etc/passwd\n")),
        ("secret", "s A 192.0.2.1\n"),
    ]);
    let root = tree.path().join("root");
    assert_eq!(lines(&root, &request(&root, &["."])), ["a.example a.example: 2"]);
    let paths: Vec<PathBuf> = vec![root.join("a.example")];
    assert_eq!(root_of(&paths), root);
}

#[test]
fn who_names_absolute_paths_sees_such() {
    // The current directory is above what is named: a relative path would be another way to each file.
    let tree = tempfile::tempdir_in("target").expect("cargo builds there");
    let root = tree.path().canonicalize().expect("it was made just now");
    let conf = format!(
        "options {{ directory \"{}\"; }};\nzone \"a.example\" {{ type primary; file \"db.a\"; }};\n",
        root.display()
    );
    fs::write(root.join("named.conf"), conf).expect("a file");
    fs::write(root.join("db.a"), SOA).expect("a file");
    let request = Request { root: ".".into(), paths: vec![root.clone()], ..Request::default() };
    let project = load(&request, &Sources::new(), |_| ((), Fate::PutAside));
    let paths: Vec<_> = project.zones.iter().map(|zone| &*zone.path).collect();
    assert_eq!(paths, [root.join("db.a")]);
    assert_eq!(project.zones[0].how, How::NamedConf);
}

/// A text with so many comments behind each line that it is read in pieces.
fn enlarged(text: &str) -> String {
    let comment = format!("; {}\n", "x".repeat(1000));
    let comments = comment.repeat((17 << 20) / text.lines().count() / comment.len() + 1);
    text.lines().flat_map(|line| [line, "\n", &comments]).collect()
}

#[test]
fn a_large_file_is_read_as_a_small_one() {
    let head = "$ORIGIN big.example.\n$TTL 1h\n@ SOA ns1 host 1 2 3 4 5\n";
    let body = "@ NS ns1\nns1 A 192.0.2.1\nwww A (\n192.0.2.2 )\n TXT x\nbad A 1.2.3\nlast A 192.0.2.3 ; zoneward: x\n";
    let small = format!("{head}{body}");
    // Its beginning tells the zone, or does not have the SOA yet; or its name is another one.
    let texts = [format!("{head}{}", enlarged(body)), enlarged(&small)];
    for name in ["big.example", "other"] {
        let read = |text: &str| {
            let tree = tree(&[(name, text)]);
            let sources = Sources::new();
            let read = Mutex::new(Vec::new());
            let project = load(&request(tree.path(), &[name]), &sources, |loaded| {
                let zone = &loaded.zone;
                let records = zone.records().iter();
                let records =
                    records.map(|record| format!("{} {:?}", zone.name(record.owner()), zone.rdata(record)));
                let faults = loaded.faults.iter().map(|fault| format!("{:?} {}", fault.kind, fault.word));
                read.lock().expect("no panic").extend(records.chain(faults));
                ((), Fate::PutAside)
            });
            assert_eq!(sources.marked().len(), 1);
            let origins: Vec<_> =
                project.zones.iter().map(|zone| (zone.outline.origin().to_string(), zone.how)).collect();
            (origins, read.into_inner().expect("no panic"))
        };
        let as_small = read(&small);
        assert_eq!(as_small.1.len(), 7, "{as_small:?}");
        for text in &texts {
            assert_eq!(read(text), as_small, "{name}");
        }
    }
}

#[test]
fn without_a_named_conf_a_part_of_one_tells_the_zones() {
    let part = "zone \"2.0.192.in-addr.arpa\" { type master; file \"a.example.local\"; };";
    let tree = tree(&[("named.rfc1912.zones", part), ("a.example.local", SOA)]);
    assert_eq!(check(&tree, &["."]), ["a.example.local 2.0.192.in-addr.arpa: 2"]);
    fs::write(tree.path().join("named.conf"), "zone \"b.example\" { type master; file \"b.example\"; };")
        .expect("a file");
    fs::write(tree.path().join("b.example"), SOA).expect("a file");
    let found = check(&tree, &["."]);
    assert_eq!(found, ["b.example b.example: 2"], "what a named.conf does not include is not in use");
}
