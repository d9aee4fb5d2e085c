//! # singleton-multiple
//!
//! A name has two different CNAME records, or two different DNAME or RESINFO records.
//!
//! ## Why
//!
//! An alias has one target. `named` refuses the whole zone (`multiple RRs of singleton type`): load cannot
//! be shared over several CNAMEs.
//!
//! ## Example
//!
//! ```zone
//! www   CNAME  ns1
//! www   CNAME  web2
//! web2  A      192.0.2.2
//! ```
//!
//! ## What to do
//!
//! Keep one of the records. To share load, give the name the addresses of all servers, with A and AAAA
//! records.
//!
//! ## References
//!
//! RFC 2181 section 10.1, RFC 6672 section 2.4

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rrset, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "singleton-multiple",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Rrset(&[RrType::CNAME, RrType::DNAME, RESINFO], check),
};

/// RFC 9606.
const RESINFO: RrType = RrType::new(261);

fn check(zone: &Zone, set: &Rrset<'_>, findings: &mut Findings<'_>) {
    let (first, rtype) = (set.first(), set.rtype());
    let Some(second) = set.records[1..].iter().find(|r| zone.rdata(r) != zone.rdata(first)) else { return };
    let owner = zone.name(set.owner());
    let what = match (zone.rdata(first).target(), zone.rdata(second).target()) {
        (Some(one), Some(other)) => format!(": `{other}` besides `{one}`"),
        _ => String::new(),
    };
    let help = if rtype == RrType::CNAME {
        "keep one of them; to share load, give the name A and AAAA records instead"
    } else {
        "keep one of them"
    };
    findings
        .report(zone.place(second, Part::Rdata), format!("`{owner}` has a second {rtype}{what}"))
        .about(owner, rtype)
        .label(zone.place(first, Part::Rdata), "the first one")
        .note(format!("a name has one {rtype}: `named` refuses the zone, and serves none of its names"))
        .help(help);
}
