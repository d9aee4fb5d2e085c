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
        let asked = self.base.is_some() || self.changed_only;
        let revision = self.base.clone().or_else(|| base_of_ci(|name| env::var(name).ok()));
        let Some(revision) = revision.or_else(|| asked.then(|| "HEAD".to_owned())) else {
            return Ok(History::default());
        };
        let Some(repository) = Repository::of(root)? else {
            if !asked {
                return Ok(History::default());
            }
            let message =
                format!("{} is in no git repository: there is nothing to compare with", escape_path(root));
            return Err(Error::Other(message));
        };
        let mut history = History::since(&repository, &revision)?;
        if self.changed_only {
            let mut scope = history.base.as_ref().map(|base| base.changes.clone()).unwrap_or_default();
            repository.untracked()?.iter().for_each(|path| scope.insert(path));
            history.scope = Some(scope).filter(|scope| !is_configured_anew(config, scope));
        }
        Ok(history)
    }
}

/// The configuration has changed, and with it perhaps what is said of any zone.
pub(super) fn is_configured_anew(config: &Config, changes: &Changes) -> bool {
    config.root.as_deref().is_some_and(|root| changes.contains(&root.join(FILE_NAME), true))
}
