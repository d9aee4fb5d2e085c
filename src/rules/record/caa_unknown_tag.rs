//! # caa-unknown-tag
//!
//! A CAA record has a tag that no certification authority knows, or a value or flag that says nothing.
//!
//! ## Why
//!
//! Authorities pass over a tag that they do not know: a record with `isue` allows nobody and forbids nothing. With
//! the critical flag (128) it is worse, as they then issue no certificate at all. An `iodef` that is no address of
//! mail or web is never reported to, and an `issue` with something else than the domain of an authority allows nobody.
//!
//! ## Example
//!
//! ```zone
//! @ CAA 0 isue "ca.example.net"
//! ```
//!
//! ## What to do
//!
//! Correct the tag, the value or the flag, which is 0 or 128. Known tags are `issue`, `issuewild`, `issuemail`, `issuevmc`, `iodef`, `contactemail` and
//! `contactphone`.
//!
//! ## References
//!
//! RFC 8659 section 4; RFC 9495; IANA registry of CAA properties

use std::borrow::Cow;

use crate::diagnostic::{Findings, Group, Level, Part};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::{Record, Zone};

/// CAA (RFC 8659).
const CAA: RrType = RrType::new(257);

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "caa-unknown-tag",
    group: Group::Record,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Record(&[CAA], check),
};

/// The tags of the registry.
const KNOWN: [&str; 7] =
    ["issue", "issuewild", "issuemail", "issuevmc", "iodef", "contactemail", "contactphone"];

fn check(zone: &Zone, record: &Record, findings: &mut Findings<'_>) {
    let [flags, length, rest @ ..] = zone.rdata(record).wire() else { return };
    let Some((tag, value)) = rest.split_at_checked(usize::from(*length)) else { return };
    let (Ok(tag), owner) = (std::str::from_utf8(tag), zone.name(record.owner())) else { return };
    if flags & !128 != 0 {
        findings
            .report(
                zone.place(record, Part::Field(0)),
                format!("`{flags}` is no flag of a CAA record; write `0`, or `128` if it is critical"),
            )
            .about(owner, CAA)
            .data(flags)
            .note("of the eight bits only the highest means something: the others are passed over")
            .help("with `128`, authorities that do not know the tag issue no certificate");
    }
    if !KNOWN.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
        let note = if flags & 128 == 0 {
            "authorities pass over it: it allows nobody and forbids nothing"
        } else {
            "the critical flag is set: authorities that do not know the tag issue no certificate at all"
        };
        let near =
            KNOWN.iter().find(|known| strsim::damerau_levenshtein(known, &tag.to_ascii_lowercase()) < 3);
        let help =
            near.map_or(format!("use one of {}", KNOWN.join(", ")), |near| format!("did you mean `{near}`?"));
        findings
            .report(
                zone.place(record, Part::Field(1)),
                format!("no certification authority knows the CAA tag `{tag}`"),
            )
            .about(owner, CAA)
            .data(tag)
            .note(note)
            .help(help);
    } else if tag.eq_ignore_ascii_case("iodef") && !is_url(value) {
        findings
            .report(
                zone.place(record, Part::Field(2)),
                "the value of `iodef` is no URL that reports can be sent to",
            )
            .about(owner, CAA)
            .data(tag)
            .note("authorities that refuse a request would report it there")
            .help("write `mailto:` before an address of mail, or a URL with `https:`");
    } else if ["issue", "issuewild"].iter().any(|issue| tag.eq_ignore_ascii_case(issue))
        && let Some(word) = no_authority(value)
    {
        findings
            .report(
                zone.place(record, Part::Field(2)),
                format!("`{word}` in the CAA record is no domain of a certification authority"),
            )
            .about(owner, CAA)
            .data(tag)
            .note("a value that is none allows nobody: no authority issues a certificate by this record")
            .help(
                "write the domain that the authority says, as `letsencrypt.org`; for several, a record each",
            );
    }
}

/// What stands in the place of the domain of an authority and is none. Nothing there, before a `;`, forbids all.
fn no_authority(value: &[u8]) -> Option<Cow<'_, str>> {
    let domain = value.split(|&b| b == b';').next().unwrap_or_default().trim_ascii();
    let is_label =
        |label: &[u8]| !label.is_empty() && label.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    let labels = || domain.split(|&b| b == b'.');
    let is_domain = labels().all(is_label) && labels().nth(1).is_some();
    (!domain.is_empty() && !is_domain).then(|| String::from_utf8_lossy(domain))
}

/// What RFC 8659 section 4.4 allows.
fn is_url(value: &[u8]) -> bool {
    let starts = |scheme: &[u8]| {
        value.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
            && value.len() > scheme.len()
    };
    [&b"mailto:"[..], b"http://", b"https://"].into_iter().any(starts)
}
