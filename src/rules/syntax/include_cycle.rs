//! # include-cycle
//!
//! A file includes itself, directly or through others; or includes are nested too deep.
//!
//! ## Why
//!
//! `named` reads on until it has no more files to open, says `too many open files` and refuses the zone.
//! zoneward stops where a file comes a second time, and at a depth of 20.
//!
//! ## Example
//!
//! The file `common.inc`:
//!
//! ```text
//! www  A  192.0.2.3
//! $INCLUDE common.inc
//! ```
//!
//! ## What to do
//!
//! Delete the `$INCLUDE` that leads back. Most often a file was copied, its own name with it.
//!
//! ## References
//!
//! RFC 1035 section 5.1; BIND: `too many open files`

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "include-cycle",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::IncludeCycle, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let message = match fault.detail.as_str() {
        "depth" => format!("`{word}` is included at a depth of more than 20 files; include it further up"),
        "number" => {
            format!("with `{word}` the zone includes more than 10,000 files; include each one less often")
        }
        _ => format!("`{word}` leads back to a file that is still being read; delete this `$INCLUDE`"),
    };
    findings
        .report(Place::whole(fault.span), message)
        .note("`named` goes round until it says `too many open files`, and refuses the zone")
        .help("a file may be included as often as you like, but not from within itself");
}
