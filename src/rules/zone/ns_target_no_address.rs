//! # ns-target-no-address
//!
//! A name server has no address.
//!
//! ## Why
//!
//! An NS record names a server; without an address nobody can reach it, and queries are lost or slow. If
//! the record stands at the apex and the server is in the same zone, `named` refuses the whole zone
//! (`has no address records`). Below a delegation the address must stand here as glue: the delegated zone
//! cannot be reached without it.
//!
//! ## Example
//!
//! ```zone
//! @  NS  ns2
//! ```
//!
//! ## What to do
//!
//! Add an A or AAAA record for the name server, correct its name, or delete the NS record. Addresses in
//! other zones are looked up in all zones that are checked together; of what is not loaded, nothing is
//! said.
//!
//! ## References
//!
//! RFC 1034 section 4.2.1, RFC 1912 section 2.8

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::targets::no_address;
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::Target;
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ns-target-no-address",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Target(&[RrType::NS], check),
};

fn check(zone: &Zone, record: &Record, target: Target<'_>, findings: &mut Findings<'_>) {
    match target {
        Target::NoAddress(home, id) => no_address(zone, record, (home, id), findings),
        Target::NoGlue => no_glue(zone, record, findings),
        _ => {}
    }
}

fn no_glue(zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    let owner = zone.name(record.owner());
    let Some(target) = zone.rdata(record).target() else { return };
    findings
        .report(
            zone.place(record, Part::Field(0)),
            format!("name server `{target}` of `{owner}` has no glue: its address is missing here"),
        )
        .at_most(Level::Warning)
        .about(owner, RrType::NS)
        .data(target)
        .note(if target.is_within(owner) {
            format!("it lies in `{owner}` itself: only this zone can tell the address that leads there")
        } else {
            "it lies in a zone that is delegated from here: whoever asks must first find out its address there, and `named` says `has no SIBLING GLUE`".to_owned()
        })
        .help(format!("add its address here: `{target}. A ADDRESS`"));
}
