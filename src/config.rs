//! `zoneward.toml`: where it is, and what it says.

mod cluster;
mod draft;
mod keys;
mod mistake;
mod policy;
mod reader;
mod schema;

use std::fmt;
use std::path::{Path, PathBuf};

use globset::GlobSet;

use crate::cluster::Declaration;
use crate::diagnostic::Level;
use crate::project::ConfiguredZone;
use crate::source::{Sources, real_path};
use crate::suppress::Policy;

pub use crate::suppress::{did_you_mean, selector_names};
pub use draft::Draft;
pub use mistake::{Mistake, Mistakes};
pub use schema::schema;

/// The name of the file.
pub const FILE_NAME: &str = "zoneward.toml";

/// Which findings fail the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// None.
    Never,
    /// Those of this level and worse.
    Level(Level),
}

impl FailOn {
    /// The words for it, from strict to lenient.
    pub const WORDS: [&str; 4] = ["info", "warning", "error", "never"];

    /// What a word stands for.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "info" => Self::Level(Level::Info),
            "warning" => Self::Level(Level::Warning),
            "error" => Self::Level(Level::Error),
            "never" => Self::Never,
            _ => return None,
        })
    }

    /// Whether a run fails whose worst finding has this level.
    pub fn fails(self, worst: Option<Level>) -> bool {
        match self {
            Self::Never => false,
            Self::Level(level) => worst.is_some_and(|worst| worst >= level),
        }
    }
}

/// What a configuration file says.
#[derive(Debug, Default)]
pub struct Config {
    /// The folder of the file; `None` where there is no file.
    pub root: Option<PathBuf>,
    /// Which findings fail the run.
    pub fail_on: Option<FailOn>,
    /// Paths, relative to the root, that are left out.
    pub exclude: GlobSet,
    /// What it says of rules.
    pub policy: Policy,
    /// The findings that were there before.
    pub baseline: Option<PathBuf>,
    /// Files whose zone it names.
    pub zones: Vec<ConfiguredZone>,
    /// The mail clusters that it declares.
    pub clusters: Vec<Declaration>,
    /// The `named.conf` of the zones.
    pub named_conf: Option<PathBuf>,
}

/// Why a configuration file cannot be used.
#[derive(Debug)]
pub enum Error {
    /// It cannot be read; the reason.
    Unreadable(String),
    /// What is wrong with its text.
    Mistakes(Mistakes),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => f.write_str(reason),
            Self::Mistakes(mistakes) => mistakes.fmt(f),
        }
    }
}

impl std::error::Error for Error {}

/// The configuration file closest to an input: beside it, in the folder that it is, or above.
pub fn closest(input: &Path) -> Option<PathBuf> {
    let folder = match input.parent() {
        Some(parent) if !input.is_dir() => parent,
        _ => input,
    };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    // Without `..` in it, so that each parent is a folder further up.
    let folder = real_path(folder);
    folder.ancestors().map(|folder| folder.join(FILE_NAME)).find(|file| file.exists())
}

/// Reads a configuration file. All of its mistakes are reported, not only the first.
pub fn read(path: &Path) -> Result<Config, Error> {
    let sources = Sources::new();
    let mut bytes = Vec::new();
    let unreadable = |reason: &str| Error::Unreadable(reason.to_owned());
    sources.read(sources.add(path), &mut bytes).map_err(|error| {
        let text = error.to_string();
        let path = format!("{}: ", path.display());
        unreadable(text.strip_prefix(&path).unwrap_or(&text))
    })?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("is not UTF-8, which TOML must be"))?;
    let root = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mistakes = |list| Error::Mistakes(Mistakes { path: path.into(), text: text.clone(), list });
    let mut config = reader::read(&text, root).map_err(mistakes)?;
    config.policy.file = Some((path.to_path_buf(), root.to_path_buf()));
    config.clusters.iter_mut().for_each(|cluster| cluster.file = path.into());
    Ok(config)
}
