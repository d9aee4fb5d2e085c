//! Text and paths as they may be shown.

use std::path::Path;

/// Characters that would act on a terminal, or that cannot be seen: controls, direction marks,
/// zero-width characters, white space that is none to a name server, and what is no character at all,
/// which XML refuses.
fn is_treacherous(c: char) -> bool {
    c.is_control()
        || (c.is_whitespace() && c != ' ')
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}' | '\u{fffe}' | '\u{ffff}')
}

/// Text for an excerpt: as many bytes as `text` has, so that offsets stay true, and none that a
/// terminal would obey. What cannot be shown is a `?` for each byte.
pub fn display(text: &[u8]) -> String {
    let mut shown = String::with_capacity(text.len());
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\n' | '\t' => shown.push(c),
                '\r' => shown.push(' '),
                c if is_treacherous(c) => shown.extend(std::iter::repeat_n('?', c.len_utf8())),
                c => shown.push(c),
            }
        }
        shown.extend(chunk.invalid().iter().map(|_| '?'));
    }
    shown
}

/// Text for a message: what cannot be shown is escaped as in a zone file, `\DDD` for each byte.
pub fn escape(text: &[u8]) -> String {
    use std::fmt::Write;
    let mut shown = String::with_capacity(text.len());
    let decimal = |shown: &mut String, bytes: &[u8]| {
        for byte in bytes {
            write!(shown, "\\{byte:03}").expect("a String takes everything");
        }
    };
    for chunk in text.utf8_chunks() {
        for c in chunk.valid().chars() {
            if is_treacherous(c) {
                decimal(&mut shown, c.encode_utf8(&mut [0; 4]).as_bytes());
            } else {
                shown.push(c);
            }
        }
        decimal(&mut shown, chunk.invalid());
    }
    shown
}

/// A file name for people: its bytes through [`escape`].
pub fn escape_path(path: &Path) -> String {
    escape(path.as_os_str().as_encoded_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_keeps_every_offset() {
        for text in ["a\x1b[31mb", "gr\u{fc}n\r\n", "\u{202e}x", "\u{200b}"] {
            assert_eq!(display(text.as_bytes()).len(), text.len());
        }
        assert_eq!(display(b"latin\xfc \xff\x1b"), "latin? ??");
        assert_eq!(display("z\u{200b}".as_bytes()), "z???");
    }

    #[test]
    fn escape_shows_bytes_as_zone_files_write_them() {
        assert_eq!(escape(b"a\x1b\xff"), "a\\027\\255");
        assert_eq!(escape("www\u{200b}".as_bytes()), "www\\226\\128\\139");
        assert_eq!(escape("m\u{fc}ller".as_bytes()), "m\u{fc}ller");
        assert_eq!(escape("\u{fffe}".as_bytes()), "\\239\\191\\190");
    }
}
