//! Standard output and error, and what may be drawn on them.

use std::env;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

use crate::config::Mistakes;
use crate::diagnostic::Failure;
use crate::report::Style;
use crate::source::{escape, escape_path};

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Where the commands write to.
pub(super) struct Terminal {
    out: BufWriter<StdoutLock<'static>>,
    /// Not locked: a thread that panics must be able to say so.
    err: io::Stderr,
    /// How the report may look.
    pub(super) style: Style,
    /// How what is said on standard error may look.
    err_style: Style,
    /// Standard output is a terminal.
    pub(super) interactive: bool,
}

impl Terminal {
    /// Standard output and error as the environment describes them.
    pub(super) fn new(choice: ColorChoice) -> Self {
        let out = io::stdout().lock();
        let interactive = out.is_terminal();
        let dumb = env::var_os("TERM").is_some_and(|term| term == "dumb");
        // <https://no-color.org>, <https://bixense.com/clicolors/>
        let unwanted = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let forced = env::var_os("CLICOLOR_FORCE").is_some_and(|value| !value.is_empty() && value != "0");
        let ascii = dumb || !is_utf8(|name| env::var(name).ok());
        let style = |terminal: bool| Style {
            color: match choice {
                ColorChoice::Auto => !unwanted && (forced || terminal && !dumb),
                ColorChoice::Always => true,
                ColorChoice::Never => false,
            },
            ascii,
            width: terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| width.0),
        };
        let err = io::stderr();
        let (style, err_style) = (style(interactive), style(err.is_terminal()));
        Self { out: BufWriter::new(out), err, style, err_style, interactive }
    }

    /// Writes to standard output. A pipe that nobody reads any more is no error.
    pub(super) fn print(
        &mut self,
        write: impl FnOnce(&mut dyn Write, Style) -> io::Result<()>,
    ) -> io::Result<()> {
        match write(&mut self.out, self.style).and_then(|()| self.out.flush()) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            done => done,
        }
    }

    /// Says on standard error what went wrong.
    pub(super) fn complain(&mut self, message: &str) {
        self.remark(&format!("zoneward: {message}"));
    }

    /// Says what could not be checked.
    pub(super) fn fail(&mut self, failures: &[Failure]) {
        for Failure { path, message } in failures {
            self.complain(&format!("{}: {}", escape_path(path), escape(message.as_bytes())));
        }
    }

    /// Shows what is wrong with a configuration file.
    pub(super) fn draw(&mut self, mistakes: &Mistakes) {
        // Nobody is left to be told that standard error cannot be written; so below.
        _ = self.err.write_all(mistakes.draw(self.err_style).as_bytes());
    }

    /// A line on standard error.
    pub(super) fn remark(&mut self, line: &str) {
        _ = self.err.write_all(format!("{line}\n").as_bytes());
    }
}

/// Whether the locale is one of UTF-8: the first of these variables that is set tells (POSIX.1
/// section 8.2).
fn is_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"];
    let locale = names.into_iter().filter_map(variable).find(|value| !value.is_empty());
    match locale {
        Some(locale) => locale.to_lowercase().replace('-', "").contains("utf8"),
        None => cfg!(windows),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_names_the_locale() {
        let locale = |all: &str, lang: &str| {
            let (all, lang) = (all.to_owned(), lang.to_owned());
            is_utf8(move |name| match name {
                "LC_ALL" => Some(all.clone()),
                "LANG" => Some(lang.clone()),
                _ => None,
            })
        };
        assert!(locale("", "de_DE.UTF-8"));
        assert!(locale("C.utf8", "C"));
        assert!(!locale("C", "de_DE.UTF-8"));
        assert!(!locale("", "de_DE@euro"));
        assert_eq!(locale("", ""), cfg!(windows));
    }
}
