//! The size that zoneward computes for an answer is that of the answer which the server gives.
//!
//! Zones of chance, with names of all depths, aliases, wildcards, DNAMEs and sets of up to 40 records, are
//! served on a port of the loopback interface, and every name is asked for.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::net::UdpSocket;
use std::path::Path;
use std::time::Duration;

use zoneward::source::Sources;
use zoneward::syntax::{Name, NameRef, RrType};
use zoneward::zone::{Response, Scratch, Zone, load};

use super::case::folder;
use super::named;
use super::random::Random;

/// Zones that are served.
const ZONES: usize = 60;

/// The largest answer that `named` sends by UDP (`max-udp-size`), and the largest that reaches everyone.
const LARGEST: u16 = 4096;
const SAFE: u16 = 1232;

/// The order of records is that of the database, so that it can be known.
const OPTIONS: &str = "listen-on-v6 { none; }; recursion no; notify no; pid-file none; session-keyfile none;
    empty-zones-enable no; dnssec-validation no; zone-statistics none; check-names primary ignore;
    check-mx-cname ignore; check-srv-cname ignore; max-udp-size 4096; rrset-order { order none; };";

/// Names that occur in the zones, of which some are as long as a label can be.
const LABELS: &[&str] = &[
    "a",
    "b",
    "imap",
    "smtp",
    "mx1",
    "node00",
    "webmail",
    "x-1",
    "a-rather-long-label-of-some-service",
    "a-label-that-is-just-as-long-as-a-label-can-be-which-is-63-long",
];

/// Fails unless all sizes are right.
pub(crate) fn compare(seed: u64) {
    let mut random = Random::new(seed);
    let lower: Vec<_> = (0..ZONES).map(|number| zone(number, false, &mut random)).collect();
    // In one case, BIND's default is as good as any.
    judge(&lower, "");
    let mixed: Vec<_> = (0..ZONES).map(|number| zone(number, true, &mut random)).collect();
    judge(&mixed, "no-case-compress { any; };");
}

/// Serves zones, by name and text, and compares all answers.
fn judge(zones: &[(String, String)], option: &str) {
    let root = folder();
    let server = Server::start(zones, option, root.path());
    let sources = Sources::new();
    let (mut exact, mut cut, mut shortened) = (0, 0, 0);
    let mut wrong = String::new();
    for (origin, text) in zones {
        let name = Name::parse_absolute(origin).unwrap();
        let file = sources.add(&root.path().join(origin));
        let zone = load(file, text.as_bytes(), name.as_ref(), &(), &mut Scratch::default()).zone;
        for (name, rtype) in questions(&zone) {
            let Some(expected) = zone.response(name.as_ref(), rtype) else { continue };
            let Response { size, needed } = expected;
            let full = server.ask(name.as_ref(), rtype, LARGEST);
            let small = server.ask(name.as_ref(), rtype, SAFE);
            let is_right = |answer: Answer, limit: u16| {
                answer.cut == (needed > limit.into()) && (size > limit.into() || answer.size == size)
            };
            exact += usize::from(size <= LARGEST.into());
            cut += usize::from(small.cut);
            shortened += usize::from(size > SAFE.into() && !small.cut);
            if !is_right(full, LARGEST) || !is_right(small, SAFE) {
                writeln!(wrong, "{name} {rtype:?}: {expected:?}, named: {full:?}, {small:?}").unwrap();
            }
        }
    }
    eprintln!("{exact} answers of their size, {cut} truncated, {shortened} with addresses left out");
    assert!(exact > 2000 && cut > 20 && shortened > 0, "too few answers are compared");
    assert!(wrong.is_empty(), "{}", wrong.lines().take(20).collect::<Vec<_>>().join("\n"));
}

/// All names of a zone that can be asked for, with a name that each wildcard stands for.
fn questions(zone: &Zone) -> Vec<(Name, RrType)> {
    let mut names: BTreeSet<Name> = BTreeSet::new();
    for id in zone.names() {
        let name = zone.name(id);
        let below = ["made.by.a.wildcard", "q"].map(|labels| format!("{labels}.{}", name.parent().unwrap()));
        names.insert(name.into());
        if name.is_wildcard() {
            names.extend(below.iter().map(|name| Name::parse_absolute(name).unwrap()));
        } else if zone.has(id, RrType::new(39)) {
            names.insert(Name::parse_absolute(&format!("below.{name}")).unwrap());
        }
    }
    let types = [RrType::A, RrType::AAAA, RrType::MX, RrType::NS];
    names.into_iter().flat_map(|name| types.map(|rtype| (name.clone(), rtype))).collect()
}

// ---- zones ----

