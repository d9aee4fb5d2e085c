//! # bad-field
//!
//! A word in the data that is not what its place asks for.
//!
//! ## Why
//!
//! Fields of the rarer types have forms of their own: the address of a gateway, a hardware address, a range of
//! addresses, a URI in quotes. `named` says `syntax error` or something similar, and refuses the zone.
//!
//! ## Example
//!
//! ```zone
//! _http._tcp  URI    10 1 https://www.example.net/
//! host        EUI48  00:00:5e:00:53:2a
//! ```
//!
//! ## What to do
//!
//! Correct the word as the message says.
//!
//! ## References
//!
//! RFC 7553 (URI), RFC 7043 (EUI48, EUI64), RFC 4025 (IPSECKEY), RFC 8777 (AMTRELAY), RFC 3123 (APL), RFC 6742
//! (NID, L32, L64), RFC 1183 (X25), RFC 1706 (NSAP)

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "bad-field",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::BadField, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let word = fault.shown();
    let (rtype, reason) = fault.detail.split_once(' ').unwrap_or_default();
    findings
        .report(
            Place::whole(fault.span),
            format!("`{word}` is no data for `{rtype}` here: {reason}; correct it"),
        )
        .note("`named` says `syntax error` or something similar, and refuses the zone")
        .help(example(rtype));
}

/// How a record of this type is written.
fn example(rtype: &str) -> String {
    let example = match rtype {
        "URI" => "URI 10 1 \"https://www.example.net/\"",
        "EUI48" => "EUI48 00-00-5e-00-53-2a",
        "EUI64" => "EUI64 00-00-5e-ef-10-00-00-2a",
        "IPSECKEY" => "IPSECKEY 10 1 2 192.0.2.38 AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==",
        "AMTRELAY" => "AMTRELAY 10 0 1 192.0.2.1",
        "APL" => "APL 1:192.0.2.0/24 !2:2001:db8::/32",
        "NID" | "L64" => "NID 10 0014:4fff:ff20:ee64",
        "L32" => "L32 10 10.1.2.0",
        "X25" => "X25 311061700956",
        "NSAP" => "NSAP 0x47.0005.80.005a00.0000.0001.e133.ffffff000161.00",
        "ATMA" => "ATMA +61.200000000",
        "A6" => "A6 0 2001:db8::1",
        "WKS" => "WKS 192.0.2.1 TCP 25 80",
        "RRSIG" => {
            return "the labels field counts the labels of the owner; sign the zone again".into();
        }
        _ => return format!("compare it with another `{rtype}` record"),
    };
    format!("as `{example}`")
}
