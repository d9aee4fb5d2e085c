//! Finding included files, without ever leaving the project.
//!
//! `named` resolves a relative `$INCLUDE` against its `directory`; several other servers against the
//! folder of the including file. Symbolic links are resolved before it is asked whether a file is
//! inside, and of one that is not, nothing is read.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError, RwLock};

use super::git::Overlay;
use super::paths::{normal, starts_with};
use super::servers::{BaseId, Servers};
use super::walk::{Request, clean};
use crate::source::{FileId, ReadError, Sources, escape_path, real_path};
use crate::zone::{IncludeError, Included, Includes};

/// Finds the files that zones of a project include; all threads share it.
#[derive(Debug)]
pub struct Resolver<'s> {
    sources: &'s Sources,
    /// Where relative includes start if nothing is known, as the user sees it.
    root: PathBuf,
    /// Where the user says that they start: `named` looks there and nowhere else.
    base: Option<PathBuf>,
    /// Where a server says that they start.
    bases: Vec<PathBuf>,
    /// Folders of the server, and what they are here.
    prefixes: Vec<(PathBuf, PathBuf)>,
    /// The folders that includes may be in: as the user sees them, and without symbolic links.
    inside: Vec<(PathBuf, PathBuf)>,
    /// The current directory, and these folders as absolute paths without `..`.
    current: PathBuf,
    names: Vec<PathBuf>,
    /// The version that is read, if it is not that on the disk.
    overlay: Option<&'s Overlay>,
    /// The files that were opened, by their real paths.
    files: Mutex<HashMap<PathBuf, FileId>>,
    /// What was found out: a thousand zones include the same file.
    known: RwLock<HashMap<PathBuf, Place>>,
}

/// What is at a path.
#[derive(Debug, Clone)]
enum Place {
    /// A file inside, and its real path.
    Found(FileId, PathBuf),
    Missing,
    /// It is not, or would not be, inside.
    Outside,
    Unreadable(String),
}

impl<'s> Resolver<'s> {
    /// A resolver for includes within the root, and within the folders where they are said to start.
    pub fn new(sources: &'s Sources, request: &Request, servers: &Servers) -> Self {
        let shown = |path: &Path| if path == Path::new(".") { PathBuf::new() } else { path.to_path_buf() };
        let root = clean(&request.root);
        let inside = [Some(&*root), request.include_base.as_deref()].into_iter().flatten();
        let inside = inside.chain(servers.bases.iter().map(PathBuf::as_path));
        let inside: Vec<_> = inside.map(|path| (shown(path), real_folder(path))).collect();
        Self {
            sources,
            base: request.include_base.as_deref().map(shown),
            bases: servers.bases.clone(),
            prefixes: servers.prefixes.clone(),
            names: inside.iter().flat_map(|(shown, real)| [normal(shown), real.clone()]).collect(),
            current: normal(Path::new("")),
            inside,
            overlay: None,
            root: shown(&root),
            files: Mutex::default(),
            known: RwLock::default(),
        }
    }

    /// Reads another version than that on the disk.
    #[must_use]
    pub fn over(self, overlay: Option<&'s Overlay>) -> Self {
        Self { overlay, ..self }
    }

