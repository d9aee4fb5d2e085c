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
use crate::zone::{Record, Zone};

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
    let Some(spf) = zone.doubtful_spf(record) else { return };
    let Some(behind) = spf.behind_all() else { return };
    let (message, help) = match behind {
        0 => (
            "`redirect=` in the SPF record counts for nothing, as the record has an `all`".to_owned(),
            "delete one of them; to take over the other record, `redirect=` is to stand without `all`",
        ),
        _ if spf.is_all_behind_all() => (
            "the SPF record has more than one `all`, and only the first counts".to_owned(),
            "delete all but the one that you mean: `-all` refuses other senders, `~all` suspects them",
        ),
        1 => ("a term stands behind `all` in the SPF record, where nobody reads it".to_owned(), MOVE),
        n => (format!("{n} terms stand behind `all` in the SPF record, where nobody reads them"), MOVE),
    };
    findings
        .report(zone.place(record, Part::Rdata), message)
        .about(zone.name(record.owner()), RrType::TXT)
        .note("the first term that matches decides, and `all` matches everyone")
        .help(help);
}

/// What to do about terms.
const MOVE: &str = "move `all` to the end of the record";
