//! # rotation-disabled
//!
//! The server gives the addresses of a balanced name always in the same order.
//!
//! ## Why
//!
//! Clients take the first address. The nodes share the work only if each answer begins with another one: BIND
//! does so by default, and stops it with the first `rrset-order` that is written. A name that no statement of it
//! fits has its addresses in a fixed order, as if `order none` stood there. Knot and NSD never turn them, unless
//! they are told to.
//!
//! Looked at is the `rrset-order` of each view in `named.conf`, and `knot.conf` and `nsd.conf` where they are
//! among the files. Many builds of BIND, that of Debian among them, are made without `fixed` and turn the
//! addresses then.
//!
//! ## Example
//!
//! ```zone
//! ; file: named.conf
//! options { rrset-order { name "www.example.com" order cyclic; }; };
//! zone "example.com" { type primary; file "db.example.com"; };
//! ; file: db.example.com
//! imap  A  192.0.2.1
//! imap  A  192.0.2.2
//! ```
//!
//! ## What to do
//!
//! BIND: end the list with `order random;`, or take `rrset-order` out. Knot: `answer-rotation: on` in the section
//! `server`. NSD: `round-robin: yes` in the section `server`.
//!
//! ## References
//!
//! BIND option `rrset-order`; knot.conf(5); nsd.conf(5); RFC 1794

use std::collections::BTreeMap;

use crate::cluster::Cluster;
use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::source::Span;
use crate::syntax::{NameRef, RrType};
use crate::zone::{OrderRule, Server, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "rotation-disabled",
    group: Group::Cluster,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Cluster(check),
};

/// Balanced names whose addresses one configuration leaves in their order.
struct Unrotated<'z> {
    server: Server,
    first: NameRef<'z>,
    rtype: RrType,
    rule: Option<&'z OrderRule>,
    names: usize,
}

fn check(cluster: &Cluster<'_>, findings: &mut Findings<'_>) {
    let mut found: BTreeMap<Span, Unrotated<'_>> = BTreeMap::new();
    let ends = cluster.domains().iter().flat_map(|domain| domain.services().iter().map(move |s| (domain, s)));
    for (domain, service) in ends {
        let Some((zone, id)) = service.addresses.end else { continue };
        let Some(order) = &zone.terms().order else { continue };
        let name = zone.name(id);
        if let Some((rtype, rule)) = unrotated(zone, name, &service.addresses.set) {
            let new = Unrotated { server: order.server, first: name, rtype, rule, names: 0 };
            let known = found.entry(order.span).or_insert(new);
            known.names += domain.weight();
            if name < known.first {
                (known.first, known.rtype, known.rule) = (name, rtype, rule);
            }
        }
    }
    for (span, Unrotated { server, first, rtype, rule, names }) in found {
        let others = match names - 1 {
            0 => String::new(),
            1 => " and of another name".to_owned(),
            n => format!(" and of {n} other names"),
        };
        let why = match (server, rule) {
            (Server::Bind, Some(_)) => "this `rrset-order` keeps them in a fixed order",
            (Server::Bind, None) => "no statement of this `rrset-order` fits",
            (Server::Knot, _) => "Knot does so only with `answer-rotation: on`",
            (Server::Nsd, _) => "NSD does so only with `round-robin: yes`",
        };
        let help = match server {
            Server::Bind => "end the list with `order random;`, or take `rrset-order` out",
            Server::Knot => "write `answer-rotation: on` into the section `server`",
            Server::Nsd => "write `round-robin: yes` into the section `server`",
        };
        findings
            .report(
                Place::whole(span),
                format!("the {rtype} records of `{first}`{others} are not rotated: {why}"),
            )
            .data(first)
            .note("clients take the first address: all of them go to one node")
            .help(help);
    }
}

/// The type of which a name has several addresses that are given in a fixed order, and the statement that
/// says so, if one does.
fn unrotated<'z>(
    zone: &'z Zone,
    name: NameRef<'_>,
    set: &[std::net::IpAddr],
) -> Option<(RrType, Option<&'z OrderRule>)> {
    let order = zone.terms().order.as_ref()?;
    let v6 = set.iter().filter(|address| address.is_ipv6()).count();
    let types = [(RrType::A, set.len() - v6), (RrType::AAAA, v6)];
    types
        .into_iter()
        .filter(|&(_, count)| count > 1)
        .find_map(|(rtype, _)| (!order.rotates(name, rtype)).then(|| (rtype, order.rule(name, rtype))))
}
