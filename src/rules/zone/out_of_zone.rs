//! # out-of-zone
//!
//! Records stand under an owner that is outside the zone.
//!
//! ## Why
//!
//! `named` ignores them (`ignoring out-of-zone data`) and loads the rest: whoever added them waits in vain
//! for them to work. Other servers refuse the zone. An owner with its final dot is taken as it stands,
//! whatever the zone is called; it is often copied from another zone.
//!
//! ## Example
//!
//! ```zone
//! www.example.net.  A  192.0.2.3
//! ```
//!
//! ## What to do
//!
//! Correct the owner, move the record to the zone that it belongs to, or delete it. If most of the file
//! is outside, then the zone name in `named.conf`, or the name of the file, is wrong.
//!
//! ## References
//!
//! RFC 1035 section 5.2

use crate::diagnostic::{Findings, Group, Level, Part, Place};
use crate::rules::{Check, Rule};
use crate::zone::{OutOfZone, Zone};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "out-of-zone",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    let Some(first) = zone.out_of_zone().first() else { return };
    if !zone.is_mostly_outside() {
        // Of an SOA that is at the root, `no-soa` speaks.
        let is_told = |block: &&OutOfZone| zone.soa().is_none() && block.owner.as_ref().is_root();
        let blocks = zone.out_of_zone().iter().filter(|block| !is_told(block));
        blocks.for_each(|block| one_owner(zone, block, findings));
    } else if zone.soa().is_some() || !zone.knows(zone.origin()) {
        // One cause: the origin. Where the SOA is outside, too, `no-soa` says it.
        whole_file(zone, first, findings);
    }
}

fn place(block: &OutOfZone) -> Place {
    Place { span: block.span, part: Part::Owner }
}

fn one_owner(zone: &Zone, block: &OutOfZone, findings: &mut Findings<'_>) {
    let (owner, origin) = (&block.owner, zone.origin());
    let found = findings.report(place(block), format!("`{owner}` is outside the zone `{origin}`"));
    let records = match block.records {
        1 => "this record".to_owned(),
        2 => "this record and the next one".to_owned(),
        many => format!("this record and {} more", many - 1),
    };
    found
        .about(owner, "")
        .note(format!("`named` ignores {records}, and loads the rest of the zone"))
        .help(help(zone, block));
}

fn help(zone: &Zone, block: &OutOfZone) -> String {
    let (text, origin) = (block.owner.to_string(), zone.origin().to_string());
    if let Some(front) = text.strip_suffix(&origin).filter(|front| !front.is_empty() && !front.ends_with('.'))
    {
        return format!(
            "a dot is missing before the zone's name: write `{front}.{origin}.`, or just `{front}`"
        );
    }
    let short = !text.contains('.') && text != ".";
    let behind = origin.strip_prefix(&text).is_some_and(|rest| rest.starts_with('.'));
    if short || behind {
        return format!("without its final dot, `{text}` would be `{text}.{origin}`");
    }
    format!("correct the owner, or move it to the zone that has `{text}`")
}

fn whole_file(zone: &Zone, first: &OutOfZone, findings: &mut Findings<'_>) {
    let origin = zone.origin();
    let outside: usize = zone.out_of_zone().iter().map(|block| block.records).sum();
    let all = outside + zone.records().len();
    findings
        .report(
            place(first),
            format!("`{}` and most of the file are outside the zone `{origin}`", first.owner),
        )
        .about(origin, "")
        .note(format!("`named` ignores {outside} of {all} records"))
        .help(format!("give the file its right origin instead of `{origin}`"));
}
