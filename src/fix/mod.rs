//! Fixes: what rules want changed, as edits of the text, and the files written.
//!
//! [`draft()`] turns the changes that findings ask for into edits in the style of their neighbours, and
//! drops those that would touch more than they say: it knows who else reads the file. [`Repair`] makes
//! the edits round by round in memory until no finding is left that it can mend, gives the changed
//! zones their next serial, and writes.

mod add;
mod change;
mod diff;
mod draft;
mod edit;
mod page;
mod repair;
mod serial;
mod style;
mod ttl;
mod write;

use std::path::PathBuf;

pub use draft::{Affected, Reader, draft};
pub use repair::{Left, Repair};

use crate::source::Octets;

/// A file that was changed.
#[derive(Debug)]
struct Changed {
    /// The file, behind all symbolic links.
    path: PathBuf,
    /// Its path as the user sees it.
    shown: PathBuf,
    /// What was checked first.
    before: Octets,
    /// What it is to be.
    after: Octets,
}
