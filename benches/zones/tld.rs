//! One large zone, as a registry has it: delegations, glue, DS, NSEC3 and signatures, a line each.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::customer;
use super::mistakes::{self, Block};
use super::random::Random;
use super::{Made, Planted};

/// The name of the zone.
pub(crate) const ORIGIN: &str = "tld";

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tld {
    /// How many records there shall be, a few more or less.
    pub(crate) records: usize,
    /// At one of how many delegations there is a mistake; 0 for none.
    pub(crate) mistake_every: usize,
}

/// The mistakes of a few lines that can be made any number of times in one zone.
const MISTAKES: &[&str] = &[
    "bad-address",
    "bad-encoding",
    "bad-escape",
    "bad-length",
    "bad-timestamp",
    "class-mismatch",
    "doubled-field",
    "extra-rdata",
    "generic-rdata",
    "lost-indentation",
    "missing-rdata",
    "ttl-syntax",
    "unknown-type",
    "missing-dot",
    "nsec3-owner",
    "ds-deprecated",
    "duplicate-record",
    "rrset-ttl-mismatch",
    "cname-and-other-data",
    "cname-target-missing",
    "ds-without-ns",
    "ns-is-address",
    "ns-target-cname",
    "ns-target-no-address",
    "occluded-by-delegation",
    "out-of-zone",
    "owner-not-hostname",
];

/// The kinds of mistakes that are made: the rule that finds each.
pub(crate) fn kinds() -> &'static [&'static str] {
    MISTAKES
}

/// How many providers share most of the delegations.
const PROVIDERS: usize = 500;

impl Tld {
    /// Writes the zone.
    pub(crate) fn write(self, path: &Path) -> io::Result<Made> {
        let file = BufWriter::with_capacity(1 << 20, File::create(path)?);
        let name = PathBuf::from(path.file_name().expect("a file has a name"));
        let mut pen =
            Pen { file, name, text: String::new(), lines: 1, made: Made { zones: 1, ..Made::default() } };
        pen.head()?;
        let fits = |block: &Block| MISTAKES.contains(&block.rule) && !block.needs_provider();
        let blocks: Vec<_> = mistakes::blocks().filter(fits).collect();
        for number in 0.. {
            if pen.made.records >= self.records {
                break;
            }
            pen.delegation(number)?;
            if self.mistake_every > 0 && number % self.mistake_every == self.mistake_every / 2 {
                pen.mistake(&blocks[number / self.mistake_every % blocks.len()], number)?;
            }
        }
        pen.file.flush()?;
        Ok(pen.made)
    }
}

struct Pen {
    file: BufWriter<File>,
    name: PathBuf,
    text: String,
    /// The line that is next, from 1.
    lines: usize,
    made: Made,
}

impl Pen {
    fn head(&mut self) -> io::Result<()> {
        writeln!(self.text, "$ORIGIN {ORIGIN}.\n$TTL 86400").expect("a String takes everything");
        self.lines += 2;
        self.record("@", "SOA", format_args!("ns1.nic hostmaster.nic 2025031401 1800 900 1209600 3600"));
        for server in ["ns1.nic", "ns2.nic"] {
            self.record("@", "NS", format_args!("{server}"));
            self.record(server, "A", format_args!("192.0.2.{}", &server[2..3]));
        }
        for provider in 0..PROVIDERS {
            let owner = format!("provider{provider}");
            for server in ["ns1", "ns2"] {
                self.record(&owner, "NS", format_args!("{server}.{owner}"));
                let glue = format!("{server}.{owner}");
                self.record(&glue, "A", format_args!("198.51.{}.{}", provider / 250, 1 + provider % 250));
            }
        }
        self.flush()
    }

    fn record(&mut self, owner: &str, rtype: &str, rdata: std::fmt::Arguments<'_>) {
        writeln!(self.text, "{owner}\t86400\tIN\t{rtype}\t{rdata}").expect("a String takes everything");
        self.lines += 1;
        self.made.records += 1;
    }

    fn flush(&mut self) -> io::Result<()> {
        self.made.bytes += self.text.len() as u64;
        self.file.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }

    /// A domain with its name servers; some have glue, keys or a place in the NSEC3 chain.
    fn delegation(&mut self, number: usize) -> io::Result<()> {
        let mut random = Random::new(number as u64);
        let owner = customer::name(number);
        let owner = owner.strip_suffix(".example").expect("customers are in `example`");
        if random.chance(20) {
            for server in ["ns1", "ns2"] {
                let glue = format!("{server}.{owner}");
                self.record(owner, "NS", format_args!("{glue}.{ORIGIN}."));
                self.record(&glue, "A", format_args!("203.0.113.{}", random.octet()));
                self.record(&glue, "AAAA", format_args!("2001:db8:{:x}::53", random.below(0x1_0000)));
            }
        } else {
            let provider = random.below(PROVIDERS);
            self.record(owner, "NS", format_args!("ns1.provider{provider}"));
            self.record(owner, "NS", format_args!("ns2.provider{provider}"));
        }
        if random.chance(20) {
            let (a, b) = (random.next(), random.next());
            let tag = random.below(0x1_0000);
            self.record(owner, "DS", format_args!("{tag} 13 2 {a:016X}{b:016X}{a:016X}{b:016X}"));
            self.signature(owner, "DS", 2, &mut random);
        }
        if random.chance(9) {
            let hash = hash(&mut random);
            let next = self::hash(&mut random);
            self.record(&hash, "NSEC3", format_args!("1 1 0 - {next} NS DS RRSIG"));
            self.signature(&hash, "NSEC3", 2, &mut random);
        }
        self.flush()
    }

    fn signature(&mut self, owner: &str, covered: &str, labels: usize, random: &mut Random) {
        let key: String = (0..85)
            .map(|_| char::from(*random.pick(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef0123456789+/")))
            .collect();
        self.record(
            owner,
            "RRSIG",
            format_args!("{covered} 13 {labels} 86400 20370101000000 20250101000000 4711 {ORIGIN}. {key}A=="),
        );
    }

    /// Puts a mistake behind a delegation.
    fn mistake(&mut self, block: &Block, number: usize) -> io::Result<()> {
        let mut lines = block.lines(ORIGIN);
        for word in ["printer", "copier", "branch"] {
            lines = lines.replace(word, &format!("{word}{number}"));
        }
        let planted = block.found.iter().map(|(line, rule)| Planted {
            path: self.name.clone(),
            line: self.lines + line,
            rule,
        });
        self.made.planted.extend(planted);
        self.lines += 1 + lines.matches('\n').count();
        self.text += &lines;
        self.text.push('\n');
        self.flush()
    }
}

/// A name in the NSEC3 chain: base32hex of 20 octets.
fn hash(random: &mut Random) -> String {
    (0..32).map(|_| char::from(*random.pick(b"0123456789ABCDEFGHIJKLMNOPQRSTUV"))).collect()
}
