//! `jsonl`: each finding as in `json`, on a line of its own.

use std::io::{self, Write};

use super::Report;
use super::json::Finding;
use super::places::Places;

/// Writes the findings.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let places = Places::new(report.sources);
    for diagnostic in report.diagnostics {
        serde_json::to_writer(&mut *out, &Finding::new(diagnostic, &places))?;
        writeln!(out)?;
    }
    Ok(())
}
