//! # dmarc-syntax
//!
//! A DMARC record that receivers do not follow.
//!
//! ## Why
//!
//! Receivers look for one TXT record at `_dmarc` that begins with `v=DMARC1` and says with `p=` what is to be done.
//! What is otherwise, elsewhere, or there twice, counts as no policy: who writes `p=rejct` protects nobody. Reports come
//! only if `rua=` has a `mailto:`.
//!
//! ## Example
//!
//! ```zone
//! _dmarc TXT "v=DMARC1; p=rejct; rua=mailto:dmarc@example.com"
//! ```
//!
//! ## What to do
//!
//! Correct the record: `v=DMARC1; p=none`, `p=quarantine` or `p=reject`, and other tags behind a `;` each.
//!
//! ## References
//!
//! RFC 7489 sections 6.3, 6.6.3

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::{NameBuffer, RrType};
use crate::zone::{Record, Zone, as_text, tags};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "dmarc-syntax",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::TXT], check),
};

/// What can be done with mail that fails.
const POLICIES: [&str; 3] = ["none", "quarantine", "reject"];

/// What a receiver makes of a record without a policy that it can read.
const NO_POLICY: &str =
    "receivers act as if there were no policy: mail with a forged sender of this domain is delivered";

/// What is wrong, what comes of it, and what to do.
struct Mistake {
    message: String,
    note: &'static str,
    help: String,
}

impl Mistake {
    fn new(message: String, help: impl Into<String>) -> Self {
        Self { message, note: NO_POLICY, help: help.into() }
    }
}

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let owner = zone.name(set.owner());
    // A name with an underscore is odd.
    if !zone.is_odd(set.owner()) || !owner.first_label().eq_ignore_ascii_case(b"_dmarc") {
        misplaced(zone, set, findings);
        return;
    }
    if zone.cut(set.owner()).is_some() {
        return;
    }
    let text = |record| zone.rdata(record).text().map(as_text);
    let records = || set.records.iter().filter_map(|record| Some((*record, text(record)?)));
    let is_policy = |text: &str| tags(text).next() == Some(Ok(("v", "DMARC1")));
    let mut policies = records().filter(|(_, text)| is_policy(text));
    let (first, second) =
        (policies.next(), policies.find(|(_, text)| Some(text) != records().next().map(|(_, t)| t).as_ref()));
    let mut other = None;
    let (record, mistake) = match (first, second) {
        (Some((first, _)), Some((record, _))) => {
            other = Some(first);
            let message = format!("`{owner}` has more than one DMARC record; delete one");
            (record, Mistake::new(message, "keep the one that holds; receivers follow none of several"))
        }
        (Some((record, text)), None) => {
            let Some(mistake) = mistake(&text) else { return };
            (record, mistake)
        }
        (None, _) => {
            let Some((record, _)) = records().next() else { return };
            let message = format!("the text at `{owner}` does not begin with `v=DMARC1;`, and is no policy");
            (record, Mistake::new(message, "write `v=DMARC1;` first, in just these letters"))
        }
    };
    let Mistake { message, note, help } = mistake;
    let found = findings.report(zone.place(record, Part::Rdata), message);
    found.about(owner, RrType::TXT).note(note).help(help);
    if let Some(other) = other {
        found.label(zone.place(other, Part::Rdata), "the first one");
    }
}

