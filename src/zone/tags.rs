//! Lists of tags, as DKIM and DMARC write them: `v=DMARC1; p=none` (RFC 6376 section 3.2).

/// The tags of a text with their values, blanks around both taken away. An empty tag between two `;` is
/// left out. `Err` holds what is no tag: it has no `=`, or no name before it.
pub fn tags(text: &str) -> impl Iterator<Item = Result<(&str, &str), &str>> {
    let blank = |c: char| c.is_ascii_whitespace();
    let parts = text.split(';').map(move |part| part.trim_matches(blank)).filter(|part| !part.is_empty());
    parts.map(move |part| {
        let (name, value) = part.split_once('=').ok_or(part)?;
        let name = name.trim_end_matches(blank);
        let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if plain { Ok((name, value.trim_start_matches(blank))) } else { Err(part) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        let list: Vec<_> = tags(" v = DMARC1 ;p=none;; rua=mailto:a@b.example ;").collect();
        assert_eq!(list, [Ok(("v", "DMARC1")), Ok(("p", "none")), Ok(("rua", "mailto:a@b.example"))]);
        let list: Vec<_> = tags("v=DKIM1; k; =x; a b=1; p=").collect();
        assert_eq!(list, [Ok(("v", "DKIM1")), Err("k"), Err("=x"), Err("a b=1"), Ok(("p", ""))]);
    }
}
