//! # directive-argument
//!
//! A directive with too few or too many words behind it.
//!
//! ## Why
//!
//! `named` says `unexpected end of line` or `extra input text` and refuses the zone. In a `$GENERATE`
//! the data is one word: `MX "10 mail$"` needs the quotes. `$TTL 1h 30m` is two words, `$TTL 1h30m` is
//! one.
//!
//! ## Example
//!
//! ```zone
//! $TTL 1h 30m
//! $ORIGIN
//! ```
//!
//! ## What to do
//!
//! Delete the words that are too many, or write what is missing. A remark behind a directive begins with
//! `;`.
//!
//! ## References
//!
//! RFC 1035 section 5.1, RFC 2308 section 4, BIND 9 ARM (`$GENERATE`)

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind, ttl};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "directive-argument",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::DirectiveArgument, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let kept = &fault.detail;
    if kept == "$DATE" {
        findings
            .report(
                Place::whole(fault.span),
                format!("`{word}` may not stand behind `$DATE`; delete the `$DATE`"),
            )
            .note("`named` says `$INCLUDE may not be used with $DATE` and refuses the zone")
            .help("`$DATE` is written by dumps of BIND, and has no effect in a zone");
        return;
    }
    if kept.is_empty() {
        let form = form(&fault.word);
        findings
            .report(Place::whole(fault.span), format!("something is missing behind `{word}`; write `{form}`"))
            .note("`named` says `unexpected end of line` and refuses the zone")
            .help(format!("the form is `{form}`"));
        return;
    }
    let generate = kept.get(..9).is_some_and(|head| head.eq_ignore_ascii_case("$GENERATE"));
    let (message, help) = if word.starts_with(['#', '/']) {
        (format!("`{word}` is no comment; begin it with `;`"), format!("write `{kept} ; …`"))
    } else if generate {
        let help =
            "write it as `MX \"10 mail$\"`; a text needs quotes inside of them: `TXT \"\\\"a text\\\"\"`";
        (format!("`{word}` is too much; put all data of a `$GENERATE` in one pair of quotes"), help.into())
    } else if ttl(last_words(kept, &fault.word).as_bytes()).is_ok() {
        let meant = format!("{kept}{}", fault.word);
        (format!("`{kept} {word}` has a blank too many; write `{meant}`"), "a TTL is one word".into())
    } else {
        (format!("`{word}` is too much here; delete it, so that `{kept}` is left"), format!("write `{kept}`"))
    };
    findings
        .report(Place::whole(fault.span), message)
        .note("`named` says `extra input text` and refuses the zone")
        .help(help);
}

/// What a `$TTL` sets, with the words behind it; empty for another directive.
fn last_words(kept: &str, extra: &str) -> String {
    match kept.split_once(' ') {
        Some((directive, first)) if directive.eq_ignore_ascii_case("$TTL") => format!("{first}{extra}"),
        _ => String::new(),
    }
}

/// How a directive is written.
fn form(word: &str) -> &'static str {
    match word.to_ascii_uppercase().as_str() {
        "$ORIGIN" => "$ORIGIN example.com.",
        "$TTL" => "$TTL 3600",
        "$INCLUDE" => "$INCLUDE file",
        "$GENERATE" => "$GENERATE 1-9 host$ A 192.0.2.$",
        _ => "$DATE 20260101000000",
    }
}
