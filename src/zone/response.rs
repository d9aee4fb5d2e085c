//! The size of the answer that `named` gives for a name of a zone.
//!
//! Assumed is the query of a resolver: no recursion desired, EDNS without cookie, no signatures wanted; and
//! the server's default `minimal-responses no-auth-recursive`. BIND then answers from the zone of the name
//! alone: it does not follow an alias into another zone that it serves, nor adds addresses from there
//! (`query_getzonedb()` and `query_additionalauth()` in its `query.c`).
//!
//! Names count as if they were all written in one case, as with `no-case-compress`: otherwise each name
//! that is written in two ways is there twice.

use hashbrown::HashSet;

use super::{Answer, NameId, Rdata, Zone};
use crate::syntax::{Name, NameBuffer, NameRef, RrType};

/// The header of a message (RFC 1035 section 4.1.1).
const HEADER: usize = 12;

/// Type and class behind the name of the question.
const QUESTION: usize = 4;

/// Type, class, TTL and the length of the rdata.
const FIXED: usize = 10;

/// The OPT record of EDNS without options (RFC 6891 section 6.1.2).
const OPT: usize = 11;

/// What an answer has around the name that is asked for and the records.
const AROUND: usize = HEADER + QUESTION + OPT;

/// A compression pointer, and the first offset that none can have (RFC 1035 section 4.1.4).
const POINTER: usize = 2;
const OFFSETS: usize = 0x4000;

/// BIND looks for a name and for its parent in what it has written, and remembers these two of each name.
const SUFFIXES: usize = 2;

/// BIND adds no addresses for an RRset with more records (`DNS_RDATASET_MAXADDITIONAL`).
const MAX_ADDITIONAL: usize = 13;

/// So many names BIND looks for to add addresses, found or not, since the security fixes of October 2026.
const MAX_LOOKUPS: usize = 26;

/// Aliases that BIND follows (`max-query-restarts`).
const MAX_ALIASES: usize = 11;

/// TLSA, which BIND adds for the hosts of MX records.
const TLSA: RrType = RrType::new(52);

/// The size of an answer, in octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Response {
    /// All of it.
    pub size: usize,
    /// Without the additional addresses, which are left out where they do not fit: what is larger is
    /// truncated, and asked for again by TCP.
    pub needed: usize,
}

impl Zone {
    /// The answer for a name and type of the zone. The records of an RRset count in the order of their
    /// rdata: where some names are longer by several labels than others, another order can be a few octets
    /// longer or shorter.
    ///
    /// `None` where there is no positive answer, and where something of it could not be read.
    pub fn response(&self, name: NameRef<'_>, rtype: RrType) -> Option<Response> {
        if !self.is_complete() {
            return None;
        }
        let mut message = Message::new(name);
        let question = message.len;
        let mut additional = Additional::default();
        let mut name = Name::from(name);
        for _ in 0..MAX_ALIASES {
            let owner = name.as_ref();
            let id = match self.answer(owner) {
                Answer::Name(id) | Answer::Wildcard(id) => id,
                Answer::Dname(id) => {
                    let dname = self.rrset(id, RrType::DNAME).next()?;
                    let target = self.redirect(id, owner)?;
                    message.rrset(self.name(id), RrType::DNAME, &[self.rdata(dname).wire()]);
                    message.rrset(owner, RrType::CNAME, &[target.as_ref().wire()]);
                    name = target;
                    continue;
                }
                // The alias leads out of the zone, and is all that is said.
                Answer::Unknown if message.len > question => return Some(message.end()),
                Answer::Delegated(_) | Answer::Missing | Answer::Unknown => return None,
            };
            let alias = if rtype == RrType::CNAME { None } else { self.rrset(id, RrType::CNAME).next() };
            if let Some(alias) = alias {
                let target = self.rdata(alias).target()?;
                message.rrset(owner, RrType::CNAME, &[target.wire()]);
                name = target.into();
                continue;
            }
            let set = self.set(id, rtype);
            if set.is_empty() {
                return None;
            }
            message.rrset(owner, rtype, &set);
            additional.answered(owner, rtype);
            additional.of(self, rtype, &set);
            let servers = self.set(self.apex(), RrType::NS);
            if (owner, rtype) != (self.origin(), RrType::NS) {
                message.rrset(self.origin(), RrType::NS, &servers);
                additional.of(self, RrType::NS, &servers);
            }
            let needed = message.len + OPT;
            additional.write(self, &mut message);
            return Some(Response { size: message.len + OPT, needed });
        }
        None
    }

    /// The answer, if it has more than `limit` octets. Most answers are so small that it is seen at once.
    pub fn response_above(&self, limit: usize, name: NameRef<'_>, rtype: RrType) -> Option<Response> {
        let above = || self.response(name, rtype).filter(|response| response.size > limit);
        if self.is_surely_within(limit, name, rtype) {
            debug_assert_eq!(above(), None, "what was counted is more than there can be");
            return None;
        }
        above()
    }

