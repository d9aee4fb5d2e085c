//! # ttl-syntax
//!
//! A TTL or period of time that cannot be read.
//!
//! ## Why
//!
//! A TTL is a number of seconds, or numbers with the units `w`, `d`, `h`, `m`, `s`: `1h30m`. Each number
//! needs its unit. In a record `named` takes anything else for the type (`unknown RR type '1h30'`);
//! behind `$TTL` it says `bad ttl`, without a line number. The zone is not loaded.
//!
//! ## Example
//!
//! ```zone
//! www  1h30  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Write seconds, or give each number its unit. `m` is minutes: months and years have to be written in
//! days.
//!
//! ## References
//!
//! RFC 1035 section 5.1, RFC 2308 section 4 (`$TTL`), RFC 2181 section 8 (the range); units are BIND's
//! own

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind, ttl};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ttl-syntax",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::TtlSyntax, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let what = if matches!(fault.detail.as_str(), "" | "large") { "TTL" } else { "period of time" };
    let message = if fault.detail == "large" {
        format!("`{word}` is larger than a TTL can be; write seconds up to 2147483647, better `1d`")
    } else if let Some(meant) = meant(&fault.word) {
        format!("`{word}` is no {what}; write `{meant}`")
    } else {
        format!("`{word}` is no {what}; write seconds, or numbers with a unit as `1h30m`")
    };
    findings
        .report(Place::whole(fault.span), message)
        .note(format!(
            "`named` refuses the zone: `bad ttl` behind `$TTL`, in a record `unknown RR type '{word}'`, in \
             an SOA `syntax error`"
        ))
        .help(
            "each number has a unit, `w`, `d`, `h`, `m` (minutes) or `s`, or there is one number of seconds",
        );
}

/// The TTL that was meant: with the last unit that was left out, or with units that BIND knows.
fn meant(word: &str) -> Option<String> {
    let word = word.trim_start_matches('+').to_ascii_lowercase();
    let head = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = &word[head.len()..];
    if let Some((whole, tenths)) = head.split_once('.')
        && tenths.len() == 1
        && !unit.is_empty()
    {
        // One and a half of a unit, in the next smaller one.
        let seconds = u64::from(ttl(format!("{whole}{tenths}{unit}").as_bytes()).ok()?);
        return Some((seconds / 10).to_string());
    }
    let guess = match unit {
        "" => match head.trim_end_matches(|c: char| c.is_ascii_digit()).chars().last() {
            Some('w') => format!("{head}d"),
            Some('d') => format!("{head}h"),
            Some('h') => format!("{head}m"),
            Some('m') => format!("{head}s"),
            _ => head.to_owned(),
        },
        "y" | "year" | "years" => format!("{}d", head.parse::<u32>().ok()?.checked_mul(365)?),
        "sec" | "secs" | "second" | "seconds" | "min" | "mins" | "minute" | "minutes" | "hour" | "hours"
        | "day" | "days" | "week" | "weeks" => format!("{head}{}", &unit[..1]),
        _ => return None,
    };
    ttl(guess.as_bytes()).is_ok().then_some(guess)
}
