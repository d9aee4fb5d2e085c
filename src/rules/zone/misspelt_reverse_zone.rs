//! # misspelt-reverse-zone
//!
//! The name of the zone is nearly, but not quite, that of a reverse zone.
//!
//! ## Why
//!
//! Addresses are looked up below `in-addr.arpa` and `ip6.arpa` and nowhere else. `named` loads `in-addr.apra`
//! without a word, and nobody ever asks for it: mail from these addresses is refused elsewhere, as they
//! have no names.
//!
//! ## Example
//!
//! ```zone
//! ; file: named.conf
//! zone "2.0.192.in-addr.apra" { type primary; file "db.192.0.2"; };
//! ; file: db.192.0.2
//! 1  PTR  www.example.com.
//! ```
//!
//! ## What to do
//!
//! Correct the name in `named.conf`, and in the file where it stands there.
//!
//! ## References
//!
//! RFC 1035 section 3.5, RFC 3596 section 2.5

use crate::diagnostic::{Findings, Group, Level};
use crate::rules::{Check, Rule};
use crate::syntax::RrType;
use crate::zone::Zone;

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "misspelt-reverse-zone",
    group: Group::Zone,
    level: Level::Warning,
    default: true,
    options: &[],
    check: Check::Zone(check),
};

/// Above all reverse zones.
const REVERSE: [&str; 2] = ["in-addr.arpa", "ip6.arpa"];

fn check(zone: &Zone, findings: &mut Findings<'_>) {
    // What stands before the end of a reverse zone is of digits, and few zones begin so.
    let digits = |label: &[u8]| label.iter().all(|b| b.is_ascii_hexdigit() || b"/-".contains(b));
    if !digits(zone.origin().first_label()) {
        return;
    }
    let name = zone.origin().to_string();
    let Some((network, wrong, right)) = misspelt(&name) else { return };
    let meant = if network.is_empty() { right.to_owned() } else { format!("{network}.{right}") };
    findings
        .report(zone.heading(), format!("`{name}` ends in `{wrong}`; is `{meant}` meant?"))
        .about(zone.origin(), RrType::SOA)
        .note("addresses are looked up below `in-addr.arpa` and `ip6.arpa`: nobody will ask for this zone")
        .help(format!("call the zone `{meant}`"));
}

/// What stands before the misspelt end of a name, this end, and how it is written.
fn misspelt(name: &str) -> Option<(&str, &str, &'static str)> {
    // The ends of one to three labels: `in.addr.arpa` and `inaddr.arpa` are meant the same.
    let dots = name.rmatch_indices('.').map(|(at, _)| at);
    let mut ends = dots.map(|at| (&name[..at], &name[at + 1..])).chain([("", name)]).skip(1).take(2);
    let near = |(network, end): (&'_ str, &'_ str)| {
        let distance = |right: &&str| strsim::osa_distance(end, right);
        let reverse =
            !network.is_empty() && network.bytes().all(|b| b.is_ascii_hexdigit() || b"./-".contains(&b));
        let right = REVERSE.into_iter().filter(|_| reverse).min_by_key(distance)?;
        (reverse && (1..=2).contains(&distance(&right))).then_some(right)
    };
    if REVERSE.iter().any(|right| name == *right || name.ends_with(&format!(".{right}"))) {
        return None;
    }
    ends.find_map(|(network, end)| Some((network, end, near((network, end))?)))
}

#[cfg(test)]
mod tests {
    use super::misspelt;

    #[test]
    fn only_what_is_nearly_a_reverse_zone() {
        for (name, right) in [
            ("2.0.192.in-addr.apra", "in-addr.arpa"),
            ("2.0.192.in-adr.arpa", "in-addr.arpa"),
            ("2.0.192.in.addr.arpa", "in-addr.arpa"),
            ("2.0.192.inaddr.arpa", "in-addr.arpa"),
            ("8.b.d.0.1.0.0.2.ipv6.arpa", "ip6.arpa"),
            ("8.b.d.0.1.0.0.2.ip6.apra", "ip6.arpa"),
        ] {
            assert_eq!(misspelt(name).map(|(_, _, right)| right), Some(right), "{name}");
        }
        for name in
            ["2.0.192.in-addr.arpa", "0/25.2.0.192.in-addr.arpa", "ip6.arpa", "home.arpa", "example.com"]
        {
            assert_eq!(misspelt(name), None, "{name}");
        }
    }
}
