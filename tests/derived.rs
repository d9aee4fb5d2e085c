//! What follows from the files of the project: the list of rules, and the agreements that no
//! compiler holds: a page and fixtures for each rule, who may use whom, productions that exist.

#![allow(clippy::unwrap_used, reason = "a test that panics has failed, which is all it can do")]

mod common;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use common::{Target, bless, check, files_below, marked, names_in};
use zoneward::diagnostic::Group;
use zoneward::project::DoubtKind;
use zoneward::rules::{Check, Listed, RULES, RemarkKind};
use zoneward::syntax::FaultKind;

const LIST: &str = "src/rules/mod.rs";
const RENEW: &str = "BLESS=1 cargo test --test derived";
const CUT: &str = "// ---- made from the folders: BLESS=1 cargo test --test derived ----\n";
const FIXTURES: &str = "fixtures/rules";

/// A rule's file.
struct RuleFile {
    /// The folder it is in.
    group: String,
    /// Its name without `.rs`.
    stem: String,
}

impl RuleFile {
    fn path(&self) -> String {
        format!("src/rules/{}/{}.rs", self.group, self.stem)
    }

    /// The rule's name.
    fn name(&self) -> String {
        self.stem.replace('_', "-")
    }
}

/// The folder of a group.
fn folder(group: Group) -> String {
    group.name().replace('-', "_")
}

/// The files of all rules, by group and name.
fn rule_files() -> Vec<RuleFile> {
    Group::ALL.into_iter().flat_map(|group| files_of_group(&folder(group))).collect()
}

fn files_of_group(group: &str) -> Vec<RuleFile> {
    let names = names_in(&Path::new("src/rules").join(group));
    let stems = names.into_iter().filter_map(|name| name.strip_suffix(".rs").map(str::to_owned));
    stems.map(|stem| RuleFile { group: group.to_owned(), stem }).collect()
}

/// The rules that are compiled in, each with its file. The list may be behind the folders: that is
/// for [`the_list_of_rules_is_that_of_the_folders`] to say.
fn listed() -> impl Iterator<Item = (RuleFile, &'static Listed)> {
    let compiled = include_str!("../src/rules/mod.rs").split_once(CUT).map_or("", |(_, made)| made);
    let paths = compiled
        .split("include_str!(\"")
        .skip(1)
        .filter_map(|rest| rest.split_once(".rs\"")?.0.split_once('/'));
    let files: Vec<_> =
        paths.map(|(group, stem)| RuleFile { group: group.to_owned(), stem: stem.to_owned() }).collect();
    assert_eq!(files.len(), RULES.len(), "the list in {LIST} is not as {RENEW} writes it");
    files.into_iter().zip(RULES)
}

/// Fails with a list of what is to be done.
fn nothing_in(problems: &[String]) {
    assert!(problems.is_empty(), "{} to do:\n{}", problems.len(), marked("  - ", problems));
}

// ---- the list of rules ----

/// The part of `src/rules/mod.rs` that is made from the folders, as rustfmt leaves it.
fn list(files: &[RuleFile]) -> String {
    let mut text = String::new();
    for group in files.chunk_by(|a, b| a.group == b.group) {
        writeln!(text, "\nmod {} {{", group[0].group).unwrap();
        for file in group {
            writeln!(text, "    pub(super) mod {};", file.stem).unwrap();
        }
        text += "}\n";
    }
    text += "\n/// All rules, by group and name.\npub static RULES: &[Listed] = &[\n";
    for RuleFile { group, stem } in files {
        let rule = format!("rule: &{group}::{stem}::RULE");
        let source = format!("source: include_str!(\"{group}/{stem}.rs\")");
        let line = format!("    Listed {{ {rule}, {source} }},");
        if line.len() <= 110 {
            writeln!(text, "{line}").unwrap();
        } else {
            write!(text, "    Listed {{\n        {rule},\n        {source},\n    }},\n").unwrap();
        }
    }
    text + "];\n"
}

#[test]
fn the_list_of_rules_is_that_of_the_folders() {
    let files = rule_files();
    let now = fs::read_to_string(LIST).unwrap();
    let (by_hand, made) = now.split_once(CUT).unwrap_or_else(|| panic!("{LIST} has lost the line\n{CUT}"));
    let right = list(&files);
    if made == right {
        return;
    }
    if bless() {
        fs::write(LIST, format!("{by_hand}{CUT}{right}")).unwrap();
        return;
    }
    let module = |file: &&RuleFile| !made.contains(&format!("{}::{}::RULE", file.group, file.stem));
    let missing: Vec<_> = files.iter().filter(module).map(RuleFile::path).collect();
    let what = if missing.is_empty() {
        format!("the list in {LIST} is not the one that the folders make\n")
    } else {
        format!("not in the list of {LIST}:\n{}", marked("  - ", &missing))
    };
    panic!("{what}run: {RENEW}");
}

