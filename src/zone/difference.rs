//! What is different between two versions of a zone, as a secondary would see it.

use std::collections::HashSet;

use super::{NameId, Record, Zone};
use crate::diagnostic::{Part, Place};
use crate::syntax::RrType;

/// What is different between two versions of a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// How many records were added, removed or changed.
    pub records: usize,
    /// The first of them: one that can be shown, if there is any.
    pub first: Changed,
}

/// A record that was added, removed or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its owner: lower-case, without the final dot.
    pub owner: String,
    /// Its type.
    pub rtype: RrType,
    /// Where it stands in the later version; `None` if it is not there any more.
    pub place: Option<Place>,
}

/// What tells records of one owner apart: type, TTL and rdata. The serial of an SOA is left out: it
/// is what the difference is held against.
type Content<'z> = (RrType, u32, &'z [u8], &'z [u8]);

/// Serial, refresh, retry, expire and minimum: the octets at the end of an SOA's rdata.
const SOA_NUMBERS: usize = 20;

fn content<'z>(zone: &'z Zone, record: &Record) -> Content<'z> {
    let (rtype, wire) = (record.rtype(), zone.rdata(record).wire());
    let (head, tail) = match wire.len().checked_sub(SOA_NUMBERS) {
        Some(serial) if rtype == RrType::SOA => (&wire[..serial], &wire[serial + 4..]),
        _ => (wire, &wire[wire.len()..]),
    };
    (rtype, record.ttl(), head, tail)
}

fn sequence(zone: &Zone, id: NameId) -> impl Iterator<Item = Content<'_>> {
    zone.at(id).map(|record| content(zone, record))
}

/// The difference between two versions of a zone; `None` if both have the same records. Order,
/// layout, comments and letter case do not count, and neither does a record that stands twice.
pub fn difference(old: &Zone, new: &Zone) -> Option<Difference> {
    let mut found = Gathered::default();
    for id in new.names() {
        let twin = old.find(new.name(id));
        if twin.is_some_and(|twin| sequence(old, twin).eq(sequence(new, id))) {
            continue;
        }
        let before: HashSet<_> = twin.into_iter().flat_map(|twin| sequence(old, twin)).collect();
        let now: HashSet<_> = sequence(new, id).collect();
        let added = new.at(id).filter(|record| !before.contains(&content(new, record)));
        let added: Vec<_> = added.map(|r| (r.rtype(), Some(new.place(r, Part::Whole)))).collect();
        let removed = before.difference(&now).map(|content| (content.0, None)).collect();
        found.gather(new, id, added, removed);
    }
    for id in old.names().filter(|&id| new.find(old.name(id)).is_none()) {
        let removed: HashSet<_> = sequence(old, id).collect();
        let removed = removed.into_iter().map(|content| (content.0, None)).collect();
        found.gather(old, id, Vec::new(), removed);
    }
    let first = found.shown.or(found.gone)?;
    Some(Difference { records: found.records, first })
}

/// Differences as they are met.
#[derive(Default)]
struct Gathered {
    records: usize,
    /// The first that stands in the later version.
    shown: Option<Changed>,
    /// The first that does not.
    gone: Option<Changed>,
}

impl Gathered {
    /// Takes what is different at one name of `zone`. Of a type, what was removed and what was added
    /// are the two halves of one change.
    fn gather(
        &mut self,
        zone: &Zone,
        id: NameId,
        added: Vec<(RrType, Option<Place>)>,
        mut removed: Vec<(RrType, Option<Place>)>,
    ) {
        removed.sort_unstable_by_key(|&(rtype, _)| rtype);
        let changed = |&(rtype, place): &(RrType, Option<Place>)| Changed {
            owner: zone.name(id).to_string(),
            rtype,
            place,
        };
        self.shown = self.shown.take().or_else(|| added.first().map(changed));
        self.gone = self.gone.take().or_else(|| removed.first().map(changed));
        self.records += added.len();
        for (rtype, _) in added {
            if let Some(half) = removed.iter().position(|&(other, _)| other == rtype) {
                removed.remove(half);
            }
        }
        self.records += removed.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::syntax::Name;
    use crate::zone::{Scratch, load};

    fn zone(text: &str) -> Zone {
        let origin = Name::parse_absolute("example.com").expect("a name");
        let file = Sources::new().add_bytes("x", Vec::new());
        load(file, text.as_bytes(), origin.as_ref(), &(), &mut Scratch::default()).zone
    }

    /// How many records are different, and which is the first.
    fn said(old: &str, new: &str) -> String {
        let head = |serial| format!("$TTL 3600\n@ SOA ns1 host {serial} 7200 3600 1209600 3600\n");
        match difference(&zone(&(head(1) + old)), &zone(&(head(2) + new))) {
            None => "same".to_owned(),
            Some(Difference { records, first: Changed { owner, rtype, place } }) => {
                format!("{records} {owner} {rtype} {}", if place.is_some() { "shown" } else { "gone" })
            }
        }
    }

    #[test]
    fn only_what_a_secondary_sees_is_different() {
        assert_eq!(said("www A 192.0.2.1\n", "WWW 3600 IN A ( 192.0.2.1 ) ; moved\n"), "same");
        assert_eq!(said("a A 192.0.2.1\nb A 192.0.2.2\n", "b A 192.0.2.2\na A 192.0.2.1\n"), "same");
        assert_eq!(said("a A 192.0.2.1\n", "a A 192.0.2.1\na A 192.0.2.1\n"), "same");
        assert_eq!(said("a MX 10 B\n", "a MX 10 b.EXAMPLE.com.\n"), "same");
        assert_eq!(said("a 60 A 192.0.2.1\n", "a A 192.0.2.1\n"), "1 a.example.com A shown");
        assert_eq!(said("", "a.b A 192.0.2.1\n"), "1 a.b.example.com A shown");
        assert_eq!(said("a.b A 192.0.2.1\n", ""), "1 a.b.example.com A gone");
        assert_eq!(said("a A 192.0.2.1\n", "a A 192.0.2.2\n"), "1 a.example.com A shown");
        assert_eq!(said("a A 192.0.2.1\nb TXT x\n", "a A 192.0.2.2\nc TXT x\n"), "3 a.example.com A shown");
        assert_eq!(said("a A 192.0.2.1\na TXT x\n", "a TXT x\n"), "1 a.example.com A gone");
    }

    #[test]
    fn all_of_the_soa_counts_but_its_serial() {
        let soa =
            |serial, minimum| zone(&format!("@ 60 SOA ns1 host {serial} 7200 3600 1209600 {minimum}\n"));
        assert_eq!(difference(&soa(1, 60), &soa(7, 60)), None);
        let found = difference(&soa(1, 60), &soa(1, 61)).expect("the minimum is another");
        assert_eq!((found.records, found.first.rtype), (1, RrType::SOA));
    }
}
