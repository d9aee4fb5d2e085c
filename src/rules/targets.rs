//! What the rules about the targets of NS, MX and SRV records have in common: the words.

use std::net::IpAddr;

use crate::diagnostic::{Diagnostic, Findings, Level, Part, Place};
use crate::rules::Rrset;
use crate::syntax::{Name, NameBuffer, NameRef, RrType};
use crate::zone::{CheckNames, NameId, Record, Zone};

/// A record whose target is the root says that there is nothing (RFC 7505, RFC 2782), and stands beside
/// others of its set.
pub(super) fn null_with_others(
    zone: &Zone,
    set: &Rrset<'_>,
    (nothing, something): (&str, &str),
    findings: &mut Findings<'_>,
) {
    if set.records.len() == 1 {
        return;
    }
    // Before the root are three numbers at most.
    let is_null = |record: &&&Record| {
        let rdata = zone.rdata(record);
        rdata.wire().len() <= 7 && rdata.target().is_some_and(NameRef::is_root)
    };
    let Some(null) = set.records.iter().find(is_null) else { return };
    let Some(other) = set.records.iter().find(|record| !is_null(record)) else { return };
    let (owner, rtype) = (zone.name(set.owner()), set.rtype());
    findings
        .report(
            zone.place(null, Part::Rdata),
            format!("this {rtype} record says that `{owner}` {nothing}, and another one names a {something}; delete one"),
        )
        .about(owner, rtype)
        .label(zone.place(other, Part::Rdata), "the other one")
        .note("clients do not agree on what it means: some give up, others take the other records")
        .help("delete this record, or all others");
}

/// What the target of a type is called.
fn role(rtype: RrType) -> &'static str {
    match rtype {
        RrType::NS => "name server",
        RrType::MX => "mail server",
        _ => "host",
    }
}

/// `named` refuses the zone for names that are no host names.
fn is_refused(zone: &Zone) -> bool {
    zone.terms().check_names == CheckNames::Fail
}

/// Begins a finding on the target of a record.
struct Case<'z> {
    zone: &'z Zone,
    record: &'z Record,
    owner: NameRef<'z>,
    target: NameRef<'z>,
    place: Place,
}

impl<'z> Case<'z> {
    fn new(zone: &'z Zone, record: &'z Record) -> Option<Self> {
        let rdata = zone.rdata(record);
        Some(Self {
            zone,
            record,
            owner: zone.name(record.owner()),
            target: rdata.target()?,
            place: zone.place(record, Part::Field(rdata.target_field())),
        })
    }

    /// Why it matters, and how much.
    fn judge(&self, found: &mut Diagnostic) {
        found.about(self.owner, self.record.rtype()).data(self.target);
        if self.target.first_label().contains(&b':') && is_refused(self.zone) {
            found.note("no host name has a colon: `named` refuses the zone (check-names), and serves none of its names");
        } else if self.zone.is_refused_for(self.record) {
            found.note("it is a name server of the zone itself: `named` refuses the zone, and serves none of its names");
        } else {
            found.at_most(Level::Warning).note(match self.record.rtype() {
                RrType::NS => format!("resolvers that are sent there for `{}` find nobody", self.owner),
                RrType::MX => format!("mail for `{}` may not be delivered to it", self.owner),
                _ => format!("clients that look up `{}` may not find it", self.owner),
            });
        }
    }
}

/// The target of a record has no address.
pub(super) fn no_address(
    zone: &Zone,
    record: &Record,
    (home, id): (&Zone, Option<NameId>),
    findings: &mut Findings<'_>,
) {
    let Some(case) = Case::new(zone, record) else { return };
    let (role, target) = (role(record.rtype()), case.target);
    let what = if id.is_some() { "has no address" } else { "does not exist" };
    let found = findings.report(case.place, format!("{role} `{target}` {what}"));
    case.judge(found);
    let other = id.and_then(|id| home.at(id).next());
    if let Some(other) =
        other.filter(|other| other.owner() != record.owner() || home.origin() != zone.origin())
    {
        found.label(home.place(other, Part::Owner), "the name exists, but without A or AAAA record");
    }
    let there = if home.origin() == zone.origin() {
        String::new()
    } else {
        format!(" to the zone `{}`", home.origin())
    };
    if other.is_none() && home.origin() != zone.origin() {
        found.label(home.heading(), "the zone that the name would be in");
    }
    if let Some(astray) = without_dot(home, target) {
        found
            .label(
                home.place(astray, Part::Owner),
                "its address is here, behind whose owner the final dot is missing",
            )
            .help(format!("write `{target}.` there"));
        return;
    }
    found.help(match likely(home, target).filter(|_| id.is_none()) {
        Some(likely) => format!("did you mean `{likely}.`? Otherwise add `{target}. A ADDRESS`{there}"),
        None => format!("add `{target}. A ADDRESS`{there}, or correct the name of the {role}"),
    });
}