#[test]
fn a_folder_of_rules_is_a_group() {
    let groups: Vec<_> = Group::ALL.into_iter().map(folder).collect();
    let folders = names_in(Path::new("src/rules")).into_iter().filter(|name| !name.contains('.'));
    let strange = folders.filter(|name| !groups.contains(name));
    nothing_in(
        &strange.map(|name| format!("src/rules/{name} is no group of `Group::ALL`")).collect::<Vec<_>>(),
    );
}

// ---- each rule ----

#[test]
fn a_rule_is_named_as_its_file_and_grouped_as_its_folder() {
    let mut problems = Vec::new();
    for (file, listed) in listed() {
        let (path, name, rule) = (file.path(), file.name(), listed.rule);
        if rule.name != name {
            problems.push(format!("{path}: write `name: \"{name}\"` for `{}`", rule.name));
        }
        if folder(rule.group) != file.group {
            problems
                .push(format!("{path}: is of group `{}`; move it or correct the group", rule.group.name()));
        }
    }
    nothing_in(&problems);
}

#[test]
fn a_page_has_its_parts() {
    let mut problems = Vec::new();
    for (file, listed) in listed() {
        let (path, page) = (file.path(), listed.page());
        let title = format!("# {}", file.name());
        if page.lines().next() != Some(&title) {
            problems.push(format!("{path}: begin the file with `//! {title}`"));
        }
        let mut from = 0;
        for section in ["## Why", "## Example", "## What to do", "## References"] {
            match page.lines().skip(from).position(|line| line == section) {
                Some(at) => from += at,
                None => problems.push(format!("{path}: write the section `//! {section}`, in this order")),
            }
        }
    }
    nothing_in(&problems);
}

#[test]
fn a_kind_of_fault_or_doubt_has_one_rule() {
    let mut problems = Vec::new();
    let mut judge = |kind: String, group: &str, rules: Vec<&str>| match rules[..] {
        [_] => {}
        [] => problems.push(format!("{kind} has no rule: write src/rules/{group}/{}.rs", snake(&kind))),
        _ => problems.push(format!("{kind} has {} rules: {}", rules.len(), rules.join(", "))),
    };
    for &kind in FaultKind::ALL {
        let own = RULES.iter().filter(|it| matches!(it.rule.check, Check::Fault(of, _) if of == kind));
        judge(format!("{kind:?}"), "syntax", own.map(|it| it.rule.name).collect());
    }
    for &kind in DoubtKind::ALL {
        let own = RULES.iter().filter(|it| matches!(it.rule.check, Check::Doubt(of, _) if of == kind));
        judge(format!("{kind:?}"), "project", own.map(|it| it.rule.name).collect());
    }
    for &kind in RemarkKind::ALL {
        let own = RULES.iter().filter(|it| matches!(it.rule.check, Check::Remark(of, _) if of == kind));
        judge(format!("{kind:?}"), "project", own.map(|it| it.rule.name).collect());
    }
    nothing_in(&problems);
}

/// `BadAddress` → `bad_address`.
fn snake(kind: &str) -> String {
    let mut name = String::new();
    for letter in kind.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[test]
fn a_rule_has_a_bad_and_a_good_fixture() {
    let mut problems = Vec::new();
    let files = rule_files();
    for file in &files {
        let folder = format!("{FIXTURES}/{}", file.name());
        let names = names_in(Path::new(&folder));
        let is = |kind: &str, name: &String| {
            let path = Path::new(&folder).join(name);
            name.starts_with(kind) && (path.is_dir() || path.extension().is_some_and(|e| e == "zone"))
        };
        // What sees several files wants a folder with several files.
        let wide = ["cross_zone", "cluster", "project"].contains(&file.group.as_str());
        let kind = if wide { "/ (all its files are one project)" } else { ".zone" };
        if !names.iter().any(|name| is("bad", name)) {
            let name = file.name();
            problems.push(format!("add {folder}/bad{kind} with a line that ends in `; expect: {name}`"));
        }
        if !names.iter().any(|name| is("good", name)) {
            problems.push(format!("add {folder}/good{kind}, which has no finding"));
        }
    }
    let names: BTreeSet<_> = files.iter().map(RuleFile::name).collect();
    let orphans = names_in(Path::new(FIXTURES)).into_iter().filter(|name| !names.contains(name));
    problems
        .extend(orphans.map(|name| format!("{FIXTURES}/{name} has no rule: write it, or remove the folder")));
    nothing_in(&problems);
}

// ---- the examples in the pages ----

/// A code block of a page that is a zone, or several files.
struct Example<'p> {
    /// It begins on this line of the page, from 1.
    line: usize,
    /// It gets no header.
    whole: bool,
    text: &'p str,
}

