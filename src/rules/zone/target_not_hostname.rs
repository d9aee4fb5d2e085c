//! # target-not-hostname
//!
//! A name that a record points to is no host name.
//!
//! ## Why
//!
//! What NS, MX, SRV, AFSDB, RT, SVCB and HTTPS records point to, and PTR records in the trees of addresses,
//! are hosts. Host names have letters, digits and hyphens only. `named` refuses the whole zone for another
//! character (`bad name (check-names)`); `named-checkzone` only warns.
//!
//! ## Example
//!
//! ```zone
//! @  MX  10 mail_1
//! ```
//!
//! ## What to do
//!
//! Correct the name, or rename the host. Not tested by `named`, and so not here, are targets of CNAME,
//! DNAME and NAPTR records, of SVCB and HTTPS records with priority 0, and of records that a `$GENERATE`
//! makes.
//!
//! ## References
//!
//! RFC 952, RFC 1123 section 2.1, RFC 1035 section 8

use std::cell::LazyCell;

use crate::diagnostic::{Diagnostic, Findings, Group, Level, Part};
use crate::rules::hostnames::{consequence, level, rule_for, shown, suggestion, verdict};
use crate::rules::{Check, Rule};
use crate::syntax::{NameRef, RrType};
use crate::zone::{BadTarget, Record, Slip, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "target-not-hostname",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    let Some(level) = level(zone) else { return };
    let why = LazyCell::new(|| consequence(zone, "bad name"));
    for outside in zone.bad_outside() {
        let Some((word, name)) = &outside.target else { continue };
        let (written, bad) = (shown(name.as_ref()), &outside.bad);
        findings
            .report(
                outside.place(Part::Field(*word)),
                format!("`{written}` {}; delete the record", verdict(bad)),
            )
            .about(&outside.owner, outside.rtype)
            .data(name)
            .note("the record is outside the zone and is ignored; its name is tested all the same")
            .note(&*why)
            .help(rule_for(bad))
            .at_most(level);
    }
    let mut origin_told = false;
    for record in zone.records_of_odd_rdata() {
        for target in zone.bad_targets(record) {
            let mailbox = record.rtype() == RrType::SOA && target.mailbox;
            if mailbox || is_told_elsewhere(zone, record, target.name.as_ref()) {
                continue;
            }
            if !target.bad.in_origin || !std::mem::replace(&mut origin_told, true) {
                report(zone, record, &target, findings).note(&*why).at_most(level);
            }
        }
    }
}

/// The rules on addresses in the place of names, and on the final dot, say that `named` refuses the zone.
fn is_told_elsewhere(zone: &Zone, record: &Record, name: NameRef<'_>) -> bool {
    let told = matches!(record.rtype(), RrType::NS | RrType::MX | RrType::SRV | RrType::PTR);
    match zone.slip(record, name) {
        Some(Slip::Address(_)) => told,
        Some(_) => zone.is_refused_for(record),
        None => false,
    }
}

fn report<'f>(
    zone: &Zone,
    record: &Record,
    target: &BadTarget,
    findings: &'f mut Findings<'_>,
) -> &'f mut Diagnostic {
    let (owner, rtype, name) = (zone.name(record.owner()), record.rtype(), &target.name);
    let role = match rtype {
        RrType::NS => "name server",
        RrType::SOA => "primary server",
        RrType::MX => "mail server",
        _ if target.mailbox => "mailbox",
        _ => "host",
    };
    let (verdict, written) = (verdict(&target.bad), shown(name.as_ref()));
    let what = match suggestion(&target.bad) {
        _ if target.bad.in_origin => {
            format!("{role} `{written}` {verdict}; name one outside `{}`", zone.origin())
        }
        Some(meant) => format!("{role} `{written}` {verdict}; is `{meant}` meant?"),
        None => format!("{role} `{written}` {verdict}; correct it"),
    };
    let found = findings.report(zone.place(record, Part::Field(target.word)), what);
    found.about(owner, rtype).data(name).help(rule_for(&target.bad));
    if let Some(host) = zone.find(name.as_ref()).and_then(|id| zone.at(id).next())
        && host.owner() != record.owner()
    {
        found.label(zone.place(host, Part::Owner), "the host is here: rename it, too");
    }
    found
}
