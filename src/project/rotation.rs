//! Whether Knot and NSD rotate the addresses of a name: the one switch of their configurations that matters.

use std::path::Path;
use std::sync::Arc;

use crate::source::{FileId, Span};
use crate::zone::{RrsetOrder, Server, Terms};

/// The server whose configuration a file is by its name.
pub(super) fn server_of(path: &Path) -> Option<Server> {
    // The end of a path is seen at once, and the name at its end is not.
    if !path.as_os_str().as_encoded_bytes().ends_with(b".conf") {
        return None;
    }
    match path.file_name()?.to_str()? {
        "knot.conf" => Some(Server::Knot),
        "nsd.conf" => Some(Server::Nsd),
        _ => None,
    }
}

/// How zones are served by a server that does not rotate, as far as its configuration says so. Nothing where
/// it does, or where another file may say so.
pub(super) fn terms(server: Server, file: FileId, text: &[u8]) -> Option<Arc<Terms>> {
    let switch = if server == Server::Knot { "answer-rotation" } else { "round-robin" };
    let mut place = None;
    let mut at = 0;
    for line in text.split_inclusive(|&b| b == b'\n') {
        let words = line.split(|&b| b == b'#').next().unwrap_or_default();
        let start = at + words.len() - words.trim_ascii_start().len();
        at += line.len();
        let words = String::from_utf8_lossy(words.trim_ascii()).to_ascii_lowercase();
        let Some((key, value)) = words.split_once(':') else { continue };
        let end = start + words.len();
        match key.trim() {
            "include" => return None,
            key if key == switch => match value.trim() {
                "on" | "yes" | "true" => return None,
                _ => place = Some((start, end)),
            },
            "server" => _ = place.get_or_insert((start, end)),
            _ => {}
        }
    }
    let offset = |at: usize| u32::try_from(at).expect("files are below MAX_FILE_SIZE");
    let (start, end) = place.unwrap_or((0, 0));
    let span = Span::new(file, offset(start), offset(end));
    let order = Some(Arc::new(RrsetOrder { server, rules: Vec::new(), span }));
    Some(Arc::new(Terms { order, ..Terms::DEFAULT }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn the_switch_is_found() {
        let file = Sources::new().add(Path::new("x"));
        let place = |server, text: &str| {
            let terms = terms(server, file, text.as_bytes())?;
            let span = terms.order.as_ref().map(|order| order.span)?;
            Some(text[span.start as usize..span.end as usize].to_owned())
        };
        let knot = |text: &str| place(Server::Knot, text);
        assert_eq!(knot("server:\n    answer-rotation: on\n"), None);
        assert_eq!(knot("server:\n  # answer-rotation: on\n").as_deref(), Some("server:"));
        assert_eq!(knot("server:\n    Answer-Rotation: off # no\n").as_deref(), Some("Answer-Rotation: off"));
        assert_eq!(knot("include: \"server.conf\"\n"), None);
        assert_eq!(knot("zone:\n").as_deref(), Some(""));
        assert_eq!(place(Server::Nsd, "server:\n\tround-robin: yes\n"), None);
        assert_eq!(place(Server::Nsd, "server:\n").as_deref(), Some("server:"));
    }
}
