//! # ds-mismatch
//!
//! No DS record of a delegation belongs to a key of the zone.
//!
//! ## Why
//!
//! The DS records say by which key the zone is signed. If it is by none of these, validating resolvers take every
//! answer of the zone for forged: it does not exist for most users. It happens when a key is changed in the zone
//! first, or when a zone is moved with its signatures.
//!
//! Compared are key tag and algorithm. Both zones must be loaded, and the keys must stand in the file: nothing is
//! said of a zone that its server signs.
//!
//! ## Example
//!
//! ```zone
//! ; file: example.com
//! sub NS ns1.example.net.
//! sub DS 12345 13 2 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA
//! ; file: sub.example.com
//! $TTL 3600
//! @ SOA ns1.example.net. hostmaster.example.net. 1 7200 3600 1209600 3600
//! @ NS ns1.example.net.
//! @ DNSKEY 257 3 13 GojIhhXUN/u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==
//! ```
//!
//! ## What to do
//!
//! Add the DS record of the key that signs the zone, and wait for its TTL before the old key goes.
//!
//! ## References
//!
//! RFC 4035 section 2.4; RFC 6781 section 4.1; RFC 4034 appendix B

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::view::View;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "ds-mismatch",
    group: Group::CrossZone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::View(check),
};

fn check(view: &View, zone: &Zone, findings: &mut Findings<'_>) {
    let Some((parent, cut)) = view.delegation(zone) else { return };
    let keys: Vec<_> = zone.rrset(zone.apex(), RrType::DNSKEY).collect();
    let known: Vec<_> = keys.iter().filter_map(|key| key_tag(zone.rdata(key).wire())).collect();
    let signers: Vec<_> = parent.rrset(cut, RrType::DS).collect();
    let (Some(key), Some(signer)) = (keys.first(), signers.first()) else { return };
    let whole = parent.knows(zone.origin()) && zone.knows(zone.origin()) && known.len() == keys.len();
    let belongs = |wire: &[u8]| match *wire {
        [high, low, algorithm, ..] => known.contains(&(u16::from_be_bytes([high, low]), algorithm)),
        _ => true,
    };
    if !whole || signers.iter().any(|signer| belongs(parent.rdata(signer).wire())) {
        return;
    }
    let tags: Vec<_> =
        known.iter().map(|(tag, algorithm)| format!("{tag} (algorithm {algorithm})")).collect();
    findings
        .report(
            parent.place(signer, Part::Rdata),
            format!("no DS record of `{}` belongs to a key of the zone", zone.origin()),
        )
        .within(parent.origin())
        .about(zone.origin(), RrType::DS)
        .label(zone.place(key, Part::Type), format!("its keys: {}", tags.join(", ")))
        .note(
            "validating resolvers take every answer of the zone for forged: it does not exist for most users",
        )
        .help("add the DS record of the key that signs the zone");
}

/// The key tag and the algorithm of a DNSKEY (RFC 4034 appendix B); `None` for RSA/MD5, which counts otherwise.
fn key_tag(wire: &[u8]) -> Option<(u16, u8)> {
    let algorithm = *wire.get(3).filter(|&&algorithm| algorithm != 1)?;
    let octet = |(at, &byte): (usize, &u8)| if at % 2 == 0 { u32::from(byte) << 8 } else { u32::from(byte) };
    let sum: u32 = wire.iter().enumerate().map(octet).sum();
    let [_, _, high, low] = sum.wrapping_add(sum >> 16).to_be_bytes();
    Some((u16::from_be_bytes([high, low]), algorithm))
}
