//! # cname-and-other-data
//!
//! A name has a CNAME and other records.
//!
//! ## Why
//!
//! A CNAME says that the name is another name for something else, with all of its records; then it cannot
//! have records of its own. `named` refuses the whole zone (`CNAME and other data`), without saying where
//! the CNAME is. The apex always has SOA and NS, so that it can never be a CNAME.
//!
//! ## Example
//!
//! ```zone
//! www  CNAME  ns1
//! www  TXT    "v=spf1 -all"
//! ```
//!
//! ## What to do
//!
//! Replace the CNAME by the addresses that it leads to, or give the other records a name of their own.
//! Only the records of DNSSEC (KEY, NSEC, NSEC3, RRSIG, SIG) may stand beside a CNAME.
//!
//! ## References
//!
//! RFC 1034 section 3.6.2, RFC 2181 section 10.1, RFC 4034 sections 3 and 4

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "cname-and-other-data",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::CNAME], check),
};

/// SIG, the RRSIG of RFC 2535.
const SIG: RrType = RrType::new(24);

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let (id, alias) = (set.owner(), set.first());
    let other = |record: &&Record| {
        !matches!(
            record.rtype(),
            RrType::CNAME | RrType::KEY | RrType::NSEC | RrType::NSEC3 | RrType::RRSIG | SIG
        )
    };
    let Some(other) = zone.at(id).find(other) else { return };
    let (owner, rtype) = (zone.name(id), other.rtype());
    // `named` stops at the one that comes second; the reader looks there first.
    let alias_first = zone.at(id).find(|r| matches!(r.rtype(), RrType::CNAME) || r.rtype() == rtype);
    let alias_first = alias_first.is_some_and(|first| first.rtype() == RrType::CNAME);
    let (second, first, label) =
        if alias_first { (other, alias, "the CNAME") } else { (alias, other, "the other record") };
    let help = match zone.rdata(alias).target() {
        _ if id == zone.apex() => {
            "replace the CNAME by A and AAAA records: the apex has SOA and NS records".to_owned()
        }
        Some(target) => {
            format!("replace the CNAME by the addresses of `{target}`, or delete the {rtype} record")
        }
        None => format!("delete the CNAME or the {rtype} record"),
    };
    findings
        .report(zone.place(second, Part::Owner), format!("`{owner}` has a CNAME, and {rtype} besides"))
        .about(owner, RrType::CNAME)
        .label(zone.place(first, Part::Owner), label)
        .note("beside a CNAME nothing else may stand: `named` refuses the zone, and serves none of its names")
        .help(help);
}
