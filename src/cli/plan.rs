//! `zoneward plan`: the records that a domain needs on a mail cluster.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::inputs::{ProjectOptions, origin};
use super::terminal::Terminal;
use super::{COULD_NOT_CHECK, Error};
use crate::cluster::{self, Cluster, Cover, Planned, Style};
use crate::project::{self, Fate};
use crate::source::Sources;
use crate::syntax::Name;
use std::path::PathBuf;

/// Arguments of `plan`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zoneward plan shop.example zones/                    to paste, or to $INCLUDE at the apex
  zoneward plan shop.example --style cname > shop.inc")]
pub(super) struct Options {
    /// The domain
    #[arg(value_name = "DOMAIN", value_parser = origin)]
    domain: Name,

    /// Zone files and directories of the other domains
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// The cluster, as zoneward.toml calls it [default: the one that claims the domain]
    #[arg(long, value_name = "NAME")]
    cluster: Option<String>,

    /// Address records in the domain, or aliases of names that have them [default: as most other domains]
    #[arg(long, value_enum, value_name = "a|cname", hide_possible_values = true)]
    style: Option<Spelling>,

    #[command(flatten)]
    project: ProjectOptions,
}

/// How `--style` is spelt.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Spelling {
    /// Address records.
    A,
    /// Aliases.
    Cname,
}

/// Prints the records.
pub(super) fn run(options: &Options, terminal: &mut Terminal) -> Result<ExitCode, Error> {
    let (request, config) = options.project.prepare(&options.paths)?;
    let sources = Sources::new();
    let project = options.project.pool()?.install(|| project::load(&request, &sources, |_| ((), Fate::Kept)));
    let views = crate::whole_views(project.zones);
    let mut clusters = Vec::new();
    for view in &views {
        let (found, unresolved) = cluster::clusters(view, &config.clusters);
        clusters.extend(found);
        if let Some(first) = unresolved.into_iter().next() {
            return Err(Error::Other(first.reason));
        }
    }
    let cluster = choose(options, &clusters).map_err(Error::Other)?;
    let style = options.style.map(|style| match style {
        Spelling::A => Style::Addresses,
        Spelling::Cname => Style::Alias,
    });
    let domain = options.domain.as_ref();
    let records = cluster.plan(domain, style).map_err(Error::Other)?;
    terminal.fail(&project.failures);
    let basis = cluster.basis();
    terminal.print(|out, _| {
        writeln!(out, "; The records of {domain} on its mail cluster, by `zoneward plan {domain}`.")?;
        writeln!(
            out,
            "; The {}.",
            basis
                .strip_prefix("cluster")
                .map_or(format!("cluster is {basis}"), |rest| format!("cluster{rest}"))
        )?;
        writeln!(out, "$ORIGIN {}", if domain.is_root() { ".".to_owned() } else { format!("{domain}.") })?;
        lines(&records).iter().try_for_each(|line| writeln!(out, "{line}"))
    })?;
    let whole = project.failures.is_empty();
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(COULD_NOT_CHECK) })
}

/// The records in columns. The owner stands at the first of its records alone.
fn lines(records: &[Planned]) -> Vec<String> {
    let width = records.iter().map(|record| record.owner.chars().count()).max().unwrap_or(0);
    let mut before = None;
    let line = |record: &Planned| {
        let owner = if before.as_ref() == Some(&record.owner) { "" } else { &record.owner };
        before = Some(record.owner.clone());
        format!("{owner:width$}  {}  IN  {:5}  {}", record.ttl, record.rtype.to_string(), record.data)
    };
    records.iter().map(line).collect()
}

/// The cluster of the domain: the one that was named, or that names or has the domain, or the only one.
fn choose<'c, 'v>(options: &Options, clusters: &'c [Cluster<'v>]) -> Result<&'c Cluster<'v>, String> {
    let declared = |cluster: &'c Cluster<'v>| cluster.standard().declaration();
    if let Some(name) = &options.cluster {
        let found = clusters.iter().find(|cluster| declared(cluster).is_some_and(|it| it.name == *name));
        let names: Vec<_> = clusters.iter().filter_map(declared).map(|it| format!("`{}`", it.name)).collect();
        return found.ok_or_else(|| match &names[..] {
            [] => "no cluster is declared, so --cluster has nothing to name; `zoneward init` declares what it finds".to_owned(),
            names => format!("no cluster is called `{name}`; there are {}", names.join(", ")),
        });
    }
    let domain = options.domain.to_string();
    let claims = |cluster: &&'c Cluster<'v>| declared(cluster).and_then(|it| it.claims(&domain));
    let has = |cluster: &&&'c Cluster<'v>| {
        cluster.domains().iter().any(|served| served.zone().origin() == options.domain.as_ref())
    };
    // What is declared goes before what is inferred.
    let is_declared = clusters.iter().any(Cluster::is_declared);
    let all: Vec<&Cluster<'_>> =
        clusters.iter().filter(|cluster| cluster.is_declared() == is_declared).collect();
    let named = all.iter().find(|cluster| claims(cluster) == Some(Cover::Name));
    if let Some(cluster) = named.or_else(|| all.iter().find(has)) {
        return Ok(cluster);
    }
    let open: Vec<_> = all.iter().filter(|cluster| !is_declared || claims(cluster).is_some()).collect();
    match (&open[..], &all[..]) {
        ([only], _) => Ok(only),
        (_, []) => Err("there is no mail cluster: no zone balances a service over several addresses, and none is declared".to_owned()),
        ([], _) => Err(format!("no declared cluster claims {domain}; say which one it is to be on with --cluster")),
        _ if is_declared => Err(format!("several clusters could serve {domain}; say which one with --cluster")),
        _ => Err("there are several clusters; `zoneward init` declares them, then say which one with --cluster".to_owned()),
    }
}