/// The blocks of a page that are marked as `zone`.
fn examples(page: &str) -> Vec<Example<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, bool, usize)> = None;
    let mut at = 0;
    for (number, line) in page.split_inclusive('\n').enumerate() {
        match (open, line.trim_end().strip_prefix("```")) {
            (None, Some(info)) => {
                let mut words = info.split(',').map(str::trim);
                let zone = words.next() == Some("zone");
                let whole = words.any(|word| word == "whole");
                open = Some((if zone { number + 1 } else { 0 }, whole, at + line.len()));
            }
            (Some((line, whole, start)), Some("")) => {
                if line > 0 {
                    found.push(Example { line, whole, text: &page[start..at] });
                }
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    found
}

/// Stands before an example that has no SOA.
const HEADER: &str = "\
$TTL 3600
@ SOA ns1 hostmaster 1 7200 3600 1209600 3600
@ NS ns1
ns1 A 192.0.2.1
";

/// The text with a header where it is a zone that lacks one.
fn headed(text: &str, whole: bool) -> String {
    let has_soa = text.split_whitespace().any(|word| word.eq_ignore_ascii_case("SOA"));
    if whole || has_soa { text.to_owned() } else { format!("{HEADER}{text}") }
}

impl Example<'_> {
    /// The files of the example: each begins with `; file: NAME`. None where it is a single zone.
    ///
    /// A file gets a header as a single zone does, if it is one: not where it is configuration, has
    /// nothing but comments, or is included by another.
    fn files(&self) -> Vec<(&str, String)> {
        let mut parts = self.text.split("; file: ");
        let before = parts.next().unwrap_or_default();
        let parts: Vec<_> = parts.filter_map(|part| part.split_once('\n')).collect();
        assert!(
            parts.is_empty() || before.trim().is_empty(),
            "text before the first `; file:`:\n{}",
            self.text
        );
        let included = |name: &str| {
            let mut lines = self.text.lines().map(|line| line.split_whitespace());
            lines.any(|mut words| {
                words.next() == Some("$INCLUDE") && words.next().is_some_and(|n| n.ends_with(name))
            })
        };
        parts
            .iter()
            .map(|&(name, text)| {
                let name = name.trim();
                let configuration = [".conf", ".toml"].iter().any(|suffix| name.ends_with(suffix));
                let records =
                    text.lines().any(|line| !line.trim().is_empty() && !line.starts_with([';', '#']));
                (name, headed(text, self.whole || configuration || !records || included(name)))
            })
            .collect()
    }

    /// What the rule, and the others, say of it.
    fn check(&self, rule: &str) -> common::Checked {
        let folder = tempfile::tempdir().unwrap();
        let files = self.files();
        if files.is_empty() {
            let path = folder.path().join("example.com.zone");
            fs::write(&path, headed(self.text, self.whole)).unwrap();
            return check(Target::Zone(&path, "example.com"), Some(rule)).kept(folder);
        }
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let versions = folder.path().join("old").is_dir();
        let target = if versions { Target::Versions } else { Target::Project };
        check(target(folder.path()), Some(rule)).kept(folder)
    }
}

#[test]
fn an_example_in_a_page_fires() {
    let mut problems = Vec::new();
    for listed in RULES {
        let (name, page) = (listed.rule.name, listed.page());
        let examples = examples(&page);
        // Some cannot be shown as a zone in a page: bytes that are no text, files that are not there.
        if !page.contains("\n```") {
            problems
                .push(format!("{name}: the page needs an example: a block ```zone that fires, or a ```text"));
        }
        for example in examples {
            let checked = example.check(name);
            if !checked.has(name) {
                let found = checked.report(zoneward::report::Format::Short);
                let line = example.line;
                problems.push(format!(
                    "{name}: the example at line {line} of the page does not fire (`zone,whole` leaves the header away):\n{}\n{found}",
                    example.text
                ));
            }
        }
    }
    nothing_in(&problems);
}

#[test]
fn examples_are_found_in_a_page() {
    let page = "# a\n```zone\n@ A 1\n```\n```text\n```\n```zone,whole\n; file: a.zone\nb\n; file: named.conf\nc\n```\n";
    let found = examples(page);
    assert_eq!(found.iter().map(|it| (it.line, it.whole)).collect::<Vec<_>>(), [(2, false), (7, true)]);
    assert_eq!(found[0].text, "@ A 1\n");
    assert_eq!(found[1].files(), [("a.zone", "b\n".to_owned()), ("named.conf", "c\n".to_owned())]);
    assert_eq!(headed("@ soa x", false), "@ soa x");
    assert!(headed("@ A 1\n", false).ends_with("ns1 A 192.0.2.1\n@ A 1\n"));
}

// ---- who may use whom ----

/// Places and nothing else of `diagnostic`: the reader says where, and rules say what.
const PLACES: [&str; 3] = ["diagnostic::Part", "diagnostic::Place", "diagnostic::Site"];

/// What each module may use besides itself. Modules that see all are in [`SEES_ALL`].
fn allowed(module: &str) -> Option<Vec<&'static str>> {
    Some(match module {
        "source" | "intern" => vec![],
        "syntax" => vec!["source"],
        "diagnostic" => vec!["source", "syntax"],
        "zone" => [&["source", "syntax"][..], &PLACES].concat(),
        "view" => vec!["source", "syntax", "zone"],
        "cluster" => [&["syntax", "zone", "view"][..], &PLACES].concat(),
        "project" => vec!["source", "syntax", "zone", "diagnostic"],
        "rules" => vec!["source", "diagnostic", "syntax", "zone", "view", "cluster", "project"],
        "suppress" => vec!["source", "diagnostic", "syntax", "rules"],
        "fix" => vec!["source", "syntax", "diagnostic"],
        // Names of zones show themselves.
        "report" => vec!["source", "diagnostic", "syntax::NameRef"],
        "aside" => vec!["syntax", "zone", "view", "cluster", "diagnostic", "rules", "project", "intern"],
        _ => return None,
    })
}