    /// The answer is small by what is easily counted: more than it can have.
    fn is_surely_within(&self, limit: usize, name: NameRef<'_>, rtype: RrType) -> bool {
        let Some(id) = self.find(name) else { return false };
        let question = HEADER + name.wire().len() + QUESTION + OPT;
        let Some(alias) = self.rrset(id, RrType::CNAME).next() else {
            return if self.has(id, rtype) {
                self.set_is_within(limit, question, (id, rtype))
            } else {
                self.dname(id).is_none()
            };
        };
        let rdata = self.rdata(alias);
        let Some(target) = rdata.target() else { return false };
        let answer = question + POINTER + FIXED + rdata.wire().len();
        match self.answer(target) {
            // An alias that leads out of the zone is all that is said.
            Answer::Unknown => !target.is_within(self.origin()) && answer <= limit,
            // Without such records there is no answer.
            Answer::Name(end) if self.dname(id).is_none() && !self.has(end, RrType::CNAME) => {
                !self.has(end, rtype) || self.set_is_within(limit, answer, (end, rtype))
            }
            _ => false,
        }
    }

    /// An RRset and the name servers of the zone surely have room behind what is there of an answer.
    fn set_is_within(&self, limit: usize, before: usize, (id, rtype): (NameId, RrType)) -> bool {
        let set = self.most_of_set(id, rtype);
        set.zip(self.room_in_answers(limit)).is_some_and(|(set, room)| before - AROUND + set <= room)
    }

    /// So many octets of an answer that has no more than `limit` are left for the name that is asked for and for the
    /// RRset, with the addresses of its hosts; `None` where that is not easily said.
    pub(crate) fn room_in_answers(&self, limit: usize) -> Option<usize> {
        let servers = self.origin().wire().len() + self.most_of_set(self.apex(), RrType::NS)?;
        Some(limit.min(OFFSETS).saturating_sub(AROUND + servers))
    }

    /// So many addresses of a name surely have [room](Self::room_in_answers) in an answer.
    pub(crate) fn has_room_for(&self, addresses: usize, id: NameId, room: usize) -> bool {
        self.name(id).wire().len() + addresses * (POINTER + FIXED + 16) <= room
    }

    /// One of these answers, each for a name with records of its type or an alias, may have more than `limit` octets:
    /// it has not [room](Self::room_in_answers) by what is easily counted.
    pub(crate) fn may_answer_above(&self, limit: usize, room: usize, asked: &[(NameId, RrType)]) -> bool {
        asked.iter().any(|&(id, rtype)| {
            let name = self.name(id);
            let alone = self.most_of_set(id, rtype).filter(|_| !self.has(id, RrType::CNAME));
            alone.is_none_or(|set| name.wire().len() + set > room)
                && self.response_above(limit, name, rtype).is_some()
        })
    }

    /// The octets that an RRset takes at most in an answer of no more than [`OFFSETS`], with the addresses of its hosts;
    /// `None` where that is not easily said.
    fn most_of_set(&self, id: NameId, rtype: RrType) -> Option<usize> {
        let origin = self.origin().wire();
        self.rrset(id, rtype).try_fold(0, |len, record| {
            let rdata = self.rdata(record);
            // Most hosts are in other zones, and do not even end in the octets of this one's name.
            let may_be_here = rdata.wire().ends_with(origin);
            let hosts = if may_be_here { self.most_of_hosts(rtype, rdata)? } else { 0 };
            Some(len + POINTER + FIXED + rdata.wire().len() + hosts)
        })
    }

    /// The octets that the addresses of an MX or NS host take at most, as long as what stands before them can be pointed
    /// to; `None` where that is not easily said.
    fn most_of_hosts(&self, rtype: RrType, rdata: Rdata<'_>) -> Option<usize> {
        let within = |host: &NameRef<'_>| host.is_within(self.origin());
        let Some(host) = rdata.target().filter(within) else { return Some(0) };
        let id = self.find(host)?;
        // A TLSA record of the host, which a wildcard may be.
        let exists = |label: &[u8]| {
            NameBuffer::joined(label, host).is_some_and(|below| self.find(below.name()).is_some())
        };
        if rtype == RrType::MX && self.may_have(TLSA) && (exists(b"\x04_tcp") || exists(b"\x01*")) {
            return None;
        }
        let addresses = self.at(id).map(|record| self.rdata(record));
        let addresses = addresses.filter(|rdata| rdata.address().is_some());
        Some(addresses.map(|address| POINTER + FIXED + address.wire().len()).sum())
    }

    /// The rdata of an RRset in the order in which BIND keeps it, each once.
    fn set(&self, id: NameId, rtype: RrType) -> Vec<&[u8]> {
        let mut set: Vec<_> = self.rrset(id, rtype).map(|record| self.rdata(record).wire()).collect();
        set.sort_unstable();
        set.dedup();
        set
    }
}

/// The records of the additional section.
#[derive(Default)]
struct Additional {
    /// The name and type of the answer.
    answered: Option<(Name, RrType)>,
    /// Names with where they are in the zone, and the type that they are there for; each once.
    names: Vec<(Name, NameId, RrType)>,
    /// Names that were looked for.
    lookups: usize,
}

