//! Reverse zones in file names: `db.192.168.1` and `1.168.192.rev` are the same zone, and whether
//! `10.20` is `20.10.in-addr.arpa` is told by which networks exist.

use memchr::memmem;

use super::file_name::Reading;
use crate::syntax::{Directive, Reader, RrType, directive, header};

/// Records that are looked at to tell a reverse zone.
const LOOKED_AT: usize = 200;

/// A name that contains `in-addr.arpa` or `ip6.arpa`, maybe with words around it.
pub(super) fn arpa(stem: &str, text: &[u8]) -> Option<Reading> {
    let (at, tree) = ["in-addr.arpa", "ip6.arpa"].iter().find_map(|tree| Some((stem.find(tree)?, *tree)))?;
    let behind = &stem[at + tree.len()..];
    let mut labels: Vec<Label> = Vec::new();
    let mut junk = !behind.is_empty();
    for label in stem[..at].strip_suffix('.')?.rsplit('.') {
        match Label::read(label, tree) {
            Some(label) if !junk || !behind.is_empty() => labels.push(label),
            // A word before the network; a number that is none may be a part of it.
            None if !label.bytes().any(|b| b.is_ascii_digit()) => junk = true,
            _ => return None,
        }
    }
    if labels.is_empty() {
        return None;
    }
    labels.reverse();
    let join = |range: fn(&Label, &[u8]) -> String| -> String {
        labels.iter().map(|label| range(label, text) + ".").chain([tree.to_owned()]).collect()
    };
    let names = [
        join(|label, _| label.with('/')),
        join(|label, _| label.with('-')),
        join(|label, _| label.with('_')),
    ];
    Reading::new(&join(Label::most_likely), !junk, &names)
}

/// A label of a reverse name.
enum Label {
    Plain(String),
    /// Part of a network (RFC 2317): `0/25`, which a file name cannot have, or a range, `0-127`.
    Range(u32, char, u32),
}

impl Label {
    fn read(label: &str, tree: &str) -> Option<Self> {
        if tree == "ip6.arpa" {
            let nibble = label.len() == 1 && label.bytes().all(|b| b.is_ascii_hexdigit());
            return nibble.then(|| Self::Plain(label.to_owned()));
        }
        if octet(label).is_some() {
            return Some(Self::Plain(label.to_owned()));
        }
        let separator = label.find(['-', '_'])?;
        let (from, to) = (octet(&label[..separator])?, octet(&label[separator + 1..])?);
        Some(Self::Range(from.into(), if label.contains('-') { '-' } else { '_' }, to.into()))
    }

    fn with(&self, separator: char) -> String {
        match self {
            Self::Plain(label) => label.clone(),
            Self::Range(from, _, to) => format!("{from}{separator}{to}"),
        }
    }

    /// The form that the text has, or else the one that such a file name stands for.
    fn most_likely(&self, text: &[u8]) -> String {
        let Self::Range(_, separator, to) = *self else { return self.with('/') };
        let has = |separator| memmem::find(text, self.with(separator).as_bytes()).is_some();
        let length = (25..=32).contains(&to);
        match separator {
            _ if has('/') => self.with('/'),
            '-' if has('-') || !length => self.with('-'),
            _ => self.with('/'),
        }
    }
}

/// A name of digits alone: octets of an IPv4 network, or groups of an IPv6 one.
pub(super) fn digits(stem: &str, text: &[u8]) -> Option<Reading> {
    if stem.contains(':') {
        return ipv6(stem.trim_end_matches("::").split(':'));
    }
    // A label of digits is no top-level domain.
    if stem.rsplit('.').next().is_none_or(|last| !last.bytes().any(|b| b.is_ascii_digit())) {
        return None;
    }
    let unique_local = stem.len() > 4 && stem.is_char_boundary(4) && is_unique_local(&stem[..4]);
    if unique_local && stem[4..].starts_with('.') {
        return mostly_ptr(text).then(|| ipv6(stem.split('.')))?;
    }
    let octets: Vec<u8> = stem.split('.').map(octet).collect::<Option<_>>()?;
    let network = ipv4(&octets).or_else(|| written_in(text, &octets))?;
    mostly_ptr(text).then(|| Reading::new(&zone_of(&network), false, &[]))?
}

