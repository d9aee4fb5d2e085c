//! `zoneward init`: a configuration with what the zones have in common.

use std::collections::BTreeSet;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::inputs::ProjectOptions;
use super::terminal::Terminal;
use super::{COULD_NOT_CHECK, Error};
use crate::cluster;
use crate::config::{Draft, FILE_NAME};
use crate::project::{self, Doubt, DoubtKind, Fate};
use crate::source::{Sources, escape_path, real_path, reason};

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(mut_arg("config", |config| config.hide(true)), mut_arg("isolated", |isolated| isolated.hide(true)))]
#[command(after_help = "\
Examples:
  zoneward init zones/          writes zones/zoneward.toml
  zoneward init --output -      shows what it would write")]
pub(super) struct Options {
    /// Zone files and directories of them
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// Where to write; `-` is standard output [default: zoneward.toml in the directory that is given, or here]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Overwrite a file that is there
    #[arg(long)]
    force: bool,

    #[command(flatten)]
    project: ProjectOptions,
}

/// Writes the configuration.
pub(super) fn run(options: &Options, terminal: &mut Terminal) -> Result<ExitCode, Error> {
    let output = options.output.clone().unwrap_or_else(|| match &options.paths[..] {
        [folder] if folder.is_dir() && folder != Path::new(".") => folder.join(FILE_NAME),
        _ => PathBuf::from(FILE_NAME),
    });
    let printed = output == Path::new("-");
    if !printed && !options.force && fs::symlink_metadata(&output).is_ok() {
        let there = escape_path(&output);
        return Err(Error::Other(format!("{there} is there already; --force overwrites it")));
    }
    let (request, _) = options.project.isolated().prepare(&options.paths)?;
    let sources = Sources::new();
    let project = options.project.pool()?.install(|| project::load(&request, &sources, |_| ((), Fate::Kept)));
    let folder = if printed { Path::new(".") } else { output.parent().unwrap_or(Path::new(".")) };
    let folder = real_path(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
    let unknown = project.doubts.iter().filter(|doubt| doubt.kind == DoubtKind::OriginUnknown);
    let file = |doubt: &Doubt| {
        let path = real_path(&sources.path(doubt.span.file));
        path.strip_prefix(&folder).map(Path::to_path_buf).unwrap_or(path)
    };
    let mut draft = Draft { unknown: unknown.map(file).collect(), ..Draft::default() };
    draft.zones = project.zones.len();
    let views = crate::whole_views(project.zones);
    let mut clusters: Vec<_> = views.iter().flat_map(|view| cluster::clusters(view, &[]).0).collect();
    // A cluster that several views show is one.
    let mut seen = BTreeSet::new();
    clusters.retain(|cluster| seen.insert(cluster.standard().members().clone()));
    let mut names = (1..).map(|number| format!("mail-{number}"));
    for cluster in &clusters {
        match cluster.draft(&names.next().expect("there are enough numbers")) {
            Some(declaration) => draft.clusters.push((declaration, cluster.domains().len())),
            None => draft.undeclared.push(cluster.nodes().to_vec()),
        }
    }
    if let [(only, _)] = &mut draft.clusters[..] {
        "mail".clone_into(&mut only.name);
    }
    terminal.fail(&project.failures);
    if draft.zones == 0 && !project.failures.is_empty() {
        return Ok(ExitCode::from(COULD_NOT_CHECK));
    }
    let text = draft.write();
    if printed {
        terminal.print(|out, _| out.write_all(text.as_bytes()))?;
    } else {
        write(&output, &text, options.force)?;
        terminal.remark(&format!("{}: written from {} zones", escape_path(&output), draft.zones));
    }
    let whole = project.failures.is_empty();
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(COULD_NOT_CHECK) })
}

/// Writes a file that was not there, unless it may be overwritten.
fn write(path: &Path, text: &str, force: bool) -> Result<(), Error> {
    let mut file = fs::File::options();
    let file = if force { file.create(true).truncate(true) } else { file.create_new(true) };
    let written = file.write(true).open(path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| {
        let why = if error.kind() == ErrorKind::AlreadyExists {
            "is there already".to_owned()
        } else {
            reason(&error)
        };
        Error::Other(format!("{}: {why}", escape_path(path)))
    })
}
