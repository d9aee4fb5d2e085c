//! Names that were hardly meant as they are read: the final dot is missing, or it is an address.
//!
//! This stands here because many rules ask: the ones that say so, and those that must be silent
//! about what follows from it.

use std::net::IpAddr;
use std::sync::LazyLock;

use hashbrown::HashSet;

use super::names::REDIRECTED;
use super::{Record, Tree, Zone};
use crate::syntax::{NameBuffer, NameRef, RrType};

/// Top-level domains that people write targets in. Those that are ordinary words or common labels
/// of a network (`int`, `pro`, `post`, `name`, and the new ones) prove nothing and are left out.
const TOP_LEVEL: &str = "\
    com net org edu gov mil info biz aero asia coop mobi museum travel \
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt \
    bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er \
    es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht \
    hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr \
    ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng \
    ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd \
    se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw \
    tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

/// Why a name is hardly the one that was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slip {
    /// Its final dot is missing: as written, it ends in the name of the zone.
    OwnOrigin,
    /// Its final dot is missing, most likely: as written, it ends in a top-level domain, and with
    /// the origin behind it there is no such name.
    TopLevel,
    /// It is the name of a host or mailbox, and relative to a reverse zone.
    Reverse,
    /// As written, it is an address.
    Address(IpAddr),
}

impl Slip {
    /// What is wrong is that the final dot is missing.
    pub fn is_missing_dot(self) -> bool {
        !matches!(self, Slip::Address(_))
    }
}

/// Of so many names it is worth the time to look if one is long.
const FEW: usize = 1000;

impl Zone {
    /// Something may be wrong with an owner; `false` is certain. Who repeats the name of the zone is twice as long,
    /// which in most zones no name is, and several labels deep if that has several.
    pub(crate) fn may_have_owner_slip(&self) -> bool {
        let origin = self.origin();
        let twice = 2 * origin.wire().len() - 1;
        let is_long = |id| self.name(id).wire().len() >= twice;
        let is_short = origin.parent().is_none_or(NameRef::is_root);
        let may_repeat = |id| is_short || self.parent(id).is_some_and(|above| above != self.apex());
        !self.origins.is_empty()
            || self.name_count() > FEW
            || self.names().any(|id| may_repeat(id) && is_long(id))
    }

    /// What is wrong with the owner of a record as it is written.
    pub fn owner_slip(&self, record: &Record) -> Option<Slip> {
        let id = record.owner();
        // Most owners are the name of the zone, or one label before it that is no address.
        if record.is_below_apex()
            && self.parent(id).is_none_or(|above| above == self.apex())
            && !(self.is_odd(id) && self.name(id).first_label().contains(&b':'))
        {
            return None;
        }
        let origin = self.origin_at(record)?;
        let owner = self.name(id);
        if is_plain(owner, origin) {
            return None;
        }
        if !may_repeat_origin(owner, self.origin(), origin) {
            return None;
        }
        let written = written(owner, origin)?;
        self.repeats_origin(written.name(), origin).then_some(Slip::OwnOrigin)
    }

    /// What is wrong with a name in the rdata of a record as it is written.
    #[inline]
    pub fn slip(&self, record: &Record, name: NameRef<'_>) -> Option<Slip> {
        // Most names have their dots, and are no addresses.
        let may_be_one = record.lacks_dot() || is_like_address(name);
        if may_be_one { self.likely_slip(record, name) } else { None }
    }

    fn likely_slip(&self, record: &Record, name: NameRef<'_>) -> Option<Slip> {
        let origin = self.origin_at(record)?;
        if record.rtype() != RrType::PTR && is_plain(name, origin) {
            return None;
        }
        let written = written(name, origin);
        let address = address(written.as_ref().map_or(name, NameBuffer::name));
        if let Some(address) = address.filter(|_| self.find(name).is_none()) {
            return Some(Slip::Address(address));
        }
        // What has its final dot does not lack it.
        let written = written.filter(|_| record.lacks_dot())?;
        let written = written.name();
        if self.repeats_origin(written, origin) {
            return Some(Slip::OwnOrigin);
        }
        if self.find(name).is_some() || !self.knows(name) || self.is_elsewhere(name) {
            return None;
        }
        if self.is_foreign(record, written, origin) {
            return Some(Slip::TopLevel);
        }
        Tree::of(origin)?;
        let service = || self.name(record.owner()).labels().any(|label| label.starts_with(b"_"));
        let is_host = match record.rtype() {
            RrType::PTR => !service(),
            // Hosts and mailboxes are elsewhere; of one label, somebody may have put them here.
            RrType::NS | RrType::SOA => written.labels().nth(1).is_some(),
            _ => false,
        };
        is_host.then_some(Slip::Reverse)
    }

    /// A name as written ends in the name of the zone, or in the origin that is put behind it.
    fn repeats_origin(&self, written: NameRef<'_>, origin: NameRef<'_>) -> bool {
        let ends_in = |end: NameRef<'_>| match end.labels().count() {
            0 => false,
            // In the zone `at`, `at.at` may well be a customer: its own records prove that it is.
            1 => written != end && written.is_within(end) && !self.has_own(end, origin),
            _ => written.is_within(end),
        };
        ends_in(self.origin()) || ends_in(origin)
    }

    /// `name`.`origin` has records.
    fn has_own(&self, name: NameRef<'_>, origin: NameRef<'_>) -> bool {
        self.find(joined(name, origin).name()).is_some_and(|id| self.at(id).next().is_some())
    }

    /// A name as written ends in a top-level domain, and the zone has no names of its own there.
    fn is_foreign(&self, record: &Record, written: NameRef<'_>, origin: NameRef<'_>) -> bool {
        let labels: Vec<&[u8]> = written.labels().collect();
        // The mailbox of an SOA has a label more: `hostmaster.it` may be one at `it` in the zone.
        let needed = if record.rtype() == RrType::SOA { 3 } else { 2 };
        if labels.last().is_none_or(|last| labels.len() < needed || !is_top_level(last)) {
            return false;
        }
        let top = std::iter::successors(Some(written), |name| name.parent());
        let top = top.take_while(|name| !name.is_root()).last().unwrap_or(NameRef::ROOT);
        // `com.example.com` exists; but perhaps only because owners lack their dots, too.
        let twice = joined(self.origin(), origin);
        self.find(joined(top, origin).name()).is_none()
            || self.origin().is_within(top) && self.find(twice.name()).is_some()
    }

    /// A name lies below a delegation or a DNAME: whether it exists is not known here.
    fn is_elsewhere(&self, name: NameRef<'_>) -> bool {
        let encloser = self.closest_encloser(name);
        self.cut(encloser).is_some() || self.highest(encloser, REDIRECTED).is_some()
    }
}

