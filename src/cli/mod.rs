//! The commands: one file for each, and what they share.

mod bar;
mod check;
mod completions;
mod explain;
mod fixes;
mod hook;
mod ignores;
mod init;
mod inputs;
mod man;
mod names;
mod plan;
mod rules;
mod schema;
mod terminal;
mod versions;
mod zones;

use std::ffi::OsString;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::config;
use crate::project::git;
use crate::source::{escape, escape_path, reason};
use terminal::{ColorChoice, Terminal};

/// The exit code where something could not be checked.
const COULD_NOT_CHECK: u8 = 2;

/// Lints and validates BIND zones: what `named` refuses, what it silently gets wrong, and mail
/// clusters balanced by DNS.
#[derive(Debug, Parser)]
#[command(name = "zoneward", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "\
Exit codes:
  0  nothing found at or above --fail-on
  1  findings at or above --fail-on
  2  could not check: usage, configuration, unreadable input, no zone under a path")]
struct Arguments {
    #[command(subcommand)]
    command: Command,

    /// When to use colours.
    #[arg(long, global = true, value_enum, value_name = "auto|always|never", default_value_t)]
    #[arg(help = "Use colors; auto means on a terminal, unless NO_COLOR is set or TERM is dumb")]
    #[arg(hide_possible_values = true)]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check zone files and directories of them
    Check(check::Options),
    /// Check what the next commit does to the zones: for pre-commit
    Hook(hook::Options),
    /// List the zones, and how the name of each was found
    Zones(zones::Options),
    /// Infer the mail clusters from the zones, and write a zoneward.toml that declares them
    Init(init::Options),
    /// Print the records that a domain needs on a mail cluster
    Plan(plan::Options),
    /// Explain a rule: why it is there, and what to do
    Explain(explain::Options),
    /// List the rules
    Rules(rules::Options),
    /// Print completions for a shell
    Completions(completions::Options),
    /// Print a manual page
    Man(man::Options),
    /// Print the JSON Schema of zoneward.toml
    Schema(schema::Options),
}

/// Why a command could not be done.
#[derive(Debug, thiserror::Error)]
enum Error {
    /// The arguments do not fit together.
    #[error(transparent)]
    Usage(#[from] clap::Error),
    /// The configuration file cannot be used.
    #[error("{}: {error}", escape_path(path))]
    Config {
        /// The file as the user sees it.
        path: PathBuf,
        /// What is wrong with it.
        error: config::Error,
    },
    /// An earlier version cannot be had.
    #[error(transparent)]
    Git(#[from] git::Error),
    /// Something else, in a sentence.
    #[error("{0}")]
    Other(String),
    /// The output cannot be written.
    #[error("cannot write to standard output: {}", reason(.0))]
    Output(#[from] io::Error),
}

/// Does what the arguments say; the first one is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<_> = arguments.into_iter().collect();
    let arguments = match Arguments::try_parse_from(&words) {
        Ok(arguments) => arguments,
        Err(error) => return say(&error, &words),
    };
    let mut terminal = Terminal::new(arguments.color);
    // A bug in one rule is "could not check" for whoever reads exit codes, like all that prevents it.
    let done = catch_unwind(AssertUnwindSafe(|| arguments.command.run(&mut terminal)));
    let error = match done {
        Ok(Ok(code)) => return code,
        Ok(Err(Error::Usage(error))) => return say(&error, &words),
        Ok(Err(error)) => error,
        Err(_) => Error::Other("this is a bug in zoneward, and not all was checked".to_owned()),
    };
    if let Error::Config { error: config::Error::Mistakes(mistakes), .. } = &error {
        terminal.draw(mistakes);
    }
    terminal.complain(&escape(error.to_string().as_bytes()));
    ExitCode::from(COULD_NOT_CHECK)
}

impl Command {
    fn run(&self, terminal: &mut Terminal) -> Result<ExitCode, Error> {
        match self {
            Self::Check(options) => check::run(options, terminal),
            Self::Hook(options) => hook::run(options, terminal),
            Self::Zones(options) => zones::run(options, terminal),
            Self::Init(options) => init::run(options, terminal),
            Self::Plan(options) => plan::run(options, terminal),
            Self::Explain(options) => explain::run(options, terminal),
            Self::Rules(options) => rules::run(options, terminal),
            Self::Completions(options) => completions::run(options, terminal),
            Self::Man(options) => man::run(options, terminal),
            Self::Schema(options) => schema::run(options, terminal),
        }
    }
}

/// Prints what clap has to say: help, version, or what is wrong with the arguments.
fn say(error: &clap::Error, words: &[OsString]) -> ExitCode {
    let treacherous = |word: &OsString| {
        let bytes = word.as_encoded_bytes();
        escape(bytes).as_bytes() != bytes
    };
    // clap prints the arguments as they are; the name of a file can be one.
    if words.iter().any(treacherous) {
        let mut terminal = Terminal::new(ColorChoice::Never);
        let text = error.render().to_string();
        text.lines().for_each(|line| terminal.remark(&escape(line.as_bytes())));
    } else {
        // Where not even that can be written, the exit code has to do.
        _ = error.print();
    }
    ExitCode::from(if error.use_stderr() { COULD_NOT_CHECK } else { 0 })
}

/// Arguments of a command that do not fit together.
fn usage(command: &str, message: &str) -> clap::Error {
    let mut arguments = Arguments::command();
    arguments.build();
    let command = arguments.find_subcommand_mut(command).expect("commands name themselves");
    command.error(ErrorKind::ArgumentConflict, message)
}