/// A policy at the domain itself, or at `dmarc` without the underscore, where nobody looks for it.
fn misplaced(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let owner = zone.name(set.owner());
    let domain = match owner.parent() {
        _ if set.owner() == zone.apex() => owner,
        Some(parent) if owner.first_label().eq_ignore_ascii_case(b"dmarc") => parent,
        _ => return,
    };
    let is_policy = |record: &&&Record| zone.rdata(record).wire().get(1..9) == Some(b"v=DMARC1");
    let Some(record) = set.records.iter().find(is_policy) else { return };
    // An alias of the right name may lead here.
    let right = NameBuffer::joined(b"\x06_dmarc", domain);
    let has_records =
        |name: &NameBuffer| zone.find(name.name()).is_some_and(|id| zone.at(id).next().is_some());
    if right.as_ref().is_none_or(has_records) {
        return;
    }
    findings
        .report(
            zone.place(record, Part::Owner),
            format!("the DMARC record at `{owner}` is not found there; its owner is to be `_dmarc.{domain}`"),
        )
        .about(owner, RrType::TXT)
        .note(NO_POLICY)
        .help(format!("write `_dmarc.{domain}.` as its owner"));
}

/// What is wrong with a policy.
fn mistake(text: &str) -> Option<Mistake> {
    let (mut count, mut reports, mut policy, mut lesser) = (0, false, None, None);
    for tag in tags(text) {
        count += 1;
        match tag {
            Ok(("p", value)) => _ = policy.get_or_insert(value),
            Ok((name, value)) => {
                reports |= name == "rua";
                lesser = lesser.or_else(|| of_tag(name, value));
            }
            Err(strange) => {
                return Some(Mistake::new(
                    format!("`{strange}` in the DMARC record is no tag with a value"),
                    "separate the tags by `;`, and write `=` behind the name of each",
                ));
            }
        }
    }
    // What is left before an unquoted `;` is told of elsewhere.
    let is_whole = count > 1 || text.trim_ascii_end().ends_with(';');
    match policy {
        None if !reports && is_whole => Some(Mistake::new(
            "the DMARC record has no `p=`, which says what is to be done".to_owned(),
            "add `p=none`, `p=quarantine` or `p=reject` behind `v=DMARC1;`",
        )),
        Some(value) if !is_one_of(value, &POLICIES) => Some(no_policy("p", value)),
        _ => lesser,
    }
}

/// What is wrong with another tag than the policy itself.
fn of_tag(name: &str, value: &str) -> Option<Mistake> {
    let values = |help: &str| Mistake {
        message: format!("`{name}={value}` in the DMARC record is no value of this tag"),
        note: "receivers take what holds without this tag",
        help: help.to_owned(),
    };
    match name {
        "sp" | "np" if !is_one_of(value, &POLICIES) => Some(no_policy(name, value)),
        "rua" | "ruf" => {
            let is_address = |uri: &&str| {
                let (scheme, address) = uri.trim_ascii().split_once(':').unwrap_or_default();
                scheme.eq_ignore_ascii_case("mailto") && address.contains('@')
            };
            let is_filled = |uri: &&str| !uri.contains("{{");
            let bad = value.split(',').find(|uri| is_filled(uri) && !is_address(uri))?.trim_ascii();
            Some(Mistake {
                message: format!(
                    "`{bad}` in `{name}=` of the DMARC record is no address that reports can go to"
                ),
                note: "no reports come, so that nobody sees whose mail fails",
                help: if bad.contains('@') && !bad.contains(':') {
                    format!("write `mailto:{bad}`")
                } else {
                    "write `mailto:` and an address of mail, several with `,` between them".to_owned()
                },
            })
        }
        "pct" if value.parse::<u32>().map_or(true, |percent| percent > 100) => {
            Some(values("write a number from 0 to 100"))
        }
        "adkim" | "aspf" if !is_one_of(value, &["r", "s"]) => {
            Some(values("write `r` (relaxed) or `s` (strict)"))
        }
        _ => None,
    }
}

fn no_policy(name: &str, value: &str) -> Mistake {
    Mistake::new(
        format!("`{name}={value}` in the DMARC record is no policy"),
        format!("write `{name}=none`, `{name}=quarantine` or `{name}=reject`"),
    )
}

fn is_one_of(value: &str, known: &[&str]) -> bool {
    known.iter().any(|known| known.eq_ignore_ascii_case(value.trim_ascii_end()))
}
