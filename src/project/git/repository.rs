//! Asking a repository.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::Error;
use crate::source::real_path;

/// A repository with files.
#[derive(Debug, Clone)]
pub struct Repository {
    /// Where the command is run.
    folder: PathBuf,
    /// The topmost folder of the files, without symbolic links.
    top: PathBuf,
}

/// A commit to compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// What a user calls it.
    pub name: String,
    /// Its number; `None` is the time before the first commit.
    id: Option<String>,
}

impl Commit {
    /// It is there: the repository has a commit.
    pub fn exists(&self) -> bool {
        self.id.is_some()
    }
}

/// A path that is different in two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The path, without symbolic links in its folder.
    pub path: PathBuf,
    /// The path that it had in the earlier version, if it was moved.
    pub moved_from: Option<PathBuf>,
    /// What is there in the earlier version: mode and number of the blob.
    pub(super) old: (u32, String),
    /// The mode in the later version; 0 where nothing is there.
    pub(super) new: u32,
}

impl Difference {
    /// The later version has nothing there.
    pub fn is_removal(&self) -> bool {
        self.new == 0
    }
}

impl Repository {
    /// The repository that a folder is in, if it is in one. The variables that git sets for hooks
    /// (`GIT_DIR`, `GIT_INDEX_FILE`) count, as for any command of git.
    pub fn of(folder: &Path) -> Result<Option<Self>, Error> {
        let output =
            output(Command::new("git").arg("-C").arg(folder).args(["rev-parse", "--show-toplevel"]))?;
        if !output.status.success() {
            let failed = failed("rev-parse", &output);
            let nowhere = String::from_utf8_lossy(&output.stderr).contains("not a git repository");
            return if nowhere { Ok(None) } else { Err(failed) };
        }
        let top = real_path(&path_of(output.stdout.trim_ascii_end()));
        Ok(Some(Self { folder: folder.to_path_buf(), top }))
    }

    /// The topmost folder of the files, without symbolic links.
    pub fn top(&self) -> &Path {
        &self.top
    }

    /// A command of git.
    pub(super) fn git(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("--no-optional-locks").arg("-C").arg(&self.folder).args(arguments);
        command
    }

    /// What a command of git prints.
    fn ask(&self, arguments: &[&str]) -> Result<Vec<u8>, Error> {
        let output = output(&mut self.git(arguments))?;
        if output.status.success() { Ok(output.stdout) } else { Err(failed(arguments[0], &output)) }
    }

    /// What a command prints that fails to say no.
    fn try_ask(&self, arguments: &[&str]) -> Result<Option<String>, Error> {
        let output = output(&mut self.git(arguments))?;
        let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        Ok(Some(text).filter(|text| output.status.success() && !text.is_empty()))
    }

    fn commit(&self, revision: &str) -> Result<Option<String>, Error> {
        // What begins with a dash would be an option, and is the name of nothing.
        if revision.starts_with('-') {
            return Ok(None);
        }
        self.try_ask(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{commit}}")])
    }

    /// The last commit.
    pub fn head(&self) -> Result<Commit, Error> {
        Ok(Commit { name: "HEAD".to_owned(), id: self.commit("HEAD")? })
    }

    /// The commit where `HEAD` left `revision`: what has been done there since is not taken for what
    /// was undone here.
    pub fn base(&self, revision: &str) -> Result<Commit, Error> {
        let shallow =
            || Ok::<_, Error>(self.ask(&["rev-parse", "--is-shallow-repository"])?.starts_with(b"true"));
        let Some(id) = self.commit(revision)? else {
            let lost = if shallow()? { Error::Shallow } else { Error::UnknownCommit };
            return Err(lost(revision.to_owned()));
        };
        let hexadecimal = revision.len() >= 40 && revision.bytes().all(|b| b.is_ascii_hexdigit());
        let name = if hexadecimal { revision[..10].to_owned() } else { revision.to_owned() };
        let Some(head) = self.commit("HEAD")? else { return Ok(Commit { name, id: Some(id) }) };
        match self.try_ask(&["merge-base", &id, &head])? {
            Some(id) => Ok(Commit { name, id: Some(id) }),
            None if shallow()? => Err(Error::Shallow(revision.to_owned())),
            None => Err(Error::Unrelated(revision.to_owned())),
        }
    }

