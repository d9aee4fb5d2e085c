//! `[rules]`, `[[override]]` and `[[ignore]]`.

use std::ops::Range;

use globset::GlobSet;
use toml::de::{DeTable, DeValue};

use super::keys;
use super::reader::{Reader, Value};
use super::{did_you_mean, selector_names};
use crate::rules;
use crate::suppress::{self, Ignore, Levels, Override, Selector, Setting, Until, Where};

/// What makes patterns of names or of paths.
type Patterns = fn(&[&str]) -> Result<GlobSet, globset::Error>;

fn names(patterns: &[&str]) -> Result<GlobSet, globset::Error> {
    suppress::names(patterns.iter().copied())
}

fn paths(patterns: &[&str]) -> Result<GlobSet, globset::Error> {
    suppress::paths(patterns.iter().copied())
}

impl Reader {
    pub(super) fn rules(&mut self, value: &Value<'_>) {
        let Some(table) = self.table(value) else { return };
        for (key, value) in table {
            let Some(selector) = self.selector(key.get_ref(), key.span()) else { continue };
            match value.get_ref() {
                DeValue::Table(table) => self.rule(selector, table),
                DeValue::String(_) => {
                    if let Some(setting) = self.level(value) {
                        self.config.policy.set(selector, setting);
                    }
                }
                _ => self.wrong_type(value, "a level, or a table with the rule's options"),
            }
        }
    }

    fn selector(&mut self, word: &str, span: Range<usize>) -> Option<Selector> {
        let selector = Selector::parse(word);
        if selector.is_none() {
            let all = || "`zoneward rules` lists them".to_owned();
            let help = did_you_mean(word, selector_names()).unwrap_or_else(all);
            self.mistake(span, format!("unknown rule or group `{word}`"), Some(help));
        }
        selector
    }

    fn level(&mut self, value: &Value<'_>) -> Option<Setting> {
        let word = self.string(value)?;
        let setting = Setting::parse(word);
        if setting.is_none() {
            self.no_level(value, word, &Setting::WORDS);
        }
        setting
    }

    /// A level and options of a rule.
    fn rule(&mut self, selector: Selector, table: &DeTable<'_>) {
        let rule = match selector {
            Selector::Rule(name) => rules::find(name).map(|listed| listed.rule),
            Selector::Group(_) => None,
        };
        for (key, value) in table {
            let word = key.get_ref().as_ref();
            let options = rule.map_or(&[][..], |rule| rule.options);
            let option = options.iter().find(|&&(name, _)| name == word);
            match (rule, option) {
                _ if word == "level" => {
                    if let Some(setting) = self.level(value) {
                        self.config.policy.set(selector, setting);
                    }
                }
                (Some(rule), Some(&(option, _))) => {
                    if let Some(value) = self.integer(value) {
                        self.config.policy.set_option(rule.name, option, value);
                    }
                }
                (Some(rule), None) => {
                    let names: Vec<_> = options.iter().map(|&(name, _)| name).chain(["level"]).collect();
                    let message = format!("`{}` has no option `{word}`", rule.name);
                    self.unknown(word, key.span(), message, &names);
                }
                (None, _) => {
                    let message = format!("a group has no option `{word}`");
                    self.unknown(word, key.span(), message, &["level"]);
                }
            }
        }
    }

    pub(super) fn overrides(&mut self, value: &Value<'_>) {
        for (span, table) in self.tables(value, "override") {
            self.know(table, &span, &keys::OVERRIDE);
            let mut it = Override::default();
            for (key, value) in table {
                match key.get_ref().as_ref() {
                    "zones" => it.place.zones = self.patterns(value, names),
                    "paths" => it.place.paths = self.patterns(value, paths),
                    "rules" => it.levels = self.levels(value),
                    _ => {}
                }
            }
            self.config.policy.overrides.push(it);
        }
    }

