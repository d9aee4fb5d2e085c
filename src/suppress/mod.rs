//! Which finding counts, and as what: the only place where severity policy lives.
//!
//! Levels come first, then the ignores in comments and in the configuration, and last the [`baseline`].
//! What is found out about ignores themselves becomes findings too, which have levels and a baseline like
//! all others.

pub mod baseline;
mod comment;
mod ground;
mod ignore;
mod inline;
mod level;
mod nearest;
mod place;

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::diagnostic::{Diagnostic, Group, Level};
use crate::rules::{Enabled, RULES, Rule};
use crate::source::{FileId, Sources, Span, escape_path};

pub use baseline::Baseline;
pub use ground::{Ground, Seen};
pub use ignore::{Ignore, Until};
pub use level::{Levels, Override, Selector, Setting};
pub use nearest::{did_you_mean, selector_names};
pub use place::{Where, names, paths};

use ignore::Configured;
use inline::Inline;
use place::Files;

/// Everything that was said about rules and findings, in configuration and options.
#[derive(Debug, Default)]
pub struct Policy {
    /// The configuration file, and the folder that its patterns of paths start from.
    pub file: Option<(PathBuf, PathBuf)>,
    /// `[rules]`.
    levels: Levels,
    /// `[[override]]`, of which the last one that holds counts.
    pub overrides: Vec<Override>,
    /// What the command line says, which outweighs all else.
    last_word: Levels,
    /// If any was selected, only these run, whatever else was said of them.
    selected: Vec<Selector>,
    /// These do not run at all.
    ignored: Vec<Selector>,
    options: BTreeMap<(&'static str, &'static str), i64>,
    /// Seconds since 1970; the clock's where none is said.
    now: Option<u32>,
    /// `[[ignore]]`.
    pub ignores: Vec<Ignore>,
    /// What is done with findings that were there before.
    pub past: Past,
    /// Nothing is ignored, neither by comments nor by `[[ignore]]` nor by the baseline.
    pub no_ignores: bool,
}

/// What is done with findings that were there before.
#[derive(Debug, Default)]
pub enum Past {
    /// Nothing: there is no baseline.
    #[default]
    None,
    /// They are taken out.
    Known(Baseline),
    /// All that is found now makes a new baseline.
    Record,
}

/// What became of findings.
#[derive(Debug, Default)]
pub struct Decided {
    /// Those that are reported, with their final levels.
    pub kept: Vec<Diagnostic>,
    /// Those that an ignore or the baseline took out.
    pub suppressed: Vec<Diagnostic>,
    /// What took findings out, and how many.
    pub used: Vec<Used>,
    /// The new baseline, if one was asked for.
    pub recorded: Option<Baseline>,
}

/// An ignore or a baseline that took findings out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Its place; the baseline has none.
    pub span: Option<Span>,
    /// What it is.
    pub what: String,
    /// How many findings it took out.
    pub count: usize,
}

impl Policy {
    /// Says something of a rule or group in `[rules]`.
    pub fn set(&mut self, selector: Selector, setting: Setting) {
        self.levels.set(selector, setting);
    }

    /// Says something of a rule or group that outweighs the configuration.
    pub fn insist(&mut self, selector: Selector, setting: Setting) {
        self.last_word.set(selector, setting);
    }

