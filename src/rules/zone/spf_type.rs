//! # spf-type
//!
//! A policy for mail stands in a record of type SPF, where nobody looks.
//!
//! ## Why
//!
//! The type SPF was given up in 2014: receivers of mail ask for TXT records only. A domain with SPF records
//! alone has no policy. `named` loads it and logs `found type SPF record but no SPF TXT record found`.
//!
//! ## Example
//!
//! ```zone
//! @  SPF  "v=spf1 mx -all"
//! ```
//!
//! ## What to do
//!
//! Write the same text as a TXT record, and delete the SPF record.
//!
//! ## References
//!
//! RFC 7208 section 3.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "spf-type",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::SPF], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    if zone.cut(set.owner()).is_some() {
        return;
    }
    let owner = zone.name(set.owner());
    let is_policy = |text: Option<&[u8]>| {
        text.and_then(|text| text.strip_prefix(b"v=spf1")).is_some_and(|rest| matches!(rest, [] | [b' ', ..]))
    };
    let beside = zone.rrset(set.owner(), RrType::TXT).any(|txt| is_policy(zone.rdata(txt).wire().get(1..)));
    if beside || !zone.knows(owner) {
        return;
    }
    findings
        .report(
            zone.place(set.first(), Part::Type),
            format!(
                "the policy of `{owner}` has the type `SPF`, which nobody asks for; make it a TXT record"
            ),
        )
        .about(owner, RrType::SPF)
        .note("`named` loads it and logs `found type SPF record but no SPF TXT record found`")
        .help("write `TXT` for `SPF`");
}
