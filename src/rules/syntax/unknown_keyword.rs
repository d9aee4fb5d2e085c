//! # unknown-keyword
//!
//! A word that stands for a number in the data, and is not known.
//!
//! ## Why
//!
//! Some numbers have names: of algorithms, digest types, flags, certificate types, and the types in NSEC and
//! CSYNC records. `named` says `unknown class/type` (for flags `unknown flag`, in WKS records `unknown protocol`
//! or `unknown service`) and refuses the zone. It does not know every name: `SHA-512` is no digest type of its,
//! nor `SEP` a flag.
//!
//! ## Example
//!
//! ```zone
//! sub  DS  60485 RSASHA-256 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A
//! sub  NS  ns1.example.net.
//! @    CSYNC  66 3 A NS AAAAA
//! ```
//!
//! ## What to do
//!
//! Correct the name, or write the number: numbers are always taken. A type without a name is written as `TYPE`
//! and its number. The names of services in WKS records depend on the machine; only the common ones are known
//! here, and a number is safe everywhere.
//!
//! ## References
//!
//! RFC 4034 appendix A, RFC 4398 section 2.1, RFC 3597 section 5

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind, Keywords, nearest};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "unknown-keyword",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::UnknownKeyword, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let (rtype, what) = fault.detail.split_once(' ').unwrap_or_default();
    let known = Keywords::of(what);
    let last = fault.word.rsplit('|').next().unwrap_or_default();
    // `SHA-512` is not meant to be `SHA-1`.
    let digits = |word: &str| word.chars().filter(char::is_ascii_digit).collect::<String>();
    let number = what == "record type" && digits(&fault.word) == fault.word;
    let message = match nearest(last, known.iter().copied()).filter(|it| digits(it) == digits(last)) {
        _ if number => format!("`{word}` is no {what}; write `TYPE{word}`, or its name"),
        Some(known) if known.eq_ignore_ascii_case(last) => {
            format!("BIND 9.18 does not know the {what} `{word}`; write its number")
        }
        Some(known) => format!("`{word}` is no {what}; did you mean `{known}`?"),
        None => format!("`{word}` is no {what}; write one that BIND knows, or its number"),
    };
    let says = match what {
        "key flag" => "unknown flag",
        "IP protocol" => "unknown protocol",
        "service" => "unknown service",
        _ => "unknown class/type",
    };
    findings
        .report(Place::whole(fault.span), message)
        .note(format!("`named` says `{says}` and refuses the zone"))
        .help(match (what, rtype) {
            ("record type", "NXT") => {
                "write mnemonics, or numbers below 128, with blanks between them".into()
            }
            ("record type", _) => {
                "write mnemonics, with blanks between them; a type without one as `TYPE65534`".to_owned()
            }
            _ => {
                let some: Vec<_> = known.iter().take(SHOWN).map(|known| format!("`{known}`")).collect();
                let more = if known.len() > SHOWN { " and others" } else { "" };
                format!("a number, or {}{more}", some.join(", "))
            }
        });
}

/// So many of the known words are shown.
const SHOWN: usize = 8;
