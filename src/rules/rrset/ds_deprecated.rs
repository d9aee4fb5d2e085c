//! # ds-deprecated
//!
//! A DS record has a digest or an algorithm that is not to be used any more.
//!
//! ## Why
//!
//! SHA-1 and GOST are broken or gone. Resolvers ignore such DS records, more of them each year, and treat
//! the delegation as unsigned, or as broken. `named` loads the zone and logs `deprecated digest type` or
//! `deprecated algorithm`.
//!
//! ## Example
//!
//! ```zone
//! sub  NS  ns1
//! sub  DS  60485 8 1 2BB183AF5F22588179A53B0A98631FAD1A292118
//! ```
//!
//! ## What to do
//!
//! Ask for a DS record with digest type 2 (SHA-256); where the key itself is RSASHA1, the subdomain first
//! needs a new key.
//!
//! ## References
//!
//! RFC 8624, RFC 9905, RFC 9906

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ds-deprecated",
    group: Group::Rrset,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::DS, RrType::CDS], check),
};

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let (owner, rtype) = (zone.name(set.owner()), set.rtype());
    let apex = set.owner() == zone.apex();
    // Elsewhere they mean nothing, and other rules say so.
    let judged =
        if rtype == RrType::CDS { apex } else { !apex && zone.cut(set.owner()) == Some(set.owner()) };
    if !judged {
        return;
    }
    for record in set.records {
        let Some(&[tag_high, tag_low, algorithm, digest]) = zone.rdata(record).wire().get(..4) else {
            continue;
        };
        let tag = u16::from_be_bytes([tag_high, tag_low]);
        let is_twin = |other: &&Record| {
            let wire = zone.rdata(other).wire();
            wire.get(..3) == Some(&[tag_high, tag_low, algorithm]) && matches!(wire.get(3), Some(2 | 4))
        };
        let has_twin = set.records.iter().any(is_twin);
        let replace = if has_twin {
            "delete the record: one of a newer digest type stands beside it"
        } else {
            "replace the record by one of digest type 2 (SHA-256)"
        };
        let (field, what, help) = match (algorithm, digest) {
            (_, 1) => (2, "the digest type `1` (SHA-1)", replace),
            (_, 3) => (2, "the digest type `3` (GOST)", replace),
            (5, _) => (1, "the algorithm `5` (RSASHA1)", "sign the subdomain with algorithm 13 or 8"),
            (7, _) => (1, "the algorithm `7` (NSEC3RSASHA1)", "sign the subdomain with algorithm 13 or 8"),
            _ => continue,
        };
        // Of the keys of the zone itself, `dnskey-deprecated` speaks.
        if rtype == RrType::CDS && field == 1 {
            continue;
        }
        findings
            .report(
                zone.place(record, Part::Field(field)),
                format!("the {rtype} record for key {tag} has {what}, which is not to be used any more"),
            )
            .about(owner, rtype)
            .data(format!("{tag} {algorithm} {digest}"))
            .note(if field == 2 && has_twin {
                "resolvers go by the other one; `named` logs it and loads the zone".to_owned()
            } else {
                format!("resolvers that ignore it see `{owner}` unsigned; `named` logs it and loads the zone")
            })
            .help(help);
    }
}
