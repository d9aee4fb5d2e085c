//! # spf-after-all
//!
//! Terms of an SPF record stand behind `all`, where nobody reads them.
//!
//! ## Why
//!
//! `all` matches everyone, and the first term that matches decides. What stands behind it was meant to let senders
//! pass, and does not. A `redirect=` counts for nothing too, wherever it stands, if there is an `all`.
//!
//! ## Example
//!
//! ```zone
//! @ TXT "v=spf1 mx ~all include:_spf.newsletter.example"
//! ```
//!
//! ## What to do
//!
//! Move `all` to the end of the record.
//!
//! ## References
//!
//! RFC 7208 sections 5.1, 6.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{Mechanism, Record, Term, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "spf-after-all",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Record(&[RrType::TXT], check),
};

fn check(zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    if ends_with_its_only_all(zone.rdata(record).wire()) {
        return;
    }
    let Some(spf) = zone.spf(record).filter(|_| zone.cut(record.owner()).is_none()) else { return };
    let is_all = |term: &Term| matches!(term, Term::Directive(_, Mechanism::All));
    let Some(all) = spf.terms.iter().position(is_all).filter(|_| spf.faults.is_empty()) else { return };
    let ignored = spf.terms[all + 1..].iter().filter(|term| matches!(term, Term::Directive(..))).count();
    let redirect = spf.terms.iter().any(|term| matches!(term, Term::Redirect(_)));
    let (message, help) = match (ignored, redirect) {
        (0, false) => return,
        (0, true) => (
            "`redirect=` in the SPF record counts for nothing, as the record has an `all`".to_owned(),
            "delete one of them; to take over the other record, `redirect=` is to stand without `all`",
        ),
        (1, _) => ("a term stands behind `all` in the SPF record, where nobody reads it".to_owned(), MOVE),
        (n, _) => (format!("{n} terms stand behind `all` in the SPF record, where nobody reads them"), MOVE),
    };
    findings
        .report(zone.place(record, Part::Rdata), message)
        .about(zone.name(record.owner()), RrType::TXT)
        .note("the first term that matches decides, and `all` matches everyone")
        .help(help);
}

/// What to do about terms.
const MOVE: &str = "move `all` to the end of the record";

/// Most records have one `all`, at their end, and no modifier: these need not be read. The `=` is that of `v=spf1`.
fn ends_with_its_only_all(text: &[u8]) -> bool {
    let (second, third) = (text.get(1..).unwrap_or_default(), text.get(2..).unwrap_or_default());
    let is = |octet: u8, letter: u8| octet | 0x20 == letter;
    // All places are looked at alike, several at once.
    let alls = text.iter().zip(second).zip(third);
    let alls = alls.map(|((a, b), c)| u16::from(is(*a, b'a') & is(*b, b'l') & is(*c, b'l')));
    text.last_chunk::<3>().is_some_and(|end| end.eq_ignore_ascii_case(b"all"))
        && alls.sum::<u16>() == 1
        && memchr::memchr_iter(b'=', text).count() == 1
}
