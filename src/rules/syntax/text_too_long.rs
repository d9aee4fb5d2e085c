//! # text-too-long
//!
//! One text of a record is longer than 255 octets.
//!
//! ## Why
//!
//! A TXT record is one or more texts of up to 255 octets each: the length is one octet on the wire.
//! `named` says `syntax error`, and nothing about a length, and refuses the zone. It is met with DKIM
//! keys of 2048 bits.
//!
//! ## Example
//!
//! ```zone
//! k  TXT  "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789IDAQAB"
//! ```
//!
//! ## What to do
//!
//! Cut the text into several. Who reads the record joins them without a blank between them:
//!
//! ```text
//! k  TXT  ( "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A…"
//!           "…IDAQAB" )
//! ```
//!
//! ## References
//!
//! RFC 1035 section 3.3.14; RFC 6376 section 3.6.2.2 (DKIM), RFC 7208 section 3.3 (SPF)

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "text-too-long",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::TextTooLong, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let (word, length) = (fault.shown(), &fault.detail);
    let parts = length.parse::<usize>().unwrap_or(256).div_ceil(255);
    findings
        .report(
            Place::whole(fault.span),
            format!(
                "the text `{word}` has {length} octets, and 255 are the limit; cut it into {parts} texts"
            ),
        )
        .note(
            "`named` says `syntax error` and refuses the zone; who reads the record joins its texts without \
             a blank",
        )
        .help(cut(&fault.word));
}

/// How to cut a text: with the place where its first part may end.
fn cut(word: &str) -> String {
    let text = word.trim_matches('"');
    // Escapes make a text longer than it is, so that a cut would be early but never late.
    match text.get(..255).filter(|_| text.is_ascii()) {
        Some(first) if !first.ends_with('\\') => {
            format!(
                "write `\" \"` after `…{}`, at most 255 octets in each pair of quotes; for several lines, \
                 `(` goes before the first and `)` after the last",
                &first[235..]
            )
        }
        _ => "write `( \"the first 255 octets\" \"the rest\" )`".into(),
    }
}
