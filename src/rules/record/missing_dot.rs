//! # missing-dot
//!
//! A name that was meant to be complete lacks its final dot.
//!
//! ## Why
//!
//! To a name without a final dot, the origin is added: in the zone `example.com`, `www.example.com` is
//! `www.example.com.example.com`. `named` loads it without a word; the record is at a name that nobody
//! asks for, or points to one that does not exist. At the apex, an NS record of this kind makes `named`
//! refuse the zone.
//!
//! ## Example
//!
//! ```zone
//! www   CNAME  ns1.example.com
//! shop  CNAME  shops.github.io
//! ```
//!
//! ## What to do
//!
//! Put a dot behind the name, or leave the name of the zone away.
//!
//! The rule is sure where the name as written ends in the name of the zone. A target that ends in a
//! well-known top-level domain is reported where the zone has no such name, and a PTR record where its
//! target would be in the reverse zone itself. What is wrong because of the missing dot, such as a mail
//! server without address, is not reported besides.
//!
//! ## References
//!
//! RFC 1035 section 5.1, RFC 1912 section 2.4

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::NameRef;
use crate::syntax::RrType;
use crate::zone::{Record, Slip, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "missing-dot",
    group: Group::Record,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    for id in zone.names() {
        // `no-soa` and `soa-not-at-apex` speak of an SOA that stands at the wrong name.
        if let Some(first) = zone.at(id).next()
            && !zone.has(id, RrType::SOA)
            && let Some(slip) = zone.owner_slip(first)
        {
            let more = zone.at(id).count() - 1;
            report(zone, first, (Part::Owner, zone.name(id), slip), findings);
            if let Some(found) = findings.last().filter(|_| more > 0) {
                found.note(format!("{more} more records of this owner are there, too"));
            }
        }
    }
    // The records of one `$GENERATE` are one mistake.
    let mut generated = None;
    for record in zone.records() {
        let place = record.is_generated().then(|| zone.place(record, Part::Whole));
        for (field, name) in zone.rdata(record).names() {
            let slip = zone.slip(record, name).filter(|slip| slip.is_missing_dot());
            if let Some(slip) = slip.filter(|_| place.is_none() || generated != place) {
                report(zone, record, (Part::Field(field), name, slip), findings);
                generated = place;
            }
        }
    }
}

fn report(zone: &Zone, record: &Record, (part, name, slip): (Part, NameRef<'_>, Slip), findings: &mut Findings<'_>) {
    let (owner, rtype) = (zone.name(record.owner()), record.rtype());
    let Some(origin) = zone.origin_at(record) else { return };
    let written = name.relative_to(origin);
    let found = findings.report(
        zone.place(record, part),
        format!("`{written}` lacks its final dot: it is read as `{name}`"),
    );
    found.about(owner, rtype).data(name).help(help(zone, &written, slip));
    if part != Part::Owner && zone.is_refused_for(record) {
        found.note("so the name server has no address, and `named` refuses the zone");
    } else {
        found.at_most(Level::Warning);
        found.note(match slip {
            Slip::Reverse => format!("a PTR record leads from an address to a host; this one stays in `{origin}`"),
            Slip::TopLevel => format!("the origin `{origin}` is added to names without a final dot, and there is no such name"),
            _ => format!("the origin `{origin}` is added to names without a final dot"),
        });
    }
}

fn help(zone: &Zone, written: &str, slip: Slip) -> String {
    let short = written.strip_suffix(&zone.origin().to_string()).and_then(|front| front.strip_suffix('.'));
    match (slip, short) {
        (Slip::Reverse, _) if !written.contains('.') => {
            format!("write the whole name of the host, such as `{written}.example.com.`")
        }
        (Slip::OwnOrigin, Some(short)) => format!("write `{written}.` or `{short}`"),
        _ => format!("write `{written}.`"),
    }
}
