//! # serial-not-increased
//!
//! The records of a zone have changed since an earlier commit, and its serial has not.
//!
//! ## Why
//!
//! A secondary asks for the serial, and transfers the zone only if it is above its own: it goes on to
//! serve the old records, and nobody is told. `named` logs `zone serial unchanged` when it reloads the
//! file of such a zone, loads it all the same, and says nothing at all where the change is in an
//! `$INCLUDE`.
//!
//! ## Example
//!
//! ```zone
//! ; file: old/example.com.zone
//! $TTL 3600
//! @    SOA  ns1 hostmaster 2026112301 7200 3600 1209600 3600
//! @    NS   ns1
//! ns1  A    192.0.2.1
//! ; file: new/example.com.zone
//! $TTL 3600
//! @    SOA  ns1 hostmaster 2026112301 7200 3600 1209600 3600
//! @    NS   ns1
//! ns1  A    192.0.2.2
//! ```
//!
//! ## What to do
//!
//! Increase the serial. A change in a file that several zones include is a change of each of them.
//! Comments, layout, order and letter case are no change; a TTL is.
//!
//! It is a warning, as `named` loads the zone: `--fail-on warning`, or `serial-not-increased = "error"` in
//! `zoneward.toml`, makes a gate of it. With `inline-signing` it is an error: `named` says `new serial out of
//! range`, and goes on to serve the old records. Nothing is said where the serial is not kept by hand: it is 0, or
//! something like `@SERIAL@` that a tool fills in, or the server takes updates for the zone.
//!
//! ## References
//!
//! RFC 1034 section 4.3.5, RFC 1982, RFC 1996 section 3.10

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::{Check, Rule, Versions};
use crate::zone::{Changed, Difference, difference};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "serial-not-increased",
    group: Group::Zone,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Versions(check),
};

fn check(versions: &Versions<'_>, findings: &mut Findings<'_>) {
    let Some((serial, _)) = versions.serials().filter(|(old, new)| old == new) else { return };
    let Versions { old, new, base } = *versions;
    // What could not be read in one of them only is no change of what is served.
    if old.is_complete() != new.is_complete() {
        return;
    }
    let Some(Difference { records, first: Changed { owner, rtype, place } }) = difference(old, new) else {
        return;
    };
    let next = serial.next(findings.now()).0;
    let (serial, change) =
        (serial.0, if records == 1 { "a record".to_owned() } else { format!("{records} records") });
    let message =
        format!("`{serial}` is still the serial of `{base}`, and {change} changed since; increase it");
    let found = findings.report(versions.place(), message);
    found.about(new.origin(), "SOA").data(serial);
    match place {
        Some(place) if records == 1 => _ = found.label(place, "this changed"),
        Some(place) => _ = found.label(place, "the first of them".to_owned()),
        None if records == 1 => _ = found.note(format!("`{owner}` has lost its {rtype} record")),
        None => _ = found.note(format!("they are gone, the first of them `{owner} {rtype}`")),
    }
    let fate =
        "secondaries transfer a zone when its serial is above theirs, and keep the old records until then";
    versions.tell_fate(found, fate.to_owned());
    found.help(format!("write {next}"));
}
