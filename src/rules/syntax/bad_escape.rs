//! # bad-escape
//!
//! A backslash that begins no escape.
//!
//! ## Why
//!
//! Behind a backslash stand three digits up to 255, or one character that is no digit. `named` says
//! `bad escape`, `syntax error` or `unexpected end of input` and refuses the zone. Labels that begin
//! with `\[` were bit strings once; they were withdrawn: `bad label type`.
//!
//! ## Example
//!
//! ```zone
//! www  TXT  "C:\1 and \256"
//! ```
//!
//! ## What to do
//!
//! Write a backslash of its own as `\\`, and a byte as three digits: `\009`.
//!
//! ## References
//!
//! RFC 1035 section 5.1; RFC 6891 section 5 (bit strings)

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "bad-escape",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::BadEscape, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let message = match escape(&fault.word) {
        Some("\\[") => format!("`{word}` begins with `\\[`, which is not allowed; choose another name"),
        Some(escape) => {
            format!("`{escape}` is no escape; write `\\\\` for a backslash, or three digits up to 255")
        }
        None => format!("`{word}` has an escape that is none; write `\\\\` for a backslash"),
    };
    findings
        .report(Place::whole(fault.span), message)
        .note("`named` says `bad escape`, `syntax error` or `bad label type` and refuses the zone")
        .help(
            "behind a backslash stand three digits up to 255 (`\\009`), or one character that is no digit \
             (`\\;`)",
        );
}

/// The first escape that is none.
fn escape(word: &str) -> Option<&str> {
    let mut rest = word;
    while let Some(at) = rest.find('\\') {
        rest = &rest[at..];
        let digits = rest[1..].chars().take(3).take_while(char::is_ascii_digit).count();
        let length = match digits {
            0 => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            digits => 1 + digits,
        };
        let bad = match digits {
            0 => length == 1 || rest.starts_with("\\["),
            3 => rest[1..4].parse::<u8>().is_err(),
            _ => true,
        };
        if bad {
            return Some(&rest[..length]);
        }
        rest = &rest[length..];
    }
    None
}