const SEES_ALL: [&str; 6] = ["lib", "main", "locate", "mend", "config", "cli"];

/// The paths of the crate that `text` names, each with its line: `source::Span` for
/// `use crate::source::{Span}`. `depth` is how many `super::` lead to the crate's root.
///
/// Comments do not count: a link in a doc comment ties nothing. Tests do: what a module needs in
/// order to be tested, it needs.
fn uses(text: &str, depth: usize) -> Vec<(usize, String)> {
    let code: Vec<_> = text.lines().map(|l| if l.trim_start().starts_with("//") { "" } else { l }).collect();
    let tests = code.iter().position(|line| line.trim() == "#[cfg(test)]").unwrap_or(code.len());
    let code = code.join("\n");
    let mut found = Vec::new();
    let own = |at: usize| !code[..at].ends_with(|c: char| c.is_alphanumeric() || "_:$".contains(c));
    for (at, word) in code.match_indices("crate::").filter(|&(at, _)| own(at)) {
        let line = code[..at].lines().count().max(1);
        found.extend(leaves(&code[at + word.len()..]).into_iter().map(|path| (line, path)));
    }
    for (at, _) in code.match_indices("super::").filter(|&(at, _)| own(at)) {
        let line = code[..at].lines().count().max(1);
        let tail = code[at..].trim_start_matches("super::");
        let steps = (code.len() - at - tail.len()) / "super::".len();
        // A test module is one deeper.
        if steps == depth + usize::from(line > tests) {
            found.extend(leaves(tail).into_iter().map(|path| (line, path)));
        }
    }
    found
}

/// The paths of a use tree, or the path that an expression begins with.
fn leaves(text: &str) -> Vec<String> {
    let Some(inner) = text.strip_prefix('{') else {
        let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        return match rest.strip_prefix("::") {
            Some(rest) => leaves(rest).iter().map(|leaf| format!("{name}::{leaf}")).collect(),
            None => vec![name.to_owned()],
        };
    };
    let mut depth = 0;
    let mut start = 0;
    let mut found = Vec::new();
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                let item = inner[start..at].trim();
                if !item.is_empty() {
                    found.extend(leaves(item));
                }
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
}

