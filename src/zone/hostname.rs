//! Host names and mailboxes, as `named` tests them before it serves a primary zone (`check-names`).
//!
//! It tests owners of addresses and mail, and names in rdata that are hosts or mailboxes; not what a
//! `$GENERATE` makes.

use super::rdata::Rdata;
use super::{Record, Zone};
use crate::diagnostic::{Part, Place};
use crate::source::Span;
use crate::syntax::{FieldKind, Name, NameRef, RrType, rr_types};

/// What is wrong with a name that must be a host name or a mailbox: its first bad label, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadName {
    /// The label, in wire format without its length.
    pub label: Box<[u8]>,
    /// What is wrong with it.
    pub defect: Defect,
    /// The label belongs to the name of the zone.
    pub in_origin: bool,
}

/// Why a label is none of a host name (RFC 952, RFC 1123 section 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Defect {
    /// It begins with a hyphen.
    LeadingHyphen,
    /// It ends with a hyphen.
    TrailingHyphen,
    /// It has another octet than letters, digits and hyphens, at this index.
    Octet(usize),
    /// It is no hash, as the owner of an NSEC3 record must be.
    NoHash,
}

/// A name in rdata that `named` refuses.
#[derive(Debug, Clone)]
pub struct BadTarget {
    /// The index of its word.
    pub word: u8,
    /// The name.
    pub name: Name,
    /// It is to be a mailbox, not a host.
    pub mailbox: bool,
    /// What is wrong with it.
    pub bad: BadName,
}

/// A record outside the zone that `named` does not ignore: it refuses the zone for a name in it.
#[derive(Debug, Clone)]
pub struct BadOutside {
    /// The record.
    span: Span,
    /// Its owner.
    pub owner: Name,
    /// Its type.
    pub rtype: RrType,
    /// The name in its rdata that is bad, and the index of its word; the owner is where there is none.
    pub target: Option<(u8, Name)>,
    /// What is wrong with it.
    pub bad: BadName,
}

impl BadOutside {
    /// The place of a part of the record.
    pub fn place(&self, part: Part) -> Place {
        Place { span: self.span, part }
    }
}

const MB: RrType = RrType::new(7);
const MG: RrType = RrType::new(8);
const WKS: RrType = RrType::new(11);
const A6: RrType = RrType::new(38);

impl Zone {
    /// `named` refuses the owner of a record: it has an address or mail, and is no host name; or it has an MB
    /// or MG record, and is no mailbox.
    pub fn bad_owner(&self, record: &Record) -> Option<BadName> {
        // A name of good labels alone is a good mailbox as well.
        let (id, rtype) = (record.owner(), record.rtype());
        if record.is_generated() || !self.is_odd(id) || !is_tested(rtype) {
            return None;
        }
        let owner = self.name(id);
        // What stands behind the `*` is mostly good.
        if is_of_host(rtype)
            && owner.is_wildcard()
            && self.parent(id).is_some_and(|above| !self.is_odd(above))
        {
            return None;
        }
        bad_owner(owner, rtype, self.origin())
    }

    /// The names in the rdata of a record that `named` refuses. It does not look into the generic form.
    pub fn bad_targets(&self, record: &Record) -> impl Iterator<Item = BadTarget> + use<'_> {
        let owner = self.name(record.owner());
        let rtype = record.rtype();
        let tested = record.has_odd_rdata() && !record.is_generated() && !record.is_generic();
        tested
            .then(|| self.rdata(record))
            .into_iter()
            .flat_map(move |rdata| bad_targets(owner, rtype, rdata, self.origin()))
    }

    /// Records outside the zone that `named` refuses it for.
    pub fn bad_outside(&self) -> &[BadOutside] {
        &self.bad_outside
    }

    /// Notes what is bad in a record outside the zone.
    pub(super) fn note_outside(&mut self, owner: NameRef<'_>, (rtype, rdata): (RrType, u32), span: Span) {
        let rdata = Rdata::new(rtype, self.names.rdata(rdata));
        let mut found = Vec::new();
        let outside = |target, bad| BadOutside { span, owner: owner.into(), rtype, target, bad };
        found.extend(bad_owner(owner, rtype, self.origin()).map(|bad| outside(None, bad)));
        if rtype == RrType::NSEC3 && !is_hash(owner) {
            let label = owner.first_label().into();
            found.push(outside(None, BadName { label, defect: Defect::NoHash, in_origin: false }));
        }
        let targets = bad_targets(owner, rtype, rdata, self.origin());
        found.extend(targets.map(|target| outside(Some((target.word, target.name)), target.bad)));
        self.bad_outside.extend(found);
    }
}

/// The owner of a type must be a host name.
fn is_of_host(rtype: RrType) -> bool {
    matches!(rtype, RrType::A | RrType::AAAA | RrType::MX | A6 | WKS)
}

/// The owner of a type must be a host name or a mailbox.
fn is_tested(rtype: RrType) -> bool {
    is_of_host(rtype) || matches!(rtype, MB | MG)
}

fn bad_owner(owner: NameRef<'_>, rtype: RrType, origin: NameRef<'_>) -> Option<BadName> {
    match rtype {
        rtype if is_of_host(rtype) => {
            let bad = bad_host(owner.parent().filter(|_| owner.is_wildcard()).unwrap_or(owner), origin)?;
            (!is_exempt(owner, rtype)).then_some(bad)
        }
        MB | MG => bad_mailbox(owner, origin),
        _ => None,
    }
}