/// The reverse zone of a network.
fn zone_of(network: &[u8]) -> String {
    network.iter().rev().map(|octet| format!("{octet}.")).chain(["in-addr.arpa".to_owned()]).collect()
}

/// The network that octets mean, in either order, of which the zone stands in the text with its final dot.
fn written_in(text: &[u8], octets: &[u8]) -> Option<Vec<u8>> {
    let turned: Vec<u8> = octets.iter().rev().copied().collect();
    let is_written = |network: &[u8]| {
        let zone = zone_of(network) + ".";
        // `7.0.10.in-addr.arpa.` is in the zone, `70.10.in-addr.arpa.` is not.
        let is_whole = |at: usize| at.checked_sub(1).is_none_or(|before| !text[before].is_ascii_digit());
        memmem::find_iter(text, zone.as_bytes()).any(is_whole)
    };
    match (is_written(octets), is_written(&turned)) {
        (true, false) => Some(octets.to_vec()),
        (false, true) => Some(turned),
        _ => None,
    }
}

fn octet(text: &str) -> Option<u8> {
    let canonical = text == "0" || !text.starts_with(['0', '+']);
    text.parse().ok().filter(|_| canonical)
}

/// The network that octets mean, in network order, if they can mean one only.
fn ipv4(octets: &[u8]) -> Option<Vec<u8>> {
    let as_is = octets.to_vec();
    let turned: Vec<u8> = octets.iter().rev().copied().collect();
    match octets {
        // Debian's db.0, db.127 and db.255. `db.192` may be any network that begins so.
        [0 | 127 | 255] => Some(as_is),
        [_, _] | [_, _, _] if as_is == turned => Some(as_is),
        [_, _] | [_, _, _] => match (is_reserved(&as_is), is_reserved(&turned)) {
            (true, false) => Some(as_is),
            (false, true) => Some(turned),
            (true, true) => None,
            (false, false) if octets.len() < 3 => None,
            (false, false) => match (exists(&as_is), exists(&turned)) {
                (true, false) => Some(as_is),
                (false, true) => Some(turned),
                _ => None,
            },
        },
        _ => None,
    }
}

/// Networks that nobody has by himself, so that people write of them in their own files: private
/// (RFC 1918), documentation (RFC 5737), carrier (RFC 6598) and link-local ones.
fn is_reserved(network: &[u8]) -> bool {
    matches!(
        network,
        [10, ..]
            | [172, 16..=31, ..]
            | [192, 168, ..]
            | [192, 0, 2]
            | [198, 51, 100]
            | [203, 0, 113]
            | [100, 64..=127, ..]
            | [169, 254, ..]
    )
}

/// Whether a network can have hosts: it is not 0/8, nor multicast and beyond.
fn exists(network: &[u8]) -> bool {
    matches!(network, [1..=223, ..])
}

fn is_unique_local(group: &str) -> bool {
    group.starts_with(['f'])
        && group[1..].starts_with(['c', 'd'])
        && group.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The nibbles of IPv6 groups, each of which has four.
fn ipv6<'a>(groups: impl Iterator<Item = &'a str>) -> Option<Reading> {
    let mut nibbles = String::new();
    let mut count = 0;
    for group in groups {
        if !(1..=4).contains(&group.len()) || !group.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        nibbles.extend(std::iter::repeat_n('0', 4 - group.len()).chain(group.chars()));
        count += 1;
    }
    let name: String = nibbles.chars().rev().flat_map(|nibble| [nibble, '.']).collect();
    (2..=8).contains(&count).then(|| Reading::new(&format!("{name}ip6.arpa"), false, &[]))?
}

