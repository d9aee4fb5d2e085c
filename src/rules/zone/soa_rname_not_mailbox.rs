//! # soa-rname-not-mailbox
//!
//! The mailbox in the SOA is none.
//!
//! ## Why
//!
//! The second name of an SOA record is the mailbox of the person in charge: what stands before the `@`, and
//! then the domain, whose labels have letters, digits and hyphens only. `named` refuses the whole zone for
//! another character (`bad name (check-names)`); `named-checkzone` only warns. The zone itself and its primary server are
//! hardly meant.
//!
//! ## Example
//!
//! ```zone
//! @  SOA  ns1 hostmaster.mail_1 1 7200 3600 1209600 3600
//! ```
//!
//! ## What to do
//!
//! Write the mailbox with a dot for the `@`: `hostmaster.example.com.` for hostmaster@example.com. A dot
//! before the `@` is written as `\.`.
//!
//! ## References
//!
//! RFC 1035 section 8, RFC 1912 section 2.2

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::hostnames::{consequence, level, verdict};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{BadTarget, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "soa-rname-not-mailbox",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    is_host(zone, findings);
    let Some(level) = level(zone) else { return };
    for record in zone.records_of_odd_rdata().filter(|record| record.rtype() == RrType::SOA) {
        // With an `@`, it is `soa-rname-at-sign`.
        let tested = |target: &BadTarget| target.mailbox && !target.name.as_ref().wire().contains(&b'@');
        for target in zone.bad_targets(record).filter(tested) {
            let (owner, name) = (zone.name(record.owner()), &target.name);
            findings
                .report(
                    zone.place(record, Part::Field(target.word)),
                    format!("the mailbox `{name}` {}; correct it", verdict(&target.bad)),
                )
                .about(owner, RrType::SOA)
                .data(name)
                .at_most(level)
                .note(consequence(zone, "bad name"))
                .help(format!(
                    "write the mailbox with a dot for the `@`: `hostmaster.{owner}.` for hostmaster@{owner}"
                ));
        }
    }
}

/// Says so where the name of the zone, or of its primary server, stands in the place of the mailbox.
fn is_host(zone: &Zone, findings: &mut Findings<'_>) {
    let Some((record, soa)) = zone.soa() else { return };
    let (origin, rname) = (zone.origin(), soa.rname);
    let what = if rname == origin && !origin.is_root() {
        "is the zone itself"
    } else if rname == soa.mname && !rname.is_root() {
        "is the primary name server"
    } else {
        return;
    };
    findings
        .report(zone.place(record, Part::Field(1)), format!("the mailbox `{rname}` {what}"))
        .about(origin, RrType::SOA)
        .data(rname)
        .at_most(Level::Warning)
        .note("its first label is what stands before the `@`: who has something to say of the zone writes there")
        .help(format!("write the mailbox with a dot for the `@`: `hostmaster.{origin}.` for hostmaster@{origin}"));
}
