//! What BIND 9.18 takes and refuses, and what it makes of it.

use crate::syntax::{Count, FaultKind, NameBuffer, NameRef, Reader, RrType, header, rr_types};

use super::Rdata;
use super::encode::{Names, encode};
use super::usual::encode_usual;

const TABLE: &str = include_str!("../../../grammar/rdata.txt");

/// The wire form of a record's type and rdata, with the root as origin.
fn read(record: &str) -> Result<(RrType, Vec<u8>), FaultKind> {
    let text = format!(" {record}\n");
    let mut reader = Reader::new(text.as_bytes());
    let entry = reader.next_entry().expect("a line");
    assert_eq!(entry.fault, None, "{record}");
    let header = header(text.as_bytes(), reader.tokens(), true).expect("a type");
    let (mut out, mut usual_out) = (Vec::new(), Vec::new());
    let kind = (header.rtype, rr_types().kind(header.rtype));
    let (text, words, mut name) = (text.as_bytes(), &reader.tokens()[header.rdata..], NameBuffer::new());
    let written = encode(kind, text, words, Names::new(NameRef::ROOT, &mut name), &mut out);
    let mut names = Names::new(NameRef::ROOT, &mut name);
    match encode_usual(header.rtype, text, words, &mut names, &mut usual_out) {
        // What is read without the table is what is read with it.
        Some(usual) => assert_eq!((Ok(usual), &usual_out), (written.clone(), &out), "{record}"),
        None => assert!(usual_out.is_empty(), "{record}"),
    }
    written.map_err(|fault| fault.kind())?;
    Ok((header.rtype, out))
}

/// The `+` and `-` lines of the table: type, rdata, and whether BIND takes it.
fn examples() -> Vec<(&'static str, &'static str, bool)> {
    let (_, checks) = TABLE.split_once("; CHECKS BY TYPE\n").expect("the section is there");
    let mut found = Vec::new();
    let mut rtype = "";
    for line in checks.lines() {
        let Some(line) = line.strip_prefix("; ") else { continue };
        let Some(example) = line.strip_prefix("  ") else {
            let (head, _) = line.split_once(':').unwrap_or_default();
            if rr_types().parse(head.as_bytes()).is_some() {
                rtype = head;
            }
            continue;
        };
        let (rdata, good) = match example.split_at(2) {
            ("+ ", rdata) => (rdata, true),
            ("- ", rdata) => (rdata.split(" => ").next().unwrap_or_default(), false),
            _ => continue,
        };
        if !rdata.starts_with("[CH]") && !rtype.is_empty() {
            found.push((rtype, rdata.trim_start_matches("<nothing>"), good));
        }
    }
    found
}

#[test]
fn the_examples_of_the_table() {
    let examples = examples();
    let wrong: Vec<_> = examples
        .iter()
        .filter(|(rtype, rdata, good)| read(&format!("{rtype} {rdata}")).is_ok() != *good)
        .collect();
    assert!(wrong.is_empty(), "read otherwise than BIND does: {wrong:#?}");
    assert_eq!(examples.len(), EXAMPLES, "examples were added, or are not found any more");
}

/// How many there are.
const EXAMPLES: usize = 437;

#[test]
fn every_type_has_examples() {
    let examples = examples();
    for kind in rr_types().iter() {
        let read =
            kind.fields.iter().any(|field| field.count != Count::Optional) && kind.rtype.number() < 65533;
        let meant = |(rtype, ..): &&(&str, &str, bool)| rtype.eq_ignore_ascii_case(&kind.mnemonic);
        let newer = rr_types().parse_known(kind.mnemonic.as_bytes()).is_none();
        let obsolete = matches!(&*kind.mnemonic, "MD" | "MF" | "MG" | "MR");
        assert!(!read || newer || obsolete || examples.iter().any(|e| meant(&e)), "{}", kind.mnemonic);
    }
}

/// What `named-rrchecker` makes of records: `TYPE rdata => octets`.
const WIRE: &str = include_str!("../../../fixtures/syntax/rdata-wire.txt");

fn hex(octets: &[u8]) -> String {
    use std::fmt::Write;
    octets.iter().fold(String::new(), |mut text, octet| {
        write!(text, "{octet:02X}").expect("a String takes everything");
        text
    })
}

#[test]
fn the_wire_form_is_that_of_named() {
    let lines = WIRE.lines().filter(|line| !line.starts_with(';'));
    let cases: Vec<_> = lines.map(|line| line.rsplit_once(" => ").expect("a record and octets")).collect();
    for (record, expected) in &cases {
        let (rtype, wire) = read(record).unwrap_or_else(|kind| panic!("{record}: {kind:?}"));
        assert_eq!(hex(&wire), *expected, "{record}");
        // The same octets in the generic form are taken, and nothing changes.
        let generic = format!("TYPE{} \\# {} {}", rtype.number(), wire.len(), hex(&wire));
        assert_eq!(read(&generic), Ok((rtype, wire)), "{record}");
    }
    assert_eq!(cases.len(), 71);
}