    /// The includes of the zone that begins in `file`; `linked`: its path may be a symbolic link; `base`:
    /// where its relative includes start, if that is known.
    pub fn of_zone<'r>(&'r self, file: FileId, linked: bool, base: Option<BaseId>) -> ZoneIncludes<'r, 's> {
        let base = self.base.as_deref().or_else(|| Some(base?.of(&self.bases)));
        ZoneIncludes { resolver: self, file, linked, base, real: OnceLock::new() }
    }

    /// Whether a file is outside all folders that files may be in, or a link that leads there.
    pub(super) fn leads_out(&self, file: FileId) -> bool {
        let path = self.sources.path(file);
        if self.sources.is_link(file) {
            let real = real_path(&path);
            return !self.inside.iter().any(|(_, inside)| real.starts_with(inside));
        }
        !self.is_inside_by_name(&path)
    }

    /// The real paths of all files that were included.
    pub fn included(&self) -> BTreeSet<PathBuf> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).keys().cloned().collect()
    }

    /// The included files by their real paths.
    pub(super) fn files(&self) -> HashMap<PathBuf, FileId> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The file that `name` means in the file at `from`; `true` if it was found beside that only.
    fn resolve(
        &self,
        from: FileId,
        name: &[u8],
        base: Option<&Path>,
    ) -> Result<(FileId, PathBuf, bool), IncludeError> {
        let Some(name) = path_of(name) else { return Err(IncludeError::NotFound(Vec::new())) };
        let first = self.here(base.unwrap_or(&self.root).join(&name));
        let mut tried = vec![escape_path(&first)];
        let mut outside = match self.look(&first) {
            Place::Found(file, real) => return Ok((file, real, false)),
            Place::Unreadable(why) => return Err(IncludeError::Unreadable(why)),
            Place::Missing => false,
            Place::Outside => true,
        };
        // The `directory` of `named` is not known: it may be any folder above the including file.
        let from = self.sources.path(from);
        let folders = from.ancestors().skip(1);
        let folders = folders.take_while(|folder| base.is_none() && self.is_inside_by_name(folder));
        let mut beside = true;
        for folder in folders {
            let path = folder.join(&name);
            if path != first {
                tried.push(escape_path(&path));
                match self.look(&path) {
                    Place::Found(file, real) => return Ok((file, real, beside)),
                    Place::Unreadable(why) => return Err(IncludeError::Unreadable(why)),
                    Place::Missing => {}
                    Place::Outside => outside = true,
                }
            }
            beside = false;
        }
        Err(if outside { IncludeError::OutsideRoot } else { IncludeError::NotFound(tried) })
    }

    /// A path of the server as it is here; others stay as they are.
    fn here(&self, path: PathBuf) -> PathBuf {
        if self.prefixes.is_empty() || !path.is_absolute() || self.is_inside_by_name(&path) {
            return path;
        }
        let mapped = |(server, here): &(PathBuf, PathBuf)| Some(here.join(path.strip_prefix(server).ok()?));
        self.prefixes.iter().filter_map(mapped).find(|path| path.exists()).unwrap_or(path)
    }

    /// What is at a path; asked of the system once for each.
    fn look(&self, path: &Path) -> Place {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        known.unwrap_or_else(|| {
            let place = self.ask(path);
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            known.insert(path.to_path_buf(), place.clone());
            place
        })
    }

    fn ask(&self, path: &Path) -> Place {
        let shown = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let real = match self.overlay {
            Some(overlay) => overlay.real(shown),
            None => shown.canonicalize(),
        };
        let real = match real {
            Ok(real) => real,
            // Whether a file exists outside is not said either.
            Err(_) if !self.is_inside_by_name(path) => return Place::Outside,
            Err(error) => {
                let missing = [ErrorKind::NotFound, ErrorKind::NotADirectory, ErrorKind::InvalidInput];
                if missing.contains(&error.kind()) {
                    return Place::Missing;
                }
                return Place::Unreadable(reason(&ReadError::Io { path: String::new(), source: error }));
            }
        };
        let shown =
            self.inside.iter().find_map(|(shown, inside)| Some(shown.join(real.strip_prefix(inside).ok()?)));
        let Some(shown) = shown else { return Place::Outside };
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&file) = files.get(&real) {
            return Place::Found(file, real);
        }
        let file = match self.overlay.and_then(|overlay| overlay.read(&real)) {
            Some(Ok(bytes)) => self.sources.add_bytes(&shown, bytes),
            Some(Err(error)) => return Place::Unreadable(error.to_string()),
            None => self.sources.add(&shown),
        };
        if let Err(error) = self.sources.read_shared(file) {
            return Place::Unreadable(reason(&error));
        }
        files.insert(real.clone(), file);
        Place::Found(file, real)
    }

    /// Whether a path that is not there would be inside, `..` taken away.
    fn is_inside_by_name(&self, path: &Path) -> bool {
        let path = normal(&self.current.join(path));
        self.names.iter().any(|folder| starts_with(&path, folder))
    }

    fn open(&self, file: FileId, beside: bool) -> Result<Included, IncludeError> {
        let text = self.sources.read_shared(file).map_err(|e| IncludeError::Unreadable(reason(&e)))?;
        let beside = beside.then(|| escape_path(&self.sources.path(file)));
        Ok(Included { file, text, beside })
    }
}

impl Includes for Resolver<'_> {
    fn open(&self, from: FileId, name: &[u8]) -> Result<Included, IncludeError> {
        let (file, _, beside) = self.resolve(from, name, self.base.as_deref())?;
        self.open(file, beside)
    }
}

/// The includes of one zone: they know the file that the zone begins in, which is no included file
/// and yet may include itself.
#[derive(Debug)]
pub struct ZoneIncludes<'r, 's> {
    resolver: &'r Resolver<'s>,
    file: FileId,
    linked: bool,
    base: Option<&'r Path>,
    real: OnceLock<PathBuf>,
}

impl ZoneIncludes<'_, '_> {
    /// Whether a real path is that of the zone's own file. The system is asked only where the names
    /// agree, or need not.
    fn is_own(&self, real: &Path) -> bool {
        let path = self.resolver.sources.path(self.file);
        (self.linked || path.file_name() == real.file_name())
            && self.real.get_or_init(|| real_path(&path)) == real
    }
}

impl Includes for ZoneIncludes<'_, '_> {
    fn open(&self, from: FileId, name: &[u8]) -> Result<Included, IncludeError> {
        let (file, real, beside) = self.resolver.resolve(from, name, self.base)?;
        self.resolver.open(if self.is_own(&real) { self.file } else { file }, beside)
    }
}

/// A file name as bytes. `None` where the system has no such names.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere there is not always a path")]
fn path_of(name: &[u8]) -> Option<Cow<'_, Path>> {
    use std::os::unix::ffi::OsStrExt;
    Some(Path::new(OsStr::from_bytes(name)).into())
}

