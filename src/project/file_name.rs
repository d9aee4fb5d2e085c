//! The origin that a file name tells, after what real repositories call their files.
//!
//! A wrong answer costs more than none: where a name can be read in two ways, or hardly in one, there
//! is no answer.

use std::path::Path;

use memchr::memmem;

use super::reverse;
use crate::syntax::Name;

/// What a file name says.
#[derive(Debug)]
pub(super) struct Reading {
    /// The zone.
    pub(super) origin: Name,
    /// The whole name stands there: a text that says another zone contradicts it.
    pub(super) sure: bool,
    /// Other zones that the same file name may mean.
    pub(super) others: Vec<Name>,
}

impl Reading {
    pub(super) fn new(origin: &str, sure: bool, others: &[String]) -> Option<Self> {
        let parse = |name: &str| Name::parse_absolute(name).ok();
        Some(Self { origin: parse(origin)?, sure, others: others.iter().filter_map(|o| parse(o)).collect() })
    }
}

/// What template engines, backups and signers put behind a name.
const DERIVED: [&str; 10] =
    [".j2", ".jinja", ".jinja2", ".tmpl", ".tpl", ".erb", ".template", ".signed", ".bak", ".orig"];
/// What stands before the zone, with `.`, `_` or `-` between.
const PREFIXES: [&str; 7] = ["db", "named", "pri", "master", "zone", "hosts", "fwd"];
/// What says that the rest is a network.
const REVERSE: [&str; 4] = ["rev", "reverse", "inv", "arpa"];
/// What stands behind the zone.
const SUFFIXES: [&str; 9] = [".zone", ".db", ".hosts", ".dns", ".txt", ".bind", ".conf", ".cf", ".fwd"];
/// Suffixes that are top-level domains too.
const AMBIGUOUS: [&str; 2] = [".zone", ".cf"];
/// Top-level domains that make a domain of a name without prefix or suffix, with those of two letters.
const USUAL: [&str; 17] = [
    "com", "net", "org", "edu", "gov", "mil", "info", "biz", "name", "int", "app", "dev", "shop", "example",
    "test", "local", "internal",
];
/// Names that say nothing: the zone is the name of the folder.
const GENERIC: [&str; 17] = [
    "zone",
    "zones",
    "db",
    "forward",
    "fwd",
    "master",
    "primary",
    "named",
    "hosts",
    "main",
    "data",
    "domain",
    "records",
    "dns",
    "zonefile",
    "placeholder",
    "default",
];
/// Last labels that are extensions of files and no top-level domains that anyone uses.
const EXTENSIONS: [&str; 28] = [
    "inc", "include", "incl", "cfg", "conf", "yml", "yaml", "json", "toml", "log", "key", "private", "jnl",
    "html", "htm", "xml", "csv", "ini", "old", "new", "tmp", "swp", "rst", "gz", "raw", "map", "dat",
    "fragment",
];
/// First labels that stand last in a name, unless the labels of a file name are reversed.
const GENERIC_TLDS: [&str; 8] = ["com", "net", "org", "edu", "gov", "mil", "info", "biz"];

/// The zone that the name of a file tells, if it tells one.
pub(super) fn read(path: &Path, text: &[u8]) -> Option<Reading> {
    let stem = Stem::of(path)?;
    if stem.text.contains("arpa") {
        return reverse::arpa(&stem.text, text);
    }
    if let Some(reading) = reverse::digits(&stem.text, text) {
        return Some(reading);
    }
    if GENERIC.contains(&stem.text.as_str()) || stem.reverse {
        return stem.folder(path, text);
    }
    // The suffix is the top-level domain if the text has such names.
    let others: Vec<_> = stem.whole.iter().filter(|whole| is_domain(whole)).cloned().collect();
    let written = |name: &&String| memmem::find(text, format!("{name}.").as_bytes()).is_some();
    if let Some(whole) = others.iter().find(written) {
        return Reading::new(whole, false, std::slice::from_ref(&stem.text));
    }
    if !is_domain(&stem.text) {
        return None;
    }
    let sure = stem.separator != Some('-') && (stem.marked || is_usual(&stem.text));
    Reading::new(&stem.text, sure, &others)
}

/// Whether a name has the prefix or suffix of a zone file.
pub(super) fn is_marked(path: &Path) -> bool {
    Stem::of(path).is_some_and(|stem| stem.marked)
}

