//! # spf-include-missing
//!
//! An SPF record includes, or redirects to, a name without SPF record.
//!
//! ## Why
//!
//! Receivers take the whole record for none then (permerror), and no sender passes that is not matched before. The
//! name was renamed or removed, or its final part is misspelt.
//!
//! Only names in loaded zones are looked up.
//!
//! ## Example
//!
//! ```zone
//! @ TXT "v=spf1 include:_spf.example.com -all"
//! ```
//!
//! ## What to do
//!
//! Correct the name, or add the record there.
//!
//! ## References
//!
//! RFC 7208 sections 5.2, 6.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::View;
use crate::zone::{Mechanism, Record, SpfDomain, Term, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "spf-include-missing",
    group: Group::CrossZone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Among(&[RrType::TXT], check),
};

fn check(view: &View, zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    let Some(spf) = zone.spf(record).filter(|spf| spf.faults.is_empty()) else { return };
    if zone.cut(record.owner()).is_some() {
        return;
    }
    for term in &spf.terms {
        let (word, target) = match term {
            Term::Redirect(SpfDomain::Name(name)) => ("redirect=", name),
            Term::Directive(_, Mechanism::Include(SpfDomain::Name(name))) => ("include:", name),
            _ => continue,
        };
        if view.has_spf(target.as_ref()) != Some(false) {
            continue;
        }
        findings
                .report(
                    zone.place(record, Part::Rdata),
                    format!("`{word}{target}` leads to a name without SPF record"),
                )
                .about(zone.name(record.owner()), RrType::TXT)
                .data(target)
                .note("receivers take this whole record for none then: senders that no term matches before do not pass")
                .help(format!("correct the name, or add a TXT record with `v=spf1 …` at `{target}`"));
    }
}
