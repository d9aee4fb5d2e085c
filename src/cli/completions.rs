//! `zoneward completions`: what a shell needs to complete commands, options, and their values.

use std::process::ExitCode;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::terminal::Terminal;
use super::{Arguments, Error};

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zoneward completions bash > ~/.local/share/bash-completion/completions/zoneward
  zoneward completions zsh > ~/.zfunc/_zoneward
  zoneward completions fish > ~/.config/fish/completions/zoneward.fish")]
pub(super) struct Options {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub(super) fn run(options: &Options, terminal: &mut Terminal) -> Result<ExitCode, Error> {
    // In memory first: it is written at once, and the generator knows no errors.
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "zoneward", &mut script);
    terminal.print(|out, _| out.write_all(&script))?;
    Ok(ExitCode::SUCCESS)
}
