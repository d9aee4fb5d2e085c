//! The texts that were read, and the paths in them.
//!
//! A path stays where it is written until it is looked for: a hundred thousand copies would be no more than made and
//! given back.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::text::value;
use crate::source::{FileId, Span};

/// Texts by their files.
#[derive(Debug, Default)]
pub(in crate::project) struct Texts(BTreeMap<FileId, Arc<Vec<u8>>>);

impl Texts {
    /// Keeps a text.
    pub(super) fn keep(&mut self, file: FileId, text: Arc<Vec<u8>>) {
        self.0.insert(file, text);
    }

    /// Whether the path that stands at a place is empty. One of more than two quotes has something in it: it need not
    /// be looked at.
    pub(super) fn is_nothing(&self, place: Span) -> bool {
        place.end - place.start <= 2 && self.path(place).as_os_str().is_empty()
    }

    /// The path that stands at a place.
    pub(in crate::project) fn path(&self, place: Span) -> Cow<'_, Path> {
        let text = self.0.get(&place.file).map(|text| text.as_slice()).unwrap_or_default();
        path_of(value(text.get(place.start as usize..place.end as usize).unwrap_or_default()))
    }
}

/// A path of the server, from the bytes in the file.
#[cfg(unix)]
pub(super) fn path_of(bytes: Cow<'_, [u8]>) -> Cow<'_, Path> {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    match bytes {
        Cow::Borrowed(bytes) => Path::new(OsStr::from_bytes(bytes)).into(),
        Cow::Owned(bytes) => PathBuf::from(OsString::from_vec(bytes)).into(),
    }
}

/// A path of the server, from the bytes in the file.
#[cfg(not(unix))]
pub(super) fn path_of(bytes: Cow<'_, [u8]>) -> Cow<'_, Path> {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    #[test]
    fn a_path_is_what_stands_there_without_its_quotes() {
        let file = Sources::new().add_bytes("named.conf", Vec::new());
        let path = |text: &[u8]| {
            let mut texts = Texts::default();
            texts.keep(file, Arc::new(text.to_vec()));
            let place = Span::new(file, 0, u32::try_from(text.len()).expect("it is short"));
            (texts.path(place).into_owned(), texts.is_nothing(place))
        };
        for (text, expected) in [
            ("\"a/b\"", "a/b"),
            ("ab", "ab"),
            ("a", "a"),
            (r#""a\"b""#, "a\"b"),
            (r#""\""#, "\\"),
            ("\"ab", "ab"),
        ] {
            assert_eq!(path(text.as_bytes()), (expected.into(), false), "{text}");
        }
        for text in ["\"\"", "\"", ""] {
            assert_eq!(path(text.as_bytes()), (PathBuf::new(), true), "{text}");
        }
    }
}