    /// What the files on the disk have different from a commit.
    pub fn disk_against(&self, commit: &Commit) -> Result<Vec<Difference>, Error> {
        match &commit.id {
            Some(id) => self.differences(&[id]),
            // There is nothing that was there before.
            None => Ok(Vec::new()),
        }
    }

    /// What the index has different from a commit: what the next commit will change.
    pub fn index_against(&self, commit: &Commit) -> Result<Vec<Difference>, Error> {
        let id = commit.id.as_deref();
        self.differences(&[&["--cached"][..], id.as_slice()].concat())
    }

    /// What the files on the disk have different from the index.
    pub fn disk_against_index(&self) -> Result<Vec<Difference>, Error> {
        self.differences(&[])
    }

    /// Files on the disk that git does not know, and was not told to ignore.
    pub fn untracked(&self) -> Result<Vec<PathBuf>, Error> {
        let list = self.ask(&["ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/"])?;
        Ok(words(&list).map(|path| self.top.join(path_of(path))).collect())
    }

    fn differences(&self, versions: &[&str]) -> Result<Vec<Difference>, Error> {
        // Whatever the user has configured for people to read.
        const OPTIONS: [&str; 9] = [
            "diff",
            "--raw",
            "-z",
            "--no-abbrev",
            "--find-renames",
            // Where more files than these were moved and changed at once, those are new ones.
            "-l400",
            "--no-ext-diff",
            "--no-relative",
            "--ignore-submodules=all",
        ];
        let list = self.ask(&[&OPTIONS[..], versions, &["--"]].concat())?;
        let mut words = words(&list);
        let mut found = Vec::new();
        while let (Some(change), Some(path)) = (words.next(), words.next()) {
            // `:100644 100644 1a2b… 3c4d… M`
            let change = String::from_utf8_lossy(change);
            let mut fields = change.trim_start_matches(':').split(' ');
            let mut mode = || fields.next().and_then(|mode| u32::from_str_radix(mode, 8).ok()).unwrap_or(0);
            let (old, new) = (mode(), mode());
            let blob = fields.next().unwrap_or_default().to_owned();
            let mut path = self.top.join(path_of(path));
            let (mut old, mut moved_from) = ((old, blob), None);
            if fields.nth(1).is_some_and(|status| status.starts_with('R'))
                && let Some(target) = words.next()
            {
                moved_from = Some(path.clone());
                found.push(Difference { path, moved_from: None, old, new: 0 });
                (path, old) = (self.top.join(path_of(target)), (0, String::new()));
            }
            found.push(Difference { path, moved_from, old, new });
        }
        Ok(found)
    }
}

/// Runs a command to its end.
fn output(command: &mut Command) -> Result<Output, Error> {
    command.env("LC_ALL", "C").output().map_err(|error| unrunnable(&error))
}

/// Why the command did not even start.
pub(super) fn unrunnable(error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => Error::NotInstalled,
        _ => Error::Unrunnable(error.to_string()),
    }
}

fn failed(command: &str, output: &Output) -> Error {
    let text = String::from_utf8_lossy(&output.stderr);
    let message = text.trim().trim_start_matches("fatal: ").lines().collect::<Vec<_>>().join(" ");
    Error::Failed { command: command.to_owned(), message }
}

/// The words of output with `-z`.
fn words(list: &[u8]) -> impl Iterator<Item = &[u8]> {
    list.split(|&byte| byte == 0).filter(|word| !word.is_empty())
}

/// A path as git prints it.
#[cfg(unix)]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    OsStr::from_bytes(bytes).into()
}

/// A path as git prints it.
#[cfg(not(unix))]
pub(super) fn path_of(bytes: &[u8]) -> PathBuf {
    OsStr::new(&*String::from_utf8_lossy(bytes)).into()
}
