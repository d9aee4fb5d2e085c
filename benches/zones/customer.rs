//! The zone of one customer, in the hand of whoever wrote it.

use super::draft::{Draft, Owners, Style};
use super::infrastructure::{Cluster, PROVIDER, WEB_SERVERS, bare};
use super::random::Random;

/// How a customer has mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mail {
    /// Not at all: the domain is parked.
    Parked,
    /// On the cluster, without names for mail programs.
    Only,
    /// Every service name has the addresses of all nodes.
    Addresses,
    /// The service names are aliases of the cluster's own.
    Aliases,
    /// As with addresses, and the MX records lead to names in the zone.
    OwnHosts,
    /// As with addresses, in a file that is included.
    Included,
}

const FIRST: [&str; 24] = [
    "baeckerei",
    "gasthof",
    "kanzlei",
    "autohaus",
    "praxis",
    "tischlerei",
    "musikverein",
    "weingut",
    "hotel",
    "imkerei",
    "spedition",
    "architekten",
    "buchhandlung",
    "elektro",
    "fahrrad",
    "foto",
    "notariat",
    "shop",
    "sportverein",
    "software",
    "yoga",
    "verlag",
    "druckerei",
    "apotheke",
];
const SECOND: [&str; 20] = [
    "huber", "linde", "berger", "kern", "weber", "egger", "tal", "hollerer", "seeblick", "sommer", "adler",
    "stern", "kraus", "pichler", "moser", "lang", "wolf", "nord", "winter", "lenz",
];

/// The name of the customer of this number, without the final dot.
pub(super) fn name(number: usize) -> String {
    let first = FIRST[number % FIRST.len()];
    let second = SECOND[number / FIRST.len() % SECOND.len()];
    format!("{first}-{second}{number}.example")
}

/// What kind of mail a customer has, by chance.
pub(super) fn mail(random: &mut Random) -> Mail {
    match random.below(100) {
        0..10 => Mail::Parked,
        10..16 => Mail::Only,
        16..58 => Mail::Addresses,
        58..80 => Mail::Aliases,
        80..94 => Mail::OwnHosts,
        _ => Mail::Included,
    }
}

fn style(random: &mut Random) -> Style {
    let owners = *random.pick(&[Owners::Always, Owners::Once, Owners::Once, Owners::Once, Owners::Whole]);
    Style {
        origin: random.chance(40),
        owners,
        class: random.chance(70),
        blank: random.pick::<&str>(&["\t", " ", "\t\t", "    "]),
        short_soa: random.chance(30),
        sections: owners != Owners::Whole && random.chance(30),
    }
}

/// The zone of a customer.
pub(super) fn zone(number: usize, mail: Mail, cluster: &Cluster, random: &mut Random) -> Draft {
    let origin = name(number);
    // As many folders as files spread over well.
    let hash = Random::new(number as u64).octet();
    let folder = format!("zones/{:x}/{:x}", hash >> 4, hash & 15);
    let mut draft = bare(origin, &folder, format!("customer {number}"), style(random));
    draft.ttl = Some(*random.pick(&["1h", "3600", "30m", "1h", "45m"]));
    let serial = format!(
        "20{:02}{:02}{:02}0{}",
        random.between(19, 25),
        random.between(1, 12),
        random.between(1, 28),
        random.between(1, 9)
    );
    let times = *random.pick(&["14400 3600 1209600 3600", "4h 1h 2w 1h", "8h 2h 4w 1h"]);
    draft.rrset("@", "SOA").for_each(|soa| {
        soa.rdata = format!("ns1.{PROVIDER}. hostmaster.{PROVIDER}. {serial} {times}");
    });
    let web = random.between(1, WEB_SERVERS);
    draft.add("@", "A", format!("203.0.113.{web}"));
    if mail == Mail::Parked {
        parked(&mut draft, web);
        return draft;
    }
    match random.below(3) {
        0 => draft.add("www", "A", format!("203.0.113.{web}")),
        1 => draft.add("www", "CNAME", format!("web{web}.{PROVIDER}.")),
        _ => draft.add("www", "CNAME", "@"),
    }
    if mail == Mail::Included {
        draft.raw(format!("$INCLUDE common/mail{}.inc", cluster.number));
    } else {
        exchanges(&mut draft, mail, cluster, random);
        services(&mut draft, mail, cluster, random);
    }
    extras(&mut draft, mail, cluster, random);
    draft
}

fn parked(draft: &mut Draft, web: usize) {
    draft.add("@", "MX", "0 .");
    draft.add("@", "TXT", "\"v=spf1 -all\"");
    draft.add("_dmarc", "TXT", "\"v=DMARC1; p=reject\"");
    draft.add("www", "A", format!("203.0.113.{web}"));
}

fn exchanges(draft: &mut Draft, mail: Mail, cluster: &Cluster, random: &mut Random) {
    let preference = random.pick(&[10, 10, 10, 5, 20]);
    for (index, node) in cluster.nodes.iter().enumerate() {
        let own = mail == Mail::OwnHosts;
        let host = if own { format!("node0{index}") } else { node.host.clone() };
        draft.add("@", "MX", format!("{preference} {host}"));
    }
    let spf = if mail != Mail::OwnHosts && random.chance(30) {
        "\"v=spf1 mx -all\"".to_owned()
    } else {
        format!("\"v=spf1 include:_spf.mail{}.{PROVIDER} -all\"", cluster.number)
    };
    draft.add("@", "TXT", spf);
}