fn bad_targets<'a>(
    owner: NameRef<'a>,
    rtype: RrType,
    rdata: Rdata<'a>,
    origin: NameRef<'a>,
) -> impl Iterator<Item = BadTarget> + use<'a> {
    let fields = rr_types().kind(rtype).map(|kind| &kind.fields[..]).unwrap_or_default();
    let alias_mode = rdata.wire().starts_with(&[0, 0]);
    let is_mailbox = move |kind| match kind {
        FieldKind::Host | FieldKind::HostCased | FieldKind::A6 => Some(false),
        FieldKind::Mailbox => Some(true),
        FieldKind::SvcbTarget if !alias_mode => Some(false),
        FieldKind::Ptr if is_reverse(owner) && !is_service_domain(owner) => Some(false),
        _ => None,
    };
    // Many names are none of these, those of NAPTR records for one.
    let tested = fields.iter().any(|field| is_mailbox(field.kind).is_some());
    tested.then(|| rdata.names()).into_iter().flatten().filter_map(move |(word, name)| {
        // The words of an A6 are one field.
        let mailbox = is_mailbox(fields.get(usize::from(word)).or(fields.first())?.kind)?;
        let name = name.as_ref();
        let bad = if mailbox { bad_mailbox(name, origin) } else { bad_host(name, origin) };
        Some(BadTarget { word, name: name.into(), mailbox, bad: bad? })
    })
}

/// What is wrong with a host name; nothing with the root.
fn bad_host(name: NameRef<'_>, origin: NameRef<'_>) -> Option<BadName> {
    let mut from = std::iter::successors(Some(name), |name| name.parent());
    let (from, defect) = from.find_map(|name| Some((name, defect(name.first_label())?)))?;
    let in_origin = name.is_within(origin) && origin.is_within(from);
    Some(BadName { label: from.first_label().into(), defect, in_origin })
}

/// What is wrong with a mailbox (RFC 1035 section 8): its first label may have all that can be printed.
fn bad_mailbox(name: NameRef<'_>, origin: NameRef<'_>) -> Option<BadName> {
    let label = name.first_label();
    match label.iter().position(|octet| !octet.is_ascii_graphic()) {
        Some(at) => Some(BadName { label: label.into(), defect: Defect::Octet(at), in_origin: false }),
        None => bad_host(name.parent()?, origin),
    }
}

/// The octets of host names.
const IN_HOST: [bool; 256] = {
    let mut table = [false; 256];
    let mut octet = 0u8;
    while octet < 128 {
        table[octet as usize] = octet.is_ascii_alphanumeric() || octet == b'-';
        octet += 1;
    }
    table
};

/// A label may be one of a host name.
pub(super) fn is_host_label(label: &[u8]) -> bool {
    label.iter().all(|octet| IN_HOST[usize::from(*octet)]) && !matches!(label, [b'-', ..] | [.., b'-'])
}

fn defect(label: &[u8]) -> Option<Defect> {
    if let Some(at) = label.iter().position(|octet| !IN_HOST[usize::from(*octet)]) {
        return Some(Defect::Octet(at));
    }
    match label {
        [b'-', ..] => Some(Defect::LeadingHyphen),
        [.., b'-'] => Some(Defect::TrailingHyphen),
        _ => None,
    }
}

/// Owners that `named` takes though they are no host names: what Active Directory has for its global
/// catalog, and what SPF macros ask for (RFC 7208 section 5.7 and appendix D.1).
fn is_exempt(owner: NameRef<'_>, rtype: RrType) -> bool {
    let labels: Vec<&[u8]> = owner.labels().collect();
    let catalog = || {
        let forest = labels.strip_prefix(&[&b"gc"[..], b"_msdcs"]);
        forest.is_some_and(|forest| forest.iter().all(|label| defect(label).is_none()))
    };
    let policy = || {
        let below_top = labels.split_last().map_or(&[][..], |(_, below)| below);
        below_top.iter().any(|label| matches!(*label, b"_spf" | b"_spf_verify" | b"_spf_rate"))
    };
    match rtype {
        RrType::A => catalog() || policy(),
        RrType::AAAA => catalog(),
        _ => false,
    }
}

/// The leftmost label of a name is base32hex without padding (RFC 4648 section 7): whole octets, the spare
/// bits zero. So must be that of an NSEC3 record (RFC 5155 section 3).
pub(crate) fn is_hash(owner: NameRef<'_>) -> bool {
    let label = owner.first_label();
    let value = |digit: &u8| match *digit {
        digit @ b'0'..=b'9' => Some(digit - b'0'),
        letter @ b'a'..=b'v' => Some(letter - b'a' + 10),
        letter @ b'A'..=b'V' => Some(letter - b'A' + 10),
        _ => None,
    };
    let spare = match label.len() % 8 {
        0 => 0,
        2 => 2,
        4 => 4,
        5 => 1,
        7 => 3,
        _ => return false,
    };
    let last = label.last().and_then(value).unwrap_or(1);
    label.iter().all(|digit| value(digit).is_some()) && last.trailing_zeros() >= spare
}

/// A name is in the tree of addresses, where a PTR leads to a host.
fn is_reverse(name: NameRef<'_>) -> bool {
    let mut labels: Vec<&[u8]> = name.labels().collect();
    labels.reverse();
    matches!(labels[..], [b"arpa", b"in-addr" | b"ip6", ..] | [b"int", b"ip6", ..])
}

/// A name lists the domains to look for services in (RFC 6763 section 11).
fn is_service_domain(name: NameRef<'_>) -> bool {
    let mut labels = name.labels();
    let first = [labels.next(), labels.next(), labels.next()].map(Option::unwrap_or_default);
    matches!(first, [b"b" | b"db" | b"r" | b"dr" | b"lb", b"_dns-sd", b"_udp"])
}
