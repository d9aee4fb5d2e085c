//! # rrsig-expired
//!
//! A signature in the zone has expired.
//!
//! ## Why
//!
//! Resolvers that validate take an expired signature for an attack: the name does not resolve for them
//! (`SERVFAIL`). The zone was signed, and then not signed again; `named` loads it and says
//! `signature has expired`, for the first one only.
//!
//! `--now` sets the time that the signatures are held against.
//!
//! ## Example
//!
//! ```zone
//! www A     192.0.2.80
//! www RRSIG A 13 3 3600 20200101000000 20191201000000 1 example.com. AAAA
//! ```
//!
//! ## What to do
//!
//! Sign the zone again, and see to it that this happens by itself.
//!
//! ## References
//!
//! RFC 4034 section 3.1.5, RFC 4035 section 5.3.1

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "rrsig-expired",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    let now = findings.now();
    if !zone.may_have_expired(now) {
        return;
    }
    // Times are compared as serial numbers (RFC 1982): 2106 is no end.
    let expired = |end: u32| end != now && now.wrapping_sub(end) < 1 << 31;
    let mut signatures =
        zone.records().iter().filter(|record| zone.rdata(record).expiration().is_some_and(expired));
    let Some(first) = signatures.next() else { return };
    let more = signatures.count();
    let owner = zone.name(first.owner());
    let others = match more {
        0 => String::new(),
        1 => ", and so has one more".to_owned(),
        more => format!(", and so have {more} more"),
    };
    findings
        .report(zone.place(first, Part::Field(4)), format!("a signature of `{owner}` has expired{others}"))
        .about(owner, RrType::RRSIG)
        .note("for resolvers that validate, the name does not resolve any more")
        .help("sign the zone again");
}
