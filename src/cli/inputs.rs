//! Which zones a command is about, and the configuration that holds for them.

use std::path::{Path, PathBuf};

use clap::Args;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::{Error, usage};
use crate::config::{self, Config};
use crate::project::{self, Request};
use crate::source::escape_path;
use crate::syntax::{Name, NameBuffer, NameRef};

/// Standard input, as a path.
const STDIN: &str = "-";

/// Records that may stay in memory although their zones are in order: some 5 MB.
const ROOM: usize = 50_000;

/// What commands read that are told where the zones are.
#[derive(Debug, Args)]
pub(super) struct Inputs {
    /// Zone files, directories of them, or a named.conf; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// The zone that the file is; only with one file or standard input
    #[arg(long, value_name = "NAME", value_parser = origin, help_heading = "Zones")]
    origin: Option<Name>,

    #[command(flatten)]
    pub(super) project: ProjectOptions,
}

/// Options of all commands that read zones.
#[derive(Debug, Clone, Args)]
pub(super) struct ProjectOptions {
    /// The directory that relative $INCLUDE paths start from, as `directory` in named.conf
    #[arg(long, value_name = "DIR", help_heading = "Zones")]
    include_base: Option<PathBuf>,

    /// The named.conf that says which file is which zone [default: those in the directories]
    #[arg(long, value_name = "FILE", help_heading = "Zones")]
    named_conf: Option<PathBuf>,

    /// Where a path of the server is here: prefix there, prefix here; can be given several times
    #[arg(long, value_name = "FROM=TO", value_parser = mapping, help_heading = "Zones")]
    map: Vec<(PathBuf, PathBuf)>,

    /// Use this configuration [default: the closest zoneward.toml at or above the paths]
    #[arg(long, value_name = "FILE", help_heading = "Configuration")]
    config: Option<PathBuf>,

    /// Look for no configuration
    #[arg(long, conflicts_with = "config", help_heading = "Configuration")]
    isolated: bool,

    /// Threads; 0 means one for each processor
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    jobs: u16,
}

fn mapping(word: &str) -> Result<(PathBuf, PathBuf), String> {
    match word.split_once('=') {
        Some((from, to)) if Path::new(from).is_absolute() => {
            Ok((from.into(), if to.is_empty() { ".".into() } else { to.into() }))
        }
        Some(_) => Err("FROM is a path of the server and begins with `/`".to_owned()),
        None => Err("write FROM=TO, as in /etc/bind=bind".to_owned()),
    }
}

/// A domain name as an argument.
pub(super) fn origin(word: &str) -> Result<Name, String> {
    let mut buffer = NameBuffer::new();
    let parsed = buffer.parse(word.as_bytes(), NameRef::ROOT);
    parsed.map(|()| buffer.name().into()).map_err(|_| "that is no domain name".to_owned())
}

impl Inputs {
    /// What is to be loaded, and what the configuration says of it.
    pub(super) fn prepare(&self, command: &str) -> Result<(Request, Config), Error> {
        if self.origin.is_some() && !self.is_one_file() {
            return Err(usage(command, "--origin needs exactly one file, or `-`").into());
        }
        if self.paths.iter().filter(|path| is_stdin(path)).count() > 1 {
            return Err(usage(command, "standard input (`-`) can be read only once").into());
        }
        let (request, config) = self.project.prepare(&self.paths)?;
        Ok((Request { origin: self.origin.clone(), ..request }, config))
    }

    /// Standard input is one of the zones.
    pub(super) fn has_stdin(&self) -> bool {
        self.paths.iter().any(|path| is_stdin(path))
    }

    fn is_one_file(&self) -> bool {
        matches!(&self.paths[..], [path] if is_stdin(path) || !path.is_dir())
    }
}

impl ProjectOptions {
    /// These options where no configuration counts but one that was given.
    pub(super) fn isolated(&self) -> Self {
        Self { isolated: self.config.is_none(), ..self.clone() }
    }

    /// What is to be loaded of these paths, and what the configuration says of it.
    pub(super) fn prepare(&self, paths: &[PathBuf]) -> Result<(Request, Config), Error> {
        let mut config = self.configuration(paths)?;
        let request = Request {
            paths: paths.to_vec(),
            include_base: self.include_base.clone(),
            exclude: std::mem::take(&mut config.exclude),
            zones: std::mem::take(&mut config.zones),
            named_conf: self.named_conf.clone().or_else(|| config.named_conf.take()),
            map: self.map.clone(),
            root: config.root.clone().unwrap_or_else(|| project::root_of(paths)),
            room: ROOM,
            ..Request::default()
        };
        Ok((request, config))
    }

    /// The threads that do the work.
    pub(super) fn pool(&self) -> Result<ThreadPool, Error> {
        let pool = ThreadPoolBuilder::new().num_threads(self.jobs.into()).build();
        pool.map_err(|error| Error::Other(format!("cannot start {} threads: {error}", self.jobs)))
    }

    fn configuration(&self, paths: &[PathBuf]) -> Result<Config, Error> {
        let path = match &self.config {
            _ if self.isolated => None,
            Some(path) => Some(path.clone()),
            None => closest(paths)?,
        };
        let Some(path) = path else { return Ok(Config::default()) };
        config::read(&path).map_err(|error| Error::Config { path, error })
    }
}

/// The configuration that is closest to every path. Two of them would each hold for a part of
/// the zones only, and which zones are judged together would be anyone's guess.
fn closest(paths: &[PathBuf]) -> Result<Option<PathBuf>, Error> {
    let of = |path: &Path| {
        let file = config::closest(if is_stdin(path) { Path::new(".") } else { path });
        file.map(|file| shorten(&file))
    };
    let Some((first, others)) = paths.split_first() else { return Ok(None) };
    let chosen = of(first);
    for other in others {
        let another = of(other);
        if another != chosen {
            let name = |file: &Option<PathBuf>| file.as_deref().map_or("none".to_owned(), escape_path);
            return Err(Error::Other(format!(
                "the configuration of {} is {}, and of {} it is {}; check them one by one, or say --config or --isolated",
                escape_path(first),
                name(&chosen),
                escape_path(other),
                name(&another),
            )));
        }
    }
    Ok(chosen)
}

fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
}

/// A path below the current directory without it.
pub(super) fn shorten(path: &Path) -> PathBuf {
    let current = std::env::current_dir().and_then(|folder| folder.canonicalize());
    let below = current.ok().and_then(|folder| path.strip_prefix(folder).ok());
    below.unwrap_or(path).to_path_buf()
}
