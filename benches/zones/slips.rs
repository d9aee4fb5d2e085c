//! Mistakes that are made in what a zone has already.

use std::fmt::Write;

use super::customer::Mail;
use super::draft::{Beside, Draft, Entry, Owners, Record, Twist};
use super::infrastructure::{Cluster, PROVIDER};
use super::mistakes::On;

type Slip = fn(&mut Draft, &Cluster, usize);

const BALANCED: On = On::Mail(Mail::Addresses);

/// The rule that finds it, where it can be made, and how.
pub(super) const ALL: &[(&str, On, Slip)] = &[
    // A service name among its kind.
    ("inconsistent-address-set", BALANCED, |zone, cluster, _| {
        let lost = &cluster.nodes[2].ipv4;
        zone.retain(|record| record.owner != "imap" || record.rdata != *lost);
        zone.expect("imap", "A", "inconsistent-address-set");
    }),
    ("inconsistent-address-set", BALANCED, |zone, _, _| {
        insert_behind(zone, "smtp", "A", "198.51.100.254", "inconsistent-address-set");
    }),
    ("inconsistent-address-set", BALANCED, |zone, _, _| {
        let old = zone.rrset("webmail", "A").nth(1).expect("webmail is balanced");
        "198.51.100.254".clone_into(&mut old.rdata);
        old.rule = Some("inconsistent-address-set");
        // The name of the node that the address was lost for.
        zone.retain(|record| record.owner != "webmail01");
    }),
    ("inconsistent-address-set", On::Mail(Mail::Aliases), |zone, _, _| {
        zone.rrset("imap", "CNAME").for_each(|alias| alias.rdata = format!("imap.mail2.{PROVIDER}."));
        zone.expect("imap", "CNAME", "inconsistent-address-set");
    }),
    ("single-node", BALANCED, |zone, cluster, _| {
        let kept = &cluster.nodes[0].ipv4;
        zone.retain(|record| record.owner != "smtp" || record.rdata == *kept);
        zone.expect("smtp", "A", "single-node");
    }),
    ("missing-service-name", BALANCED, |zone, _, _| {
        zone.retain(|record| record.owner != "imap");
        zone.expect("@", "SOA", "missing-service-name");
    }),
    ("missing-service-name", BALANCED, |zone, cluster, _| {
        zone.retain(|record| record.rtype != "MX");
        by_include(zone, cluster);
        zone.expect("@", "SOA", "missing-service-name");
    }),
    ("too-many-nodes", BALANCED, own_cluster),
    // Mail exchanges.
    ("unequal-mx-preference", BALANCED, |zone, _, _| {
        let odd = zone.rrset("@", "MX").last().expect("there are MX records");
        let (_, host) = odd.rdata.split_once(' ').expect("an MX record has two fields");
        odd.rdata = format!("50 {host}");
        odd.rule = Some("unequal-mx-preference");
    }),
    ("incomplete-mx-set", BALANCED, |zone, cluster, _| {
        let lost = &cluster.nodes[1].host;
        zone.retain(|record| record.rtype != "MX" || !record.rdata.ends_with(lost.as_str()));
        by_include(zone, cluster);
        zone.expect("@", "MX", "incomplete-mx-set");
    }),
    ("mx-outside-cluster", BALANCED, |zone, _, _| {
        insert_behind(zone, "@", "MX", "1 mx.elsewhere.example.", "mx-outside-cluster");
    }),
    ("mx-outside-cluster", BALANCED, |zone, _, _| {
        insert_behind(zone, "@", "MX", "5 relay", "mx-outside-cluster");
        zone.add("relay", "A", "203.0.113.250");
    }),
    ("node-address-drift", On::Mail(Mail::OwnHosts), |zone, _, _| {
        zone.rrset("node01", "A").for_each(|host| "198.51.100.254".clone_into(&mut host.rdata));
        zone.expect("node01", "A", "node-address-drift");
    }),
    ("response-size", On::Mail(Mail::Only), |zone, cluster, _| {
        by_include(zone, cluster);
        for number in 0..8 {
            let label = format!("backup{number}-of-those-who-have-more-mail-exchanges-than-is-good");
            insert_behind(zone, "@", "MX", &format!("40 {label}.example.net."), "");
        }
        zone.expect("@", "MX", "response-size");
    }),
    ("balanced-ttl", BALANCED, |zone, _, _| {
        zone.rrset("imap", "A").for_each(|record| record.ttl = "1d");
        zone.expect("imap", "A", "balanced-ttl");
    }),
    ("balanced-ttl", BALANCED, |zone, _, _| {
        zone.rrset("smtp", "A").for_each(|record| record.ttl = "10");
        zone.expect("smtp", "A", "balanced-ttl");
    }),
    ("spf-misses-node", BALANCED, |zone, _, _| {
        let text = "\"v=spf1 ip4:198.51.100.254 -all\"";
        zone.rrset("@", "TXT").for_each(|record| text.clone_into(&mut record.rdata));
        zone.expect("@", "TXT", "spf-misses-node");
    }),
    // Names of single nodes.
    ("missing-node-name", BALANCED, |zone, _, _| {
        zone.retain(|record| record.owner != "webmail02");
        zone.expect("webmail", "A", "missing-node-name");
    }),
    ("node-name-wrong-address", BALANCED, |zone, cluster, _| {
        zone.rrset("webmail01", "A").for_each(|name| name.rdata.clone_from(&cluster.nodes[2].ipv4));
        zone.expect("webmail01", "A", "node-name-wrong-address");
    }),
    ("node-name-wrong-address", BALANCED, |zone, _, _| {
        zone.rrset("webmail01", "A").for_each(|name| "198.51.100.254".clone_into(&mut name.rdata));
        zone.expect("webmail01", "A", "node-name-wrong-address");
    }),
    ("node-name-wrong-address", On::Mail(Mail::Aliases), |zone, cluster, _| {
        zone.rrset("webmail01", "CNAME").for_each(|name| name.rdata.clone_from(&cluster.nodes[0].host));
        zone.expect("webmail01", "CNAME", "node-name-wrong-address");
    }),
    ("node-name-many-addresses", BALANCED, |zone, cluster, _| {
        let other = cluster.nodes[1].ipv4.clone();
        insert_behind(zone, "webmail00", "A", &other, "");
        zone.expect("webmail00", "A", "node-name-many-addresses");
    }),
    ("orphan-node-name", BALANCED, |zone, _, _| {
        zone.add("webmail03", "A", "198.51.100.254");
        zone.expect("webmail03", "A", "orphan-node-name");
    }),
    ("node-name-shared-address", BALANCED, |zone, cluster, _| {
        zone.add("webmail03", "A", &cluster.nodes[0].ipv4);
        zone.expect("webmail03", "A", "node-name-shared-address");
    }),
    ("dual-stack-parity", BALANCED, |zone, _, _| {
        zone.add("imap", "AAAA", "2001:db8::7");
        zone.expect("imap", "AAAA", "dual-stack-parity");
    }),
    // The head of the zone.
    ("no-ns", On::All, |zone, _, _| {
        zone.retain(|record| record.owner != "@" || record.rtype != "NS");
        zone.expect("@", "SOA", "no-ns");
    }),
    ("no-soa", On::All, |zone, _, _| {
        zone.style.owners = Owners::Always;
        let name = zone.origin.clone();
        zone.expect("@", "SOA", "no-soa");
        zone.rrset("@", "SOA").for_each(|soa| soa.owner.clone_from(&name));
    }),
    ("bad-number", On::All, |zone, _, _| soa(zone, "bad-number", 2, "2025.03.14")),
    ("ttl-syntax", On::All, |zone, _, _| soa(zone, "ttl-syntax", 3, "2h30")),
    ("soa-timers", On::All, |zone, _, _| soa(zone, "soa-timers", 5, "60")),
    ("missing-dot", On::All, |zone, _, _| soa(zone, "missing-dot", 0, "ns1.elsewhere.at")),
    ("soa-rname-at-sign", On::All, |zone, _, _| {
        soa(zone, "soa-rname-at-sign", 1, "hostmaster@provider.example.");
    }),
    ("soa-rname-not-mailbox", On::All, |zone, _, _| {
        soa(zone, "soa-rname-not-mailbox", 1, "hostmaster.mail_1.provider.example.");
    }),
    ("ttl-from-soa-minimum", BALANCED, |zone, _, _| {
        without_ttl(zone);
        zone.expect("@", "SOA", "ttl-from-soa-minimum");
    }),
    ("ttl-last-stated", BALANCED, |zone, _, _| {
        without_ttl(zone);
        zone.rrset("@", "SOA").for_each(|soa| soa.ttl = "3600");
        zone.expect("@", "NS", "ttl-last-stated");
    }),
    ("ttl-missing", BALANCED, |zone, _, _| {
        without_ttl(zone);
        zone.style.owners = Owners::Always;
        zone.records().for_each(|record| record.ttl = "3600");
        zone.entries.insert(0, Entry::Raw("printer IN A 192.0.2.3".to_owned(), vec![(0, "ttl-missing")]));
    }),
    ("no-current-owner", On::All, |zone, _, _| {
        zone.style.owners = Owners::Always;
        zone.style.short_soa = true;
        zone.expect("@", "SOA", "no-current-owner");
        zone.rrset("@", "SOA").for_each(|soa| soa.owner.clear());
    }),
    // Too much of something.
    ("rdata-too-long", On::All, |zone, _, _| {
        let string = format!("\n\t\"{}\"", "0123456789".repeat(25));
        zone.entries.push(Entry::Raw(
            format!("printer IN TXT ({} )", string.repeat(270)),
            vec![(0, "rdata-too-long")],
        ));
    }),
    ("too-many-records", On::All, |zone, _, _| {
        many(zone, "too-many-records", |n| format!("printer IN A 192.0.2.{n}"));
    }),
    ("too-many-types", On::All, |zone, _, _| {
        many(zone, "too-many-types", |n| format!("printer IN TYPE{} \\# 1 00", 65280 + n));
    }),
    // The bytes of the file.
    ("byte-order-mark", On::All, |zone, _, _| {
        let make = |text: &mut Vec<u8>| _ = text.splice(0..0, "\u{feff}".bytes());
        zone.twist = Some(Twist { rule: "byte-order-mark", make, at_end: false });
    }),
    ("no-final-newline", On::All, |zone, _, _| {
        zone.add("printer", "A", "192.0.2.3");
        let make = |text: &mut Vec<u8>| _ = text.pop();
        zone.twist = Some(Twist { rule: "no-final-newline", make, at_end: true });
    }),
    ("nul-byte", On::All, |zone, _, _| {
        zone.add("printer", "TXT", "room12");
        let make = |text: &mut Vec<u8>| text.insert(text.len() - 2, 0);
        zone.twist = Some(Twist { rule: "nul-byte", make, at_end: true });
    }),
    ("utf16", On::All, |zone, _, _| {
        let make = |text: &mut Vec<u8>| {
            *text = [0xff, 0xfe].into_iter().chain(text.iter().flat_map(|&byte| [byte, 0])).collect();
        };
        zone.twist = Some(Twist { rule: "utf16", make, at_end: false });
    }),
    // Files that are included.
    ("include-not-found", On::All, |zone, _, number| {
        let name = format!("printer{number}.inc");
        zone.entries.push(Entry::Raw(format!("$INCLUDE {name}"), vec![(0, "include-not-found")]));
        zone.beside = Some(Beside { name, text: "printer IN A 192.0.2.3\n".to_owned(), rule: None });
    }),
    ("include-cycle", On::All, |zone, _, number| {
        let name = format!("ring{number}.inc");
        let text = format!("$INCLUDE {}/{name}", zone.folder);
        zone.raw(text.clone());
        zone.beside = Some(Beside { name, text: text + "\n", rule: Some("include-cycle") });
    }),
    // Addresses and their names.
    ("missing-dot", On::Reverse, |zone, _, _| {
        let pointer = zone.rrset("7", "PTR").next().expect("every line has a name");
        pointer.rdata.pop();
        pointer.rule = Some("missing-dot");
    }),
    ("missing-dot", On::Reverse, |zone, _, _| {
        zone.rrset("7", "PTR").for_each(|pointer| "line7".clone_into(&mut pointer.rdata));
        zone.expect("7", "PTR", "missing-dot");
    }),
    ("ptr-is-address", On::Reverse, |zone, _, _| {
        zone.rrset("7", "PTR").for_each(|pointer| "192.0.2.3".clone_into(&mut pointer.rdata));
        zone.expect("7", "PTR", "ptr-is-address");
    }),
];