/// A file name as bytes. `None` where the system has no such names.
#[cfg(not(unix))]
fn path_of(name: &[u8]) -> Option<Cow<'_, Path>> {
    Some(Path::new(OsStr::new(std::str::from_utf8(name).ok()?)).into())
}

fn real_folder(path: &Path) -> PathBuf {
    real_path(if path.as_os_str().is_empty() { Path::new(".") } else { path })
}

/// What a [`ReadError`] says, without the path before it.
pub(super) fn reason(error: &ReadError) -> String {
    let text = error.to_string();
    let (ReadError::Io { path, .. } | ReadError::NotAFile { path, .. } | ReadError::TooLarge { path, .. }) =
        error;
    text.strip_prefix(path.as_str()).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn tree() -> (tempfile::TempDir, Sources) {
        let tree = tempfile::tempdir().expect("a temporary folder");
        let inside = tree.path().join("root");
        fs::create_dir_all(inside.join("zones/inc")).expect("folders");
        fs::create_dir_all(inside.join("inc")).expect("folders");
        for file in ["inc/a", "zones/inc/a", "zones/inc/b"] {
            fs::write(inside.join(file), file).expect("a file");
        }
        fs::write(tree.path().join("secret"), "secret").expect("a file");
        (tree, Sources::new())
    }

    fn start_at<'s>(sources: &'s Sources, root: &Path, base: Option<&Path>) -> Resolver<'s> {
        let request =
            Request { root: root.into(), include_base: base.map(Path::to_path_buf), ..Request::default() };
        Resolver::new(sources, &request, &Servers::default())
    }

    fn said(result: Result<Included, IncludeError>) -> String {
        match result {
            Ok(found) => {
                let beside = if found.beside.is_some() { " beside" } else { "" };
                format!("{}{beside}", String::from_utf8_lossy(&found.text))
            }
            Err(IncludeError::NotFound(tried)) => format!("not at {} places", tried.len()),
            Err(IncludeError::OutsideRoot) => "outside".to_owned(),
            Err(IncludeError::Unreadable(why)) => why,
        }
    }

    #[test]
    fn as_named_does_and_then_beside_the_file() {
        let (tree, sources) = tree();
        let root = tree.path().join("root");
        let zone = sources.add(&root.join("zones/z"));
        let resolver = start_at(&sources, &root, None);
        let open = |name: &str| said(Includes::open(&resolver, zone, name.as_bytes()));
        assert_eq!(open("inc/a"), "inc/a");
        assert_eq!(open("inc/b"), "zones/inc/b beside");
        assert_eq!(open("../inc/a"), "inc/a beside");
        assert_eq!(open("inc/c"), "not at 2 places");
        assert_eq!(open(root.join("inc/a").to_str().expect("ASCII")), "inc/a");
        assert_eq!(open("inc"), "is a directory, not a file");
        assert_eq!(resolver.included().len(), 2);
        let base = root.join("zones");
        let resolver = start_at(&sources, &root, Some(&base));
        assert_eq!(said(Includes::open(&resolver, zone, b"inc/a")), "zones/inc/a");
    }

    #[test]
    fn one_file_has_one_number() {
        let (tree, sources) = tree();
        let root = tree.path().join("root");
        let zone = sources.add(&root.join("zones/z"));
        let resolver = start_at(&sources, &root, None);
        let open = |name: &[u8]| Includes::open(&resolver, zone, name).map(|i| (i.file, i.text.as_ptr()));
        let first = open(b"inc/a").expect("it is there");
        assert_eq!(open(b"zones/../inc/./a").ok(), Some(first));
        let own = sources.add(&root.join("inc/a"));
        let opened = resolver.of_zone(own, false, None).open(own, b"inc/a").map(|i| i.file);
        assert_eq!(opened.ok(), Some(own), "a file that includes itself is seen to do so");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_outside_is_read() {
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        let (tree, sources) = tree();
        let root = tree.path().join("root");
        symlink("/etc/passwd", root.join("link")).expect("a link");
        symlink("..", root.join("up")).expect("a link");
        symlink("self", root.join("self")).expect("a link");
        let odd = OsStr::from_bytes(b"odd\xff");
        fs::write(root.join(odd), "odd").expect("a file");
        let zone = sources.add(&root.join("zones/z"));
        let resolver = start_at(&sources, &root, None);
        let open = |name: &[u8]| said(Includes::open(&resolver, zone, name));
        for name in [
            &b"link"[..],
            b"up/secret",
            b"/etc/passwd",
            b"/etc/no-such-file",
            b"../secret",
            b"../no-such-file",
            b"../../../../../../../../etc/passwd",
            b"/",
        ] {
            assert_eq!(open(name), "outside", "{}", name.escape_ascii());
        }
        assert_eq!(open(b"odd\xff"), "odd");
        assert_ne!(open(b"self"), "outside");
        assert_eq!(open(b"a\0b"), "not at 2 places");
        let made = std::process::Command::new("mkfifo").arg(root.join("fifo")).status();
        if made.is_ok_and(|status| status.success()) {
            assert_eq!(open(b"fifo"), "is a FIFO, not a file");
        }
    }
}
