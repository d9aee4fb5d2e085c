//! # occluded-by-delegation
//!
//! Records stand at or below a zone cut, and are never served from here.
//!
//! ## Why
//!
//! NS records below the apex delegate a name and all below it: whoever asks is sent to those servers, and
//! what else stands here is never answered. `named` loads it without a word. It happens when a
//! subdomain is delegated and its old records stay behind, or when new ones go to the wrong file.
//! Addresses of the name servers themselves (glue) are what may stand there.
//!
//! ## Example
//!
//! ```zone
//! dev       NS  ns.dev
//! ns.dev    A   192.0.2.2
//! www.dev   A   192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Move the records to the zone that is delegated; or delete the NS records if there is none.
//!
//! There is one finding for each zone cut.
//!
//! ## References
//!
//! RFC 1034 section 4.2.1, RFC 2136 section 7.18

use std::cell::LazyCell;
use std::collections::{BTreeMap, HashSet};

use rayon::prelude::*;

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{NameId, Record, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "occluded-by-delegation",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    if !zone.delegates() || !may_occlude(zone) {
        return;
    }
    let glue = LazyCell::new(|| glue(zone));
    let is_glue = |cut: NameId, id: NameId| zone.is_glue(cut, zone.name(id)) || glue.contains(&id);
    let mut occluded: BTreeMap<NameId, Vec<&Record>> = BTreeMap::new();
    for id in zone.names() {
        let Some(cut) = zone.cut(id) else { continue };
        let records = || zone.at(id).filter(|record| is_occluded(zone, record, cut, &is_glue));
        if records().next().is_some() {
            occluded.entry(cut).or_default().extend(records());
        }
    }
    // Where an SOA stands, a zone begins that got the wrong name: `soa-not-at-apex` and `no-soa` speak of it.
    occluded.retain(|cut, _| !zone.has(*cut, RrType::SOA));
    for (cut, records) in occluded {
        report(zone, cut, &records, findings);
    }
}

/// Names that are looked at at once in a large zone.
const CHUNK: usize = 4096;

/// Something may be occluded: glue of another delegation than its own is still taken for that here. In most
/// zones nothing is.
fn may_occlude(zone: &Zone) -> bool {
    let is_suspect = |id: NameId| {
        // Most names are right below the apex, and not delegated.
        if !zone.is_cut(id) && zone.parent(id).is_none_or(|above| above == zone.apex()) {
            return false;
        }
        zone.cut(id).is_some_and(|cut| {
            let glue = LazyCell::new(|| zone.is_glue(cut, zone.name(id)));
            zone.at(id).any(|record| is_occluded(zone, record, cut, &|_, _| *glue))
        })
    };
    let chunks = (0..zone.name_count()).into_par_iter().step_by(CHUNK);
    let any = |start: usize| zone.names_in(start..start + CHUNK).any(is_suspect);
    if zone.name_count() > CHUNK { chunks.any(any) } else { any(0) }
}

/// The names that NS records lead to, those of delegations that are served.
fn glue(zone: &Zone) -> HashSet<NameId> {
    let servers = zone.records().iter().filter(|record| record.rtype() == RrType::NS);
    let served = servers.filter(|ns| zone.cut(ns.owner()).is_none_or(|cut| cut == ns.owner()));
    served.filter_map(|ns| zone.find(zone.rdata(ns).target()?)).collect()
}

fn is_occluded(zone: &Zone, record: &Record, cut: NameId, is_glue: &impl Fn(NameId, NameId) -> bool) -> bool {
    match record.rtype() {
        // An NS record that could not be read may make it glue.
        RrType::A | RrType::AAAA => zone.is_complete() && !is_glue(cut, record.owner()),
        RrType::SOA => false,
        RrType::NS | RrType::DS | RrType::NSEC | RrType::NSEC3 | RrType::RRSIG => record.owner() != cut,
        _ => true,
    }
}

fn report(zone: &Zone, cut: NameId, records: &[&Record], findings: &mut Findings<'_>) {
    let (first, delegated) = (records[0], zone.name(cut));
    let (owner, rtype) = (zone.name(first.owner()), first.rtype());
    let stands = if first.owner() == cut { "is delegated" } else { "lies below a delegation" };
    let found = findings.report(
        zone.place(first, Part::Owner),
        format!("`{owner}` {stands}: its {rtype} record is never served from here"),
    );
    found.about(owner, rtype);
    if let Some(ns) = zone.rrset(cut, RrType::NS).next() {
        found.label(zone.place(ns, Part::Owner), format!("`{delegated}` is delegated here"));
    }
    if records.len() > 1 {
        let more = records.len() - 1;
        let noun = if more == 1 { "record is" } else { "records are" };
        found.note(format!("{more} more {noun} occluded by the same delegation"));
    }
    found.note(format!("whoever asks for it is sent to the name servers of `{delegated}`")).help(format!(
        "move it to the zone `{delegated}`, or delete the NS records of `{delegated}` if it is none"
    ));
}
