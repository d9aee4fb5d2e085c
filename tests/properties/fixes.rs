//! A fix changes the records that it says, and no other, however the zone is written.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use zoneward::diagnostic::{
    Change, Edit, Findings, Group, Level, NewRecord, Part, Place, Speaker, Subject, Value,
};
use zoneward::fix::{Reader, draft};
use zoneward::source::{FileId, Sources};
use zoneward::syntax::{Name, RrType};
use zoneward::zone::{IncludeError, Included, Includes, Loaded, Record, Scratch, Zone, load};

use crate::cases;

/// Texts as files: `$INCLUDE 1` is the second one.
struct Files<'t> {
    ids: Vec<FileId>,
    texts: &'t [Vec<u8>],
}

impl Includes for Files<'_> {
    fn open(&self, _: FileId, name: &[u8]) -> Result<Included, IncludeError> {
        let number = std::str::from_utf8(name).ok().and_then(|name| name.parse::<usize>().ok());
        let known = number.and_then(|number| Some((self.ids.get(number)?, self.texts.get(number)?)));
        let (&file, text) = known.ok_or(IncludeError::NotFound(Vec::new()))?;
        Ok(Included { file, text: Arc::new(text.clone()), beside: None })
    }
}

impl Files<'_> {
    /// The first file as the zone `example.com`.
    fn load(&self) -> Loaded {
        let origin = Name::parse_absolute("example.com").unwrap();
        load(self.ids[0], &self.texts[0], origin.as_ref(), self, &mut Scratch::default())
    }
}

/// A line of a zone, or several.
fn line() -> impl Strategy<Value = String> {
    let gap = || select(&[" ", "  ", "    ", "\t", "\t\t"][..]);
    let owner = select(&["@", "www", "mail", "WWW", "a.b", "x.example.com.", "long-name-here"][..]);
    let owner = prop_oneof![2 => owner.prop_map(str::to_owned), 3 => gap().prop_map(str::to_owned)];
    let ttl = select(&["", "", "", "300", "1h"][..]);
    let class = select(&["", "", "IN", "in"][..]);
    let data = select(
        &[
            "A 192.0.2.1",
            "A 192.0.2.2",
            "a 192.0.2.3",
            "A  ( 192.0.2.4 )",
            "A (\n\t192.0.2.5 ; in there\n )",
            "AAAA 2001:db8::1",
            "MX  10 mail",
            "MX\t20\tmail.example.com.",
            "TXT \"a b\" c",
        ][..],
    );
    let comment = select(&["", "", " ; c", "    ; c", "\t; c", "  "][..]);
    let record = (owner, ttl, class, any::<bool>(), data, gap(), comment).prop_map(
        |(owner, ttl, class, swapped, data, gap, comment)| {
            let (first, second) = if swapped { (class, ttl) } else { (ttl, class) };
            let words = [owner.as_str(), first, second, data];
            let words: Vec<_> = words.into_iter().filter(|word| !word.is_empty()).collect();
            // The blank that begins a line is a gap already.
            let line = if owner.trim().is_empty() {
                words[0].to_owned() + &words[1..].join(gap)
            } else {
                words.join(gap)
            };
            line + comment
        },
    );
    let other = select(
        &[
            "",
            "; a comment",
            "$TTL 600",
            "$ORIGIN sub",
            "$ORIGIN example.com.",
            "$GENERATE 1-2 g$ A 192.0.2.$",
            "$INCLUDE 1",
            "$INCLUDE 1 sub",
        ][..],
    );
    prop_oneof![8 => record, 1 => other.prop_map(str::to_owned)]
}

/// A text of such lines.
fn lines() -> impl Strategy<Value = String> {
    let newline = select(&["\n", "\n", "\r\n"][..]);
    (vec(line(), 1..12), newline, any::<bool>()).prop_map(|(lines, newline, whole)| {
        let text = lines.join("\n") + if whole { "\n" } else { "" };
        text.replace('\n', newline)
    })
}

/// A change of a record of the zone.
fn change(zone: &Zone, record: &Record, kind: u8) -> Option<Change> {
    let site = zone.site(record)?;
    let new = |owner: &str, address: &str| {
        let owner = Name::parse_absolute(owner).unwrap();
        NewRecord::address(owner, address.parse().unwrap())
    };
    let own = zone.name(record.owner()).to_string();
    let (a, aaaa) = ("203.0.113.7", "2001:db8::7");
    Some(match kind {
        0 => Change::Remove { record: site },
        1 => Change::Add { below: site, records: vec![new(&own, a)] },
        2 => Change::Add { below: site, records: vec![new(&own, a), new(&own, aaaa)] },
        3 => Change::Add { below: site, records: vec![new("new.example.com", a)] },
        4 => Change::Add {
            below: site,
            records: vec![new("n1.example.com", a), new("n1.example.com", aaaa), new("n2.example.com", a)],
        },
        _ if record.rtype() == RrType::A => {
            Change::Set { record: site, field: 0, value: Value::Address(a.parse::<IpAddr>().unwrap()) }
        }
        _ if record.rtype() == RrType::MX => Change::Set { record: site, field: 0, value: Value::Number(5) },
        _ => return None,
    })
}

