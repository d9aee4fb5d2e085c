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
//! target would be in the reverse zone itself, and there NS and SOA records with a name of several labels, too. What is wrong because of the missing dot, such as a mail
//! server without address, is not reported besides.
//!
//! ## Fix
//!
//! Safe: puts the dot behind a name that ends in the name of the zone. Unsafe: puts it behind a target
//! that ends in a top-level domain.
//!
//! ## References
//!
//! RFC 1035 section 5.1, RFC 1912 section 2.4

use crate::diagnostic::{Change, Diagnostic, Findings, Group, Level, Part};
use crate::rules::targets::likely;
use crate::rules::{Check, Rule};
use crate::syntax::{Name, NameRef, RrType};
use crate::zone::{NameId, Record, Slip, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "missing-dot",
    group: Group::Record,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Name(may_lack_dot, check),
};

fn may_lack_dot(zone: &Zone) -> bool {
    zone.may_lack_dot() || zone.may_have_owner_slip()
}

fn check(zone: &Zone, id: NameId, findings: &mut Findings<'_>) {
    // `no-soa` and `soa-not-at-apex` speak of an SOA that stands at the wrong name.
    if let Some(first) = zone.at(id).next()
        && let Some(slip) = zone.owner_slip(first)
        && !zone.has(id, RrType::SOA)
    {
        let more = zone.at(id).count() - 1;
        let found = report(zone, first, (Part::Owner, zone.name(id), slip), findings);
        complete_owner(zone, id, found);
        if more > 0 {
            found.note(format!(
                "its {more} other record{} too",
                if more == 1 { " goes there," } else { "s go there," }
            ));
        }
    }
    if !zone.may_lack_dot() {
        return;
    }
    for record in zone.at(id).filter(|record| record.lacks_dot()) {
        for (field, name) in zone.rdata(record).names() {
            let name = name.as_ref();
            if let Some(slip) = zone.slip(record, name).filter(|slip| slip.is_missing_dot()) {
                let found = report(zone, record, (Part::Field(field), name, slip), findings);
                complete_target(zone, record, (field, name, slip), found);
            }
        }
    }
}

fn report<'f>(
    zone: &Zone,
    record: &Record,
    (part, name, slip): (Part, NameRef<'_>, Slip),
    findings: &'f mut Findings<'_>,
) -> &'f mut Diagnostic {
    let (owner, rtype) = (zone.name(record.owner()), record.rtype());
    let origin = zone.origin_at(record).unwrap_or(zone.origin());
    let written = name.relative_to(origin);
    let what = if is_short(&written) { "is not the whole name of a host" } else { "lacks its final dot" };
    let found =
        findings.report(zone.place(record, part), format!("`{written}` {what}: it is read as `{name}`"));
    found.about(owner, rtype).data(name).help(help(origin, &written, slip));
    if part != Part::Owner && zone.is_refused_for(record) {
        found.note("so the name server has no address, and `named` refuses the zone");
    } else {
        found.at_most(Level::Warning);
        found.note(match slip {
            Slip::Reverse if rtype == RrType::PTR => {
                format!("a PTR record leads from an address to a host; this one stays in `{origin}`")
            }
            Slip::Reverse => format!("in the reverse zone `{origin}` there is no such host"),
            Slip::TopLevel => format!(
                "the origin `{origin}` is added to names without a final dot, and there is no such name"
            ),
            _ => format!("the origin `{origin}` is added to names without a final dot"),
        });
    }
    found
}

/// The name that a name without final dot was meant to be.
fn meant(zone: &Zone, record: &Record, name: NameRef<'_>) -> Option<Name> {
    let written = name.relative_to(zone.origin_at(record)?);
    Name::parse_absolute(&written).ok()
}

/// Offers the final dot for all records of an owner, unless what is there already does not bear them.
fn complete_owner(zone: &Zone, id: NameId, found: &mut Diagnostic) {
    let Some(first) = zone.at(id).next() else { return };
    let Some(meant) = meant(zone, first, zone.name(id)) else { return };
    let alone = |id| zone.has(id, RrType::CNAME) || zone.has(id, RrType::DNAME);
    if let Some(there) = zone.find(meant.as_ref()).filter(|&there| zone.at(there).next().is_some())
        && (alone(id) || alone(there))
    {
        return;
    }
    let written = zone.at(id).filter(|record| !record.inherits_owner() || std::ptr::eq(*record, first));
    let complete = |record| Some(Change::Complete { record: zone.site(record)?, part: Part::Owner });
    found.safe_fix(format!("writes `{meant}.`"), written.map(complete));
}

/// Offers the final dot for a name in rdata: safe where it is sure that it was meant.
fn complete_target(
    zone: &Zone,
    record: &Record,
    (field, name, slip): (u8, NameRef<'_>, Slip),
    found: &mut Diagnostic,
) {
    let Some(meant) = meant(zone, record, name) else { return };
    if record.rtype() == RrType::SOA && field == 1 && meant.as_ref() == zone.origin() {
        found.help(format!(
            "write the mailbox with a dot for the `@`: `hostmaster.{meant}.` for hostmaster@{meant}"
        ));
        return;
    }
    // One letter away from a name in the zone, it is rather that.
    if slip == Slip::TopLevel
        && let Some(likely) = likely(zone, meant.as_ref())
    {
        found.help(format!("did you mean `{likely}.`?"));
        return;
    }
    let circle = record.rtype() == RrType::CNAME && meant.as_ref() == zone.name(record.owner());
    if circle || is_short(&meant.to_string()) {
        return;
    }
    let complete = |record| Some(Change::Complete { record: zone.site(record)?, part: Part::Field(field) });
    let description = format!("writes `{meant}.`");
    match slip {
        Slip::OwnOrigin => found.safe_fix(description, [complete(record)]),
        Slip::TopLevel => found.unsafe_fix(description, [complete(record)]),
        Slip::Reverse | Slip::Address(_) => return,
    };
}

/// A single label: only the target of a PTR is reported for that.
fn is_short(written: &str) -> bool {
    !written.contains('.')
}

fn help(origin: NameRef<'_>, written: &str, slip: Slip) -> String {
    if is_short(written) {
        return format!("write the whole name with a final dot, such as `{written}.example.com.`");
    }
    let whole = format!("{written}.");
    let meant = Name::parse_absolute(written).map(|name| name.as_ref().relative_to(origin));
    match meant {
        Ok(short) if slip == Slip::OwnOrigin && short != whole => format!("write `{whole}` or `{short}`"),
        _ => format!("write `{whole}`"),
    }
}