impl Additional {
    fn answered(&mut self, name: NameRef<'_>, rtype: RrType) {
        self.answered = Some((name.into(), rtype));
    }

    /// Adds what BIND looks for beside records of this type (`additionaldata_mx()`, `_ns()`).
    fn of(&mut self, zone: &Zone, rtype: RrType, set: &[&[u8]]) {
        let at = match rtype {
            RrType::MX => 2,
            RrType::NS => 0,
            _ => return,
        };
        if set.len() > MAX_ADDITIONAL {
            return;
        }
        for rdata in set {
            let Some((host, _)) = rdata.get(at..).and_then(NameRef::split_from) else { continue };
            if host.is_root() {
                continue;
            }
            self.add(zone, host, RrType::A);
            let mut service = NameBuffer::new();
            if rtype == RrType::MX && service.parse(b"_25._tcp", host).is_ok() {
                self.add(zone, service.name(), TLSA);
            }
        }
    }

    fn add(&mut self, zone: &Zone, name: NameRef<'_>, rtype: RrType) {
        self.lookups += 1;
        if self.lookups > MAX_LOOKUPS {
            return;
        }
        let known = |(other, _, kind): &(Name, NameId, RrType)| other.as_ref() == name && *kind == rtype;
        if let Answer::Name(id) | Answer::Wildcard(id) = zone.answer(name)
            && !self.names.iter().any(known)
        {
            self.names.push((name.into(), id, rtype));
        }
    }

    /// Writes the A records first, as BIND does for a client that asks by IPv4.
    fn write(&self, zone: &Zone, message: &mut Message) {
        for rtype in [RrType::A, RrType::AAAA, TLSA] {
            let kind = if rtype == TLSA { TLSA } else { RrType::A };
            for (name, id, _) in self.names.iter().filter(|(_, _, other)| *other == kind) {
                let is_answer = |(answer, answered): &(Name, RrType)| answer == name && *answered == rtype;
                if !self.answered.as_ref().is_some_and(is_answer) {
                    message.rrset(name.as_ref(), rtype, &zone.set(*id, rtype));
                }
            }
        }
    }
}

/// A message as far as it is written, with the names that can be pointed to.
struct Message {
    len: usize,
    written: HashSet<Name>,
}

impl Message {
    /// With the question for a name.
    fn new(question: NameRef<'_>) -> Self {
        let mut message = Self { len: HEADER, written: HashSet::new() };
        message.name(question);
        message.len += QUESTION;
        message
    }

    fn rrset(&mut self, owner: NameRef<'_>, rtype: RrType, set: &[&[u8]]) {
        for rdata in set {
            self.name(owner);
            self.len += FIXED;
            match rtype {
                RrType::CNAME | RrType::NS => self.rdata(0, rdata),
                RrType::MX => self.rdata(2, rdata),
                // Not compressed itself, but pointed to.
                RrType::DNAME => self.remember(NameRef::from_wire(rdata), SUFFIXES, rdata.len()),
                _ => self.len += rdata.len(),
            }
        }
    }

    /// Rdata that ends with a name that is compressed.
    fn rdata(&mut self, at: usize, rdata: &[u8]) {
        let (head, name) = rdata.split_at(at.min(rdata.len()));
        self.len += head.len();
        if let Some((name, _)) = NameRef::split_from(name) {
            self.name(name);
        }
    }

    /// Writes a name (`dns_name_towire2()`).
    fn name(&mut self, name: NameRef<'_>) {
        let whole = name.wire().len();
        let known = suffixes(name).position(|suffix| self.written.contains(suffix.wire()));
        let prefix = |at: usize| whole - suffixes(name).nth(at).map_or(0, |suffix| suffix.wire().len());
        // A pointer that saves nothing is not written.
        match known.map(|at| (at, prefix(at) + POINTER)).filter(|&(_, len)| len < whole) {
            Some((new, len)) => self.remember(name, new, len),
            None => self.remember(name, SUFFIXES, whole),
        }
    }

    /// Adds a name that takes `len` octets; the first `new` of its suffixes can be pointed to from now on.
    fn remember(&mut self, name: NameRef<'_>, new: usize, len: usize) {
        let start = self.len;
        self.len += len;
        for suffix in suffixes(name).take(new) {
            let offset = start + name.wire().len() - suffix.wire().len();
            if offset < OFFSETS {
                self.written.insert(suffix.into());
            }
        }
    }

    /// The answer ends here: no name servers are added.
    fn end(self) -> Response {
        let size = self.len + OPT;
        Response { size, needed: size }
    }
}

/// A name and its parent, without the root.
fn suffixes(name: NameRef<'_>) -> impl Iterator<Item = NameRef<'_>> {
    let all = std::iter::successors(Some(name), |suffix| suffix.parent());
    all.filter(|suffix| !suffix.is_root()).take(SUFFIXES)
}
