//! # unknown-type
//!
//! The word in the place of the record type is no type.
//!
//! ## Why
//!
//! `named` says `unknown RR type` and refuses the whole zone, for a slip of the pen as for a type that
//! only some DNS provider has: `ALIAS`, `ANAME` and `URL` are no types but services of their control
//! panels. A type that is newer than BIND 9.18 has to be written by its number. Where the type was left out, the word that `named` complains about is the data behind it.
//!
//! ## Example
//!
//! ```zone
//! www   CNMAE  web.example.net.
//! shop  ALIAS  web.example.net.
//! ftp          192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Correct the type, or write the one that is missing. In place of a provider's own type write what the
//! provider would have answered: the A and AAAA records of the target.
//!
//! ## References
//!
//! RFC 1035 sections 3.2.2 and 5.1; RFC 3597 section 5 for types without a name (`TYPE65534`)

use std::net::IpAddr;

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind, RrType, Standing, nearest, rr_types};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "unknown-type",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::UnknownType, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let (message, help) = match rr_types().parse(fault.word.as_bytes()).filter(|_| fault.detail == "newer") {
        Some(rtype) => newer(&word, rtype),
        None => meant(&fault.word, &word),
    };
    findings
        .report(Place::whole(fault.span), message)
        .note(format!("`named` says `unknown RR type '{word}'` and refuses the zone"))
        .help(help);
}

/// The message and the help for a type that is newer than BIND 9.18.
fn newer(word: &str, rtype: RrType) -> (String, String) {
    let number = rtype.number();
    if rtype.is_meta() {
        return (
            format!("`{word}` cannot be in a zone; delete the record"),
            "the type is for answers that a server makes itself".into(),
        );
    }
    (
        format!("BIND 9.18 does not know the type `{word}`; write it as `TYPE{number}`, with its octets"),
        format!("`TYPE{number} \\# 3 010203`: a length, and the octets in hexadecimal digits"),
    )
}

/// Types that are met most, so that of equally near ones they come first.
const COMMON: [&str; 10] = ["A", "AAAA", "CNAME", "MX", "NS", "TXT", "SRV", "PTR", "SOA", "CAA"];

/// The message and the help for a word in the place of the type.
fn meant(whole: &str, word: &str) -> (String, String) {
    let form = "a record is an owner, a type and its data: `www A 192.0.2.1`";
    if let Ok(address) = whole.trim_end_matches('.').parse::<IpAddr>() {
        let rtype = if address.is_ipv4() { "A" } else { "AAAA" };
        return (
            format!("`{word}` stands where the type is due; write `{rtype}` before it"),
            format!("an owner or a type is missing before the address; {form}"),
        );
    }
    match whole.to_ascii_uppercase().as_str() {
        "ALIAS" | "ANAME" | "FLATTEN" | "CNAMEFLAT" | "APEXALIAS" => {
            return (
                format!("`{word}` is no record type; write the A and AAAA records of the target instead"),
                "the type belongs to DNS providers, whose servers look the target up; with BIND write its \
                 addresses, or a CNAME where the owner has no other records"
                    .into(),
            );
        }
        "URL" | "URL301" | "URL302" | "REDIRECT" | "FWD" | "WEBFWD" | "FORWARD" | "FRAME" | "WEB" => {
            return (
                format!("`{word}` is no record type; write the A record of a web server that redirects"),
                "DNS knows names and addresses only: redirection is done by a web server".into(),
            );
        }
        "DKIM" | "DMARC" | "DOMAINKEY" | "BIMI" => {
            return (
                format!("`{word}` is no record type; write it as `TXT`"),
                "the record is a TXT record under a name of its own, as `_dmarc TXT \"v=DMARC1; p=none\"`"
                    .into(),
            );
        }
        _ => {}
    }
    if let Some(known) = nearest(whole, types()) {
        return (
            format!("`{word}` is no record type; did you mean `{known}`?"),
            format!("write `{known}`; where it is something else, {form}"),
        );
    }
    if whole.contains('.') {
        return (
            format!("`{word}` stands where the type is due; write the type before it, as `CNAME`"),
            format!("the word looks like a host name; {form}"),
        );
    }
    (format!("`{word}` is no record type; write one, or begin a comment with `;`"), form.into())
}

fn types() -> impl Iterator<Item = &'static str> {
    let ordinary = rr_types().iter().filter(|kind| kind.standing == Standing::Ordinary);
    COMMON.into_iter().chain(ordinary.map(|kind| &*kind.mnemonic))
}
