//! A provider: a folder of zones with a `named.conf`.
//!
//! Most zones belong to customers and lead to one of several mail clusters; the others are the
//! provider's own. Without mistakes on request, nothing is wrong with any of them.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::draft::{Beside, Draft};
use super::infrastructure::{self, Cluster, MOST_CLUSTERS, MOST_POOLS};
use super::mistakes::{self, Kind, On};
use super::random::Random;
use super::{Made, Planted, customer};

/// What is wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Isp {
    /// How many zones there shall be, more or less.
    pub(crate) zones: usize,
    /// In one of how many customers' zones there is a mistake; 0 for none.
    pub(crate) mistake_every: usize,
}

/// The kinds of mistakes that are made: the rule that finds each.
pub(crate) fn kinds() -> impl Iterator<Item = &'static str> {
    mistakes::all().into_iter().map(|kind| kind.rule)
}

impl Isp {
    /// Writes the zones into an empty folder.
    pub(crate) fn write(self, root: &Path) -> io::Result<Made> {
        let pools = (self.zones / 50).min(MOST_POOLS) / 2;
        let clusters: Vec<_> = (0..(self.zones / 500).clamp(4, MOST_CLUSTERS)).map(Cluster::new).collect();
        let mut tree = Tree::new(root)?;
        for cluster in &clusters {
            tree.fragment(&format!("mail{}.inc", cluster.number), &infrastructure::fragment(cluster))?;
        }
        tree.zone(&infrastructure::provider(&clusters, pools), "provider.example.zone")?;
        for zone in infrastructure::server_reverse(&clusters) {
            tree.zone(&zone, &format!("db.{}", zone.origin))?;
        }
        let (customers, reverse): (Vec<_>, Vec<_>) =
            mistakes::all().into_iter().partition(|kind| kind.on != On::Reverse);
        // Reverse zones are few, and have more of it.
        let every = self.mistake_every.div_ceil(4);
        for pool in 0..pools {
            let zone = infrastructure::pool(pool);
            tree.zone(&zone, &format!("{}.zone", zone.origin))?;
            let mut zone = infrastructure::pool_reverse(pool);
            if let Some(kind) = turn(&reverse, every, pool) {
                (kind.plant)(&mut zone, &clusters[0], pool);
            }
            tree.zone(&zone, &format!("db.{}", zone.origin))?;
        }
        for number in 0..self.zones.saturating_sub(tree.made.zones) {
            let (zone, file) = customer_zone(number, turn(&customers, self.mistake_every, number), &clusters);
            tree.zone(&zone, &file)?;
        }
        tree.finish()
    }
}

/// The mistake that is to be made in the zone of this number: one kind after the other.
fn turn(kinds: &[Kind], every: usize, number: usize) -> Option<&Kind> {
    let due = every > 0 && number % every == every / 2;
    due.then(|| &kinds[number / every % kinds.len()])
}

fn customer_zone(number: usize, kind: Option<&Kind>, clusters: &[Cluster]) -> (Draft, String) {
    let mut random = Random::new(number as u64);
    random.next();
    // Some clusters have more domains than others.
    let limit = if random.chance(50) { clusters.len() } else { clusters.len() / 2 };
    let home = random.below(limit);
    let chosen = customer::mail(&mut random);
    let mail = kind.and_then(|kind| kind.on.mail()).unwrap_or(chosen);
    let plain = || clusters[..=home].iter().rfind(|cluster| cluster.is_plain());
    let cluster = match kind {
        Some(kind) if kind.on.mail().is_some() => plain().expect("the first cluster is plain"),
        _ => &clusters[home],
    };
    let mut zone = customer::zone(number, mail, cluster, &mut random);
    if let Some(kind) = kind {
        (kind.plant)(&mut zone, cluster, number);
    }
    let file = match random.below(3) {
        0 => format!("db.{}", zone.origin),
        1 => format!("{}.zone", zone.origin),
        _ => zone.origin.clone(),
    };
    (zone, file)
}

/// The folder, as it grows.
struct Tree<'r> {
    root: &'r Path,
    conf: BufWriter<File>,
    made: Made,
}

impl<'r> Tree<'r> {
    fn new(root: &'r Path) -> io::Result<Self> {
        for folder in ["common", "provider", "reverse", "access"] {
            fs::create_dir_all(root.join(folder))?;
        }
        for leaf in 0..=0xff {
            fs::create_dir_all(root.join(format!("zones/{:x}/{:x}", leaf >> 4, leaf & 15)))?;
        }
        fs::write(root.join("zoneward.toml"), "# Relative includes start in this folder.\n")?;
        let mut conf = BufWriter::new(File::create(root.join("named.conf"))?);
        writeln!(conf, "options {{\n\tdirectory \"{}\";\n\trecursion no;\n}};\n", root.display())?;
        Ok(Self { root, conf, made: Made::default() })
    }

    fn fragment(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.made.bytes += text.len() as u64;
        fs::write(self.root.join("common").join(name), text)
    }

    fn zone(&mut self, zone: &Draft, file: &str) -> io::Result<()> {
        let (text, found) = zone.write();
        let path = PathBuf::from(&zone.folder).join(file);
        fs::write(self.root.join(&path), &text)?;
        writeln!(self.conf, "zone \"{}\" {{ type primary; file \"{}\"; }};", zone.origin, path.display())?;
        self.made.zones += 1;
        self.made.bytes += text.len() as u64;
        let planted = found.into_iter().map(|(line, rule)| Planted { path: path.clone(), line, rule });
        self.made.planted.extend(planted);
        if let Some(Beside { name, text, rule }) = &zone.beside {
            let path = PathBuf::from(&zone.folder).join(name);
            fs::write(self.root.join(&path), text)?;
            self.made.planted.extend(rule.map(|rule| Planted { path, line: 1, rule }));
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<Made> {
        self.conf.flush()?;
        Ok(self.made)
    }
}
