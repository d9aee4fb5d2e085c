//! # dmarc-syntax
//!
//! A DMARC record that receivers do not follow.
//!
//! ## Why
//!
//! Receivers look for one TXT record at `_dmarc` that begins with `v=DMARC1` and says with `p=` what is to be done.
//! What is otherwise, or there twice, counts as no policy: who writes `p=rejct` protects nobody.
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
use crate::syntax::RrType;
use crate::zone::{Zone, as_text, tags};

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

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    // A name with an underscore is odd.
    if !zone.is_odd(set.owner()) {
        return;
    }
    let owner = zone.name(set.owner());
    if !owner.first_label().eq_ignore_ascii_case(b"_dmarc") || zone.cut(set.owner()).is_some() {
        return;
    }
    let text = |record| zone.rdata(record).text().map(as_text);
    let records = || set.records.iter().filter_map(|record| Some((*record, text(record)?)));
    let is_policy = |text: &str| tags(text).next() == Some(Ok(("v", "DMARC1")));
    let mut policies = records().filter(|(_, text)| is_policy(text));
    let (first, second) =
        (policies.next(), policies.find(|(_, text)| Some(text) != records().next().map(|(_, t)| t).as_ref()));
    let (record, message, help) = match (first, second) {
        (Some(_), Some((record, _))) => (
            record,
            format!("`{owner}` has more than one DMARC record; delete one"),
            "keep the one that holds; receivers follow none of several".to_owned(),
        ),
        (Some((record, text)), None) => {
            let Some((message, help)) = mistake(&text) else { return };
            (record, message, help)
        }
        (None, _) => {
            let Some((record, _)) = records().next() else { return };
            let message = format!("the text at `{owner}` does not begin with `v=DMARC1;`, and is no policy");
            (record, message, "write `v=DMARC1;` first, in just these letters".to_owned())
        }
    };
    findings
        .report(zone.place(record, Part::Rdata), message)
        .about(owner, RrType::TXT)
        .note(
            "receivers act as if there were no policy: mail with a forged sender of this domain is delivered",
        )
        .help(help);
}

/// What is wrong with a policy, and what to do.
fn mistake(text: &str) -> Option<(String, String)> {
    let (mut count, mut reports, mut values) = (0, false, [None, None]);
    for tag in tags(text) {
        count += 1;
        match tag {
            Ok(("p", value)) => _ = values[0].get_or_insert(value),
            Ok(("sp", value)) => _ = values[1].get_or_insert(value),
            Ok((name, _)) => reports |= name == "rua",
            Err(strange) => {
                return Some((
                    format!("`{strange}` in the DMARC record is no tag with a value"),
                    "separate the tags by `;`, and write `=` behind the name of each".to_owned(),
                ));
            }
        }
    }
    for (name, value) in ["p", "sp"].into_iter().zip(values) {
        match value {
            // What is left before an unquoted `;` is told of elsewhere.
            None if name == "p" && !reports && count > 1 => {
                return Some((
                    "the DMARC record has no `p=`, which says what is to be done".to_owned(),
                    "add `p=none`, `p=quarantine` or `p=reject` behind `v=DMARC1;`".to_owned(),
                ));
            }
            Some(policy) if !POLICIES.iter().any(|known| known.eq_ignore_ascii_case(policy)) => {
                return Some((
                    format!("`{name}={policy}` in the DMARC record is no policy"),
                    format!("write `{name}=none`, `{name}=quarantine` or `{name}=reject`"),
                ));
            }
            _ => {}
        }
    }
    None
}
