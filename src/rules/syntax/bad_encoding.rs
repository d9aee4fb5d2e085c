//! # bad-encoding
//!
//! Data in hexadecimal digits, base64 or base32 that cannot be decoded.
//!
//! ## Why
//!
//! Keys, digests and signatures are written in one of these. A digit that is missing, an `=` too few, or a
//! letter that is none of theirs: `named` says `bad hex encoding`, `bad base64 encoding` or
//! `bad base32 encoding` and refuses the zone. Mostly the data was cut when it was copied.
//!
//! ## Example
//!
//! ```zone
//! _443._tcp  TLSA        3 1 1 0C72AC70B745AC19998811B131D662C
//! mail       OPENPGPKEY  mQENBFVHm5sBCA===
//! ```
//!
//! ## What to do
//!
//! Copy the data again, whole. It may be split into several words, on several lines in parentheses, except for
//! the salt and hash of NSEC3 and the HIT and key of HIP.
//!
//! ## References
//!
//! RFC 4648 sections 4, 7 and 8

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "bad-encoding",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::BadEncoding, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let mut parts = fault.detail.splitn(3, ' ');
    let (rtype, encoding) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let reason = parts.next().unwrap_or_default();
    let (what, says) = match encoding {
        "hexadecimal" => ("hexadecimal number", "bad hex encoding"),
        "base64" => ("base64", "bad base64 encoding"),
        _ => ("base32", "bad base32 encoding"),
    };
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` is no {what}: {reason}; copy the data of the `{rtype}` record again"),
        )
        .note(format!("`named` says `{says}` or `unexpected end of input` and refuses the zone"))
        .help(match encoding {
            "hexadecimal" => "two of the digits `0` to `9` and `A` to `F` are one octet",
            "base64" => "four characters are three octets; the last group is filled up with `=`",
            _ => "eight of `0` to `9` and `A` to `V` are five octets; there is no `=` at the end",
        });
}
