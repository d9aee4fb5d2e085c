//! # owner-not-hostname
//!
//! A name with an address or a mail server is no host name.
//!
//! ## Why
//!
//! Owners of A, AAAA and MX records are hosts, and host names have letters, digits and hyphens only.
//! `named` refuses the whole zone for another character (`bad owner name (check-names)`); `named-checkzone`
//! only warns. Often the character cannot be seen: a no-break space or a zero width space that came with a
//! copy from a web page.
//!
//! A comment that begins with `#` or `//` is read as an owner, too, if a record follows it.
//!
//! ## Example
//!
//! ```zone
//! web_1  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Rename the host. Names of services, which begin with `_`, have SRV, TXT and CNAME records, and no
//! addresses. A wildcard may stand leftmost: `*`. Taken by `named`, and so here, are `gc._msdcs` of Active
//! Directory, and A records at names with the label `_spf`, `_spf_rate` or `_spf_verify`. What a
//! `$GENERATE` makes, `named` does not test. With `check-names` at `warn` in named.conf this is a warning,
//! and nothing with `ignore`.
//!
//! ## References
//!
//! RFC 952, RFC 1123 section 2.1, RFC 8552

use std::cell::LazyCell;

use crate::diagnostic::{Diagnostic, Findings, Group, Level, Part};
use crate::rules::hostnames::{consequence, is_comment, level, rule_for, shown, suggestion, verdict};
use crate::rules::{Check, Rule};
use crate::source::escape;
use crate::zone::{BadName, Defect, Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "owner-not-hostname",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    let Some(level) = level(zone) else { return };
    let why = LazyCell::new(|| consequence(zone, "bad owner name"));
    let owners = zone.bad_outside().iter().filter(|outside| outside.target.is_none());
    // Of NSEC3 records, `nsec3-owner` speaks.
    for outside in owners.filter(|outside| outside.bad.defect != Defect::NoHash) {
        let (owner, bad) = (&outside.owner, &outside.bad);
        let name = shown(owner.as_ref());
        findings
            .report(outside.place(Part::Owner), format!("`{name}` {}; delete the record", verdict(bad)))
            .about(owner, outside.rtype)
            .note("the record is outside the zone and is ignored; its name is tested all the same")
            .note(&*why)
            .help(rule_for(bad))
            .at_most(level);
    }
    let mut origin_told = false;
    for id in zone.odd_names() {
        let Some((record, bad)) = zone.at(id).find_map(|record| Some((record, zone.bad_owner(record)?)))
        else {
            continue;
        };
        if !bad.in_origin {
            report(zone, record, (&bad, &why), findings).at_most(level);
        } else if !std::mem::replace(&mut origin_told, true) {
            report_origin(zone, record, &bad, findings).note(&*why).at_most(level);
        }
    }
}

fn report<'f>(
    zone: &Zone,
    record: &Record,
    (bad, why): (&BadName, &str),
    findings: &'f mut Findings<'_>,
) -> &'f mut Diagnostic {
    let (owner, label) = (zone.name(record.owner()), escape(&bad.label));
    let name = shown(owner);
    let comment = is_comment(&bad.label);
    let place = zone.place(record, Part::Owner);
    let found = if comment {
        findings.report(place, format!("`{label}` is read as the owner of a record; comments begin with `;`"))
    } else if let Some(meant) = suggestion(bad) {
        findings.report(place, format!("`{name}` {}; write `{meant}` instead", verdict(bad)))
    } else {
        findings.report(place, format!("`{name}` {}; rename it", verdict(bad)))
    };
    found.about(owner, record.rtype()).note(format!("it has an {} record: {why}", record.rtype()));
    match &*bad.label {
        _ if comment => found.help("begin the line with `;` if it is a comment"),
        [b'_', ..] => {
            found.help("names that begin with `_` are for SRV, TXT and CNAME records; rename the host")
        }
        [b'*'] => found.help("a wildcard is leftmost, and below a host name: `*.example.com`"),
        _ => found.help(rule_for(bad)),
    }
}

/// All names of the zone are below a name that is no host name.
fn report_origin<'f>(
    zone: &Zone,
    record: &Record,
    bad: &BadName,
    findings: &'f mut Findings<'_>,
) -> &'f mut Diagnostic {
    let (owner, origin, rtype) = (zone.name(record.owner()), zone.origin(), record.rtype());
    findings
        .report(
            zone.place(record, Part::Owner),
            format!("the zone `{origin}` {}: move its {rtype} records to another zone", verdict(bad)),
        )
        .about(owner, rtype)
        .help("no name in this zone can have A, AAAA or MX records")
}
