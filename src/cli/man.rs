//! `zoneward man`: the manual pages, from the same declaration as the help.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::names::unknown;
use super::terminal::Terminal;
use super::{Arguments, Error};

/// Arguments of `man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zoneward man | man -l -
  zoneward man check > ~/.local/share/man/man1/zoneward-check.1")]
pub(super) struct Options {
    /// The page of this command, rather than that of zoneward itself
    #[arg(value_name = "COMMAND", value_parser = command)]
    command: Option<String>,
}

fn command(name: &str) -> Result<String, String> {
    let arguments = Arguments::command();
    let names: Vec<_> = arguments.get_subcommands().map(Command::get_name).collect();
    let missing = || unknown("command", name, names.iter().copied(), "`zoneward help` lists them");
    if names.contains(&name) { Ok(name.to_owned()) } else { Err(missing()) }
}

/// Prints the page.
pub(super) fn run(options: &Options, terminal: &mut Terminal) -> Result<ExitCode, Error> {
    let mut command = Arguments::command();
    command.build();
    // There is no page for it.
    command = command.mut_subcommand("help", |help| help.hide(true));
    if let Some(name) = &options.command {
        command = command.find_subcommand(name).expect("it was found when it was read").clone();
    }
    let main = options.command.is_none();
    terminal.print(|out, _| write(&command, main, out))?;
    Ok(ExitCode::SUCCESS)
}

fn write(command: &Command, main: bool, out: &mut dyn Write) -> io::Result<()> {
    let page = Man::new(command.clone()).manual("zoneward");
    let page = page.source(concat!("zoneward ", env!("CARGO_PKG_VERSION")));
    page.render_title(out)?;
    page.render_name_section(out)?;
    page.render_synopsis_section(out)?;
    page.render_description_section(out)?;
    page.render_options_section(out)?;
    if main {
        page.render_subcommands_section(out)?;
    }
    let mut roff = Roff::default();
    if let Some(text) = command.get_after_help() {
        blocks(&text.to_string(), &mut roff);
    }
    if main {
        definitions("ENVIRONMENT", &ENVIRONMENT, &mut roff);
        definitions("FILES", &FILES, &mut roff);
    }
    roff.to_writer(out)
}

const ENVIRONMENT: [(&str, &str); 3] = [
    ("NO_COLOR", "If it is set and not empty, there are no colors."),
    ("CLICOLOR_FORCE", "If it is set and not 0, there are colors even where there is no terminal."),
    (
        "TERM, LC_ALL, LC_CTYPE, LANG",
        "On a dumb terminal, and where the text is not UTF-8, lines are drawn in ASCII.",
    ),
];

const FILES: [(&str, &str); 1] =
    [("zoneward.toml", "The configuration, closest at or above what is checked. See zoneward-schema(1).")];

/// What stands below the options in the help: headings that end in a colon, each with lines that are
/// laid out.
fn blocks(text: &str, roff: &mut Roff) {
    for line in text.lines() {
        if let Some(heading) = line.strip_suffix(':').filter(|line| !line.starts_with(' ')) {
            roff.control("SH", [&*heading.to_uppercase()]);
            roff.control("nf", []);
        } else {
            roff.text([roman(line.strip_prefix("  ").unwrap_or(line))]);
        }
    }
    roff.control("fi", []);
}

fn definitions(heading: &str, list: &[(&str, &str)], roff: &mut Roff) {
    roff.control("SH", [heading]);
    for &(word, meaning) in list {
        roff.control("TP", []);
        roff.text([bold(word)]);
        roff.text([roman(meaning)]);
    }
}
