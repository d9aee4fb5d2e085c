//! # not-portable
//!
//! What BIND loads and Knot, NSD or ldns refuse. Off by default.
//!
//! ## Why
//!
//! Master files are read by more than one server: a secondary that takes over, a signer, a checker in CI.
//! RFC 1035 leaves room, and BIND is generous. Whoever means to serve the same file with another server
//! finds here what that server refuses. What is said was measured with BIND 9.18, Knot 3.2, NSD 4.6 and
//! ldns 1.8.
//!
//! What the others load and BIND refuses is an error of its own rule: a first record without owner
//! (NSD, ldns), a newline in quotes (NSD), a text of more than 255 octets (Knot), a quoted type (NSD).
//!
//! ## Example
//!
//! ```zone
//! $GENERATE 1-9 host$ A 192.0.2.$
//! "www"  A   192.0.2.80
//! ```
//!
//! ## What to do
//!
//! Write it in the way that all of them read, or leave the rule off where only BIND serves the zone.
//!
//! ## References
//!
//! RFC 1035 section 5.1

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule, Written};
use crate::source::{Span, escape};
use crate::syntax::{Directive, directive};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "not-portable",
    group: Group::Syntax,
    level: Level::Info,
    default: false,
    options: &[],
    check: Check::Entry(check),
};

fn check(written: &Written<'_>, findings: &mut Findings<'_>) {
    let wanted = directive(written.text, written.tokens).filter(|_| !written.entry.indented);
    match wanted {
        Some(wanted) => check_directive(written, wanted, findings),
        None => check_record(written, findings),
    }
    parentheses(written, findings);
    foreign_bytes(written, findings);
}

fn check_directive(written: &Written<'_>, wanted: Directive, findings: &mut Findings<'_>) {
    let word = escape(written.word(0).unwrap_or_default());
    let mut say = |at: usize, what: String, who: &str, help: &str| {
        findings.report(written.place(at), format!("{what}, which {who} refuse")).data(&word).help(help);
    };
    if written.tokens[0].quoted {
        let help = "write it without quotes";
        say(0, format!("the directive `{word}` stands in quotes"), "Knot, NSD and ldns", help);
    }
    let relative = |at: usize| written.word(at).is_some_and(|name| !name.ends_with(b".") && name != b"@");
    match wanted {
        Directive::Generate => {
            say(0, format!("`{word}` is BIND's own"), "Knot, NSD and ldns", "write the records out");
        }
        Directive::Date => say(0, format!("`{word}` is BIND's own"), "Knot, NSD and ldns", "delete it"),
        Directive::Origin if relative(1) => {
            say(
                1,
                format!("`{word}` has a relative name"),
                "Knot and NSD",
                "write the whole name with its final dot",
            );
        }
        Directive::Include if relative(2) => {
            let help = "write the whole name with its final dot";
            say(2, format!("the origin of `{word}` is a relative name"), "Knot and NSD", help);
        }
        _ => {}
    }
}

fn check_record(written: &Written<'_>, findings: &mut Findings<'_>) {
    let owner = written.tokens.first().filter(|token| token.quoted && !written.entry.indented);
    if owner.is_some() {
        let word = escape(written.word(0).unwrap_or_default());
        findings
            .report(written.place(0), format!("the owner `{word}` stands in quotes, which Knot refuses"))
            .data(word)
            .help("write it without quotes");
    }
    let class = |at: &usize| written.word(*at).is_some_and(|word| word.eq_ignore_ascii_case(b"CLASS1"));
    if let Some(at) = (0..3.min(written.tokens.len())).find(class) {
        findings
            .report(written.place(at), "the class is written `CLASS1`, which Knot refuses")
            .data("CLASS1")
            .help("write `IN`");
    }
}

/// BIND and ldns nest parentheses, and BIND lets one open before the owner.
fn parentheses(written: &Written<'_>, findings: &mut Findings<'_>) {
    let mut depth = 0_usize;
    for (at, byte) in written.gaps() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        if byte == b'(' && depth > 1 {
            let message = "a `(` within parentheses, which Knot and NSD refuse";
            let place = at_byte(written, at);
            findings.report(place, message).data("nested (").help("write one pair around all");
            return;
        }
    }
    let first = written.tokens.first().map_or(written.entry.end, |token| token.start);
    if written.entry.start < first && written.text[written.entry.start as usize] == b'(' {
        let who = if written.entry.indented { "NSD refuses" } else { "Knot, NSD and ldns refuse" };
        findings
            .report(
                at_byte(written, written.entry.start as usize),
                format!("a `(` before the first word, which {who}"),
            )
            .data("( first")
            .help("write the `(` after the type");
    }
}

/// What Knot refuses wherever it stands: CR line ends, and raw bytes that are no ASCII.
fn foreign_bytes(written: &Written<'_>, findings: &mut Findings<'_>) {
    let (start, end) = (written.entry.start as usize, written.entry.end as usize);
    if written.text.get(end) == Some(&b'\r') && written.text[..end].iter().all(|&byte| byte != b'\r') {
        findings
            .report(at_byte(written, end), "the lines end with CR, which Knot refuses")
            .data("CR")
            .note("it is said once for a file")
            .help("`tr -d '\\r' < FILE > NEW`");
    }
    if let Some(at) =
        written.tokens.iter().position(|t| !written.text[t.start as usize..t.end as usize].is_ascii())
    {
        let word = escape(&written.text[start..end]);
        findings
            .report(written.place(at), "a byte that is no ASCII, which Knot refuses")
            .data(word)
            .help("write it as `\\DDD`, its decimal value; for a host name, its `xn--` form");
    }
}

fn at_byte(written: &Written<'_>, at: usize) -> Place {
    let at = u32::try_from(at).unwrap_or(written.entry.end);
    Place::whole(Span::new(written.file, at, at + 1))
}
