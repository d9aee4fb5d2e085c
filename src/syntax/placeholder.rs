//! What a template engine or script would replace.

use std::ops::Range;

/// Where in a line a mark is that a template engine or script would replace. `$GENERATE` has a use of its own for
/// `${`.
pub fn placeholder(text: &[u8], generate: bool) -> Option<Range<usize>> {
    let marks = [(&b"{{"[..], &b"}}"[..]), (b"{%", b"%}"), (b"<%", b"%>"), (b"${", b"}")];
    let find = |(open, close): (&[u8], &[u8])| {
        let start = memchr::memmem::find(text, open)?;
        let length = memchr::memmem::find(&text[start..], close).map(|at| at + close.len());
        // Its end may be elsewhere, or missing.
        let line = memchr::memchr2(b'\n', b'\r', &text[start..]).unwrap_or(text.len() - start);
        Some(start..start + length.filter(|length| *length <= line).unwrap_or(line))
    };
    let marked = marks.into_iter().filter(|(open, _)| !(generate && *open == b"${")).find_map(find);
    marked.or_else(|| {
        let mut end = 0;
        let mut words = text.split(u8::is_ascii_whitespace).map(|word| {
            end += word.len() + 1;
            (word, end - 1 - word.len()..end - 1)
        });
        words.find(|(word, _)| is_placeholder(word)).map(|(_, range)| range)
    })
}

/// `__NAME__`, `@NAME@`, `%NAME%`.
fn is_placeholder(word: &[u8]) -> bool {
    matches!(word, [b'_', .., b'_'] | [b'@', .., b'@'] | [b'%', .., b'%'])
        && word.len() > 3
        && word.iter().any(u8::is_ascii_alphabetic)
        && !word.iter().any(u8::is_ascii_lowercase)
}
