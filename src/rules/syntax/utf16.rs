//! # utf16
//!
//! The file is UTF-16: two bytes for each letter.
//!
//! ## Why
//!
//! `named` reads single bytes. In UTF-16 every second byte of an English text is a NUL, which no name
//! may hold, so that each line is a `syntax error` and the zone is not loaded. Notepad calls this
//! encoding "Unicode"; PowerShell's `>` writes it too.
//!
//! ## Example
//!
//! ```text
//! FF FE 24 00 54 00 54 00 4C 00 20 00 33 00 …      $TTL 3…
//! ```
//!
//! ## What to do
//!
//! Save the file as ASCII or as UTF-8 without BOM: `iconv -f UTF-16 -t UTF-8 FILE > NEW`, or
//! `Out-File -Encoding ascii` in PowerShell. Nothing else of the file is checked until then.
//!
//! ## References
//!
//! RFC 1035 section 5.1; RFC 2781 section 3.2 for the two bytes at the beginning

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "utf16",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::Utf16, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    findings
        .report(Place::whole(fault.span), "the file is UTF-16; save it as ASCII or as UTF-8 without BOM")
        .note(
            "`named` sees a NUL beside every letter, says `syntax error` for each line and refuses the zone",
        )
        .help("`iconv -f UTF-16 -t UTF-8 FILE > NEW`; in PowerShell write with `Out-File -Encoding ascii`");
}