    /// Levels only: the options of a rule are the same everywhere.
    fn levels(&mut self, value: &Value<'_>) -> Levels {
        let mut levels = Levels::default();
        let Some(table) = self.table(value) else { return levels };
        for (key, value) in table {
            let Some(selector) = self.selector(key.get_ref(), key.span()) else { continue };
            if let DeValue::Table(_) = value.get_ref() {
                let help = "options belong under `[rules]` and hold everywhere".to_owned();
                self.mistake(value.span(), "an `[[override]]` has levels only".to_owned(), Some(help));
            } else if let Some(setting) = self.level(value) {
                levels.set(selector, setting);
            }
        }
        levels
    }

    pub(super) fn ignores(&mut self, value: &Value<'_>) {
        for (span, table) in self.tables(value, "ignore") {
            self.know(table, &span, &keys::IGNORE);
            let mut place = Where::default();
            let (mut rule, mut until) = (None, None);
            let mut about = Vec::new();
            for (key, value) in table {
                let word = key.get_ref().as_ref();
                match word {
                    "rule" => {
                        let selector = self.string(value).and_then(|word| self.selector(word, value.span()));
                        rule = selector.map(|selector| (selector, value.span()));
                    }
                    "zone" => place.zones = self.pattern(value, names),
                    "owner" => place.owners = self.pattern(value, names),
                    "path" => place.paths = self.pattern(value, paths),
                    "reason" => self.reason(value),
                    "until" => until = self.day(value),
                    _ => {}
                }
                if let ("zone" | "owner" | "path", Some(pattern)) = (word, value.get_ref().as_str()) {
                    about.push(format!("{word} {pattern}"));
                }
            }
            if let Some((selector, span)) = rule {
                about.sort();
                let about = about.join(", ");
                self.config.policy.ignores.push(Ignore { selector, place, until, span, about });
            }
        }
    }

    fn reason(&mut self, value: &Value<'_>) {
        if self.string(value).is_some_and(|reason| reason.trim().is_empty()) {
            self.mistake(value.span(), "an empty reason is none".to_owned(), None);
        }
    }

    fn day(&mut self, value: &Value<'_>) -> Option<Until> {
        match value.get_ref() {
            DeValue::Datetime(toml::value::Datetime { date: Some(date), time: None, .. }) => {
                Some(Until::new((date.year, date.month, date.day), value.span()))
            }
            DeValue::Datetime(_) => {
                let help = Some("write the last day that it holds: `2027-03-01`".to_owned());
                self.mistake(value.span(), "a day has no time".to_owned(), help);
                None
            }
            _ => {
                self.wrong_type(value, "a day, as 2027-03-01 without quotes");
                None
            }
        }
    }

    fn pattern(&mut self, value: &Value<'_>, make: Patterns) -> Option<GlobSet> {
        let pattern = self.string(value)?;
        self.globs(&[pattern], value, make)
    }

    fn patterns(&mut self, value: &Value<'_>, make: Patterns) -> Option<GlobSet> {
        let DeValue::Array(values) = value.get_ref() else {
            self.wrong_type(value, "an array of patterns");
            return None;
        };
        let good: Vec<_> = values
            .iter()
            .filter_map(|value| {
                let pattern = self.string(value)?;
                self.globs(&[pattern], value, make).map(|_| pattern)
            })
            .collect();
        self.globs(&good, value, make)
    }

    fn globs(&mut self, patterns: &[&str], value: &Value<'_>, make: Patterns) -> Option<GlobSet> {
        let mistake = |error: globset::Error| match error.glob() {
            Some(pattern) => format!("`{pattern}` is no pattern: {}", error.kind()),
            None => error.kind().to_string(),
        };
        make(patterns).map_err(|error| self.mistake(value.span(), mistake(error), None)).ok()
    }

    pub(super) fn exclude(&mut self, value: &Value<'_>) {
        if let Some(set) = self.patterns(value, paths) {
            self.config.exclude = set;
        }
    }
}
