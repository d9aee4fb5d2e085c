//! Which zone a file is: as it was given, as it is configured, as its text says, as its name says.

use std::path::Path;

use super::doubt::{Doubt, DoubtKind};
use super::file_name::{self, Reading};
use super::in_file::{Evidence, Soa, evidence};
use super::known::KnownZone;
use super::walk::{Candidate, Request};
use crate::syntax::Name;
use crate::zone::Includes;

/// How the origin of a zone was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// By `--origin`.
    Given,
    /// By the configuration.
    Configured,
    /// By a `named.conf`.
    NamedConf,
    /// In the text: an absolute `$ORIGIN` before the SOA, or an absolute owner of the SOA.
    InFile,
    /// By the name of the file.
    FileName,
}

impl How {
    /// The words for it in the inventory.
    pub fn name(self) -> &'static str {
        match self {
            How::Given => "--origin",
            How::Configured => "zoneward.toml",
            How::NamedConf => "named.conf",
            How::InFile => "$ORIGIN or SOA",
            How::FileName => "file name",
        }
    }
}

/// What is known of the origin of a file.
#[derive(Debug)]
pub(super) struct Inferred {
    /// The zone, if it could be told.
    pub(super) origin: Option<(Name, How)>,
    /// Whether the text has an SOA; not asked where the origin is given or configured.
    pub(super) soa: Soa,
    /// What is unclear.
    pub(super) doubt: Option<Doubt>,
    /// What stands behind the SOA, or behind what was looked at, does not matter.
    pub(super) certain: bool,
}

/// Finds the origin of a file.
pub(super) fn infer(
    request: &Request,
    known: Option<&KnownZone>,
    candidate: &Candidate,
    text: &[u8],
    includes: &dyn Includes,
) -> Inferred {
    let known = known.map(|zone| (zone.origin.clone(), zone.how));
    let given = request.origin.clone().map(|origin| (origin, How::Given));
    if let Some(known) = given.or(known) {
        return Inferred { origin: Some(known), soa: Soa::Unknown, doubt: None, certain: true };
    }
    let evidence = evidence(candidate.file, text, includes);
    let path = &*candidate.path;
    let soa = evidence.soa;
    // What is left of a zone that lost its SOA still has its `$ORIGIN`.
    let first = evidence.first_origin.as_ref().filter(|_| soa != Soa::Present);
    if let Some(origin) = evidence.origin.as_ref().or(first) {
        return in_file(origin, &evidence, path, text);
    }
    if let Some(reading) = file_name::read(path, text) {
        let origin = Some((reading.origin, How::FileName));
        return Inferred { origin, soa, doubt: None, certain: false };
    }
    let doubt =
        Doubt { detail: file_name::remainder(path), ..Doubt::at(DoubtKind::OriginUnknown, evidence.place) };
    Inferred { origin: None, soa, doubt: Some(doubt), certain: false }
}

/// The text has spoken; what does the file name say to it?
fn in_file(origin: &Name, evidence: &Evidence, path: &Path, text: &[u8]) -> Inferred {
    let soa = evidence.soa;
    let agreed = Inferred { origin: Some((origin.clone(), How::InFile)), soa, doubt: None, certain: false };
    let shown = origin.to_string();
    if !origin.as_ref().is_root() && has_ignoring_case(path, &shown) {
        return Inferred { certain: soa == Soa::Present, ..agreed };
    }
    let Some(reading) = file_name::read(path, text).filter(|reading| reading.sure) else { return agreed };
    if origin.as_ref().is_root() {
        // `$ORIGIN .` and `@ SOA`: an export gone wrong, and not the root zone.
        let origin = Some((reading.origin, How::FileName));
        return Inferred { origin, soa, doubt: None, certain: false };
    }
    if !contradicts(&reading, origin, &shown) {
        return agreed;
    }
    let detail = reading.origin.to_string();
    let doubt = Doubt { zone: Some(shown), detail, ..Doubt::at(DoubtKind::OriginMismatch, evidence.place) };
    Inferred { doubt: Some(doubt), ..agreed }
}

/// Whether the name of a file contains a text, in any case.
fn has_ignoring_case(path: &Path, text: &str) -> bool {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    name.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
}

