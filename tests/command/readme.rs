//! What the README offers to copy: each command line of it runs here, as in the service it is for, but for
//! the lines that install.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use super::session::{Folder, copy};

/// The code blocks of the README in this language.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string("README.md").expect("it is there");
    let fence = format!("```{language}\n");
    let blocks = readme.split(&fence).skip(1);
    blocks.map(|rest| rest.split("```").next().expect("a split has a part").to_owned()).collect()
}

/// The block of YAML that has this key.
fn yaml(key: &str) -> Value {
    let blocks = blocks("yaml");
    let mut parsed = blocks.iter().map(|it| serde_saphyr::from_str::<Value>(it).expect("it is YAML"));
    parsed.find(|it| it.get(key).is_some()).expect("the README has it")
}

fn words(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap_or_else(|| panic!("{list} is no array"));
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The small provider in a clone, on a branch with a change, as services check it out.
struct Checkout(Folder);

impl Checkout {
    fn new() -> Self {
        let folder = Folder::new();
        copy(Path::new("fixtures/isp"), &folder.path("origin"));
        let clone = Self(folder);
        clone.git("origin", "init --quiet --initial-branch=main");
        clone.commit("origin");
        clone.git(".", "clone --quiet origin clone");
        clone.git("clone", "checkout --quiet -b change");
        let zone = clone.path().join("zones/customers/shop.example");
        let text = fs::read_to_string(&zone).expect("it is in the fixtures");
        fs::write(zone, text + "new IN TXT \"and the serial stays\"\n").expect("there is room for a test");
        clone.commit("clone");
        clone
    }

    fn path(&self) -> PathBuf {
        self.0.path("clone")
    }

    fn commit(&self, folder: &str) {
        self.git(folder, "add --all --force");
        self.git(folder, "-c user.name=t -c user.email=t@t.example commit --quiet --message change");
    }

    fn git(&self, folder: &str, arguments: &str) -> String {
        let mut command = Command::new("git");
        command.args(arguments.split(' ')).current_dir(self.0.path(folder));
        let output = command.env("GIT_CONFIG_GLOBAL", "/dev/null").output().expect("git runs");
        assert!(output.status.success(), "{arguments}: {output:?}");
        String::from_utf8(output.stdout).expect("it is UTF-8").trim().to_owned()
    }

    /// Runs a line as services do; `zoneward` is the one that was built.
    fn run(&self, line: &str, variable: (&str, &str)) -> Output {
        let built = Path::new(env!("CARGO_BIN_EXE_zoneward")).parent().expect("it is in a folder");
        let path = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths([built.to_path_buf()].into_iter().chain(env::split_paths(&path)));
        let mut command = Command::new("bash");
        command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", line]).current_dir(self.path());
        for name in ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_DIFF_BASE_SHA"] {
            command.env_remove(name);
        }
        command.env("PATH", path.expect("no folder has a colon in it")).env(variable.0, variable.1);
        command.output().expect("bash runs")
    }

    fn report(&self, name: &Value) -> String {
        let name = name.as_str().unwrap_or_else(|| panic!("{name} is no name"));
        fs::read_to_string(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

/// The lines but for those that install.
fn to_run(lines: Vec<String>) -> Vec<String> {
    let lines: Vec<_> = lines.into_iter().filter(|line| line != "pip install zoneward").collect();
    assert!(!lines.is_empty(), "something is left to run");
    lines
}

#[test]
fn the_action_for_github_annotates_and_uploads() {
    let workflow = yaml("jobs");
    let steps = &workflow["jobs"]["zoneward"]["steps"];
    let steps = steps.as_array().expect("a job has steps");
    let lines = steps.iter().filter_map(|step| step["run"].as_str()).map(str::to_owned).collect();
    let clone = Checkout::new();
    for line in to_run(lines) {
        let output = clone.run(&line, ("GITHUB_BASE_REF", "main"));
        assert_eq!(output.status.code(), Some(1), "{line}: {output:?}");
        let commands = String::from_utf8(output.stdout).expect("it is UTF-8");
        assert!(commands.lines().all(|line| line.starts_with("::")), "{commands}");
        assert!(commands.contains("title=serial-not-increased::"), "{commands}");
    }
    let upload = steps.iter().find_map(|step| step["with"].get("sarif_file")).expect("a step uploads");
    let log: Value = serde_json::from_str(&clone.report(upload)).expect("it is JSON");
    assert!(log["runs"][0]["results"].as_array().is_some_and(|results| !results.is_empty()));
}

#[test]
fn the_job_for_gitlab_writes_its_artifacts() {
    let job = &yaml("zones")["zones"];
    let clone = Checkout::new();
    let base = clone.git("clone", "rev-parse origin/main");
    for line in to_run(words(&job["script"])) {
        let output = clone.run(&line, ("CI_MERGE_REQUEST_DIFF_BASE_SHA", &base));
        assert_eq!(output.status.code(), Some(1), "{line}: {output:?}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("serial-not-increased"), "{output:?}");
    }
    let reports = &job["artifacts"]["reports"];
    let quality: Value = serde_json::from_str(&clone.report(&reports["codequality"])).expect("it is JSON");
    assert!(quality.as_array().is_some_and(|findings| !findings.is_empty()));
    assert!(clone.report(&reports["junit"]).starts_with("<?xml "));
    for path in words(&job["artifacts"]["paths"]) {
        assert!(clone.report(&path.into()).starts_with("<!DOCTYPE html>"));
    }
}
