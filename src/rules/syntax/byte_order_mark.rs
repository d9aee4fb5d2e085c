//! # byte-order-mark
//!
//! The file begins with a byte order mark: the three invisible bytes EF BB BF.
//!
//! ## Why
//!
//! Some editors, most of them on Windows, write these bytes before a text in UTF-8. `named` takes them
//! as a part of the first word: `$TTL` is then no directive and `@` not the zone's own name. It refuses
//! the zone, and its words never name the cause: `unexpected end of line`, or
//! `SOA record not at top of zone (\239\187\191\@.example.com)`. zoneward passes over the mark and reads
//! on.
//!
//! ## Example
//!
//! The mark itself cannot be seen:
//!
//! ```text
//! EF BB BF  $TTL 3600
//!           @  SOA  ns1 hostmaster 1 7200 3600 1209600 3600
//! ```
//!
//! ## What to do
//!
//! Save the file as "UTF-8 without BOM", or plain ASCII. In vim `:set nobomb` and `:write`; on the
//! command line `sed -i '1s/^\xEF\xBB\xBF//' FILE`.
//!
//! ## References
//!
//! RFC 3629 section 6; RFC 1035 section 5.1 knows no such mark

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "byte-order-mark",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::ByteOrderMark, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    findings
        .report(
            Place::whole(fault.span),
            "the file begins with a byte order mark, which is invisible; save it as UTF-8 without BOM",
        )
        .note(
            "`named` takes the mark for a part of the first word and refuses the zone: `unexpected end of \
             line`, or `SOA record not at top of zone (\\239\\187\\191…)`",
        )
        .help(
            "choose `UTF-8` and not `UTF-8 with BOM` when saving; in vim `:set nobomb`; or `sed -i \
             '1s/^\\xEF\\xBB\\xBF//' FILE`",
        );
}
