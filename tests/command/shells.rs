//! What surrounds the command: completions, manual pages, the progress bar.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use zoneward::report::Format;
use zoneward::rules::RULES;

use super::session::{Folder, needs, zoneward};

fn printed(folder: &Folder, arguments: &[&str]) -> String {
    let output = zoneward(folder, arguments).output().expect("it runs");
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).expect("all output is UTF-8")
}

#[test]
fn completions_are_scripts_that_know_all_rules_and_formats() {
    let folder = Folder::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = printed(&folder, &["completions", shell]);
        let formats = Format::ALL.map(Format::name);
        for word in RULES.iter().map(|listed| listed.rule.name).chain(formats).chain(["cross-zone"]) {
            assert!(script.contains(word), "{shell}: {word}");
        }
        if needs(shell) {
            folder.write("script", &script);
            let output = Command::new(shell).arg("-n").arg(folder.path("script")).output().expect("it runs");
            assert!(output.status.success() && output.stderr.is_empty(), "{shell}: {output:?}");
        }
    }
}

#[test]
fn bash_completes() {
    let folder = Folder::new();
    folder.write("script", &printed(&folder, &["completions", "bash"]));
    let complete = "source ./script; COMP_WORDS=(zoneward $0); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); \
        _zoneward zoneward \"${COMP_WORDS[-1]}\" \"${COMP_WORDS[-2]}\"; echo \"${COMPREPLY[@]}\"";
    for (line, expected) in [
        ("che", "check"),
        ("check --format sa", "sarif"),
        ("check --select cros", "cross-zone"),
        ("explain no-so", "no-soa"),
        ("check --statis", "--statistics"),
    ] {
        let mut command = Command::new("bash");
        command.args(["-c", complete, line]).current_dir(folder.path(""));
        let output = command.output().expect("it runs");
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), expected, "{line}: {output:?}");
    }
}

#[test]
fn each_command_has_a_manual_page() {
    let folder = Folder::new();
    let main = printed(&folder, &["man"]);
    let names: Vec<_> =
        main.lines().filter_map(|line| line.strip_prefix("zoneward\\-")?.split('(').next()).collect();
    assert!(names.contains(&"check"), "{main}");
    let mut pages: Vec<_> = names.iter().map(|name| printed(&folder, &["man", name])).collect();
    pages.push(main);
    for page in pages {
        assert!(page.contains("\n.SH NAME\n"), "{page}");
        if needs("groff") {
            let mut child = Command::new("groff")
                .args(["-man", "-ww", "-z"])
                .stdin(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("it runs");
            let mut input = child.stdin.take().expect("it was asked for");
            input.write_all(page.as_bytes()).expect("it reads");
            drop(input);
            let output = child.wait_with_output().expect("it ends");
            assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        }
    }
}

/// `script` runs a command on a terminal of its own.
#[test]
fn who_waits_at_a_terminal_sees_how_far_it_is() {
    if !needs("script") {
        return;
    }
    let folder = Folder::new();
    // Standard input that takes its time.
    let slow = format!(
        "(sleep 1.6; echo '@ SOA a b 1 2 3 4 5') | {} check - --origin a.example",
        env!("CARGO_BIN_EXE_zoneward")
    );
    let run = |command: &mut Command| {
        let output = command.current_dir(folder.path("")).output().expect("it runs");
        String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
    };
    let terminal = run(Command::new("script").args(["-qec", &slow, "typescript"]).env("TERM", "xterm"));
    assert!(terminal.contains("looking for zones"), "{terminal:?}");
    assert!(terminal.contains("1 zone, 1 file"), "{terminal:?}");
    let pipe = run(Command::new("sh").args(["-c", &slow]));
    assert!(!pipe.contains("looking"), "{pipe:?}");
    fs::remove_file(folder.path("typescript")).expect("script has written it");
}
