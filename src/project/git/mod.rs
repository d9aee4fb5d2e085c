//! Versions of a project, by the `git` command: it knows every kind of repository there is, and
//! nothing is built for it.
//!
//! A version is never checked out. What `git diff` says is different lies over the files of the disk
//! as an [`Overlay`]; all else is the same in both, and is read from the disk.

mod blobs;
mod ci;
mod overlay;
mod repository;
#[cfg(test)]
mod tests;

pub use ci::base_of_ci;
pub use overlay::Overlay;
pub use repository::{Commit, Difference, Repository};

/// Why a version could not be had.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The command is not there.
    #[error("`git` is not installed, or not in PATH")]
    NotInstalled,
    /// The command cannot be run.
    #[error("`git` cannot be run: {0}")]
    Unrunnable(String),
    /// The command failed.
    #[error("`git {command}` says: {message}")]
    Failed {
        /// Which command of git.
        command: String,
        /// What it said.
        message: String,
    },
    /// There is no such commit.
    #[error("git knows no commit `{0}` here; if it is on the server, `git fetch` it")]
    UnknownCommit(String),
    /// The commit, or how it is related to this one, lies beyond the end of a shallow clone.
    #[error(
        "`{0}` is not within this shallow clone; get the whole history: `git fetch --unshallow`, on GitHub \
         `fetch-depth: 0` for actions/checkout, on GitLab `GIT_DEPTH: 0`"
    )]
    Shallow(String),
    /// The commit has no ancestor in common with this one.
    #[error("`{0}` and HEAD have no common history")]
    Unrelated(String),
}
