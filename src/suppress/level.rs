//! Levels: what was said of a rule or group, where, and which word counts.

use super::place::Where;
use crate::diagnostic::{Group, Level};
use crate::rules::Rule;

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
    /// The words for it but [`Setting::On`], which none can say.
    pub const WORDS: [&str; 4] = ["error", "warning", "info", "off"];

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

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rule(name) => name,
            Self::Group(group) => group.name(),
        }
    }

    /// Whether it is the rule, or the group that the rule is in.
    pub fn covers(self, name: &str, group: Group) -> bool {
        match self {
            Self::Rule(rule) => rule == name,
            Self::Group(own) => own == group,
        }
    }

    /// [`Self::covers`] of a rule as it is listed.
    pub(super) fn has(self, rule: &Rule) -> bool {
        self.covers(rule.name, rule.group)
    }
}

/// What was said in one breath: in `[rules]`, in one `[[override]]`, or on the command line.
#[derive(Debug, Clone, Default)]
pub struct Levels(Vec<(Selector, Setting)>);

impl Levels {
    /// Says something of a rule or group. What is said of a rule outweighs what is said of its
    /// group; otherwise what is said later counts.
    pub fn set(&mut self, selector: Selector, setting: Setting) {
        self.0.push((selector, setting));
    }

    /// What was said of a rule, or else of its group.
    pub(super) fn of(&self, rule: &Rule) -> Option<Setting> {
        let said = |wanted: fn(&Selector) -> bool| {
            let of = |(selector, _): &&(Selector, Setting)| wanted(selector) && selector.has(rule);
            self.0.iter().rev().find(of).map(|&(_, setting)| setting)
        };
        said(|s| matches!(s, Selector::Rule(_))).or_else(|| said(|s| matches!(s, Selector::Group(_))))
    }
}

/// `[[override]]`: levels for some zones or files.
#[derive(Debug, Clone, Default)]
pub struct Override {
    /// Where it holds.
    pub place: Where,
    /// What it says.
    pub levels: Levels,
}
