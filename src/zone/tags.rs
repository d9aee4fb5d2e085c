//! Lists of tags, as DKIM and DMARC write them: `v=DMARC1; p=none` (RFC 6376 section 3.2).

use std::borrow::Cow;

/// Octets as a text, in which what is no UTF-8 is replaced. Nearly all are UTF-8, which is seen much sooner than
/// it is replaced.
pub fn as_text(octets: Cow<'_, [u8]>) -> Cow<'_, str> {
    let replaced = |octets: &[u8]| Cow::Owned(String::from_utf8_lossy(octets).into_owned());
    match octets {
        Cow::Borrowed(octets) => std::str::from_utf8(octets).map_or_else(|_| replaced(octets), Cow::Borrowed),
        Cow::Owned(octets) => {
            String::from_utf8(octets).map_or_else(|error| replaced(error.as_bytes()), Cow::Owned)
        }
    }
}

/// The tags of a text with their values, blanks around both taken away. An empty tag between two `;` is
/// left out. `Err` holds what is no tag: it has no `=`, or no name before it.
pub fn tags(text: &str) -> impl Iterator<Item = Result<(&str, &str), &str>> {
    let mut rest = Some(text);
    let parts = std::iter::from_fn(move || {
        let text = rest?;
        let end = memchr::memchr(b';', text.as_bytes());
        rest = end.map(|end| &text[end + 1..]);
        Some(text[..end.unwrap_or(text.len())].trim_ascii())
    });
    parts.filter(|part| !part.is_empty()).map(|part| {
        let end = part.bytes().position(|b| b == b'=').ok_or(part)?;
        let (name, value) = (part[..end].trim_ascii_end(), &part[end + 1..]);
        let plain = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if plain { Ok((name, value.trim_ascii_start())) } else { Err(part) }
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