/// Whether a file name says another zone than its text, and does not just abbreviate it or say more:
/// `int-example.com`, `ex.com`.
fn contradicts(reading: &Reading, origin: &Name, shown: &str) -> bool {
    if reading.origin == *origin || reading.others.contains(origin) {
        return false;
    }
    let name = reading.origin.to_string();
    let is_reverse = |name: &str| name.rsplit('.').next() == Some("arpa");
    if is_reverse(&name) && is_reverse(shown) {
        let (a, b) = (reading.origin.as_ref(), origin.as_ref());
        return !a.is_within(b) && !b.is_within(a);
    }
    let abbreviates = |short: &str, long: &str| match (short.split_once('.'), long.split_once('.')) {
        (Some((a, below_a)), Some((b, below_b))) => {
            below_a == below_b && b.starts_with(a) && a.len() * 2 <= b.len()
        }
        _ => false,
    };
    !(name.contains(shown) || shown.contains(&name) || abbreviates(&name, shown) || abbreviates(shown, &name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::Servers;
    use crate::project::include::Resolver;
    use crate::source::Sources;

    /// How a text of this name would be loaded, and what was doubted.
    fn said(name: &str, text: &str) -> String {
        let sources = Sources::new();
        let path: &Path = Path::new(name);
        let candidate = Candidate {
            file: sources.add(path),
            path: path.into(),
            explicit: true,
            linked: false,
            astray: false,
            unseen: false,
            known: None,
        };
        let request = Request { root: ".".into(), ..Request::default() };
        let resolver = Resolver::new(&sources, &request, &Servers::default());
        let found = infer(&request, None, &candidate, text.as_bytes(), &resolver);
        let origin =
            found.origin.map_or("-".to_owned(), |(origin, how)| format!("{origin} by {}", how.name()));
        let doubt = found.doubt.map_or(String::new(), |d| format!(", {:?} {}", d.kind, d.detail));
        origin + &doubt
    }

    const AT: &str = "@ SOA ns1 host 1 2 3 4 5\n";
    const ABSOLUTE: &str = "example.com. SOA ns1 host 1 2 3 4 5\n";

    #[test]
    fn the_text_comes_before_the_name() {
        assert_eq!(
            said("db.shop.example", ABSOLUTE),
            "example.com by $ORIGIN or SOA, OriginMismatch shop.example"
        );
        assert_eq!(said("db.example.com", ABSOLUTE), "example.com by $ORIGIN or SOA");
        assert_eq!(said("x", ABSOLUTE), "example.com by $ORIGIN or SOA");
        assert_eq!(said("db.shop.example", AT), "shop.example by file name");
        assert_eq!(said("forward", AT), "-, OriginUnknown forward");
        assert_eq!(said("example.com", &format!("$ORIGIN .\n{AT}")), "example.com by file name");
        assert_eq!(said("root.zone", &format!("$ORIGIN .\n{AT}")), ". by $ORIGIN or SOA");
        assert_eq!(
            said("x.zone", "$ORIGIN example.com.\nwww A 192.0.2.1\n"),
            "example.com by $ORIGIN or SOA"
        );
    }

    #[test]
    fn a_name_that_says_more_or_less_is_no_contradiction() {
        let quiet = "example.com by $ORIGIN or SOA";
        for name in [
            "int-example.com.zone",
            "ext-example.com",
            "china.example.com.dns",
            "Example.COM.zone",
            "ex.com",
            "example.com.internal",
            "com.example",
            "example",
            "db.192.168.1",
            "forward.lab",
            "tmp.abc",
            "mail.inc",
        ] {
            assert_eq!(said(name, ABSOLUTE), quiet, "{name}");
        }
        for name in ["example.org", "example2.com.zone", "100.51.198.in-addr.arpa"] {
            assert_ne!(said(name, ABSOLUTE), quiet, "{name}");
        }
        let reverse = "0/25.2.0.192.in-addr.arpa. SOA ns1 host 1 2 3 4 5\n";
        assert!(!said("0-25.2.0.192.in-addr.arpa.zone", reverse).contains("Mismatch"));
        assert!(
            said("1.2.0.192.in-addr.arpa.zone", "2.2.0.192.in-addr.arpa. SOA a b 1 2 3 4 5\n")
                .contains("Mismatch")
        );
    }
}
