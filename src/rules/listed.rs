//! A rule in the list, and its page.

use super::Rule;
use crate::diagnostic::Applicability;

/// A rule and its page.
#[derive(Debug)]
pub struct Listed {
    /// The rule.
    pub rule: &'static Rule,
    /// The source of its file, whose module documentation is the page.
    pub(super) source: &'static str,
}

impl Listed {
    /// The page in Markdown: the module documentation of the rule's file.
    pub fn page(&self) -> String {
        let lines = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
        lines.collect::<Vec<_>>().join("\n")
    }

    /// What is fixed of its findings, and how surely: what stands under `## Fix` in the page, each
    /// sentence after `Safe:` or `Unsafe:`.
    pub fn fixes(&self) -> Vec<Applicability> {
        let page = self.page();
        let section = page.split("\n## ").find_map(|section| section.strip_prefix("Fix\n"));
        let words: Vec<_> = section.unwrap_or_default().split_whitespace().collect();
        let mut both = vec![Applicability::Safe, Applicability::Unsafe];
        both.retain(|it| words.iter().any(|word| word.to_lowercase() == format!("{}:", it.name())));
        both
    }

    /// What the rule finds, and a little more: the first paragraph of the page after its title.
    pub fn introduction(&self) -> String {
        introduction(&self.page())
    }

    /// What the rule finds: the first sentence of the page after its title.
    pub fn summary(&self) -> String {
        first_sentence(&self.introduction()).to_owned()
    }
}

fn introduction(page: &str) -> String {
    let text = page.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
    text.take_while(|line| !line.trim().is_empty()).map(str::trim).collect::<Vec<_>>().join(" ")
}

fn first_sentence(paragraph: &str) -> &str {
    // A sentence ends where a capital begins the next one: not in `RFC 1035 sec. 5`.
    let mut ends = paragraph.match_indices(". ").map(|(at, _)| at + 1);
    let end = ends.find(|&at| paragraph[at..].trim_start().starts_with(char::is_uppercase));
    &paragraph[..end.unwrap_or(paragraph.len())]
}

#[cfg(test)]
mod tests {
    use super::super::RULES;
    use super::*;

    #[test]
    fn the_summary_is_the_first_sentence() {
        let summary = |page| first_sentence(&introduction(page)).to_owned();
        let page = "# rule\n\nIt goes on, e.g. over\ntwo lines. And more.\n\n## Why\n";
        assert_eq!(introduction(page), "It goes on, e.g. over two lines. And more.");
        assert_eq!(summary(page), "It goes on, e.g. over two lines.");
        assert_eq!(summary("# rule\n\nNo end\n\nMore."), "No end");
        assert_eq!(summary(""), "");
    }

    #[test]
    fn every_rule_has_a_summary() {
        for listed in RULES {
            let summary = listed.summary();
            let name = listed.rule.name;
            assert!(summary.ends_with('.'), "{name}: `{summary}` is no sentence");
            assert!(summary.len() < 160, "{name}: `{summary}` is too long for a table");
        }
    }
}
