//! Which finding counts, and as what: the only place where severity policy lives.

use std::collections::BTreeMap;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::diagnostic::{Diagnostic, Group, Level};
use crate::rules::{Enabled, RULES, Rule};

/// What was said of a rule or of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// It does not run.
    Off,
    /// It runs, at its own level.
    On,
    /// It runs, and all that it finds has this level.
    At(Level),
}

impl Setting {
    /// The setting that a word is: `off`, `info`, `warning` or `error`.
    pub fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "off" => Setting::Off,
            "info" => Setting::At(Level::Info),
            "warning" => Setting::At(Level::Warning),
            "error" => Setting::At(Level::Error),
            _ => return None,
        })
    }
}

/// A rule, or all rules of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selector {
    /// One rule.
    Rule(&'static str),
    /// A group.
    Group(Group),
}

impl Selector {
    /// The rule or group of this name.
    pub fn parse(name: &str) -> Option<Self> {
        let group = Group::ALL.into_iter().find(|group| group.name() == name);
        group.map(Self::Group).or_else(|| crate::rules::find(name).map(|listed| Self::Rule(listed.rule.name)))
    }

    fn covers(self, rule: &Rule) -> bool {
        match self {
            Self::Rule(name) => rule.name == name,
            Self::Group(group) => rule.group == group,
        }
    }
}

/// Everything that was said about rules, in configuration and options.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    settings: Vec<(Selector, Setting)>,
    /// If any was selected, only these run, whatever else was said of them.
    selected: Vec<Selector>,
    /// These do not run at all.
    ignored: Vec<Selector>,
    options: BTreeMap<(&'static str, &'static str), i64>,
    /// Seconds since 1970; the clock's where none is said.
    now: Option<u32>,
}

impl Policy {
    /// Says something of a rule or group. What is said of a rule outweighs what is said of its
    /// group; otherwise what is said later counts.
    pub fn set(&mut self, selector: Selector, setting: Setting) {
        self.settings.push((selector, setting));
    }

    /// Runs nothing but what is selected. A rule that is selected by its name runs although it was
    /// turned off before.
    pub fn select(&mut self, selector: Selector) {
        if let Selector::Rule(name) = selector {
            let listed = crate::rules::find(name).expect("selectors name listed rules");
            if self.said(listed.rule) == Some(Setting::Off) {
                self.set(selector, Setting::On);
            }
        }
        self.selected.push(selector);
    }

    /// Does not run what is ignored, whatever else was said of it.
    pub fn ignore(&mut self, selector: Selector) {
        self.ignored.push(selector);
    }

    /// Sets an option of a rule; both names must be those of the rule's declaration.
    pub fn set_option(&mut self, rule: &'static str, option: &'static str, value: i64) {
        self.options.insert((rule, option), value);
    }

    /// Checks as if it were this time, in seconds since 1970.
    pub fn set_now(&mut self, now: u32) {
        self.now = Some(now);
    }

    /// What was said of a rule, or else of its group.
    fn said(&self, rule: &Rule) -> Option<Setting> {
        let said = |wanted: fn(&Selector) -> bool| {
            let of = |(selector, _): &&(Selector, Setting)| wanted(selector) && selector.covers(rule);
            self.settings.iter().rev().find(of).map(|&(_, setting)| setting)
        };
        said(|s| matches!(s, Selector::Rule(_))).or_else(|| said(|s| matches!(s, Selector::Group(_))))
    }

    /// What holds for a rule.
    fn setting(&self, rule: &Rule) -> Setting {
        let among = |list: &[Selector]| list.iter().any(|selector| selector.covers(rule));
        let selected = among(&self.selected);
        // Whatever is selected: that a file could not be checked is said all the same.
        let unchecked = rule.group == Group::Project && rule.level == Level::Error;
        let only_others = !self.selected.is_empty() && !selected && !unchecked;
        match self.said(rule) {
            _ if among(&self.ignored) || only_others => Setting::Off,
            Some(setting) => setting,
            None if rule.default || selected => Setting::On,
            None => Setting::Off,
        }
    }

    /// The rules that run.
    pub fn enabled(&self) -> Enabled {
        let rules = RULES.iter().map(|listed| listed.rule);
        let running = rules.filter(|rule| self.setting(rule) != Setting::Off);
        let running = running.map(|rule| {
            let value = |&(name, default)| (name, *self.options.get(&(rule.name, name)).unwrap_or(&default));
            (rule, rule.options.iter().map(value).collect())
        });
        Enabled::new(running, self.now.unwrap_or_else(clock))
    }

    /// Gives every finding its final level.
    pub fn decide(&self, diagnostics: &mut [Diagnostic]) {
        for diagnostic in diagnostics {
            let rule = crate::rules::find(diagnostic.rule).expect("findings come from listed rules").rule;
            if let Setting::At(level) = self.setting(rule) {
                diagnostic.level = level;
            }
        }
    }
}

/// Seconds since 1970 modulo 2^32, as times are written in signatures (RFC 4034 section 3.1.5).
#[expect(clippy::cast_possible_truncation, reason = "it is meant: serial number arithmetic")]
fn clock() -> u32 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(policy: &Policy, name: &str) -> Setting {
        policy.setting(crate::rules::find(name).expect("a rule").rule)
    }

    #[test]
    fn a_rule_outweighs_its_group_and_the_later_word_the_earlier() {
        let mut policy = Policy::default();
        policy.set(Selector::Rule("single-node"), Setting::At(Level::Error));
        policy.set(Selector::Group(Group::Cluster), Setting::Off);
        assert_eq!(setting(&policy, "single-node"), Setting::At(Level::Error));
        assert_eq!(setting(&policy, "too-many-nodes"), Setting::Off);
        policy.set(Selector::Group(Group::Cluster), Setting::At(Level::Info));
        assert_eq!(setting(&policy, "too-many-nodes"), Setting::At(Level::Info));
        assert_eq!(setting(&policy, "missing-dot"), Setting::On);
    }

    #[test]
    fn what_is_selected_runs_and_what_is_ignored_does_not() {
        let mut policy = Policy::default();
        policy.set(Selector::Rule("single-node"), Setting::Off);
        policy.select(Selector::Group(Group::Cluster));
        assert_eq!(setting(&policy, "single-node"), Setting::Off);
        policy.select(Selector::Rule("single-node"));
        policy.ignore(Selector::Rule("too-many-nodes"));
        assert_eq!(setting(&policy, "single-node"), Setting::On);
        assert_eq!(setting(&policy, "too-many-nodes"), Setting::Off);
        assert_eq!(setting(&policy, "missing-dot"), Setting::Off);
        assert_eq!(setting(&policy, "origin-unknown"), Setting::On, "a file that cannot be checked");
    }
}
