//! The word that was meant.

/// The known word nearest to `word`, in any case; of equally near ones the first. `None` where none
/// is near enough to be meant.
pub fn nearest<'k>(word: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let word = word.to_ascii_lowercase();
    let limit = match word.len() {
        // Nothing known is so long, and the effort is the product of both lengths.
        0 | 1 | 65.. => return None,
        2..=5 => 1,
        _ => 2,
    };
    // Of two letters, the first is the one that was meant: `is` begins a sentence, and is no `NS`.
    known
        .into_iter()
        .map(|known| (known.to_ascii_lowercase(), known))
        .filter(|(lower, _)| word.len() > 2 || lower.as_bytes().first() == word.as_bytes().first())
        .map(|(lower, known)| (strsim::osa_distance(&word, &lower), known))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_near() {
        assert_eq!(nearest("cnmae", ["A", "NAME", "CNAME"]), Some("CNAME"));
        assert_eq!(nearest("MC", ["A", "MX", "MB"]), Some("MX"));
        assert_eq!(nearest("x", ["A"]), None);
        assert_eq!(nearest("is", ["NS"]), None);
        assert_eq!(nearest("DYNA", ["DSYNC"]), None);
        assert_eq!(nearest("ALIAS", ["A", "CNAME"]), None);
    }
}