/// A name that is written without its final dot before `origin`, in a zone, may have been meant with it: it ends
/// in the name of the zone, in the origin, or in a top-level domain. `false` is certain.
pub(super) fn may_lack_dot(name: NameRef<'_>, apex: NameRef<'_>, origin: NameRef<'_>) -> bool {
    let before = labels_before(name, origin);
    labels_end_in(before, apex) || labels_end_in(before, origin) || is_top_level(last_label(before))
}

/// A name below `origin` ends in the name of the zone before that, or in the origin itself, and was hardly meant so. In
/// the zone `at`, `at.at` may well be.
pub(crate) fn repeats_origin(name: NameRef<'_>, apex: NameRef<'_>, origin: NameRef<'_>) -> bool {
    let is_below = name != origin && name.is_within(origin) && !origin.is_root();
    let ends_in =
        |end: NameRef<'_>| end.labels().nth(1).is_some() && labels_end_in(labels_before(name, origin), end);
    is_below && (ends_in(apex) || ends_in(origin))
}

/// What stands before `origin` ends in the labels of the zone, or of the origin; `false` is certain.
fn may_repeat_origin(name: NameRef<'_>, apex: NameRef<'_>, origin: NameRef<'_>) -> bool {
    let before = labels_before(name, origin);
    labels_end_in(before, apex) || labels_end_in(before, origin)
}

/// Labels end in those of a name; `false` is certain.
fn labels_end_in(labels: &[u8], name: NameRef<'_>) -> bool {
    let end = &name.wire()[..name.wire().len() - 1];
    // Mostly the last octet differs already.
    end.last().is_none_or(|last| labels.last() == Some(last)) && labels.ends_with(end)
}

/// The labels of a name before `origin`; all of it where it is not below.
fn labels_before<'n>(name: NameRef<'n>, origin: NameRef<'_>) -> &'n [u8] {
    name.wire().strip_suffix(origin.wire()).unwrap_or(name.wire())
}

/// The last of some labels in wire format.
fn last_label(labels: &[u8]) -> &[u8] {
    let (mut last, mut rest) = (&[][..], labels);
    while let Some((&length @ 1.., tail)) = rest.split_first()
        && let Some((label, tail)) = tail.split_at_checked(usize::from(length))
    {
        (last, rest) = (label, tail);
    }
    last
}

/// A label is a top-level domain.
fn is_top_level(label: &[u8]) -> bool {
    static KNOWN: LazyLock<HashSet<&[u8]>> =
        LazyLock::new(|| TOP_LEVEL.split_whitespace().map(str::as_bytes).collect());
    // The longest of them are `museum` and `travel`.
    (2..=6).contains(&label.len()) && KNOWN.contains(label)
}

/// A name is one label before `origin`, and no address: most are, and nothing is wrong with them.
fn is_plain(name: NameRef<'_>, origin: NameRef<'_>) -> bool {
    name.parent() == Some(origin) && !name.first_label().contains(&b':')
}

/// A name as it is written before `origin`; `None` where it is not below.
fn written(name: NameRef<'_>, origin: NameRef<'_>) -> Option<NameBuffer> {
    if origin.is_root() || name == origin || !name.is_within(origin) {
        return None;
    }
    let kept = name.wire().len() - origin.wire().len();
    NameBuffer::joined(&name.wire()[..kept], NameRef::ROOT)
}

/// `name`.`origin`, or `origin` where that would be too long.
fn joined(name: NameRef<'_>, origin: NameRef<'_>) -> NameBuffer {
    let labels = &name.wire()[..name.wire().len() - 1];
    let long = || NameBuffer::joined(&[], origin).expect("a name alone has room");
    NameBuffer::joined(labels, origin).unwrap_or_else(long)
}

/// The address that a name looks like.
fn address(name: NameRef<'_>) -> Option<IpAddr> {
    is_like_address(name).then(|| name.to_string().parse().ok()).flatten()
}

/// The first label of a name is a number, or has a colon and begins as an address does.
fn is_like_address(name: NameRef<'_>) -> bool {
    let label = name.first_label();
    label.first().is_some_and(|first| first.is_ascii_hexdigit() || *first == b':')
        && (label.iter().all(u8::is_ascii_digit) || label.contains(&b':'))
}

#[cfg(test)]
mod tests {
    use super::TOP_LEVEL;

    #[test]
    fn top_level_domains_are_as_names_are_kept() {
        let words = || TOP_LEVEL.split_whitespace();
        assert!(words().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
        let countries: Vec<_> = words().filter(|word| word.len() == 2).collect();
        assert!(countries.is_sorted_by(|a, b| a < b), "each once, in order");
        assert!(["at", "de", "io", "uk"].iter().all(|country| countries.contains(country)));
    }
}
