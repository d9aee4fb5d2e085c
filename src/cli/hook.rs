//! `zoneward hook`: what the next commit does to the zones.

use std::collections::{BTreeSet, HashSet};
use std::env;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::Error;
use super::check::{Reporting, conclude, require_distinct};
use super::fixes::FixOptions;
use super::inputs::{ProjectOptions, shorten};
use super::terminal::Terminal;
use super::versions::is_configured_anew;
use crate::config;
use crate::diagnostic::Level;
use crate::project::git::{Commit, Difference, Overlay, Repository};
use crate::project::{Base, Changes, History, in_real_folder};
use crate::source::escape_path;

/// Arguments of `hook`.
#[derive(Debug, Args)]
#[command(mut_arg("fail_on", |fail_on| {
    fail_on.help("The level from which on findings fail the run [default: warning]")
}))]
#[command(after_help = "\
The whole project is loaded, as the next commit will have it, and compared with HEAD. Reported is what
is found in the zones that the changed files are part of.

As .git/hooks/pre-commit:
  #!/bin/sh
  exec zoneward hook")]
pub(super) struct Options {
    /// Files that have changed [default: those that the next commit changes]
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    project: ProjectOptions,

    #[command(flatten)]
    reporting: Reporting,
}

/// Checks, reports, and tells by the exit code what came of it.
pub(super) fn run(options: &Options, terminal: &mut Terminal) -> Result<ExitCode, Error> {
    let started = Instant::now();
    require_distinct("hook", &options.reporting.format)?;
    let nowhere = || Error::Other("there is no git repository here, and nothing to be committed".to_owned());
    let repository = Repository::of(Path::new("."))?.ok_or_else(nowhere)?;
    let change = Change::new(&repository, &options.files)?;
    let (mut request, config) = options.project.prepare(&[change.root(repository.top())?])?;
    request.history = change.history(&repository)?;
    request.history.scope.take_if(|scope| is_configured_anew(&config, scope));
    let pool = options.project.pool()?;
    // Of a hook that passes, pre-commit shows nothing: what is not to be overlooked has to fail.
    let no_fixes = FixOptions::default();
    conclude((&options.reporting, &no_fixes), (&request, config), &pool, (started, Level::Warning), terminal)
}

/// What is to be checked.
struct Change {
    /// The commit that it is compared with.
    base: Commit,
    /// What the next commit changes.
    staged: Vec<Difference>,
    /// The files that were named, by their real folders.
    named: BTreeSet<PathBuf>,
}

impl Change {
    fn new(repository: &Repository, files: &[PathBuf]) -> Result<Self, Error> {
        // `pre-commit run --from-ref`, and the hooks of a push.
        let base = match env::var("PRE_COMMIT_FROM_REF") {
            Ok(revision) if !revision.is_empty() => repository.base(&revision)?,
            _ => repository.head()?,
        };
        let staged = repository.index_against(&base)?;
        Ok(Self { base, staged, named: files.iter().map(|file| in_real_folder(file)).collect() })
    }

    /// What findings are reported for. No tool names the files that are removed.
    fn scope(&self) -> Changes {
        let mut scope = Changes::new(&self.staged);
        if !self.named.is_empty() {
            let removed = self.staged.iter().filter(|difference| difference.is_removal());
            scope = Changes::new(removed);
            self.named.iter().for_each(|path| scope.insert(path));
        }
        scope
    }

    /// The folder that is checked: that of the configuration closest to what has changed, or else all
    /// of the repository.
    fn root(&self, top: &Path) -> Result<PathBuf, Error> {
        let staged = self.staged.iter().map(|difference| &difference.path);
        let changed = staged.filter(|_| self.named.is_empty()).chain(&self.named);
        let roots: BTreeSet<_> = changed
            .filter_map(|path| Some(config::closest(path)?.parent()?.to_path_buf()))
            .filter(|root| root.starts_with(top))
            .collect();
        let mut roots = roots.iter();
        let root = roots.next().map_or(top, |root| root);
        if let Some(other) = roots.next() {
            return Err(Error::Other(format!(
                "the change is of two projects, {} and {}; run one hook for each, with --config",
                escape_path(root),
                escape_path(other),
            )));
        }
        let shown = shorten(root);
        Ok(if shown.as_os_str().is_empty() { PathBuf::from(".") } else { shown })
    }

    /// The versions: that of the index, and that of the last commit.
    fn history(&self, repository: &Repository) -> Result<History, Error> {
        let staged: HashSet<_> = self.staged.iter().map(|difference| &difference.path).collect();
        // Whoever names a file that has nothing in the index means it as it lies there.
        let as_it_lies = |path: &PathBuf| self.named.contains(path) && !staged.contains(path);
        // Each asks the disk about every file.
        let (unstaged, untracked) =
            rayon::join(|| repository.disk_against_index(), || repository.untracked());
        let (lying, hidden): (Vec<_>, Vec<_>) = unstaged?.into_iter().partition(|it| as_it_lies(&it.path));
        let mut changes = Changes::new(&self.staged);
        for difference in &lying {
            changes.insert(&difference.path);
        }
        // What is not staged is in the index as it is in the last commit.
        let unchanged = lying.iter().chain(&hidden).filter(|it| !staged.contains(&it.path));
        let earlier = self.staged.iter().chain(unchanged).cloned().collect();
        let mut version = Overlay::new(repository, hidden);
        version.hide(untracked?.into_iter().filter(|path| !as_it_lies(path)));
        Ok(History {
            version: Some(version).filter(|version| !version.is_empty()),
            base: self.base.exists().then(|| Base::new(repository, self.base.name.clone(), earlier, changes)),
            scope: Some(self.scope()),
        })
    }
}