#[test]
fn names_are_in_lower_case_where_bind_compares_them_so() {
    let same = |one: &str, other: &str| read(one) == read(other);
    assert!(same("MX 1 A.Example.", "MX 1 a.example."));
    assert!(same("NAPTR 1 1 \"\" \"\" \"\" B", "NAPTR 1 1 \"\" \"\" \"\" b"));
    assert!(
        same("A6 64 :: B", "A6 64 :: b") && same("RRSIG A 8 1 1 1 1 1 B AAAA", "RRSIG A 8 1 1 1 1 1 b AAAA")
    );
    assert!(
        same("CNAME \\# 3 014100", "CNAME a")
            && same("A6 \\# 12 40FFFFFFFFFFFFFF41014100", "A6 64 ::ffff:ffff:ffff:ff41 a")
    );
    for record in ["NSEC B A", "LP 1 B", "TALINK . B", "HTTPS 1 B", "IPSECKEY 1 3 1 B AAAA", "DSYNC A 1 1 B"]
    {
        assert!(!same(record, &record.replace('B', "b")), "{record}");
    }
}

#[test]
fn names_are_found_with_the_index_of_their_word() {
    let names = |record: &str| {
        let (rtype, wire) = read(record).expect("a good record");
        let found: Vec<_> = Rdata::new(rtype, &wire)
            .names()
            .map(|(word, name)| format!("{word} {}", name.as_ref()))
            .collect();
        found.join(", ")
    };
    for (record, expected) in [
        ("A 192.0.2.1", ""),
        ("MX 10 A", "1 a"),
        ("SOA a b 1 1 1 1 1", "0 a, 1 b"),
        ("NAPTR 1 1 \"\" \"\" \"\" a", "5 a"),
        ("HTTPS 1 WWW.Example.COM alpn=h2", "1 www.example.com"),
        ("HIP 2 2001 AAAA a B", "3 a, 4 b"),
        ("HIP 2 2001 AAAA", ""),
        ("A6 0 ::1", ""),
        ("A6 64 ::1 a", "2 a"),
        ("A6 128 a", "1 a"),
        ("IPSECKEY 1 3 1 a AAAA", "3 a"),
        ("IPSECKEY 1 1 1 192.0.2.1 AAAA", ""),
        ("AMTRELAY 1 1 3 a", "3 a"),
        ("RRSIG A 8 2 1 1 1 1 a AAAA", "7 a"),
        ("TXT a b", ""),
    ] {
        assert_eq!(names(record), expected, "{record}");
    }
}

#[test]
fn a_fault_is_at_its_word() {
    let fault = |record: &str| {
        let text = format!(" {record}\n");
        let mut reader = Reader::new(text.as_bytes());
        _ = reader.next_entry();
        let rtype = header(text.as_bytes(), reader.tokens(), true).expect("a type").rtype;
        let words = &reader.tokens()[1..];
        let kind = (rtype, rr_types().kind(rtype));
        let fault = encode(
            kind,
            text.as_bytes(),
            words,
            Names::new(NameRef::ROOT, &mut NameBuffer::new()),
            &mut Vec::new(),
        )
        .expect_err("a fault");
        (fault.kind(), fault.at(), fault.detail(rtype))
    };
    let text = str::to_owned;
    assert_eq!(fault("MX 70000 a"), (FaultKind::BadNumber, 0, text("MX 65535")));
    assert_eq!(fault("MX 10"), (FaultKind::MissingRdata, 1, text("MX")));
    assert_eq!(fault("A 192.0.2"), (FaultKind::BadAddress, 0, text("A")));
    assert_eq!(fault("DS 1 8 2 AA BB"), (FaultKind::BadLength, 3, text("DS 32 2")));
    assert_eq!(fault("DS 1 FOO 2 AA"), (FaultKind::UnknownKeyword, 1, text("DS DNSSEC algorithm")));
    assert_eq!(fault("NSEC a A FOO"), (FaultKind::UnknownKeyword, 2, text("NSEC record type")));
    assert_eq!(fault("NULL 00"), (FaultKind::GenericRdata, 0, text("NULL")));
    assert_eq!(fault("CLA a"), (FaultKind::GenericRdata, 0, text("CLA")));
    assert_eq!(fault("HTTPS 1 . alpn=h2 port=").1, 3);
    assert_eq!(fault("TXT \"\\256\""), (FaultKind::BadEscape, 0, text("TXT")));
}
