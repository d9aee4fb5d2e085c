//! "did you mean": the nearest known word.

use crate::diagnostic::Group;
use crate::rules::RULES;

/// How alike two words must be, from 0 to 1, for one to be offered for the other.
const ALIKE: f64 = 0.7;

/// ``did you mean `…`?`` with the known word that is nearest to an unknown one, if any is near.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let word = word.to_lowercase().replace('_', "-");
    known
        .into_iter()
        .map(|known| (strsim::jaro_winkler(&word, known), known))
        .filter(|&(likeness, _)| likeness >= ALIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, known)| format!("did you mean `{known}`?"))
}

/// The names of all rules and groups.
pub fn selector_names() -> impl Iterator<Item = &'static str> {
    let groups = Group::ALL.into_iter().map(Group::name);
    groups.chain(RULES.iter().map(|listed| listed.rule.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_offered_and_nothing_far() {
        let known = ["fail-on", "exclude", "rules"];
        let offered = |word| did_you_mean(word, known);
        assert_eq!(offered("fail_on").as_deref(), Some("did you mean `fail-on`?"));
        assert_eq!(offered("Rule").as_deref(), Some("did you mean `rules`?"));
        assert_eq!(offered("zzz"), None);
        assert_eq!(offered(""), None);
    }
}
