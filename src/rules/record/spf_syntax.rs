//! # spf-syntax
//!
//! A term of an SPF record is none, or something is glued to its version.
//!
//! ## Why
//!
//! A single wrong term makes receivers take the whole record for none (permerror): no sender passes, and mail of
//! the domain is suspected or refused everywhere. `named` serves the text as it is.
//!
//! ## Example
//!
//! ```zone
//! @ TXT "v=spf1 ipv4:192.0.2.10 mx -all"
//! ```
//!
//! ## What to do
//!
//! Write the whole text in one pair of quotes: words without quotes are strings of their own, and strings are joined
//! without blanks, so that `v=spf1 mx -all` is `v=spf1mx-all`, and no SPF record.
//!
//! Correct the term. These exist: `all`, `include:`, `a`, `mx`, `ip4:`, `ip6:`, `exists:`, `ptr`, each maybe with
//! `+`, `-`, `~` or `?` before it; `redirect=` and `exp=`; other words with `=` are left to the future.
//!
//! ## References
//!
//! RFC 7208 sections 4.6, 5, 12

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Spf, SpfFault, SpfFaultKind, Zone};
use std::net::IpAddr;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "spf-syntax",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Record(&[RrType::TXT], check),
};

fn check(zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    if zone.is_good_if_spf(record) || zone.cut(record.owner()).is_some() {
        return;
    }
    if let Some(text) = zone.glued_spf(record) {
        report_glued(zone, record, &text, findings);
        return;
    }
    let faults = zone.spf(record).map(|spf| spf.faults).unwrap_or_default();
    let Some((first, rest)) = faults.split_first() else { return };
    let term = &first.term;
    let message = match first.kind {
        SpfFaultKind::Unknown => format!("`{term}` is no term of SPF"),
        SpfFaultKind::NoValue => format!("`{term}` in the SPF record lacks what it is to match"),
        SpfFaultKind::Value => format!("`{term}` in the SPF record has a value where none belongs"),
        SpfFaultKind::Address => format!("`{term}` in the SPF record holds no {} address", family(term)),
        SpfFaultKind::Length => format!("`{term}` in the SPF record has a prefix length that does not exist"),
        SpfFaultKind::Domain => format!("`{term}` in the SPF record has no full domain name"),
        SpfFaultKind::Twice => format!("`{term}` stands in the SPF record a second time"),
        SpfFaultKind::Equals => format!("`{term}` in the SPF record has `=` in the place of `:`"),
    };
    let owner = zone.name(record.owner());
    let found = findings.report(zone.place(record, Part::Rdata), message);
    found.about(owner, RrType::TXT).data(term);
    found.note(match first.kind {
        SpfFaultKind::Equals => "receivers take it for something that they do not know, and pass over it",
        _ => "receivers take the whole record for none: no sender passes",
    });
    if !rest.is_empty() {
        let others: Vec<_> = rest.iter().map(|fault| format!("`{}`", fault.term)).collect();
        found.note(format!(
            "{} wrong too",
            match &others[..] {
                [one] => format!("{one} is"),
                many => format!("{} are", many.join(", ")),
            }
        ));
    }
    let strings = strings(zone, record);
    if strings.len() > 1 && Spf::of(&strings.join(&b' ')).is_some_and(|spf| spf.faults.is_empty()) {
        found.help("put a blank at the end of a string: the strings of one record are joined without one");
    } else {
        found.help(help(first));
    }
}

/// What was meant as an SPF record, and does not begin as one.
fn report_glued(zone: &Zone, record: &Record, text: &[u8], findings: &mut Findings<'_>) {
    let strings = strings(zone, record);
    let word = text.split(|&b| b == b' ').next().unwrap_or_default();
    let shown = String::from_utf8_lossy(word);
    let is_joined = strings[0].len() == b"v=spf1".len();
    let message = if is_joined {
        format!(
            "the text is no SPF record: its strings are joined without blanks, and it begins with `{shown}`"
        )
    } else {
        format!("the text is no SPF record: it begins with `{shown}` in the place of `v=spf1`")
    };
    let whole = String::from_utf8_lossy(&strings.join(&b' ')).into_owned();
    let help = if is_joined && whole.len() < 256 {
        format!("write all of it in one pair of quotes: `\"{whole}\"`")
    } else {
        "write `v=spf1` and a blank before the first term".to_owned()
    };
    findings
        .report(zone.place(record, Part::Rdata), message)
        .about(zone.name(record.owner()), RrType::TXT)
        .note("receivers find no SPF record, and act as if there were none")
        .help(help);
}

/// The strings of a TXT record.
fn strings<'z>(zone: &'z Zone, record: &Record) -> Vec<&'z [u8]> {
    let mut rest = zone.rdata(record).wire();
    let next = || {
        let (&length, tail) = rest.split_first()?;
        let (string, tail) = tail.split_at_checked(length.into())?;
        rest = tail;
        Some(string)
    };
    std::iter::from_fn(next).collect()
}

/// The family of addresses that a term is for.
fn family(term: &str) -> &'static str {
    if term.to_ascii_lowercase().contains("ip6") { "IPv6" } else { "IPv4" }
}

fn help(fault: &SpfFault) -> String {
    let term = fault.term.trim_start_matches(['+', '-', '~', '?']);
    let sign = &fault.term[..fault.term.len() - term.len()];
    let lower = term.to_ascii_lowercase();
    let address = |text: &str| text.split('/').next().and_then(|address| address.parse::<IpAddr>().ok());
    let ip = |text: &str| match address(text) {
        Some(IpAddr::V4(_)) => Some(format!("write `{sign}ip4:{text}`")),
        Some(IpAddr::V6(_)) => Some(format!("write `{sign}ip6:{text}`")),
        None => None,
    };
    let named = term.split_once([':', '=']);
    let behind = named.map(|(_, value)| value);
    match (fault.kind, named) {
        (SpfFaultKind::Unknown, Some((name, value)))
            if ["redirect", "exp"].contains(&name.to_ascii_lowercase().as_str()) =>
        {
            return format!("write `{name}={value}`");
        }
        (SpfFaultKind::Equals, Some((name, value))) => return format!("write `{sign}{name}:{value}`"),
        _ => {}
    }
    let written = match fault.kind {
        SpfFaultKind::Unknown
            if ["all", "al", "lal"].contains(&lower.trim_matches(|c: char| !c.is_ascii_alphabetic())) =>
        {
            Some(format!("write `{}all`", if sign.is_empty() { "-" } else { &sign[..1] }))
        }
        SpfFaultKind::Unknown | SpfFaultKind::Address | SpfFaultKind::Domain => {
            ip(term).or_else(|| behind.and_then(ip))
        }
        _ => None,
    };
    written.unwrap_or_else(|| match fault.kind {
        SpfFaultKind::Unknown if lower.contains('.') => {
            format!("write `a:{term}` for the addresses of that name, or `include:{term}` for its SPF record; there is no blank behind a colon")
        }
        SpfFaultKind::NoValue => "write it right behind the colon, without a blank".to_owned(),
        SpfFaultKind::Twice => "delete one of them".to_owned(),
        SpfFaultKind::Value => "leave the value out".to_owned(),
        SpfFaultKind::Address if term.contains(',') => "write a term for each, with blanks between them".to_owned(),
        _ if term.matches(':').count() > 1 && family(term) == "IPv4" => {
            "put a blank between the terms: strings of one record are joined without one".to_owned()
        }
        _ => "correct it, or delete it".to_owned(),
    })
}
