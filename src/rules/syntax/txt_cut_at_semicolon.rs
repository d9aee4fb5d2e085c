//! # txt-cut-at-semicolon
//!
//! A text without quotes is cut at its first semicolon.
//!
//! ## Why
//!
//! A `;` outside quotes begins a comment. Of `TXT v=DKIM1; k=rsa; p=MIG...` only `v=DKIM1` is left, and the
//! rest is gone without a word: the key of DKIM or the policy of DMARC does not work.
//!
//! ## Example
//!
//! ```zone
//! key._domainkey  TXT  v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3
//! ```
//!
//! ## What to do
//!
//! Put the text in quotes.
//!
//! ## References
//!
//! RFC 1035 section 5.1, RFC 6376 section 3.6.2.2

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "txt-cut-at-semicolon",
    group: Group::Syntax,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::TextCutAtSemicolon, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` is cut off: behind it, `;` begins a comment; put the text in quotes"),
        )
        .about(&fault.detail, "TXT")
        .note("`named` loads the part before the `;` and drops the rest without a word")
        .help(format!("write `\"{word}; ...\"`"));
}
