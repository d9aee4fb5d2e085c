//! Names of rules, groups, levels and formats as arguments; what is unknown is met with the nearest
//! known one.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, Args, Command, Error};

use crate::config::{did_you_mean, selector_names};
use crate::report::Format;
use crate::suppress::{Policy, Selector, Setting};
use crate::zone::seconds_of_date;

/// Reads an argument that is, or begins with, one of many known words; shells complete them.
#[derive(Clone)]
pub(super) struct Known<T> {
    /// The words.
    pub(super) words: fn() -> Vec<PossibleValue>,
    /// Reads the argument; an error says what else may be meant.
    pub(super) read: fn(&str) -> Result<T, String>,
}

impl<T: Clone + Send + Sync + 'static> TypedValueParser for Known<T> {
    type Value = T;

    fn parse_ref(&self, command: &Command, argument: Option<&Arg>, value: &OsStr) -> Result<T, Error> {
        self.read.parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.words)().into_iter()))
    }
}

/// Rules and groups.
const SELECTOR: Known<Selector> =
    Known { words: || selector_names().map(PossibleValue::new).collect(), read: selector };

/// Formats, each with or without a file.
pub(super) const OUTPUT: Known<Output> = Known {
    words: || Format::ALL.map(|format| PossibleValue::new(format.name()).help(format.purpose())).into(),
    read: output,
};

/// Which rules run, and as what.
#[derive(Debug, Args)]
#[command(next_help_heading = "Rules")]
pub(super) struct RuleOptions {
    /// Run only these rules and groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', value_parser = SELECTOR)]
    #[arg(hide_possible_values = true)]
    select: Vec<Selector>,

    /// Do not run these rules and groups
    #[arg(long, value_name = "RULE|GROUP", value_delimiter = ',', value_parser = SELECTOR)]
    #[arg(hide_possible_values = true)]
    ignore: Vec<Selector>,

    /// Give what a rule or group finds this level: error, warning, info or off
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',', value_parser = level)]
    level: Vec<(Selector, Setting)>,

    /// Check as if it were this time: YYYYMMDDHHMMSS in UTC, or seconds since 1970
    #[arg(long, value_name = "TIME", value_parser = time)]
    now: Option<u32>,
}

fn time(word: &str) -> Result<u32, String> {
    match word.len() {
        14 => seconds_of_date(word.as_bytes()).map_err(|part| format!("the {part} is none that exists")),
        _ => word.parse().map_err(|_| "expected YYYYMMDDHHMMSS, or seconds since 1970".to_owned()),
    }
}

impl RuleOptions {
    /// Adds these options to what the configuration says.
    pub(super) fn apply(&self, policy: &mut Policy) {
        self.select.iter().for_each(|&selector| policy.select(selector));
        self.level.iter().for_each(|&(selector, setting)| policy.insist(selector, setting));
        self.ignore.iter().for_each(|&selector| policy.ignore(selector));
        if let Some(now) = self.now {
            policy.set_now(now);
        }
    }
}

/// An unknown word with what may be meant instead.
pub(super) fn unknown<'a>(
    what: &str,
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: &str,
) -> String {
    let hint = did_you_mean(word, known).unwrap_or_else(|| otherwise.to_owned());
    format!("no such {what}; {hint}")
}

fn selector(name: &str) -> Result<Selector, String> {
    let missing = || unknown("rule or group", name, selector_names(), "`zoneward rules` lists them");
    Selector::parse(name).ok_or_else(missing)
}

fn level(argument: &str) -> Result<(Selector, Setting), String> {
    let (name, word) = argument.split_once('=').ok_or("expected RULE=LEVEL")?;
    let missing = || unknown("level", word, Setting::WORDS, "known are error, warning, info and off");
    Ok((selector(name)?, Setting::parse(word).ok_or_else(missing)?))
}

/// A format, and the file it goes to if not to standard output.
pub(super) type Output = (Format, Option<PathBuf>);

/// Reads `FORMAT[=FILE]`.
fn output(argument: &str) -> Result<Output, String> {
    let (name, file) = match argument.split_once('=') {
        Some((_, "")) => return Err("no file is named after the `=`".to_owned()),
        Some((name, file)) => (name, (file != "-").then(|| file.into())),
        None => (argument, None),
    };
    let names = Format::ALL.map(Format::name);
    let missing = || unknown("format", name, names, &format!("known are {}", names.join(", ")));
    Ok((Format::parse(name).ok_or_else(missing)?, file))
}
