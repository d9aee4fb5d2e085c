//! The commands: one file for each, and what they share.

mod check;
mod explain;
mod inputs;
mod names;
mod rules;
mod table;
mod terminal;
mod zones;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::config;
use crate::source::{escape, escape_path};
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

    /// When to use colors; auto means on a terminal, unless NO_COLOR is set or TERM is dumb
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t)]
    color: ColorChoice,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check zone files and directories of them
    Check(check::Options),
    /// List the zones, and how the name of each was found
    Zones(zones::Options),
    /// Explain a rule: why it is there, and what to do
    Explain(explain::Options),
    /// List the rules
    Rules(rules::Options),
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
    /// Something else, in a sentence.
    #[error("{0}")]
    Other(String),
    /// The output cannot be written.
    #[error("cannot write to standard output: {0}")]
    Output(#[from] io::Error),
}

/// Does what the arguments say; the first one is the name of the program.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return say(&error),
    };
    let mut terminal = Terminal::new(arguments.color);
    let done = match &arguments.command {
        Command::Check(options) => check::run(options, &mut terminal),
        Command::Zones(options) => zones::run(options, &mut terminal),
        Command::Explain(options) => explain::run(options, &mut terminal),
        Command::Rules(options) => rules::run(options, &mut terminal),
    };
    let error = match done {
        Ok(code) => return code,
        Err(Error::Usage(error)) => return say(&error),
        Err(error) => error,
    };
    if let Error::Config { error: config::Error::Mistakes(mistakes), .. } = &error {
        terminal.draw(mistakes);
    }
    terminal.complain(&escape(error.to_string().as_bytes()));
    ExitCode::from(COULD_NOT_CHECK)
}

/// Prints what clap has to say: help, version, or what is wrong with the arguments.
fn say(error: &clap::Error) -> ExitCode {
    // Where not even that can be written, the exit code has to do.
    _ = error.print();
    ExitCode::from(if error.use_stderr() { COULD_NOT_CHECK } else { 0 })
}

/// Arguments of a command that do not fit together.
fn usage(command: &str, message: &str) -> clap::Error {
    let mut arguments = Arguments::command();
    arguments.build();
    let command = arguments.find_subcommand_mut(command).expect("commands name themselves");
    command.error(ErrorKind::ArgumentConflict, message)
}