/// Puts a record behind the others of its name and type.
fn insert_behind(zone: &mut Draft, owner: &str, rtype: &'static str, rdata: &str, rule: &'static str) {
    let is_one = |entry: &Entry| matches!(entry, Entry::Record(it) if it.owner == owner && it.rtype == rtype);
    let at = zone.entries.iter().rposition(is_one).expect("the zone has the record");
    let rule = Some(rule).filter(|rule| !rule.is_empty());
    let record = Record { owner: owner.to_owned(), ttl: "", rtype, rdata: rdata.to_owned(), rule };
    zone.entries.insert(at + 1, Entry::Record(record));
}

/// The senders of the domain are the cluster's, whatever its MX records are.
fn by_include(zone: &mut Draft, cluster: &Cluster) {
    let text = format!("\"v=spf1 include:_spf.mail{}.{PROVIDER} -all\"", cluster.number);
    zone.rrset("@", "TXT").for_each(|record| record.rdata.clone_from(&text));
}

/// Changes a field of the SOA.
fn soa(zone: &mut Draft, rule: &'static str, field: usize, word: &str) {
    zone.style.short_soa = true;
    zone.expect("@", "SOA", rule);
    zone.rrset("@", "SOA").for_each(|soa| {
        let mut words: Vec<_> = soa.rdata.split(' ').collect();
        words[field] = word;
        soa.rdata = words.join(" ");
    });
}

