//! `--fix` and `--diff`: what can be mended is mended before it is reported.

use std::io;

use clap::{Args, ValueEnum};
use rayon::ThreadPool;

use super::bar::show_while;
use super::terminal::Terminal;
use super::{Error, usage};
use crate::cluster::Declaration;
use crate::diagnostic::{Applicability, Failure};
use crate::fix::{Left, Repair};
use crate::project::Request;
use crate::source::{Sources, escape, escape_path};
use crate::suppress::Policy;
use crate::{Mended, Outcome, check, mend};

/// Which fixes are made, and whether they are written.
#[derive(Debug, Default, Args)]
pub(super) struct FixOptions {
    /// Mend what can be mended safely (safe), or also what takes data away or guesses (all); what
    /// remains is reported
    #[arg(long, value_enum, value_name = "safe|all", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "safe", hide_possible_values = true, help_heading = "Fixes")]
    fix: Option<Fixes>,

    /// Print what --fix would change as a unified diff, in place of the report, and write nothing
    #[arg(long, help_heading = "Fixes")]
    diff: bool,
}

/// What is to be mended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Fixes {
    Safe,
    All,
}

impl FixOptions {
    /// Checks, and mends what is to be mended. Returns what a check finds then, the texts that it read,
    /// and the files that could not be written.
    pub(super) fn check(
        &self,
        request: &Request,
        policy: &Policy,
        clusters: &[Declaration],
        pool: &ThreadPool,
        terminal: &mut Terminal,
    ) -> io::Result<(Outcome, Sources, Vec<Failure>)> {
        let style = terminal.style;
        let look = || {
            let sources = Sources::new();
            let work = || pool.install(|| check(request, policy, clusters, &sources));
            (show_while(sources.progress(), style, work), sources)
        };
        let most = match self.fix {
            Some(Fixes::All) => Applicability::Unsafe,
            None if !self.diff => {
                let (outcome, sources) = look();
                return Ok((outcome, sources, Vec::new()));
            }
            _ => Applicability::Safe,
        };
        let Mended { mut repair, before: (outcome, sources) } =
            pool.install(|| mend(request, policy, clusters, most));
        if self.diff {
            let safe = terminal.interactive;
            terminal.print(|out, _| repair.write_diff(safe, out))?;
            tell(&repair, "would fix", terminal);
            return Ok((outcome, sources, Vec::new()));
        }
        if repair.is_empty() {
            tell(&repair, "fixed", terminal);
            return Ok((outcome, sources, Vec::new()));
        }
        let failed = |Left { path, reason }| Failure { path, message: format!("not fixed: {reason}") };
        let unwritten: Vec<_> = pool.install(|| repair.write()).into_iter().map(failed).collect();
        if unwritten.is_empty() || !repair.is_empty() {
            tell(&repair, "fixed", terminal);
        }
        let (outcome, sources) = look();
        Ok((outcome, sources, unwritten))
    }

    /// The diff is printed in place of the report.
    pub(super) fn is_diff(&self) -> bool {
        self.diff
    }

    /// Standard input can be read once, and cannot be written.
    pub(super) fn require_files(&self, stdin: bool) -> Result<(), Error> {
        if stdin && (self.diff || self.fix.is_some()) {
            return Err(usage("check", "standard input (`-`) cannot be fixed; name the file").into());
        }
        Ok(())
    }
}

/// Says on standard error what was mended, and which files were left alone.
fn tell(repair: &Repair, verb: &str, terminal: &mut Terminal) {
    for Left { path, reason } in repair.left() {
        terminal.complain(&format!("{}: not fixed: {}", escape_path(path), escape(reason.as_bytes())));
    }
    let (findings, files) = repair.figures();
    let count = |number, noun: &str| format!("{number} {noun}{}", if number == 1 { "" } else { "s" });
    terminal.complain(&match findings {
        0 => "nothing to fix".to_owned(),
        _ => format!("{verb} {} in {}", count(findings, "finding"), count(files, "file")),
    });
}
