//! Runs sessions: text files with commands, and below each what it prints.
//!
//! ```text
//! # what this shows
//! $ LC_ALL=C zoneward check - < some.zone
//! standard output
//! 2> standard error
//! [exit 1]
//! ```

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use snapbox::assert::Action;
use snapbox::{Assert, Data};

/// A folder that a command runs in, gone afterwards.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("there is room for a test"))
    }

    /// A path in it.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file in it.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("there is room for a test");
    }
}

/// The command in a folder, the environment the same on each machine.
pub(crate) fn zoneward(folder: &Folder, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zoneward"));
    command.args(arguments);
    at_home(command, folder)
}

/// A line for the shell in a folder, the environment the same on each machine; it finds `zoneward`.
pub(crate) fn shell(folder: &Folder, line: &str) -> Command {
    let mut command = Command::new("sh");
    let own = Path::new(env!("CARGO_BIN_EXE_zoneward")).parent().expect("it is in a folder");
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path = std::iter::once(own.to_path_buf()).chain(std::env::split_paths(&others));
    command.args(["-c", line]).env("PATH", std::env::join_paths(path).expect("these were paths before"));
    at_home(command, folder)
}

/// The command as it is on a machine where nobody has configured anything.
fn at_home(mut command: Command, folder: &Folder) -> Command {
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM", "LC_ALL", "LC_CTYPE", "COLUMNS"] {
        command.env_remove(name);
    }
    // Where these tests run in a hook or for a pull request.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GITHUB_BASE_REF"] {
        command.env_remove(name);
    }
    for name in ["CI_MERGE_REQUEST_DIFF_BASE_SHA", "PRE_COMMIT_FROM_REF"] {
        command.env_remove(name);
    }
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "test").env(format!("GIT_{role}_EMAIL"), "test@example.com");
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("LANG", "C.UTF-8").current_dir(folder.0.path()).stdin(Stdio::null());
    command
}

/// Whether there is such a program. Where all tests must run, there has to be.
pub(crate) fn needs(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    assert!(there || std::env::var_os("ZONEWARD_REQUIRE_TOOLS").is_none(), "{program} is missing");
    there
}

/// Runs all sessions below a folder, and compares them with what they were.
pub(crate) fn run_all(folder: &Path) {
    let mut cases: Vec<_> = fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("the fixtures are readable").path())
        .collect();
    cases.sort();
    assert!(cases.len() > 5, "the cases are found");
    let differ = cases.iter().filter(|case| {
        let session = case.join("session");
        let text = fs::read_to_string(&session).expect("each case has a session");
        !compare(&replay(&text, &case.join("tree")), &session)
    });
    assert_eq!(differ.count(), 0, "{}", bless());
}

/// How to renew the expectations.
pub(crate) fn bless() -> &'static str {
    "if this is right: BLESS=1 cargo test --test command"
}

/// Compares a text with a file, and says how they differ. BLESS=1 writes the file.
#[expect(clippy::print_stderr, reason = "a test tells what differs")]
pub(crate) fn compare(actual: &str, file: &Path) -> bool {
    let action = if std::env::var_os("BLESS").is_some() { Action::Overwrite } else { Action::Verify };
    let expected = Data::read_from(file, Some(snapbox::data::DataFormat::Text)).raw();
    let compared = Assert::new().action(action).try_eq(Some(&"now"), Data::text(actual), expected);
    compared.inspect_err(|difference| eprintln!("{difference}")).is_ok()
}

/// The session as it is now.
fn replay(session: &str, tree: &Path) -> String {
    let folder = Folder::new();
    if tree.is_dir() {
        copy(tree, folder.0.path());
    }
    let mut now = String::new();
    let mut remarks = String::new();
    for line in session.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            let separator = if now.is_empty() { "" } else { "\n" };
            now.extend([separator, &remarks, line, "\n", &printed(command, &folder)]);
            remarks.clear();
        } else if line.starts_with("# ") {
            remarks.extend([line, "\n"]);
        } else {
            remarks.clear();
        }
    }
    now
}

/// What a command prints: both streams, and the exit code unless it is 0.
fn printed(line: &str, folder: &Folder) -> String {
    if let Some(file) = line.strip_prefix("cat ") {
        return mask(&fs::read_to_string(folder.path(file)).expect("it was written before"), folder);
    }
    let Output { status, stdout, stderr } = run(line, folder);
    let text = |bytes| mask(&String::from_utf8(bytes).expect("all output is UTF-8"), folder);
    let (mut shown, complaints) = (text(stdout), text(stderr));
    if !shown.is_empty() && !shown.ends_with('\n') {
        shown += "[no newline]\n";
    }
    shown.extend(complaints.lines().map(|line| format!("2> {line}").trim_end().to_owned() + "\n"));
    if !status.success() {
        let code = status.code().expect("no signal ended it").to_string();
        shown.extend(["[exit ", &code, "]\n"]);
    }
    shown
}

/// Runs `[NAME=VALUE]... zoneward [ARGUMENT]... [< FILE]`; a word has no spaces. Any other line is one
/// for the shell.
fn run(line: &str, folder: &Folder) -> Output {
    if line.split_whitespace().find(|word| !word.contains('=')) != Some("zoneward") {
        return shell(folder, line).output().expect("POSIX has a shell");
    }
    let (line, input) = line.split_once(" < ").map_or((line, None), |(line, file)| (line, Some(file)));
    let mut words = line.split_whitespace();
    let mut variables = Vec::new();
    for word in words.by_ref().take_while(|&word| word != "zoneward") {
        variables.push(word.split_once('=').expect("only variables stand before `zoneward`"));
    }
    let arguments: Vec<_> = words.collect();
    let mut command = zoneward(folder, &arguments);
    command.envs(variables);
    if let Some(file) = input {
        command.stdin(fs::File::open(folder.path(file)).expect("the input is in the tree"));
    }
    command.output().expect("it runs")
}

/// Takes out what differs from run to run: times, and the folder. Escapes can be seen.
pub(crate) fn mask(text: &str, folder: &Folder) -> String {
    let real = folder.0.path().canonicalize().expect("it is there");
    let text = text.replace(&real.display().to_string(), "[FOLDER]").replace('\x1b', "\u{241b}");
    let mut masked = String::new();
    for line in text.split_inclusive('\n') {
        match line.split_once(" in ").filter(|(_, time)| time.ends_with(" s\n")) {
            Some((before, _)) if before.contains(" file") => masked.extend([before, " in 0.00 s\n"]),
            _ => masked += line,
        }
    }
    masked
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("there is room for a test");
    for entry in fs::read_dir(from).expect("the fixtures are readable") {
        let entry = entry.expect("the fixtures are readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("there is room for a test");
        }
    }
}
