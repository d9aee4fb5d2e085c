//! # generate-limit
//!
//! A `$GENERATE` makes more records than zoneward reads.
//!
//! ## Why
//!
//! The limit is zoneward's own: all `$GENERATE` of a zone may make 1,048,576 records together. `named`
//! has none but its memory: a slip such as `0-99999999` takes it minutes and gigabytes, and keeps other
//! zones from being loaded. The records are not checked, and nothing is reported as absent from the
//! zone.
//!
//! ## Example
//!
//! ```zone
//! $GENERATE 0-9999999 host$ A 192.0.2.1
//! ```
//!
//! ## What to do
//!
//! Make fewer records. A wildcard, or the synthesis of answers in the server, does for a whole network
//! what millions of records do.
//!
//! ## References
//!
//! BIND 9 ARM, "BIND Primary File Extension: the $GENERATE Directive"; RFC 4592 (wildcards)

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "generate-limit",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::GenerateLimit, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let (word, count) = (fault.shown(), &fault.detail);
    findings
        .report(
            Place::whole(fault.span),
            format!(
                "`{word}` makes {count} records, and all `$GENERATE` of a zone may make 1048576; make fewer"
            ),
        )
        .note(
            "the limit is zoneward's own; `named` has none but its memory, about 300 MB for a million \
             records. These here are not checked",
        )
        .help("correct the range, or use a wildcard in place of the records");
}
