//! Which `named.conf` of a project counts.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::MANY;
use super::named_conf::is_conf;
use super::paths::normal;
use super::walk::{Request, Seen, clean};
use crate::source::Sources;

/// So many files that were named are looked into, whatever they are called: a shell may name all zones.
const FEW: usize = 4;

/// A `named.conf` that counts.
pub(super) struct Root {
    pub(super) path: PathBuf,
    /// It was named, or is in a directory that was.
    pub(super) wanted: bool,
    /// It was named.
    pub(super) named: bool,
}

/// Which configurations count: the one that was given; or those that were named, and those that are
/// called `named.conf` in the directories.
pub(super) fn pick(request: &Request, sources: &Sources, seen: &mut Vec<Seen>) -> Vec<Root> {
    let few = seen.iter().filter(|seen| seen.explicit).count() <= FEW;
    let named = |path: &Path| {
        let name = path.file_name().unwrap_or_default();
        path != Path::new("<stdin>")
            && (is_conf_name(name) || (few || has_conf(name)) && looks_like_conf(path, sources))
    };
    let explicit: Vec<PathBuf> = seen
        .extract_if(.., |seen| seen.explicit && named(&seen.path))
        .map(|seen| seen.path.to_path_buf())
        .collect();
    let mut roots: Vec<_> =
        explicit.into_iter().map(|path| Root { path, wanted: true, named: true }).collect();
    if let Some(given) = &request.named_conf {
        let path = clean(given);
        let within = |folder: &PathBuf| folder.is_dir() && normal(&path).starts_with(normal(folder));
        let wanted = request.paths.iter().any(within);
        if !roots.iter().any(|root| normal(&root.path) == normal(&path)) {
            roots.push(Root { path, wanted, named: true });
        }
        return roots;
    }
    if roots.is_empty() {
        // It is faster to find a word in a path than the name at its end.
        let may_be = memchr::memmem::Finder::new("named");
        let walked = || seen.par_iter().with_min_len(MANY).map(|seen| &*seen.path);
        let mut found: Vec<PathBuf> = walked()
            .filter(|path| may_be.find(path.as_os_str().as_encoded_bytes()).is_some())
            .filter(|path| is_conf_name(path.file_name().unwrap_or_default()))
            .map(Path::to_path_buf)
            .collect();
        let main: HashSet<_> = found.iter().filter(|path| path.ends_with("named.conf")).cloned().collect();
        // What lies beside a `named.conf` is a part of it, in use or not.
        let beside = |path: &PathBuf| main.contains(&path.with_file_name("named.conf"));
        found.retain(|path| main.contains(path) || !beside(path));
        // Without any, a part of one tells which zones files are, such as `named.rfc1912.zones`.
        if found.is_empty() {
            let is_part = |path: &&Path| path.extension() == Some(OsStr::new("zones"));
            let parts = walked().filter(is_part).filter(|path| looks_like_conf(path, sources));
            found = parts.map(Path::to_path_buf).collect();
        }
        found.sort_by_key(|path| (!main.contains(path), path.clone()));
        roots.extend(found.into_iter().map(|path| Root { path, wanted: true, named: false }));
    }
    roots
}

/// Whether a file is called as configurations of `named` are.
fn is_conf_name(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b"named") && name.ends_with(b".conf")
        || name.starts_with(b"named.conf.")
        || name.ends_with(b".named.conf")
}

fn has_conf(name: &OsStr) -> bool {
    memchr::memmem::find(name.as_encoded_bytes(), b"conf").is_some()
}

/// Whether the beginning of a file is that of a configuration.
fn looks_like_conf(path: &Path, sources: &Sources) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4096).read_to_end(&mut head));
    read.is_ok() && is_conf(sources.add(path), &head)
}
