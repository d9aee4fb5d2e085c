//! The root of a project: where its configuration lies, and what includes do not leave.

use std::path::{Path, PathBuf};

use super::paths::normal;

/// Files that stand at the root of a project, the most telling first.
const MARKS: [&str; 2] = ["zoneward.toml", ".git"];

/// The root of the project that these paths are in: that of the first, or a folder above the roots of
/// all, as long as that is not the whole file system.
pub fn root_of(paths: &[PathBuf]) -> PathBuf {
    let mut roots = paths.iter().map(|path| root_of_one(path));
    let Some(first) = roots.next() else { return PathBuf::from(".") };
    let mut common = first.clone();
    for root in roots {
        if root == common {
            continue;
        }
        let (a, b) = (normal(&common), normal(&root));
        let Some(above) = a.ancestors().find(|above| b.starts_with(above) && above.parent().is_some()) else {
            return first;
        };
        // Where a root is that folder already, it stays as the user named it.
        common = if above == a { common } else { above.to_path_buf() };
    }
    common
}

/// The root of the repository that a folder is in; `.git` is a file in a work tree of its own.
pub fn repository_of(folder: &Path) -> Option<&Path> {
    folder.ancestors().find(|above| above.join(".git").exists())
}

/// The nearest folder at or above a path with a configuration, or else with a repository; without
/// one, the folder itself. For a file it is the current directory if the file is below that, or else
/// the file's folder.
fn root_of_one(start: &Path) -> PathBuf {
    if start == Path::new("-") {
        return root_of_one(Path::new("."));
    }
    let absolute = normal(start);
    let folder = if absolute.is_dir() { &*absolute } else { absolute.parent().unwrap_or(&absolute) };
    let marked = |mark: &&str| folder.ancestors().find(|above| above.join(mark).exists());
    let current = normal(Path::new(""));
    let root = MARKS.iter().find_map(marked).unwrap_or(match () {
        () if !absolute.is_dir() && absolute.starts_with(&current) => &current,
        () => folder,
    });
    // Seen from where the user is, if the user sees the paths from there.
    match root.strip_prefix(&current) {
        Ok(below) if start.is_relative() && below.as_os_str().is_empty() => PathBuf::from("."),
        Ok(below) if start.is_relative() => below.to_path_buf(),
        _ => root.to_path_buf(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn the_configuration_before_the_repository() {
        let tree = tempfile::tempdir().expect("a temporary folder");
        let at = |path: &str| tree.path().join(path);
        fs::create_dir_all(at("conf/repo/.git")).expect("folders");
        fs::create_dir_all(at("conf/repo/zones")).expect("folders");
        fs::create_dir_all(at("bare/zones")).expect("folders");
        fs::write(at("conf/repo/zones/z"), "").expect("a file");
        fs::write(at("bare/zones/z"), "").expect("a file");
        let root = |path: &str| root_of(&[at(path)]);
        assert_eq!(root("conf/repo/zones/z"), at("conf/repo"));
        assert_eq!(root("conf/repo/zones"), at("conf/repo"));
        fs::write(at("conf/zoneward.toml"), "").expect("a file");
        assert_eq!(root("conf/repo/zones/z"), at("conf"));
        assert_eq!(root("bare/zones"), at("bare/zones"));
        assert_eq!(root("bare/zones/z"), at("bare/zones"));
        assert_eq!(root("bare/zones/../zones/z"), at("bare/zones"));
        assert_eq!(root_of(&[at("bare/zones"), at("bare")]), at("bare"));
        assert_eq!(root_of(&[at("bare/zones"), at("conf/repo")]), tree.path());
        assert_eq!(root_of(&[at("bare"), PathBuf::from("/")]), at("bare"));
    }
}
