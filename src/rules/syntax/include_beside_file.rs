//! # include-beside-file
//!
//! A file that is included was found beside the including file, and not where `named` looks.
//!
//! ## Why
//!
//! `named` looks for a relative path from its working directory, `directory` in named.conf, whatever
//! folder the including file is in. When it finds nothing there it says `file not found` and refuses the
//! zone. Knot looks beside the including file, as zoneward did here. It is advice only, because it may
//! be that the working directory of your `named` is the folder of this file.
//!
//! ## Example
//!
//! The file `zones/example.com`, beside `zones/mail.inc`:
//!
//! ```text
//! $INCLUDE mail.inc
//! ```
//!
//! ## What to do
//!
//! Write the path as it is from `directory`: `$INCLUDE zones/mail.inc`. If `directory` is the folder of
//! this file, say so with `--include-base`.
//!
//! ## References
//!
//! RFC 1035 section 5.1; BIND 9 ARM, `directory`

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "include-beside-file",
    group: Group::Syntax,
    level: Level::Info,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::IncludeBesideFile, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let (word, found) = (fault.shown(), &fault.detail);
    findings
        .report(
            Place::whole(fault.span),
            format!(
                "`{word}` was found beside this file; write its path as it is from `directory` of named.conf"
            ),
        )
        .note(
            "`named` looks from its `directory` only; if the file is not there, it says `file not found` and \
             refuses the zone",
        )
        .help(format!("what was found is `{found}`; `--include-base DIR` tells where `named` looks"));
}
