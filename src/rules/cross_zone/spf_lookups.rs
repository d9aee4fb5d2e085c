//! # spf-lookups
//!
//! An SPF record makes receivers look up more than they do.
//!
//! ## Why
//!
//! Receivers stop at ten terms that need a look-up, those of included records among them, at two look-ups that find
//! nothing, and at ten hosts behind an `mx`. They take the record for none then (permerror): whoever is not matched
//! before does not pass. One include more is enough, and the limit is met in records of others too.
//!
//! Counted is what the loaded zones show; a record that is elsewhere counts as the one look-up that it surely needs.
//!
//! ## Example
//!
//! ```zone
//! @ TXT "v=spf1 a:a.example.org a:b.example.org a:c.example.org a:d.example.org a:e.example.org a:f.example.org a:g.example.org a:h.example.org a:i.example.org a:j.example.org a:k.example.org -all"
//! ```
//!
//! ## What to do
//!
//! Write `ip4:` and `ip6:` where addresses hardly change: they need no look-up. Remove services that are no longer
//! used, and names that do not exist.
//!
//! ## References
//!
//! RFC 7208 section 4.6.4

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::{Name, NameRef, RrType};
use crate::view::{End, SpfError, SpfResult, View};
use crate::zone::{Mechanism, Record, Spf, SpfDomain, Term, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "spf-lookups",
    group: Group::CrossZone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Among(&[RrType::TXT], check),
};

fn check(view: &View, zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    let Some(spf) = zone.spf(record).filter(|spf| spf.lookups() > 0 && spf.faults.is_empty()) else {
        return;
    };
    let owner = zone.name(record.owner());
    let message = match view.spf(owner, None) {
        _ if is_told_of_others(view, owner, &spf) => return,
        SpfResult::Error(SpfError::Lookups) => {
            format!("SPF of `{owner}` needs more than 10 look-ups, and receivers stop there")
        }
        SpfResult::Error(SpfError::VoidLookups) => {
            format!("SPF of `{owner}` looks up more than 2 names that have nothing, and receivers stop there")
        }
        SpfResult::Error(SpfError::Hosts(name)) => {
            format!("SPF of `{owner}` leads to the MX records of `{name}`, which are more than 10")
        }
        _ => return,
    };
    findings
        .report(zone.place(record, Part::Rdata), message)
        .about(owner, RrType::TXT)
        .note("the record counts as none then: senders that no term matches before do not pass")
        .help("write `ip4:` and `ip6:`, which need no look-up, and remove what is no longer used");
}

/// A record that this one includes is over the limits by itself, and does not lead back here.
fn is_told_of_others(view: &View, owner: NameRef<'_>, spf: &Spf) -> bool {
    let leads_back = |name: NameRef<'_>| {
        let End::Name(zone, id) = view.follow(name, &mut Vec::new()) else { return false };
        let records = zone.rrset(id, RrType::TXT).filter_map(|record| zone.spf(record));
        records.flat_map(|spf| targets(&spf).cloned().collect::<Vec<_>>()).any(|name| name.as_ref() == owner)
    };
    let is_over = |name: NameRef<'_>| matches!(view.spf(name, None), SpfResult::Error(_));
    targets(spf).map(Name::as_ref).any(|name| is_over(name) && name != owner && !leads_back(name))
}

/// The names whose records a record takes in.
fn targets(spf: &Spf) -> impl Iterator<Item = &Name> {
    spf.terms.iter().filter_map(|term| match term {
        Term::Redirect(SpfDomain::Name(name))
        | Term::Directive(_, Mechanism::Include(SpfDomain::Name(name))) => Some(name),
        _ => None,
    })
}
