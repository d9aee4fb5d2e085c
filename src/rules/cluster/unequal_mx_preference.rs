//! # unequal-mx-preference
//!
//! The MX records that lead to the nodes do not share one preference.
//!
//! ## Why
//!
//! Mail goes to the lowest preference first, and to the next only when that fails (RFC 5321 section 5.1). Only
//! among equal preferences does the sender choose at random: unequal ones are no balance. The node with the
//! lowest number takes all mail of the domain.
//!
//! A backup outside the cluster with a higher number is fine.
//!
//! ## Example
//!
//! ```zone
//! @      MX 10 node00
//! @      MX 20 node01
//! node00 A  192.0.2.10
//! node01 A  192.0.2.11
//! imap   A  192.0.2.10
//!        A  192.0.2.11
//! ```
//!
//! ## What to do
//!
//! Give all MX records of the nodes the same preference.
//!
//! ## Fix
//!
//! Safe: writes the preference that is declared, or that most of the records have.
//!
//! ## References
//!
//! DNS balancing HOWTO 2.2.1; RFC 5321 section 5.1

use crate::cluster::{Cluster, Domain, Exchange, Leads};
use crate::diagnostic::{Change, Findings, Group, Level, Part, Value};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use std::collections::BTreeMap;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "unequal-mx-preference",
    group: Group::Cluster,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Domain(check),
};

fn check(cluster: &Cluster<'_>, domain: &Domain<'_>, findings: &mut Findings<'_>) {
    let zone = domain.zone();
    let nodes: Vec<&Exchange<'_>> = domain
        .exchanges()
        .iter()
        .filter(|exchange| matches!(exchange.leads, Leads::Nodes(_) | Leads::Drifted(_) | Leads::Retired))
        .collect();
    let mut counts: BTreeMap<u16, usize> = BTreeMap::new();
    for exchange in &nodes {
        *counts.entry(exchange.preference).or_default() += 1;
    }
    let (Some((&lowest, _)), true) = (counts.first_key_value(), counts.len() > 1) else { return };
    // The preference that is declared is the right one, or else the one that most have; where that is
    // undecided, the lowest.
    let most = counts.iter().max_by_key(|&(&preference, &n)| (n, u16::MAX - preference));
    let usual = cluster.preference().unwrap_or(most.map_or(lowest, |(&preference, _)| preference));
    let mut odd = nodes.iter().filter(|exchange| exchange.preference != usual);
    let Some(first) = odd.next() else { return };
    let taking: Vec<String> =
        nodes.iter().filter(|e| e.preference == lowest).map(|e| format!("`{}`", e.host)).collect();
    let origin = zone.origin();
    let message = format!(
        "`{}` has preference {} where the others have {usual}: all mail goes to {}",
        first.host,
        first.preference,
        taking.join(", ")
    );
    let diagnostic = findings
        .report(zone.place(first.record, Part::Field(0)), message)
        .about(origin, RrType::MX)
        .data(first.host)
        .note("senders choose at random only among equal preferences; a higher number is used when the lower ones fail")
        .help(format!("write `{usual}` in every MX record that leads to a node"));
    let rest: Vec<_> = odd.collect();
    let wrong = std::iter::once(first).chain(rest.iter().copied());
    let value = || Value::Number(usual.into());
    let set =
        |e: &&Exchange<'_>| Some(Change::Set { record: zone.site(e.record)?, field: 0, value: value() });
    diagnostic.safe_fix(format!("writes `{usual}` there"), wrong.map(set));
    for exchange in rest {
        diagnostic
            .label(zone.place(exchange.record, Part::Field(0)), format!("{} here", exchange.preference));
    }
    if let Some(right) = nodes.iter().find(|exchange| exchange.preference == usual) {
        diagnostic.label(zone.place(right.record, Part::Field(0)), format!("the others have {usual}"));
    }
}
