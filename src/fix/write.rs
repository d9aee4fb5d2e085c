//! Files in place of others: whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use super::Changed;
use crate::source::reason;

/// Puts the new text of a file in place of the old one, if that is still what is there.
pub(super) fn replace(changed: &Changed) -> Result<(), String> {
    let path = &changed.path;
    let said = |error: io::Error| reason(&error);
    if fs::read(path).map_err(said)? != *changed.before {
        return Err("it has changed since it was checked".to_owned());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if fs::metadata(path).map_err(said)?.nlink() > 1 {
            return Err("it has a second name (a hard link), which would keep the old text".to_owned());
        }
    }
    let failed = |error| format!("cannot be written: {}", reason(&error));
    write(path, &changed.after).map_err(failed)
}

/// Writes a file beside the old one and lets it take its place, so that nobody ever sees half of it.
/// Mode and owner stay.
fn write(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let metadata = fs::metadata(path)?;
    // What is read-only is so by intention; that its folder is not would not stop the file from going.
    File::options().write(true).open(path)?;
    let mut file = tempfile::Builder::new().prefix(".zoneward-").tempfile_in(folder)?;
    file.write_all(text)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let own = file.as_file().metadata()?;
        if (own.uid(), own.gid()) != (metadata.uid(), metadata.gid()) {
            fchown(file.as_file(), Some(metadata.uid()), Some(metadata.gid()))?;
        }
    }
    file.as_file().set_permissions(metadata.permissions())?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Sees to it that what was renamed in a folder is on the disk. Not every system lets folders be opened.
pub(super) fn settle(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        _ = folder.sync_all();
    }
}
