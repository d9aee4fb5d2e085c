//! What was changed, as a unified diff that `patch -p1` and `git apply` take.

use std::io::{self, Write};
use std::path::Path;

use similar::TextDiff;

use super::Changed;
use crate::source::{display, escape_path};

/// Lines around a change.
const CONTEXT: usize = 3;

/// Writes the differences of a file. `safe`: for a terminal, which gets nothing that it would obey;
/// whoever applies the diff needs the bytes as they are.
pub(super) fn write(changed: &Changed, safe: bool, out: &mut dyn Write) -> io::Result<()> {
    let diff = TextDiff::from_lines(&changed.before[..], &changed.after[..]);
    let name = name(&changed.shown);
    let mut unified = diff.unified_diff();
    unified.context_radius(CONTEXT).header(&format!("a/{name}"), &format!("b/{name}"));
    if !safe {
        return unified.to_writer(out);
    }
    let mut text = Vec::new();
    unified.to_writer(&mut text)?;
    out.write_all(display(&text).as_bytes())
}

/// A path behind `a/` and `b/`, as git writes it.
fn name(path: &Path) -> String {
    let name = escape_path(path);
    name.trim_start_matches(['/', '\\']).to_owned()
}