/// The records, each as often as it stands there.
fn records(zone: &Zone) -> BTreeMap<String, isize> {
    let mut found = BTreeMap::new();
    for record in zone.records() {
        *found.entry(shown(zone, record)).or_default() += 1;
    }
    found
}

fn shown(zone: &Zone, record: &Record) -> String {
    let rdata = zone.rdata(record);
    format!("{} {} {} {:?}", zone.name(record.owner()), record.rtype(), record.ttl(), rdata.wire())
}

/// What is in the second more often than in the first.
fn surplus(first: &BTreeMap<String, isize>, second: &BTreeMap<String, isize>) -> Vec<String> {
    let more = |(record, count): (&String, &isize)| {
        let more = count - first.get(record).copied().unwrap_or(0);
        std::iter::repeat_n(record.clone(), usize::try_from(more).unwrap_or(0))
    };
    second.iter().flat_map(more).collect()
}

/// Makes a change by itself; `None` where it is refused.
fn apply(files: &Files<'_>, sources: &Sources, zone: &Zone, change: &Change) -> Option<Vec<Vec<u8>>> {
    let mut list = Vec::new();
    let place = Place::whole(zone.heading().span);
    let speaker = Speaker { rule: "a-rule", group: Group::Record, level: Level::Error, options: Vec::new() };
    Findings::new(&speaker, &Subject::default(), &mut list)
        .report(place, "wrong")
        .safe_fix("mends", [Some(change.clone())]);
    let reader = Reader {
        zone: zone.origin(),
        view: None,
        files: zone.files(),
        repeated: zone.reread_files(),
        soa: zone.soa().map(|(soa, _)| zone.place(soa, Part::Whole).span.file),
    };
    draft(&mut list, [reader], &[], sources);
    let fix = list.remove(0).fix?;
    let mut texts = files.texts.to_vec();
    for Edit { span, text } in fix.edits.iter().rev() {
        let file = files.ids.iter().position(|id| *id == span.file).unwrap();
        texts[file].splice(span.start as usize..span.end as usize, text.bytes());
    }
    Some(texts)
}

proptest! {
    #![proptest_config(cases(2048))]

    /// Whatever is written around a record: only what is meant to change changes.
    #[test]
    fn a_fix_changes_nothing_else(
        (head, main, fragment) in (any::<bool>(), lines(), lines()),
        at in any::<Index>(),
        kind in 0..6_u8,
    ) {
        let head = if head { "$TTL 1h\n" } else { "" };
        let main = format!("{head}@ 3600 IN SOA ns1 host 1 7200 3600 1209600 3600\n{main}");
        let texts = [main.into_bytes(), fragment.into_bytes()];
        let sources = Sources::new();
        let ids = texts.iter().map(|text| sources.add_bytes("memory", text.clone())).collect();
        let files = Files { ids, texts: &texts };
        let Loaded { zone, faults } = files.load();
        if faults.iter().any(|fault| !fault.kind.is_harmless()) {
            return Ok(());
        }
        let record = &zone.records()[at.index(zone.records().len())];
        let Some(change) = change(&zone, record, kind) else { return Ok(()) };
        let Some(mended) = apply(&files, &sources, &zone, &change) else { return Ok(()) };
        let after = Files { ids: files.ids.clone(), texts: &mended }.load();
        let show = || mended.iter().map(|text| String::from_utf8_lossy(text)).collect::<Vec<_>>().join("\n----\n");
        let broken = after.faults.iter().any(|fault| !fault.kind.is_harmless());
        prop_assert!(!broken, "{change:?}\n{}\n{:?}", show(), after.faults);
        let (before, now) = (records(&zone), records(&after.zone));
        let (gone, come) = (surplus(&now, &before), surplus(&before, &now));
        let what = || format!("{change:?}\ngone: {gone:?}\ncome: {come:?}\n{}", show());
        match &change {
            Change::Remove { .. } => {
                prop_assert!(come.is_empty(), "{}", what());
                prop_assert_eq!(&gone, &[shown(&zone, record)], "{}", what());
            }
            Change::Add { records, .. } => {
                prop_assert!(gone.is_empty(), "{}", what());
                prop_assert_eq!(come.len(), records.len(), "{}", what());
                for new in records {
                    let begins = format!("{} {} ", new.owner, new.rtype);
                    prop_assert!(come.iter().any(|record| record.starts_with(&begins)), "{}", what());
                }
                let own = format!("{} {} ", zone.name(record.owner()), record.rtype());
                if let Some(twin) = come.iter().find(|record| record.starts_with(&own)) {
                    let ttl = format!("{own}{} ", record.ttl());
                    prop_assert!(twin.starts_with(&ttl), "the TTL of the RRset: {}", what());
                }
            }
            _ => {
                prop_assert_eq!(&gone, &[shown(&zone, record)], "{}", what());
                let begins = format!("{} {} {} ", zone.name(record.owner()), record.rtype(), record.ttl());
                prop_assert!(come.len() == 1 && come[0].starts_with(&begins), "{}", what());
            }
        }
    }
}