    /// Runs nothing but what is selected. A rule that is selected by its name runs although `[rules]`
    /// turns it off.
    pub fn select(&mut self, selector: Selector) {
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

    /// What holds for a rule where those overrides hold that `holds` says yes to.
    fn setting(&self, rule: &Rule, mut holds: impl FnMut(&Override) -> bool) -> Setting {
        let among = |list: &[Selector]| list.iter().any(|selector| selector.has(rule));
        let selected = among(&self.selected);
        // Whatever is selected: that a file could not be checked is said all the same.
        let unchecked = rule.group == Group::Project && rule.level == Level::Error;
        if among(&self.ignored) || !self.selected.is_empty() && !selected && !unchecked {
            return Setting::Off;
        }
        if let Some(setting) = self.last_word.of(rule) {
            return setting;
        }
        let mut overrides = self.overrides.iter().rev().filter_map(|it| Some((it, it.levels.of(rule)?)));
        let overriding = overrides.find(|(it, _)| holds(it)).map(|(_, setting)| setting);
        let by_name = self.selected.contains(&Selector::Rule(rule.name));
        let general = self.levels.of(rule).filter(|&setting| setting != Setting::Off || !by_name);
        match overriding.or(general) {
            Some(setting) => setting,
            None if rule.default || selected => Setting::On,
            None => Setting::Off,
        }
    }

    /// Whether a rule runs somewhere.
    fn runs(&self, rule: &Rule) -> bool {
        let overriding = |it: &Override| it.levels.of(rule).is_some();
        let within = |it| self.setting(rule, |other| std::ptr::eq(it, other));
        self.setting(rule, |_| false) != Setting::Off
            || self.overrides.iter().any(|it| overriding(it) && within(it) != Setting::Off)
    }

    /// The rules that run somewhere.
    pub fn enabled(&self) -> Enabled {
        let rules = RULES.iter().map(|listed| listed.rule).filter(|rule| self.runs(rule));
        let running = rules.map(|rule| {
            let value = |&(name, default)| (name, *self.options.get(&(rule.name, name)).unwrap_or(&default));
            (rule, rule.options.iter().map(value).collect())
        });
        Enabled::new(running, self.time())
    }

    /// The time of the check, in seconds since 1970.
    pub fn time(&self) -> u32 {
        self.now.unwrap_or_else(clock)
    }

    /// Gives every finding its final level, takes out what is to be ignored or is known, and adds
    /// what is to be said of the ignores themselves. `ground` is asked for only where there are any.
    pub fn decide<'z>(
        &self,
        found: Vec<Diagnostic>,
        enabled: &Enabled,
        sources: &Sources,
        ground: impl FnOnce() -> Ground<'z>,
    ) -> Decided {
        let root = self.file.as_ref().map_or(Path::new("."), |(_, root)| root);
        let mut judge = Judge { policy: self, files: Files::new(sources, root), rules: HashMap::new() };
        let mut kept: Vec<_> = found.into_iter().filter_map(|it| judge.leveled(it)).collect();
        if self.no_ignores {
            return Decided { kept, ..Decided::default() };
        }
        let mut inline = Inline::read(sources);
        if inline.is_empty() && self.ignores.is_empty() && !matches!(self.past, Past::Known(_)) {
            return self.remember(Decided { kept, ..Decided::default() });
        }
        let ground = ground();
        let mut configured = Configured::new(&self.ignores, self.time());
        let mut suppressed: Vec<_> =
            kept.extract_if(.., |it| inline.takes(it) || configured.takes(it, &mut judge.files)).collect();
        let mut remarks = inline.remarks(&ground, &mut judge);
        if let Some((path, _)) = self.file.as_ref().filter(|_| !self.ignores.is_empty()) {
            configured.remarks(sources.add(path), &ground, &mut judge, &mut remarks);
        }
        kept.extend(enabled.judge_remarks(&remarks).into_iter().filter_map(|it| judge.leveled(it)));
        let mut used: Vec<_> = inline.used().chain(configured.used()).collect();
        if let Past::Known(baseline) = &self.past {
            let mut left = baseline.left();
            let known = kept.extract_if(.., |it| left.takes(it));
            let before = suppressed.len();
            suppressed.extend(known);
            let count = suppressed.len() - before;
            used.extend((count > 0).then(|| Used::new(None, escape_path(baseline.path()), count)));
            let vanished = left.vanished(sources, &ground, &mut judge);
            let vanished = enabled.judge_remarks(vanished.as_slice());
            kept.extend(vanished.into_iter().filter_map(|it| judge.leveled(it)));
        }
        self.remember(Decided { kept, suppressed, used, recorded: None })
    }

    /// Makes what is left a new baseline, if one was asked for.
    fn remember(&self, mut decided: Decided) -> Decided {
        if let Past::Record = self.past {
            decided.recorded = Some(Baseline::of(&decided.kept));
            decided.suppressed.append(&mut decided.kept);
        }
        decided
    }
}

/// Holds findings against a policy.
struct Judge<'p> {
    policy: &'p Policy,
    files: Files<'p>,
    /// Rules by their names: there may be 100,000 findings.
    rules: HashMap<&'static str, &'static Rule>,
}

impl Judge<'_> {
    /// A finding with its final level, or `None` where its rule does not run.
    fn leveled(&mut self, mut found: Diagnostic) -> Option<Diagnostic> {
        let find = || crate::rules::find(found.rule).expect("findings come from listed rules").rule;
        let rule = *self.rules.entry(found.rule).or_insert_with(find);
        match self.policy.setting(rule, |it| it.place.has(&found, &mut self.files)) {
            Setting::Off => return None,
            Setting::On => {}
            Setting::At(level) => found.level = level,
        }
        Some(found)
    }

    /// Whether a rule, or one of a group, runs on a zone as far as it stands in this file.
    fn runs(&mut self, selector: Selector, zone: Option<&str>, file: Option<FileId>) -> bool {
        let mut rules = RULES.iter().map(|listed| listed.rule).filter(|rule| selector.has(rule));
        rules.any(|rule| {
            let holds = |it: &Override| it.place.has_zone(zone, file, &mut self.files);
            self.policy.setting(rule, holds) != Setting::Off
        })
    }
}

impl Used {
    fn new(span: Option<Span>, what: String, count: usize) -> Self {
        Self { span, what, count }
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

    fn rule(name: &str) -> &'static Rule {
        crate::rules::find(name).expect("a rule").rule
    }

    fn setting(policy: &Policy, name: &str) -> Setting {
        policy.setting(rule(name), |_| true)
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
    fn the_command_line_outweighs_overrides_and_they_the_rest() {
        let mut policy = Policy::default();
        policy.set(Selector::Rule("single-node"), Setting::At(Level::Error));
        let mut levels = [Levels::default(), Levels::default()];
        levels[0].set(Selector::Group(Group::Cluster), Setting::Off);
        levels[1].set(Selector::Rule("not-portable"), Setting::At(Level::Info));
        policy.overrides = levels.map(|levels| Override { levels, ..Override::default() }).into();
        assert_eq!(setting(&policy, "single-node"), Setting::Off, "a group, but closer");
        assert_eq!(setting(&policy, "not-portable"), Setting::At(Level::Info));
        assert_eq!(policy.setting(rule("single-node"), |_| false), Setting::At(Level::Error));
        assert!(policy.runs(rule("single-node")), "elsewhere it does");
        assert!(policy.runs(rule("not-portable")), "somewhere it does");
        policy.insist(Selector::Group(Group::Cluster), Setting::At(Level::Info));
        policy.insist(Selector::Rule("not-portable"), Setting::Off);
        assert_eq!(setting(&policy, "single-node"), Setting::At(Level::Info));
        assert!(!policy.runs(rule("not-portable")));
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