/// The address of a name that went below the zone's name once more, as its owner lacks the final dot.
fn without_dot<'z>(home: &'z Zone, name: NameRef<'_>) -> Option<&'z Record> {
    let twice = NameBuffer::joined(&name.wire()[..name.wire().len() - 1], home.origin())?;
    let mut there = home.at(home.find(twice.name())?);
    there.find(|record| matches!(record.rtype(), RrType::A | RrType::AAAA))
}

/// The names of a zone, if they are not so many that it takes long to look at them for each finding.
pub(super) fn few_names(zone: &Zone) -> impl Iterator<Item = NameId> {
    const FEW: usize = 1000;
    zone.names().take(if zone.name_count() > FEW { 0 } else { FEW })
}

/// The name of a zone that was meant by one that does not exist: there is a letter too few, too many or wrong, or the
/// first label of the zone's name was written, too. Hosts with other numbers are other hosts.
pub(super) fn likely(home: &Zone, missing: NameRef<'_>) -> Option<Name> {
    /// Shorter labels are a letter away from many.
    const SHORT: usize = 4;
    let has_records = |id: NameId| home.at(id).next().is_some();
    // The name right below the zone's.
    let top = std::iter::successors(Some(missing), |name| name.parent())
        .find(|name| name.parent() == Some(home.origin()));
    if let Some(top) = top.filter(|top| *top != missing && top.first_label() == home.origin().first_label()) {
        let front = &missing.wire()[..missing.wire().len() - top.wire().len()];
        let meant = NameBuffer::joined(front, home.origin())?;
        return home.find(meant.name()).filter(|id| has_records(*id)).map(|_| meant.name().into());
    }
    let text = missing.to_string();
    let words = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    let is_near = |id: &NameId| {
        let is_short =
            missing.first_label().len() < SHORT && home.name(*id).first_label() != missing.first_label();
        let name = home.name(*id).to_string();
        !is_short
            && name.len().abs_diff(text.len()) < 2
            && strsim::osa_distance(&name, &text) == 1
            && words(&name) != words(&text)
    };
    few_names(home).filter(is_near).find(|id| has_records(*id)).map(|id| home.name(id).into())
}

/// The target of a record is an alias.
pub(super) fn alias_target(
    zone: &Zone,
    record: &Record,
    (home, alias): (&Zone, &Record),
    findings: &mut Findings<'_>,
) {
    let Some(case) = Case::new(zone, record) else { return };
    let (role, target) = (role(record.rtype()), case.target);
    let dname = alias.rtype() == RrType::DNAME;
    let what = if dname { "lies below a DNAME" } else { "is a CNAME" };
    let found = findings.report(case.place, format!("{role} `{target}` {what}"));
    case.judge(found);
    found.label(home.place(alias, Part::Owner), format!("the {} is here", alias.rtype()));
    match home.rdata(alias).target() {
        Some(real) if !dname => {
            found.help(format!("write `{real}.` instead, or replace the CNAME by A and AAAA records"))
        }
        _ => found.help(format!("name the {role} by a name with A or AAAA records of its own")),
    };
}

/// The target of a record is an address.
pub(super) fn address_target(zone: &Zone, record: &Record, address: IpAddr, findings: &mut Findings<'_>) {
    let Some(case) = Case::new(zone, record) else { return };
    let (role, target, origin) = (role(record.rtype()), case.target, zone.origin());
    let found = findings.report(
        case.place,
        format!("`{address}` is an address, but the {role} must be a name: it is read as `{target}`"),
    );
    case.judge(found);
    let rtype = if address.is_ipv4() { RrType::A } else { RrType::AAAA };
    found.help(format!(
        "give the {role} a name, such as `host.{origin}. {rtype} {address}`, and write that name"
    ));
}

/// The target of a CNAME is an address.
pub(super) fn address_alias(zone: &Zone, record: &Record, address: IpAddr, findings: &mut Findings<'_>) {
    let Some(Case { owner, target, place, .. }) = Case::new(zone, record) else { return };
    let rtype = if address.is_ipv4() { RrType::A } else { RrType::AAAA };
    findings
        .report(
            place,
            format!("`{address}` is an address, but a CNAME leads to a name: it is read as `{target}`"),
        )
        .about(owner, RrType::CNAME)
        .data(target)
        .note("there is no such name, and so the alias leads nowhere; `named` loads it without a word")
        .help(format!("write `{rtype} {address}` instead of `CNAME {address}`"));
}

/// The target of a PTR record is an address.
pub(super) fn address_pointer(zone: &Zone, record: &Record, address: IpAddr, findings: &mut Findings<'_>) {
    let Some(Case { owner, target, place, .. }) = Case::new(zone, record) else { return };
    let found = findings.report(
        place,
        format!("`{address}` is an address, but a PTR record leads to a name: it is read as `{target}`"),
    );
    found.about(owner, RrType::PTR).data(target);
    if zone.bad_targets(record).next().is_some() && is_refused(zone) {
        found.note(
            "no host name has a colon: `named` refuses the zone (check-names), and serves none of its names",
        );
    } else {
        found
            .at_most(Level::Warning)
            .note("nothing leads back from that name; `named` loads it without a word");
    }
    found.help(format!("write the name of the host that has the address of `{owner}`, with a final dot"));
}
