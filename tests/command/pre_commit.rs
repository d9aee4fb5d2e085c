//! The hooks of `.pre-commit-hooks.yaml` in a repository of zones, by the real pre-commit.
//!
//! Where it is not installed, nothing is tested; with `ZONEWARD_REQUIRE_TOOLS=1` that is a failure.

use std::fs;
use std::process::Output;

use super::session::{Folder, shell};

const ZONE: &str = "$TTL 3600\n@ SOA ns1 host 1 7200 3600 1209600 3600\n$INCLUDE ns\n";
const FRAGMENT: &str = "@ NS ns1\n@ NS ns2\nns1 A 192.0.2.1\nns2 A 198.51.100.1\n";

/// A repository with a zone, in which pre-commit is installed.
struct Repository(Folder);

impl Repository {
    /// With what the file `.pre-commit-config.yaml` of a user says.
    fn new(config: &str) -> Self {
        let repository = Self(Folder::new());
        let folder = &repository.0;
        folder.write("a.example.zone", ZONE);
        folder.write("ns", FRAGMENT);
        folder.write(".pre-commit-config.yaml", config);
        repository.done("git init --quiet && pre-commit install && git add .");
        repository
    }

    /// Runs a line of shell, caches and all in a folder of their own.
    fn run(&self, line: &str) -> Output {
        let line = format!("export PRE_COMMIT_HOME=$PWD/.git/pre-commit; {line}");
        shell(&self.0, &line).output().expect("POSIX has a shell")
    }

    /// It succeeds.
    fn done(&self, line: &str) {
        let output = self.run(line);
        assert!(output.status.success(), "{line}: {}", said(&output));
    }

    /// It fails, and says why.
    fn stopped(&self, line: &str, why: &str) {
        let output = self.run(line);
        assert!(!output.status.success(), "{line}: {}", said(&output));
        assert!(said(&output).contains(why), "{line}: {}", said(&output));
    }
}

/// All that was printed.
fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes)).concat()
}

/// A repository with the hooks, as a user would name ours, and its address.
fn hooks() -> (Folder, String) {
    let folder = Folder::new();
    fs::copy(".pre-commit-hooks.yaml", folder.path(".pre-commit-hooks.yaml")).expect("it is there");
    let commit = "git init --quiet && git add . && git commit --quiet -m hooks && git tag v1";
    assert!(shell(&folder, commit).status().expect("POSIX has a shell").success());
    let address = folder.path("").display().to_string();
    (folder, address)
}

/// Whether there is a pre-commit to run; says so where there is none.
#[expect(clippy::print_stderr, reason = "a test that tests nothing says so")]
fn installed() -> bool {
    let found = shell(&Folder::new(), "pre-commit --version").output().is_ok_and(|it| it.status.success());
    let required = std::env::var_os("ZONEWARD_REQUIRE_TOOLS").is_some_and(|value| value == "1");
    assert!(found || !required, "pre-commit is not installed, and ZONEWARD_REQUIRE_TOOLS=1 wants it");
    if !found {
        eprintln!("pre-commit is not installed: the hooks were not tested");
    }
    found
}

#[test]
fn a_bad_commit_is_stopped_and_a_good_one_passes() {
    if !installed() {
        return;
    }
    let (_hooks, address) = hooks();
    let hook = format!("repos:\n- repo: {address}\n  rev: v1\n  hooks:\n  - id: zoneward-system\n");
    let repository = Repository::new(&hook);
    repository.done("git commit -m first");
    // No zone at all, and nothing that pre-commit would call text.
    repository
        .done("echo 'Not a zone.' > README && printf '\\0\\1' > data && git add . && git commit -m text");
    // An included file is the change of a zone that nobody names.
    repository.stopped("sed -i s/192.0.2.1/192.0.2.2/ ns && git commit -am moved", "serial-not-increased");
    repository.done("sed -i s/host.1/host\\ 2/ a.example.zone && git commit -am moved");
    repository.stopped("echo 'www A 192.0.2' >> ns && git commit -am www", "bad-address");
    // What is not staged is not committed, and stays where it is.
    repository.done("echo '; a remark' >> a.example.zone && git add a.example.zone && git commit -m remark");
    repository.done("grep -q '^www A 192.0.2$' ns && git checkout ns");
    // A link that leads to a zone.
    repository.stopped(
        "ln -s a.example.zone b.example.zone && echo 'www CNAME www' >> a.example.zone && git add . && git commit -m link",
        "b.example",
    );
    repository.stopped("git reset --hard && git rm ns && git commit -m gone", "include-not-found");
    repository.done("git reset --hard && pre-commit run --all-files");
    repository.done("pre-commit run --from-ref HEAD~1 --to-ref HEAD");
    repository.stopped(
        "git reset --soft HEAD~2 && sed -i s/host.2/host\\ 1/ a.example.zone && git commit -am x",
        "",
    );
}