/// Nothing says what TTL the records have.
fn without_ttl(zone: &mut Draft) {
    zone.ttl = None;
    zone.style.owners = Owners::Once;
    zone.style.short_soa = true;
    zone.records().for_each(|record| record.ttl = "");
}

/// More records of a name than `named` takes.
fn many(zone: &mut Draft, rule: &'static str, line: fn(usize) -> String) {
    let lines: Vec<_> = (1..=101).map(line).collect();
    zone.entries.push(Entry::Raw(lines.join("\n"), vec![(100, rule)]));
}

/// Gives a domain a cluster for itself, which has five nodes.
fn own_cluster(zone: &mut Draft, _: &Cluster, number: usize) {
    let node = |index: usize| {
        let address = number * 5 + index;
        format!("10.{}.{}.{}", address >> 16, address >> 8 & 0xff, address & 0xff)
    };
    zone.retain(|record| {
        record.rtype != "MX" && !record.owner.starts_with("webmail") && record.rtype != "SRV"
    });
    let services: Vec<_> = ["imap", "pop", "pop3", "smtp"]
        .into_iter()
        .filter(|it| zone.rrset(it, "A").next().is_some())
        .collect();
    zone.retain(|record| !services.contains(&record.owner.as_str()));
    let mut senders = String::from("\"v=spf1");
    for index in 0..5 {
        zone.add("@", "MX", format!("10 node0{index}"));
        write!(senders, " ip4:{}", node(index)).expect("a String takes everything");
    }
    for (owner, nodes) in [("imap", 0..5), ("smtp", 0..5), ("webmail", 0..5)] {
        nodes.for_each(|index| zone.add(owner, "A", node(index)));
    }
    for index in 0..5 {
        zone.add(format!("webmail0{index}"), "A", node(index));
        zone.add(format!("node0{index}"), "A", node(index));
    }
    let senders = senders + " -all\"";
    zone.rrset("@", "TXT").for_each(|record| record.rdata.clone_from(&senders));
    zone.expect("imap", "A", "too-many-nodes");
}