/// Whether a text has as many PTR records as all others together, SOA and NS left out.
fn mostly_ptr(text: &[u8]) -> bool {
    let mut reader = Reader::new(text);
    let (mut ptr, mut others) = (0_usize, 0_usize);
    while ptr + others < LOOKED_AT
        && let Some(entry) = reader.next_entry()
    {
        let tokens = reader.tokens();
        let generate = directive(text, tokens) == Some(Directive::Generate) && tokens.len() > 3;
        let tokens = if generate { &tokens[2..] } else { tokens };
        match header(text, tokens, entry.indented).map(|header| header.rtype) {
            Ok(RrType::PTR) => ptr += 1,
            Ok(RrType::SOA | RrType::NS) | Err(_) => {}
            Ok(_) => others += 1,
        }
    }
    ptr >= others
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::file_name::read;

    const PTR: &str = "@ SOA a b 1 2 3 4 5\n NS a.\n1 PTR a.example.\n";

    fn said(path: &str, text: &str) -> Option<String> {
        read(Path::new(path), text.as_bytes()).map(|reading| reading.origin.to_string())
    }

    #[test]
    fn networks_with_one_reading() {
        let known = [
            ("db.1.168.192", "1.168.192.in-addr.arpa"),
            ("db.192.168.1", "1.168.192.in-addr.arpa"),
            ("1.168.192.rev", "1.168.192.in-addr.arpa"),
            ("rev.7.168.192.db", "7.168.192.in-addr.arpa"),
            ("10.130.zone", "130.10.in-addr.arpa"),
            ("dns/db.10.127", "127.10.in-addr.arpa"),
            ("10.115.zone", "115.10.in-addr.arpa"),
            ("master_db.10.33", "33.10.in-addr.arpa"),
            ("var/bind/master/10.168", "168.10.in-addr.arpa"),
            ("db.172.17.0", "0.17.172.in-addr.arpa"),
            ("0.0.127.zone", "0.0.127.in-addr.arpa"),
            ("db.127", "127.in-addr.arpa"),
            ("db.192.0.2", "2.0.192.in-addr.arpa"),
            ("db.224.99.10.in-addr.arpa", "224.99.10.in-addr.arpa"),
            ("10.in-addr.arpa", "10.in-addr.arpa"),
            ("b.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.zone", "b.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"),
            ("fdef:ffc0:3dd7.zone", "7.d.d.3.0.c.f.f.f.e.d.f.ip6.arpa"),
            ("db.2001:db8::", "8.b.d.0.1.0.0.2.ip6.arpa"),
            ("dns/db.fd10.127", "7.2.1.0.0.1.d.f.ip6.arpa"),
            ("0_25.2.0.192.in-addr.arpa", "0/25.2.0.192.in-addr.arpa"),
            ("0-25.2.0.192.in-addr.arpa.zone", "0/25.2.0.192.in-addr.arpa"),
            ("0-127.2.0.192.in-addr.arpa.zone", "0-127.2.0.192.in-addr.arpa"),
            ("rev.2.0.192.in-addr.arpa", "2.0.192.in-addr.arpa"),
            ("rev-1.2.0.192.in-addr.arpa", "1.2.0.192.in-addr.arpa"),
            ("int.2.0.192.in-addr.arpa", "2.0.192.in-addr.arpa"),
            ("2.0.192.in-addr.arpa/zone.db", "2.0.192.in-addr.arpa"),
        ];
        for (path, origin) in known {
            assert_eq!(said(path, PTR).as_deref(), Some(origin), "{path}");
        }
        assert_eq!(
            said("0-25.2.0.192.in-addr.arpa", "$ORIGIN 0-25.2.0.192.in-addr.arpa.\n").as_deref(),
            Some("0-25.2.0.192.in-addr.arpa")
        );
    }

    #[test]
    fn networks_with_two_readings_or_none() {
        let silent = [
            "db.174.137.52",
            "rev/db.208.77.98.67",
            "10.1.10.1",
            "db.10.20.10.30",
            "db.10.1.172.16",
            "192",
            "db.10",
            "db.172.16.10",
            "203.113",
            "db.300.168.192",
            "db.192.168.01",
            "net1.2.0.192.in-addr.arpa",
            "in-addr.arpa",
            "1_168_192.in-addr.arpa",
            "12.ip6.arpa",
            "fdef:ffc0:xyz",
            "fdef::1:2",
            "db.rev",
        ];
        for path in silent {
            assert_eq!(said(path, PTR), None, "{path}");
        }
        let with = |line: &str| format!("{PTR}{line}\n");
        let written = said("db.174.137.52", &with("1.52.137.174.in-addr.arpa. PTR a."));
        assert_eq!(written.as_deref(), Some("52.137.174.in-addr.arpa"), "the text says which");
        assert_eq!(said("db.174.137.52", &with("152.137.174.in-addr.arpa. PTR a.")), None, "it does not");
        let forward = "@ SOA a b 1 2 3 4 5\nwww A 192.0.2.1\n";
        assert_eq!(said("db.192.168.1", forward), None, "no PTR records");
    }
}
