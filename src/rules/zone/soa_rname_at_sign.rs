//! # soa-rname-at-sign
//!
//! The mailbox in the SOA is written with `@`.
//!
//! ## Why
//!
//! The second name of an SOA record is a mailbox in which a dot stands for the `@`. `named` takes `@` as a
//! letter. In the first label it loads it without a word, and whoever writes to the person in charge gets
//! it wrong; behind a dot, as in `john.doe@example.com`, it refuses the whole zone (`bad name
//! (check-names)`).
//!
//! ## Example
//!
//! ```zone
//! @  SOA  ns1 hostmaster@example.com. 1 7200 3600 1209600 3600
//! ```
//!
//! ## What to do
//!
//! Write a dot for the `@`, and a final dot. A dot before the `@` is written as `\.`.
//!
//! ## References
//!
//! RFC 1035 section 8, RFC 1912 section 2.2

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::hostnames::{consequence, level};
use crate::rules::{Check, Rule};
use crate::syntax::{NameRef, RrType};
use crate::zone::{Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "soa-rname-at-sign",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    // In most zones it stands nowhere in the names of the SOA, which come before five numbers.
    let has_at = |record: &Record| {
        let names = zone.rdata(record).wire().split_last_chunk::<20>();
        names.is_some_and(|(names, _)| memchr::memchr(b'@', names).is_some())
    };
    if !zone.rrset(zone.apex(), RrType::SOA).next().is_some_and(has_at) {
        return;
    }
    let Some((record, soa)) = zone.soa() else { return };
    let Some(meant) = mailbox(soa.rname, zone.origin_at(record).unwrap_or(zone.origin())) else { return };
    let rname = soa.rname.to_string().replace("\\@", "@");
    let found = findings.report(
        zone.place(record, Part::Field(1)),
        format!("the mailbox `{rname}` has an `@`, where a dot belongs; write `{meant}`"),
    );
    found.about(zone.origin(), RrType::SOA).data(soa.rname);
    let tested = zone.bad_targets(record).any(|target| target.mailbox);
    if let Some(level) = level(zone).filter(|_| tested) {
        found.at_most(level).note(consequence(zone, "bad name"));
    } else {
        found
            .at_most(Level::Warning)
            .note("the first dot stands for the `@`; `named` loads the `@` as a letter");
    }
    found.help("a dot before the `@` is written as `\\.`");
}

/// The mailbox as it is to be written, if it has an `@`.
fn mailbox(rname: NameRef<'_>, origin: NameRef<'_>) -> Option<String> {
    let written = rname.relative_to(origin);
    let (local, domain) = written.split_once("\\@")?;
    if local.is_empty() {
        return None;
    }
    let local = local.replace("\\.", ".").replace('.', "\\.");
    let domain = domain.replace("\\.", ".");
    let domain = domain.trim_end_matches('.');
    Some(if domain.is_empty() { format!("{local}.{origin}.") } else { format!("{local}.{domain}.") })
}
