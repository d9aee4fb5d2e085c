//! Patterns of zones, owners and files, and the files as the patterns see them.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, real_path};

/// What some findings have in common; what is not said matches all of them.
#[derive(Debug, Clone, Default)]
pub struct Where {
    /// The zone is one of these: see [`names`].
    pub zones: Option<GlobSet>,
    /// The owner is one of these.
    pub owners: Option<GlobSet>,
    /// The file is one of these: see [`paths`].
    pub paths: Option<GlobSet>,
}

/// A pattern of names: `*` is any number of labels, or a part of one. A final dot and the case of
/// letters do not count.
pub fn names<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<GlobSet, globset::Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let bare = pattern.strip_suffix('.').filter(|bare| !bare.is_empty()).unwrap_or(pattern);
        set.add(GlobBuilder::new(bare).case_insensitive(true).build()?);
    }
    set.build()
}

/// A pattern of paths as seen from the folder of `zoneward.toml`: `*` stays within a folder, `**`
/// does not.
pub fn paths<'p>(patterns: impl IntoIterator<Item = &'p str>) -> Result<GlobSet, globset::Error> {
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        set.add(GlobBuilder::new(pattern).literal_separator(true).build()?);
    }
    set.build()
}

impl Where {
    /// Whether a finding is there.
    pub(super) fn has(&self, diagnostic: &Diagnostic, files: &mut Files<'_>) -> bool {
        matches(self.owners.as_ref(), diagnostic.owner.as_deref())
            && self.has_zone(diagnostic.zone.as_deref(), Some(diagnostic.primary.place.span.file), files)
    }

    /// Whether a zone (or no zone at all) is there, as far as it stands in this file
    /// (or in no file at all).
    pub(super) fn has_zone(&self, zone: Option<&str>, file: Option<FileId>, files: &mut Files<'_>) -> bool {
        let path = |paths: &GlobSet| files.of(file?).map(|path| paths.is_match(path));
        matches(self.zones.as_ref(), zone) && self.paths.as_ref().map(path).is_none_or(|is| is == Some(true))
    }
}

/// Whether a name is among those that are wanted.
fn matches(wanted: Option<&GlobSet>, name: Option<&str>) -> bool {
    wanted.is_none_or(|wanted| name.is_some_and(|name| wanted.is_match(name)))
}

/// The files of a run as patterns see them. The system is asked once for each folder, and only where a
/// pattern of paths is held against a file.
#[derive(Debug)]
pub(super) struct Files<'s> {
    sources: &'s Sources,
    /// The folder of the configuration, without symbolic links.
    root: PathBuf,
    /// Folders without symbolic links, from the root; `None` outside of it.
    folders: HashMap<PathBuf, Option<PathBuf>>,
}

impl<'s> Files<'s> {
    pub(super) fn new(sources: &'s Sources, root: &Path) -> Self {
        Self { sources, root: real_path(root), folders: HashMap::new() }
    }

    /// The path of a file from the root; `None` outside of it.
    fn of(&mut self, file: FileId) -> Option<PathBuf> {
        let path = self.sources.path(file);
        let (folder, name) = (path.parent()?, path.file_name()?);
        let inside = || {
            let real = real_path(if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
            real.strip_prefix(&self.root).map(Path::to_path_buf).ok()
        };
        let folder = match self.folders.get(folder) {
            Some(known) => known.clone(),
            None => self.folders.entry(folder.to_path_buf()).or_insert_with(inside).clone(),
        };
        folder.map(|folder| folder.join(name))
    }
}
