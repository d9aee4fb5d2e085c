//! # bad-address
//!
//! The data of an A or AAAA record is no address.
//!
//! ## Why
//!
//! `named` says `bad dotted quad` or `bad IPv6 address` and refuses the zone. It takes four decimal
//! numbers up to 255 without leading zeros, or an IPv6 address; no final dot, no prefix length, no port,
//! no name.
//!
//! ## Example
//!
//! ```zone
//! www  A  192.0.2.300
//! ftp  A  192.0.2.4.
//! six  A  2001:db8::1
//! ```
//!
//! ## What to do
//!
//! Correct the address. An IPv6 address belongs in an AAAA record, and a name in a CNAME.
//!
//! ## References
//!
//! RFC 1035 section 3.4.1, RFC 3596 section 2.4

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "bad-address",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::BadAddress, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let (message, help) = meant(&fault.word, &word, &fault.detail);
    let says = if fault.detail == "A" { "bad dotted quad" } else { "bad IPv6 address" };
    findings
        .report(Place::whole(fault.span), message)
        .note(format!("`named` says `{says}` and refuses the zone"))
        .help(help);
}

/// The message and the help for a word that is no address.
fn meant(whole: &str, word: &str, rtype: &str) -> (String, String) {
    let family = if rtype == "A" { "IPv4" } else { "IPv6" };
    let fits = |text: &str| {
        if rtype == "A" { text.parse::<Ipv4Addr>().is_ok() } else { text.parse::<Ipv6Addr>().is_ok() }
    };
    if let Ok(other) = whole.parse::<IpAddr>() {
        let (other, right) = if other.is_ipv4() { ("IPv4", "A") } else { ("IPv6", "AAAA") };
        return (
            format!("`{word}` is an {other} address; write `{right}` in place of `{rtype}`"),
            format!("`{right} {word}`"),
        );
    }
    // What stands around an address in other places: a final dot, a port, a prefix, brackets.
    let bare = whole.split(['/', '%']).next().unwrap_or_default().trim_matches(['.', ',', '[', ']', '\'']);
    let bare = if rtype == "A" { bare.split(':').next().unwrap_or_default() } else { bare };
    let decimal = |part: &str| match part.trim_start_matches('0') {
        "" => "0".to_owned(),
        rest => rest.to_owned(),
    };
    let plain: Vec<String> = bare.split('.').map(decimal).collect();
    for guess in [bare.to_owned(), plain.join(".")] {
        if fits(&guess) {
            return (
                format!("`{word}` is no {family} address; write `{guess}`"),
                "an address stands alone: no final dot, leading zeros, prefix length, port or brackets"
                    .into(),
            );
        }
    }
    let numbers: Vec<_> = whole.split('.').map(str::parse::<u64>).collect();
    if rtype == "A" && numbers.iter().all(Result::is_ok) {
        let large = whole.split('.').find(|part| part.parse::<u8>().is_err());
        return match (numbers.len(), large) {
            (4, Some(part)) => (
                format!("`{word}` is no IPv4 address, `{part}` is larger than 255; correct it"),
                "each of the four numbers is 0 to 255".into(),
            ),
            (1, _) => (
                format!(
                    "`{word}` is no IPv4 address; write a TTL before the type, and the address behind it"
                ),
                format!("if `{word}` is a TTL: `{word} A 192.0.2.1`"),
            ),
            (parts, _) => (
                format!("`{word}` is no IPv4 address, it has {parts} numbers and not four; correct it"),
                "an IPv4 address is four numbers of 0 to 255, with dots between them".into(),
            ),
        };
    }
    if whole.contains(|c: char| c.is_ascii_alphabetic()) && !whole.contains(':') {
        return (
            format!(
                "`{word}` is no {family} address; write one, or `CNAME` in place of `{rtype}` if it is a name"
            ),
            format!(
                "`CNAME {word}` says that the owner is another name for `{word}`, and may have no other \
                 records beside it"
            ),
        );
    }
    (
        format!("`{word}` is no {family} address; correct it"),
        if rtype == "A" {
            "as `192.0.2.1`"
        } else {
            "as `2001:db8::1`: up to eight groups of four digits, `::` once"
        }
        .into(),
    )
}