/// What is left of a file name for a message, where it tells no zone.
pub(super) fn remainder(path: &Path) -> String {
    Stem::of(path).map(|stem| stem.text).unwrap_or_default()
}

/// A file name without what stands around the zone.
#[derive(Debug, Default)]
struct Stem {
    text: String,
    /// It had the prefix or suffix of a zone file.
    marked: bool,
    /// It says that it is a reverse zone.
    reverse: bool,
    /// What stood between prefix and zone.
    separator: Option<char>,
    /// The names with a part that may belong to the zone after all.
    whole: Vec<String>,
}

impl Stem {
    fn of(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_lowercase();
        let mut rest = name.as_str();
        while let Some(shorter) =
            DERIVED.iter().find_map(|s| rest.strip_suffix(s)).or_else(|| without_date(rest))
        {
            rest = shorter;
        }
        let mut stem = Self::default();
        let full = rest;
        if let Some((separator, after)) = prefix(rest, &PREFIXES) {
            // `zone-h.org` is a domain.
            stem.whole.extend((separator == '-').then(|| full.to_owned()));
            (stem.separator, stem.marked, rest) = (Some(separator), true, after);
            // `master_db.10.33`
            rest = prefix(rest, &["db"]).map_or(rest, |(_, after)| after);
        }
        if let Some((_, after)) = prefix(rest, &REVERSE) {
            (stem.reverse, rest) = (true, after);
        }
        for _ in 0..2 {
            let suffix = SUFFIXES.iter().find(|s| rest.len() > s.len() && rest.ends_with(*s));
            if let Some(suffix) = suffix {
                stem.whole.extend(AMBIGUOUS.contains(suffix).then(|| rest.to_owned()));
                stem.marked |= [".zone", ".db"].contains(suffix);
                rest = &rest[..rest.len() - suffix.len()];
            }
        }
        let ending = |word: &&str| rest.strip_suffix(word).is_some_and(|r| r.ends_with('.'));
        if let Some(word) = REVERSE[..3].iter().find(|word| ending(word)) {
            (stem.reverse, rest) = (true, &rest[..rest.len() - word.len() - 1]);
        }
        stem.reverse |= REVERSE[..3].contains(&rest);
        // `db.local`, `zone.com`: nobody knows what belongs to the zone.
        rest.clone_into(&mut stem.text);
        Some(stem)
    }

    /// The name of the folder, where it is a domain: `example.com/zone.db`.
    fn folder(&self, path: &Path, text: &[u8]) -> Option<Reading> {
        let absolute = std::path::absolute(path).ok()?;
        let folder = absolute.parent()?.file_name()?.to_str()?.to_lowercase();
        if folder.rsplit('.').next() == Some("arpa") {
            return reverse::arpa(&folder, text).map(|reading| Reading { sure: false, ..reading });
        }
        if self.reverse || !is_domain(&folder) {
            return None;
        }
        Reading::new(&folder, false, &[])
    }
}

/// The rest behind one of these words and the separator after it.
fn prefix<'a>(text: &'a str, words: &[&str]) -> Option<(char, &'a str)> {
    words.iter().find_map(|word| {
        let mut rest = text.strip_prefix(word)?.chars();
        let separator = rest.next().filter(|c| "._-".contains(*c))?;
        Some((separator, rest.as_str())).filter(|(_, rest)| !rest.is_empty())
    })
}

/// `example.com.20240131` without its date.
fn without_date(text: &str) -> Option<&str> {
    let (rest, date) = text.rsplit_once('.')?;
    (date.len() == 8 && date.starts_with(['1', '2']) && date.bytes().all(|b| b.is_ascii_digit()))
        .then_some(rest)
}

/// Whether a text is a domain of two labels and more by all appearance.
fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let Some((first, last)) = text.split_once('.').zip(text.rsplit_once('.')) else { return false };
    let (first, last) = (first.0, last.1);
    let top = last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()) || last.starts_with("xn--");
    let two = text.matches('.').count() == 1;
    text.split('.').all(label)
        && top
        && !EXTENSIONS.contains(&last)
        && !["conf", "tmp"].contains(&first)
        // `com.bleysblade`: reversed labels. `com.de` and its like are rare enough.
        && !(GENERIC_TLDS.contains(&first) && last.len() > 3)
        // `forward.lab`: a word and a place, and no domain.
        && !(two && (GENERIC.contains(&first) || REVERSE.contains(&first)))
}

