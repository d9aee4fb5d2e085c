//! The words that a diagnostic points to, looked for when it is to be shown.
//!
//! A record keeps the place of its line only; which word of it is the owner or the second field of
//! the rdata is found by reading that line once more.

use std::collections::HashMap;

use crate::diagnostic::{Diagnostic, Part, Place};
use crate::source::{FileId, Sources, Span, Text};
use crate::syntax::{Reader, Token, header};

/// Texts that are kept at hand while places are looked for.
const KEPT: usize = 64;

/// Replaces every part of an entry in these diagnostics by the span of its words.
pub(crate) fn narrow_all(diagnostics: &mut [Diagnostic], sources: &Sources) {
    let mut texts: HashMap<FileId, Text> = HashMap::new();
    let places = diagnostics
        .iter_mut()
        .flat_map(|d| std::iter::once(&mut d.primary).chain(&mut d.labels))
        .map(|label| &mut label.place)
        .filter(|place| !matches!(place.part, Part::Whole | Part::Generated));
    for place in places {
        if texts.len() >= KEPT && !texts.contains_key(&place.span.file) {
            texts.clear();
        }
        let text = texts.entry(place.span.file).or_insert_with(|| sources.text(place.span.file));
        *place = Place::whole(narrow(&text.bytes, *place));
    }
}

/// The span of the words of a place. What is not there, as in a file that was changed meanwhile, is
/// the whole entry.
fn narrow(text: &[u8], Place { span, part }: Place) -> Span {
    let Some(entry) = text.get(span.start as usize..(span.end as usize).min(text.len())) else {
        return span;
    };
    // An entry's span begins at its first word: a blank before it means that the owner is inherited.
    let indented = span.start > 0 && !matches!(text[span.start as usize - 1], b'\n' | b'\r');
    let mut reader = Reader::new(entry);
    if reader.next_entry().is_none() {
        return span;
    }
    let tokens = reader.tokens();
    let Ok(header) = header(entry, tokens, indented) else { return span };
    let at = |index: usize| tokens.get(index).copied();
    let words: Option<(Token, Token)> = match part {
        Part::Whole | Part::Generated => None,
        Part::Owner => at(0).map(|first| (first, first)),
        Part::Ttl if header.ttl.is_some() => {
            let index = (usize::from(!indented)..header.type_at)
                .find(|&i| i != header.class_at || header.class.is_none())
                .unwrap_or(header.type_at);
            at(index).map(|ttl| (ttl, ttl))
        }
        Part::Ttl | Part::Type => at(header.type_at).map(|word| (word, word)),
        Part::Rdata => at(header.rdata).zip(tokens.last().copied()),
        Part::Field(field) => at(header.rdata + usize::from(field)).map(|word| (word, word)),
    };
    match words {
        Some((first, last)) => Span::new(span.file, span.start + first.start, span.start + last.end),
        None => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str, start: u32, part: Part) -> String {
        let sources = Sources::new();
        let file = sources.add_bytes("x", text.into());
        let end = u32::try_from(text.len()).expect("a short text");
        let span = narrow(text.as_bytes(), Place { span: Span::new(file, start, end), part });
        text[span.start as usize..span.end as usize].to_owned()
    }

    #[test]
    fn parts_of_records() {
        assert_eq!(part("www 1h IN MX 10 a ; x", 0, Part::Owner), "www");
        assert_eq!(part("www 1h IN MX 10 a", 0, Part::Ttl), "1h");
        assert_eq!(part("www IN 1h MX 10 a", 0, Part::Ttl), "1h");
        assert_eq!(part("www IN MX 10 a", 0, Part::Ttl), "MX");
        assert_eq!(part("www IN MX 10 a", 0, Part::Field(1)), "a");
        assert_eq!(part("  MX ( 10\n a )", 2, Part::Rdata), "10\n a");
        assert_eq!(part("  60 A 1.2.3.4", 2, Part::Ttl), "60");
        assert_eq!(part("www A 1.2.3.4", 0, Part::Field(7)), "www A 1.2.3.4");
        assert_eq!(part("garbage", 0, Part::Rdata), "garbage");
    }
}
