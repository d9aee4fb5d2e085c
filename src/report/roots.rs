//! Paths as services see them: from the root of the repository.

use std::path::{Component, Path, PathBuf};

use crate::source::escape;

/// Where paths start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roots {
    /// The folder that relative paths start from, absolute.
    pub current: PathBuf,
    /// The root of the repository, absolute: an ancestor of `current`, or `current` itself.
    pub repository: PathBuf,
}

impl Default for Roots {
    /// Relative paths stay as they are.
    fn default() -> Self {
        Self { current: PathBuf::from("/"), repository: PathBuf::from("/") }
    }
}

impl Roots {
    /// A path from the root of the repository; absolute if it is outside.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        let mut absolute = PathBuf::new();
        for component in self.current.join(path).components() {
            match component {
                Component::CurDir => {}
                Component::ParentDir => _ = absolute.pop(),
                other => absolute.push(other),
            }
        }
        absolute.strip_prefix(&self.repository).map(Path::to_path_buf).unwrap_or(absolute)
    }

    /// A path from the root of the repository as text, with forward slashes, safe to show.
    pub(super) fn shown(&self, path: &Path) -> String {
        slashes(&self.path(path))
    }

    /// The URI of a path (RFC 3986), and whether it is relative to the root of the repository.
    pub(super) fn uri(&self, path: &Path) -> (String, bool) {
        let path = self.path(path);
        let scheme = if path.is_absolute() { "file://" } else { "" };
        let bytes = path.as_os_str().as_encoded_bytes();
        let encoded = bytes.iter().map(|&byte| match byte {
            // `unreserved`, and what separates folders.
            b'/' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            b'\\' if cfg!(windows) => "/".to_owned(),
            byte => format!("%{byte:02X}"),
        });
        let uri = std::iter::once(scheme.to_owned()).chain(encoded).collect();
        (uri, path.is_relative())
    }
}

/// A path with forward slashes, whatever the system has.
pub(super) fn slashes(path: &Path) -> String {
    let path = path.to_string_lossy();
    escape(if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_start_at_the_repository() {
        let roots = Roots { current: "/repo/sub".into(), repository: "/repo".into() };
        let shown = |path| roots.shown(Path::new(path));
        assert_eq!(shown("a.zone"), "sub/a.zone");
        assert_eq!(shown("./a//b"), "sub/a/b");
        assert_eq!(shown("../zones/a"), "zones/a");
        assert_eq!(shown("/repo/a"), "a");
        assert_eq!(shown("../../etc/a"), "/etc/a");
        assert_eq!(Roots::default().shown(Path::new("a/b")), "a/b");
        assert_eq!(shown("a\u{1b}"), "sub/a\\027");
    }

    #[test]
    fn uris_have_no_character_of_their_own() {
        let roots = Roots { current: "/repo".into(), repository: "/repo".into() };
        let uri = |path| roots.uri(Path::new(path));
        assert_eq!(uri("zones/a b#%\u{e4}"), ("zones/a%20b%23%25%C3%A4".to_owned(), true));
        assert_eq!(uri("a:b"), ("a%3Ab".to_owned(), true), "no scheme");
        assert_eq!(uri("/etc/x"), ("file:///etc/x".to_owned(), false));
    }
}