/// Whether a domain ends as domains do, and hardly any other file name.
fn is_usual(domain: &str) -> bool {
    let last = domain.rsplit('.').next().unwrap_or_default();
    last.len() == 2 || last.starts_with("xn--") || USUAL.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(path: &str, text: &str) -> Option<String> {
        read(Path::new(path), text.as_bytes()).map(|reading| reading.origin.to_string())
    }

    #[test]
    fn names_of_real_files() {
        let forward = [
            ("example.com.zone", "example.com"),
            ("zones/grapheneos.org.zone", "grapheneos.org"),
            ("example.com", "example.com"),
            ("etc/zones/db.ocf.berkeley.edu", "ocf.berkeley.edu"),
            ("db.asuc.org", "asuc.org"),
            ("bind/master/master.avar.example", "avar.example"),
            ("data/ccTLD/hu/google/google.hu.zone", "google.hu"),
            ("nsd/compiled/Example.COM.zone", "example.com"),
            ("example.com/zone.db", "example.com"),
            ("example.com/db", "example.com"),
            ("example.com/forward.zone", "example.com"),
            ("named.example.org", "example.org"),
            ("pri.example.org", "example.org"),
            ("hosts.example.org", "example.org"),
            ("fwd.example.org.db", "example.org"),
            ("master_example.org", "example.org"),
            ("example.org.hosts", "example.org"),
            ("example.org.dns", "example.org"),
            ("example.org.txt", "example.org"),
            ("example.org.conf", "example.org"),
            ("example.org.zone.db", "example.org"),
            ("example.org.zone.j2", "example.org"),
            ("example.org.zone.20240131", "example.org"),
            ("example.org.signed", "example.org"),
            ("corp.internal", "corp.internal"),
            ("site.local.zone", "site.local"),
            ("a.lan", "a.lan"),
            ("db.corp.test", "corp.test"),
            ("xn--mller-kva.de", "xn--mller-kva.de"),
            ("_tcp.example.com.zone", "_tcp.example.com"),
        ];
        for (path, origin) in forward {
            assert_eq!(said(path, "").as_deref(), Some(origin), "{path}");
        }
    }

    #[test]
    fn names_that_tell_nothing() {
        let silent = [
            "neonetwork",
            "db.ffcux",
            "db.lab",
            "zone",
            "placeholder",
            "website",
            "parking/placeholder.zone",
            "forward.lab",
            "reverse.lab",
            "db.forward",
            "db.reverse",
            "com.bleysblade",
            "internal.tea-cats",
            "base.zone",
            "ffhl.include",
            "soa-1.inc",
            "common/mail-a.inc",
            "named.conf",
            "named.conf.local",
            "db.local",
            "db.empty",
            "named.ca",
            "zone.com",
            "db.root",
            "<stdin>",
            "tmp.Xy12",
            "tmpabc123",
            "zones.d/zone.db",
            "bind-9.18/db",
            "v1.2",
            "a..b",
            "-a.com",
            "m\u{fc}ller.de",
            "NAME.inv",
            "example.com.c",
            "example.com/reverse.db",
        ];
        for path in silent {
            assert_eq!(said(path, "@ PTR a.\n"), None, "{path}");
        }
    }

    #[test]
    fn zone_is_a_top_level_domain_too() {
        let text = "@ SOA ns1.my.ddns.internal.zone. host 1 2 3 4 5\n";
        assert_eq!(said("my.ddns.internal.zone", text).as_deref(), Some("my.ddns.internal.zone"));
        assert_eq!(said("my.ddns.internal.zone", "").as_deref(), Some("my.ddns.internal"));
        assert_eq!(said("zone-h.org", "ns.zone-h.org. A 192.0.2.1\n").as_deref(), Some("zone-h.org"));
        assert_eq!(said("my.zone", "@ NS ns1.my.zone.\n").as_deref(), Some("my.zone"));
    }

    #[test]
    fn marks_of_zone_files() {
        for (path, marked) in
            [("db.a.b", true), ("a.b.zone", true), ("a.b", false), ("a.txt", false), ("a.db", true)]
        {
            assert_eq!(is_marked(Path::new(path)), marked, "{path}");
        }
    }
}