/// The module path of a file in `src`, from the crate's root: `syntax/lex.rs` → `syntax`, `lex`.
fn module_of(file: &Path) -> Vec<String> {
    let mut parts: Vec<_> =
        file.with_extension("").iter().map(|part| part.to_str().unwrap().to_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    parts
}

#[test]
fn a_layer_uses_those_below_it() {
    let mut problems = Vec::new();
    for file in files_below(Path::new("src")).iter().filter(|f| f.extension().is_some_and(|e| e == "rs")) {
        let module = module_of(file);
        let top = module[0].as_str();
        if SEES_ALL.contains(&top) {
            continue;
        }
        let shown = Path::new("src").join(file).display().to_string();
        let Some(allowed) = allowed(top) else {
            problems.push(format!("{shown}: say in tests/derived.rs what the module `{top}` may use"));
            continue;
        };
        for (line, path) in uses(&fs::read_to_string(Path::new("src").join(file)).unwrap(), module.len()) {
            let fits = |known: &str| path == known || path.starts_with(&format!("{known}::"));
            if !fits(top) && !allowed.iter().any(|known| fits(known)) {
                let list = allowed.join(", ");
                problems.push(format!("{shown}:{line}: `{top}` may not use `{path}` (it may use: {list})"));
            }
        }
    }
    nothing_in(&problems);
}

#[test]
fn uses_are_found_in_code() {
    let text = "\
//! [`crate::report`]
use crate::source::{self, Span};
use super::Reader;
use super::super::view;
use crate::{syntax::{Name, rr::{A, B}}, zone};
fn f() -> crate::report::Format { $crate::x!() }
pub(super) mod a;
#[cfg(test)]
mod tests {
    use super::super::lex;
    use super::super::super::rules::find;
}";
    let found: Vec<_> = uses(text, 2).into_iter().map(|(line, path)| format!("{line} {path}")).collect();
    let expected = [
        "2 source::self",
        "2 source::Span",
        "5 syntax::Name",
        "5 syntax::rr::A",
        "5 syntax::rr::B",
        "5 zone",
        "6 report::Format",
        "4 view",
        "11 rules::find",
    ];
    assert_eq!(found, expected);
    assert_eq!(module_of(&PathBuf::from("syntax/mod.rs")), ["syntax"]);
    assert_eq!(module_of(&PathBuf::from("rules/zone/no_soa.rs")), ["rules", "zone", "no_soa"]);
}

// ---- the grammar ----

/// The name of the production that a line of ABNF defines.
fn production(line: &str) -> Option<&str> {
    let name = line.split_once('=')?.0.trim_end();
    let letters = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(letters)).then_some(name)
}

#[test]
fn a_production_in_a_doc_comment_is_one_of_the_grammar() {
    let grammars: [(&str, &[&str]); 2] = [
        ("grammar/zone.abnf", &["src/syntax", "src/zone"]),
        ("grammar/named-conf.abnf", &["src/project/named_conf"]),
    ];
    let problems: Vec<_> =
        grammars.iter().flat_map(|(grammar, folders)| productions(grammar, folders)).collect();
    nothing_in(&problems);
}

/// What doc comments in these folders quote that is no production of the grammar.
fn productions(path: &str, folders: &[&str]) -> Vec<String> {
    let grammar = fs::read_to_string(path).unwrap();
    let known: BTreeSet<_> = grammar.lines().filter_map(production).collect();
    assert!(known.len() > 10, "{path} has no productions any more");
    let (mut problems, mut quoted) = (Vec::new(), 0);
    let files = folders.iter().flat_map(|folder| {
        files_below(Path::new(folder)).into_iter().map(move |file| Path::new(folder).join(file))
    });
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let doc = |line: &str| line.trim_start().strip_prefix("///").unwrap_or("").trim_start().to_owned();
        let mut inside = false;
        for (number, line) in text.lines().map(doc).enumerate() {
            if line.starts_with("```") {
                inside = line == "```abnf";
            } else if inside && let Some(name) = production(&line) {
                quoted += 1;
                if !known.contains(name) {
                    let place = format!("{}:{}", file.display(), number + 1);
                    problems.push(format!("{place}: `{name}` is no production of {path}"));
                }
            }
        }
    }
    assert!(quoted > 0, "no doc comment quotes {path} any more");
    problems
}