/// The names for mail programs, and for the nodes: HOWTO 2.1 to 2.3.
fn services(draft: &mut Draft, mail: Mail, cluster: &Cluster, random: &mut Random) {
    // Not every domain has all of them, and none of these is had by most.
    let pop = random.chance(25);
    let pop3 = random.chance(50);
    let wanted = [("imap", true), ("pop", pop), ("pop3", pop3), ("smtp", true), ("webmail", true)];
    for (service, _) in wanted.into_iter().filter(|(_, wanted)| *wanted && mail != Mail::Only) {
        if mail == Mail::Aliases {
            draft.add(service, "CNAME", cluster.shared(service));
        } else {
            cluster.balance(draft, service);
        }
    }
    for (index, node) in cluster.nodes.iter().enumerate().filter(|_| mail != Mail::Only) {
        match mail {
            Mail::Aliases => draft.add(format!("webmail0{index}"), "CNAME", &node.host),
            _ => cluster.bind(draft, &format!("webmail0{index}"), index),
        }
        if mail == Mail::OwnHosts {
            cluster.bind(draft, &format!("node0{index}"), index);
        }
    }
}

/// What one customer has and another has not: owner, TTL, type and data. HOST is a number, CLUSTER is
/// where the shared names are, and KEY is a DKIM key.
const EXTRAS: &[&[(&str, &str, &str, &str)]] = &[
    &[("_dmarc", "", "TXT", "\"v=DMARC1; p=quarantine; rua=mailto:dmarc@provider.example\"")],
    &[("k1._domainkey", "", "TXT", "KEY")],
    &[
        ("_imaps._tcp", "", "SRV", "0 1 993 imap.CLUSTER"),
        ("_submission._tcp", "", "SRV", "0 1 587 smtp.CLUSTER"),
        ("_pop3s._tcp", "", "SRV", "0 0 0 ."),
    ],
    &[("@", "", "CAA", "0 issue \"ca.example.net\"")],
    &[
        ("intern", "", "A", "198.19.7.HOST"),
        ("intern", "", "AAAA", "2001:db8:ffff::HOST"),
        ("intern", "", "TXT", "\"the office; ask the customer first\""),
        ("drucker.intern", "", "A", "198.19.8.HOST"),
    ],
    &[("ftp", "", "CNAME", "www")],
    &[
        ("lab", "", "NS", "ns1.lab"),
        ("lab", "", "NS", "ns.partner.example."),
        ("ns1.lab", "", "A", "198.19.9.53"),
    ],
    &[("*.shops", "", "A", "198.19.10.HOST")],
    &[(
        "_443._tcp.shop",
        "",
        "TLSA",
        "3 1 1 0C72AC70B745AC19998811B131D662C9AC69DBDBE7CB23E5B514B56664C5D3D6",
    )],
    &[
        ("vpn", "5m", "A", "198.19.11.HOST"),
        ("vpn", "", "SSHFP", "4 2 D4B7D520E7BB5F0F67674A0CCEB1E3E0614B93C4F9E99B8383F6A1E4469DA50A"),
    ],
    &[("alt", "", "DNAME", "archive.example.net.")],
    &[("sip", "", "NAPTR", "100 10 \"s\" \"SIP+D2U\" \"\" _sip._udp.voice.example.net.")],
    &[("@", "", "HTTPS", "1 . alpn=h2,h3")],
];

fn extras(draft: &mut Draft, mail: Mail, cluster: &Cluster, random: &mut Random) {
    // Where mail takes few records, there are more others.
    let share = if matches!(mail, Mail::Aliases | Mail::Only) { 70 } else { 35 };
    let host = random.octet();
    for extra in EXTRAS {
        if !random.chance(share) {
            continue;
        }
        for &(owner, ttl, rtype, rdata) in *extra {
            let rdata = rdata.replace("HOST", &host.to_string()).replace("CLUSTER", &cluster.shared_domain());
            draft.add(owner, rtype, if rdata == "KEY" { key(host) } else { rdata });
            draft.records().next_back().expect("one was added").ttl = ttl;
        }
    }
    if random.chance(share / 4) {
        draft.raw(format!("$GENERATE 1-4 platz$ A 198.19.12.{}$", host / 16 + 1));
    }
}

/// A DKIM key in three strings over three lines.
fn key(seed: u8) -> String {
    let mut random = Random::new(seed.into());
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = |length| (0..length).map(|_| char::from(*random.pick(letters))).collect::<String>();
    // An RSA key of 2048 bits has this head and this end.
    let (first, second, third) = (text(92), text(125), text(125));
    let head = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA";
    format!("( \"v=DKIM1; k=rsa; p={head}{first}\"\n\t\"{second}\"\n\t\"{third}IDAQAB\" )")
}