/// A zone of chance: its name and its text.
fn zone(number: usize, mixed: bool, random: &mut Random) -> (String, String) {
    let origin = match number % 3 {
        0 => format!("z{number}.example"),
        1 => format!("z{number}.a.rather.deep.example"),
        _ => format!("{}.z{number}.example", LABELS[9]),
    };
    let mut lines =
        vec![format!("$ORIGIN {origin}.\n$TTL 3600\n@ SOA ns1 hostmaster 1 7200 3600 1209600 3600")];
    for server in 1..=random.between(1, 4) {
        lines.push(format!("@ NS ns{server}\nns{server} A 192.0.2.{server}"));
        if random.chance(50) {
            lines.push(format!("ns{server} AAAA 2001:db8::{server}"));
        }
    }
    for outside in 0..random.below(3) {
        lines.push(format!("@ NS ns{outside}.sub.elsewhere.example."));
    }
    lines.push(
        "cut NS ns.cut\nns.cut A 192.0.2.99\ndn DNAME b.elsewhere.example.\nhere DNAME imap".to_owned(),
    );
    let mut names: BTreeSet<String> = BTreeSet::new();
    for _ in 0..14 {
        let depth = *random.pick(&[1, 1, 1, 2, 2, 3, 4]);
        let mut labels: Vec<&str> = (0..depth).map(|_| *random.pick(&LABELS[..9])).collect();
        if random.chance(15) {
            labels[0] = "*";
        }
        names.insert(labels.join("."));
    }
    let names: Vec<String> = names.into_iter().collect();
    for name in names.iter().chain([&"@".to_owned()]) {
        if name != "@" && random.chance(25) {
            lines.push(format!("{name} CNAME {}", target(&names, random)));
            continue;
        }
        let count = |random: &mut Random| *random.pick(&[0, 1, 2, 3, 3, 4, 9, 12, 13, 14, 40]);
        for host in 1..=count(random) {
            lines.push(format!("{name} A 198.51.100.{host}"));
        }
        for host in 1..=count(random) {
            lines.push(format!("{name} AAAA 2001:db8:0:1::{host}"));
        }
        for preference in 1..=count(random) {
            lines.push(format!("{name} MX {preference} {}", target(&names, random)));
        }
        if random.chance(20) {
            lines.push(format!("_25._tcp.{name} TLSA 3 1 1 {}", "ab".repeat(32)).replace(".@", ""));
        }
    }
    if mixed {
        lines = lines.iter().map(|line| capitals(line, random)).collect();
    }
    (origin, lines.join("\n") + "\n")
}

/// A name that a record points to.
fn target(names: &[String], random: &mut Random) -> String {
    match random.below(8) {
        0 => "mx.elsewhere.example.".to_owned(),
        1 => "a.b.elsewhere.example.".to_owned(),
        2 => "host.cut".to_owned(),
        3 => "below.here".to_owned(),
        4 => "a.b.c.dn".to_owned(),
        5 => random.pick(names).replace('*', "made"),
        _ => random.pick(names).clone(),
    }
}

/// A line with some of its names in capital letters.
fn capitals(line: &str, random: &mut Random) -> String {
    let words = line.split_inclusive(' ');
    words.map(|word| if random.chance(30) { word.to_ascii_uppercase() } else { word.to_owned() }).collect()
}

// ---- the server ----

/// A `named` that answers.
struct Server {
    socket: UdpSocket,
    _running: named::Running,
}

/// What is seen of an answer.
#[derive(Debug, Clone, Copy)]
struct Answer {
    size: usize,
    /// It is truncated (TC).
    cut: bool,
}

impl Server {
    fn start(zones: &[(String, String)], option: &str, root: &Path) -> Self {
        // A port that was free just now.
        let port = UdpSocket::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let directory = root.display();
        let mut text = format!(
            "options {{ directory \"{directory}\"; listen-on port {port} {{ 127.0.0.1; }}; {OPTIONS} {option} }};\ncontrols {{ }};\n"
        );
        for (number, (origin, zone)) in zones.iter().enumerate() {
            fs::write(root.join(format!("{number}.zone")), zone).unwrap();
            writeln!(text, "zone \"{origin}\" {{ type primary; file \"{number}.zone\"; }};").unwrap();
        }
        fs::write(root.join("named.conf"), text).unwrap();
        let running = named::run(root);
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.connect(("127.0.0.1", port)).unwrap();
        socket.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        Self { socket, _running: running }
    }

    /// Asks as a resolver does, with EDNS and without cookie.
    fn ask(&self, name: NameRef<'_>, rtype: RrType, limit: u16) -> Answer {
        let mut query = vec![0x12, 0x34, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1];
        query.extend(name.wire());
        query.extend([rtype.number().to_be_bytes(), [0, 1]].concat());
        query.extend([0, 0, 41]);
        query.extend(limit.to_be_bytes());
        query.extend([0; 6]);
        self.socket.send(&query).unwrap();
        let mut answer = vec![0; usize::from(u16::MAX)];
        let size = self.socket.recv(&mut answer).expect("named answers at once");
        assert_eq!(answer[3] & 15, 0, "{name} {rtype:?}: {}", String::from_utf8_lossy(&answer[..size]));
        Answer { size, cut: answer[2] & 2 != 0 }
    }
}
