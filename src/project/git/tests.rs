//! Versions of real repositories.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;

/// A repository with one commit of these files; a text that begins with `->` is a link.
fn committed(files: &[(&str, &str)]) -> (tempfile::TempDir, Repository) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), files);
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "one"]] {
        git(folder.path(), arguments);
    }
    let repository = Repository::of(folder.path()).expect("git is installed").expect("it was made just now");
    (folder, repository)
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("a folder");
        _ = fs::remove_file(&path);
        match text.strip_prefix("->") {
            #[cfg(unix)]
            Some(target) => std::os::unix::fs::symlink(target, path).expect("a link"),
            _ => fs::write(path, text).expect("a file"),
        }
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=test", "-c", "user.email=test@example.com"]);
    // Where these tests run in a hook, not its repository.
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    let done = command.args(arguments).status().expect("git is installed");
    assert!(done.success(), "git {arguments:?}");
}

fn head(repository: &Repository) -> Overlay {
    let head = repository.head().expect("git is installed");
    Overlay::new(repository, repository.disk_against(&head).expect("there is a commit"))
}

/// What a version has at a path: the path after all links, and the text.
fn at(overlay: &Overlay, repository: &Repository, path: &str) -> Option<(PathBuf, String)> {
    let real = overlay.real(&repository.top().join(path)).ok()?;
    let bytes = overlay.read(&real).unwrap_or_else(|| fs::read(&real)).ok()?;
    let below = real.strip_prefix(repository.top()).expect("it is in the repository");
    Some((below.to_owned(), String::from_utf8_lossy(&bytes).into_owned()))
}

#[test]
fn the_commit_lies_over_the_disk() {
    let (folder, repository) = committed(&[
        ("same", "same"),
        ("changed", "old"),
        ("gone/deep/file", "gone"),
        ("odd \u{fc}\n\"", "odd"),
    ]);
    write(folder.path(), &[("changed", "new"), ("untracked", "untracked"), ("odd \u{fc}\n\"", "new")]);
    fs::remove_dir_all(folder.path().join("gone")).expect("it was there");
    write(folder.path(), &[("added", "added")]);
    git(folder.path(), &["add", "added"]);
    let overlay = head(&repository);
    let at =
        |path: &str| at(&overlay, &repository, path).map(|(real, text)| (real.display().to_string(), text));
    let here = |path: &str, text: &str| Some((path.to_owned(), text.to_owned()));
    assert_eq!(at("same"), here("same", "same"));
    assert_eq!(at("./changed"), here("changed", "old"));
    assert_eq!(at("gone/deep/../deep/file"), here("gone/deep/file", "gone"));
    assert_eq!(at("odd \u{fc}\n\""), here("odd \u{fc}\n\"", "odd"));
    assert_eq!(at("untracked"), here("untracked", "untracked"), "who generates it does so for every version");
    assert_eq!(at("added"), None);
    assert_eq!(at("gone"), None);
    let missing: Vec<_> = overlay.missing_on_disk(repository.top()).collect();
    assert_eq!(missing, [repository.top().join("gone/deep/file")]);
}

#[cfg(unix)]
#[test]
fn links_lead_where_they_led() {
    let (folder, repository) = committed(&[
        ("a", "a"),
        ("b", "b"),
        ("link", "->a"),
        ("f/x", "x"),
        ("folder", "->f"),
        ("file", "file"),
    ]);
    write(folder.path(), &[("link", "->b"), ("folder", "->g"), ("g/x", "other"), ("file", "->a")]);
    write(folder.path(), &[("circle", "->circle2"), ("circle2", "->circle")]);
    let overlay = head(&repository);
    let text = |path: &str| at(&overlay, &repository, path).map(|(_, text)| text);
    assert_eq!(text("link").as_deref(), Some("a"));
    assert_eq!(text("folder/x").as_deref(), Some("x"));
    assert_eq!(text("file").as_deref(), Some("file"));
    assert_eq!(text("circle"), None);
}

#[test]
fn a_repository_may_have_no_commit_and_a_folder_no_repository() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    assert!(Repository::of(folder.path()).expect("git is installed").is_none());
    git(folder.path(), &["init", "-q"]);
    let repository = Repository::of(folder.path()).expect("git is installed").expect("it was made just now");
    let head = repository.head().expect("it is asked only");
    assert!(!head.exists());
    assert_eq!(repository.disk_against(&head).expect("nothing is compared"), []);
    write(folder.path(), &[("first", "first")]);
    git(folder.path(), &["add", "first"]);
    assert_eq!(repository.index_against(&head).expect("an empty commit is meant").len(), 1);
    assert!(matches!(repository.base("HEAD"), Err(Error::UnknownCommit(_))));
    assert!(matches!(repository.base("--all"), Err(Error::UnknownCommit(_))));
}

#[test]
fn a_moved_file_has_two_differences() {
    let (folder, repository) = committed(&[("a", "one\ntwo\nthree\nfour\n")]);
    git(folder.path(), &["mv", "a", "b"]);
    let head = repository.head().expect("there is a commit");
    let found = repository.index_against(&head).expect("there is a commit");
    let top = repository.top();
    let told: Vec<_> = found.iter().map(|it| (&it.path, it.is_removal(), it.moved_from.as_ref())).collect();
    assert_eq!(told, [(&top.join("a"), true, None), (&top.join("b"), false, Some(&top.join("a")))]);
}
