//! With which version of the project a check compares.

use std::env;
use std::path::Path;

use clap::Args;

use super::Error;
use crate::config::{Config, FILE_NAME};
use crate::project::git::{Repository, base_of_ci};
use crate::project::{Changes, History};
use crate::source::escape_path;

/// Options of commands that compare.
#[derive(Debug, Args)]
#[command(next_help_heading = "Versions")]
pub(super) struct VersionOptions {
    /// Compare with the commit where this branch left REV: serials, lost records [default: where a CI
    /// service says, the branch to merge into]
    #[arg(long, value_name = "REV")]
    base: Option<String>,

    /// Report only on zones that are different there [default of --base: HEAD]
    #[arg(long)]
    changed_only: bool,
}

impl VersionOptions {
    /// The versions that a check of the project at `root` is about.
    pub(super) fn history(&self, root: &Path, config: &Config) -> Result<History, Error> {
        let head = || self.changed_only.then(|| "HEAD".to_owned());
        let said = base_of_ci(|name| env::var(name).ok());
        let mut history = match (&self.base, said) {
            (Some(revision), _) => self.since(root, revision)?,
            // A service says it of everything, a folder outside of the repository too.
            (None, Some((revision, variable))) if Repository::of(root)?.is_some() => {
                self.since(root, &revision).map_err(|error| {
                    Error::Other(format!(
                        "{error} ({variable} says to compare; with `--base HEAD` nothing is)"
                    ))
                })?
            }
            (None, _) => match head() {
                Some(head) => self.since(root, &head)?,
                None => return Ok(History::default()),
            },
        };
        history.scope.take_if(|scope| is_configured_anew(config, scope));
        Ok(history)
    }

    /// The files on the disk, compared with the commit where `HEAD` left `revision`.
    fn since(&self, root: &Path, revision: &str) -> Result<History, Error> {
        let nowhere =
            || format!("{} is in no git repository: there is nothing to compare with", escape_path(root));
        let repository = Repository::of(root)?.ok_or_else(|| Error::Other(nowhere()))?;
        let mut history = History::since(&repository, revision)?;
        if self.changed_only {
            let mut scope = history.base.as_ref().map(|base| base.changes.clone()).unwrap_or_default();
            repository.untracked()?.iter().for_each(|path| scope.insert(path));
            history.scope = Some(scope);
        }
        Ok(history)
    }
}

/// The configuration has changed, and with it perhaps what is said of any zone.
pub(super) fn is_configured_anew(config: &Config, changes: &Changes) -> bool {
    config.root.as_deref().is_some_and(|root| changes.contains(&root.join(FILE_NAME), true))
}
