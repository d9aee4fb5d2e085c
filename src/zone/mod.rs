//! Entries → one zone: its names, records and rdata, as `named` would load them.
//!
//! Names and rdata stand in one arena in wire format; a record is 28 bytes, a name 17, its octets, and some
//! 15 in the index.
//! Records of one owner are chained in the order of the file, so that nothing is sorted.

mod answer;
mod arpa;
mod block;
mod builder;
mod difference;
mod facts;
mod hasher;
mod hostname;
mod index;
mod names;
mod order;
mod outline;
mod rdata;
mod recent;
mod response;
mod scratch;
mod serial;
mod served;
mod slip;
mod spf;
mod stream;
mod tags;
mod template;
mod terms;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use crate::diagnostic::{Part, Place, Site};
use crate::source::{FileId, Span};
use crate::syntax::{Name, NameRef, RrType};

pub use answer::{Answer, Lead};
pub use arpa::{Tree, address_of, name_of};
pub use builder::{IncludeError, Included, Includes, Loaded, load, load_in_order, load_in_pieces};
pub use difference::{Changed, Difference, difference};
pub(crate) use hostname::is_hash;
pub use hostname::{BadName, BadOutside, BadTarget, Defect};
pub use names::NameId;
pub use order::{Order, OrderRule, RrsetOrder, Server};
pub use outline::Outline;
pub use rdata::{LowerName, Rdata, Soa, date as seconds_of_date, decode_base64};
pub use response::Response;
pub use scratch::Scratch;
pub use serial::Serial;
pub use served::Served;
pub use slip::Slip;
pub(crate) use slip::repeats_origin;
pub use spf::{Domain as SpfDomain, Lengths, Mechanism, Qualifier, Spf, SpfFault, SpfFaultKind, Term};
pub use stream::{Stream, Streamed, Unread};
pub use tags::{as_text, tags};
pub use terms::{CheckNames, Terms};

use facts::Facts;
use names::{DELEGATED, NameTable, REDIRECTED, Traits};

/// No record, at the end of a chain.
const NONE: u32 = u32::MAX;

/// A resource record.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    owner: NameId,
    /// The next record of the same owner.
    next: u32,
    /// Where its rdata begins in the arena, behind a length of two octets.
    rdata: u32,
    ttl: u32,
    start: u32,
    len: u16,
    rtype: u16,
    file: u16,
    flags: u16,
}

/// The record came out of a `$GENERATE`.
const GENERATED: u16 = 1;
/// The owner is not written but taken from the record above.
const INHERITED: u16 = 2;
/// The owner is written as `IN`, and no class follows it.
const CLASS_OWNER: u16 = 4;
/// A name in its rdata has no final dot, and may have been meant with it.
const LACKS_DOT: u16 = 8;
/// Its rdata is written in the generic form.
const GENERIC: u16 = 16;
/// Above these stands the number of the origin ([`Zone::number_origin`]).
const ORIGIN_SHIFT: u32 = 5;
/// The number of an origin beyond those that are counted.
const UNCOUNTED: u16 = u16::MAX >> ORIGIN_SHIFT;

/// Above the TTL, which has 31 bits: a name in the rdata has a label that is none of a host name.
const ODD_RDATA: u32 = 1 << 31;

impl Record {
    /// Its owner.
    pub fn owner(&self) -> NameId {
        self.owner
    }

    /// Its type.
    pub fn rtype(&self) -> RrType {
        RrType::new(self.rtype)
    }

    /// Its TTL in seconds, as it stands or as it follows from what stands above.
    pub fn ttl(&self) -> u32 {
        self.ttl & !ODD_RDATA
    }

    /// A name in its rdata has a label that is none of a host name.
    fn has_odd_rdata(&self) -> bool {
        self.ttl & ODD_RDATA != 0
    }

    /// It came out of a `$GENERATE`, whose place it has.
    pub fn is_generated(&self) -> bool {
        self.flags & GENERATED != 0
    }

    /// Its owner is written as `IN`, and no class follows: it may be a class that lost its indentation.
    pub fn has_class_as_owner(&self) -> bool {
        self.flags & CLASS_OWNER != 0
    }

    /// A name in its rdata is written without final dot, and may have been meant with it; `false` is certain.
    pub(crate) fn lacks_dot(&self) -> bool {
        self.flags & LACKS_DOT != 0
    }

    /// Where its rdata stands: that of two records is the same if this is.
    pub(crate) fn rdata_at(&self) -> u32 {
        self.rdata
    }

    /// The name of the zone stands behind its names that have no final dot.
    fn is_below_apex(&self) -> bool {
        self.flags >> ORIGIN_SHIFT == 0
    }

    /// Its rdata is written in the generic form, which `named` does not look into.
    fn is_generic(&self) -> bool {
        self.flags & GENERIC != 0
    }

    /// Its owner is not written but taken from the record above.
    pub fn inherits_owner(&self) -> bool {
        self.flags & INHERITED != 0
    }
}

/// An owner outside the zone, whose records `named` ignores.
#[derive(Debug, Clone)]
pub struct OutOfZone {
    /// The name.
    pub owner: Name,
    /// The first record of the block.
    pub span: Span,
    /// How many records are ignored with it.
    pub records: usize,
}

/// A zone, as `named` would load it.
#[derive(Debug, Clone)]
pub struct Zone {
    file: FileId,
    names: NameTable,
    records: Vec<Record>,
    /// The files that records stand in, by the number in a record.
    files: Vec<FileId>,
    /// Those that are read more than once.
    reread: Vec<FileId>,
    /// The origins that records are read under, besides the name of the zone.
    origins: Vec<Name>,
    outside: Vec<OutOfZone>,
    bad_outside: Vec<BadOutside>,
    /// Numbers of records before which a block of one owner ends although the owner may stay.
    block_ends: Vec<u32>,
    /// Something of the zone could not be read, and it is not known what.
    incomplete: bool,
    /// Names that a record which could not be read belongs to.
    damaged: HashSet<NameId>,
    /// What is known of all records together.
    facts: Facts,
    /// How it is served, where that is known.
    terms: Option<Arc<Terms>>,
}

impl Zone {
    /// A zone without even its name.
    fn empty(file: FileId) -> Self {
        Self {
            file,
            names: NameTable::default(),
            records: Vec::new(),
            files: Vec::new(),
            reread: Vec::new(),
            origins: Vec::new(),
            outside: Vec::new(),
            bad_outside: Vec::new(),
            block_ends: Vec::new(),
            incomplete: false,
            damaged: HashSet::new(),
            facts: Facts::default(),
            terms: None,
        }
    }

    /// The room of a zone for another one. Its names are for [`NameTable::begin`].
    fn emptied(self, file: FileId) -> Self {
        let Self { names, mut records, mut files, mut reread, mut origins, mut block_ends, .. } = self;
        records.clear();
        files.clear();
        reread.clear();
        origins.clear();
        block_ends.clear();
        Self { names, records, files, reread, origins, block_ends, ..Self::empty(file) }
    }

    /// The name of the zone.
    pub fn origin(&self) -> NameRef<'_> {
        self.names.name(self.apex())
    }

    /// How it is served.
    pub fn terms(&self) -> &Terms {
        self.terms.as_deref().unwrap_or(&Terms::DEFAULT)
    }

    /// Says how it is served.
    pub fn serve(&mut self, terms: Arc<Terms>) {
        self.terms = Some(terms);
    }

    /// Notes that nothing is known of the zone.
    pub(crate) fn forget(&mut self) {
        self.incomplete = true;
    }

    /// The view that it is in.
    pub fn view(&self) -> Option<&Arc<str>> {
        self.terms.as_ref()?.view.as_ref()
    }

    /// The file that the zone begins in.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// All files of the zone, included ones too.
    pub fn files(&self) -> &[FileId] {
        &self.files
    }

    /// Included files that stand in the zone more than once.
    pub fn reread_files(&self) -> &[FileId] {
        &self.reread
    }

    /// The name of the zone, as one of its names.
    pub fn apex(&self) -> NameId {
        NameId::APEX
    }

    /// All records in the order in which they are read.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The record that is read before this one.
    pub fn before(&self, record: &Record) -> Option<&Record> {
        self.records.get(self.records.element_offset(record)?.checked_sub(1)?)
    }

    /// The origin that stands behind the names of a record which have no final dot: that of the last
    /// `$ORIGIN`. `None` beyond the 2,047th.
    pub fn origin_at(&self, record: &Record) -> Option<NameRef<'_>> {
        match record.flags >> ORIGIN_SHIFT {
            0 => Some(self.origin()),
            number => self.origins.get(usize::from(number) - 1).map(Name::as_ref),
        }
    }

    /// The number of an origin: 0 for the name of the zone. It gets one if it is none of the last few: files go back and
    /// forth.
    fn number_origin(&mut self, origin: NameRef<'_>) -> u16 {
        if origin == self.origin() {
            return 0;
        }
        let mut recent = self.origins.iter().enumerate().rev().take(4);
        let known = recent.find(|(_, known)| known.as_ref() == origin).map(|(index, _)| index + 1);
        let number = known.unwrap_or(self.origins.len() + 1).min(usize::from(UNCOUNTED));
        if number > self.origins.len() && number < usize::from(UNCOUNTED) {
            self.origins.push(origin.into());
        }
        u16::try_from(number).expect("it is UNCOUNTED at most")
    }

    /// All names in the order in which they were met first, empty non-terminals among them.
    pub fn names(&self) -> impl Iterator<Item = NameId> + use<> {
        self.names_in(0..self.name_count())
    }

    /// Some of [`Self::names`]: those from one place of the order to another.
    pub fn names_in(&self, range: Range<usize>) -> impl Iterator<Item = NameId> + use<> {
        self.names.ids(range)
    }

    /// How many names there are.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }

    /// A name in wire format.
    pub fn name(&self, id: NameId) -> NameRef<'_> {
        self.names.name(id)
    }

    /// The name without its leftmost label; `None` for the apex.
    pub fn parent(&self, id: NameId) -> Option<NameId> {
        self.names.parent(id)
    }

    /// The name and all above it, up to the apex.
    pub fn ancestry(&self, id: NameId) -> impl Iterator<Item = NameId> {
        std::iter::successors(Some(id), |&id| self.parent(id))
    }

    /// A name, if the zone has it: with records, or as an empty non-terminal.
    pub fn find(&self, name: NameRef<'_>) -> Option<NameId> {
        self.names.find(name)
    }

    /// As [`Self::find`], of a name that likely stands in the file soon after `near`, as glue does after its
    /// delegation.
    pub fn find_behind(&self, near: NameId, name: NameRef<'_>) -> Option<NameId> {
        self.names.find_behind(near, name)
    }

    /// The records of a name in the order in which they are read.
    pub fn at(&self, id: NameId) -> impl Iterator<Item = &Record> {
        let mut next = self.names.first(id);
        std::iter::from_fn(move || {
            let record = self.records.get(next as usize)?;
            next = record.next;
            Some(record)
        })
    }

    /// The records of a name and type in the order in which they are read.
    pub fn rrset(&self, id: NameId, rtype: RrType) -> impl Iterator<Item = &Record> {
        self.at(id).filter(move |record| record.rtype() == rtype)
    }

    /// Whether a name has records of a type.
    pub fn has(&self, id: NameId, rtype: RrType) -> bool {
        self.rrset(id, rtype).next().is_some()
    }

    /// The rdata of a record.
    pub fn rdata(&self, record: &Record) -> Rdata<'_> {
        Rdata::new(record.rtype(), self.names.rdata(record.rdata))
    }

    /// The place of a record, or of a part of it.
    pub fn place(&self, record: &Record, part: Part) -> Place {
        let end = record.start + u32::from(record.len);
        let span = Span::new(self.files[usize::from(record.file)], record.start, end);
        Place { span, part: if record.is_generated() { Part::Generated } else { part } }
    }

    /// The place of a record for whoever changes it; `None` where it is not written by itself.
    pub fn site(&self, record: &Record) -> Option<Site> {
        let origin = self.origin_at(record).filter(|_| !record.is_generated())?;
        let span = self.place(record, Part::Whole).span;
        let (zone, owner) = (self.origin().into(), self.name(record.owner()).into());
        Some(Site { span, zone, view: self.view().cloned(), origin: origin.into(), owner })
    }

    /// The place of the SOA, or where the file begins.
    pub fn heading(&self) -> Place {
        self.heading_at(self.soa().map(|(record, _)| record))
    }

    fn heading_at(&self, soa: Option<&Record>) -> Place {
        soa.map_or(Place::whole(Span::new(self.file, 0, 0)), |record| self.place(record, Part::Owner))
    }

    /// The first SOA at the apex.
    pub fn soa(&self) -> Option<(&Record, Soa<'_>)> {
        let record = self.rrset(self.apex(), RrType::SOA).next()?;
        Some((record, self.rdata(record).soa()?))
    }

    /// More records are outside the zone than in it: the file has another origin.
    pub fn is_mostly_outside(&self) -> bool {
        self.outside.iter().map(|block| block.records).sum::<usize>() > self.records.len()
    }

    /// The highest zone cut at or above a name: a name below the apex that has NS records.
    pub fn cut(&self, id: NameId) -> Option<NameId> {
        self.highest(id, DELEGATED)
    }

    /// The highest DNAME above a name.
    pub fn dname(&self, id: NameId) -> Option<NameId> {
        self.highest(self.parent(id)?, REDIRECTED)
    }

    /// The highest of a name and those above it that is known for something.
    fn highest(&self, id: NameId, traits: Traits) -> Option<NameId> {
        if self.facts.traits() & traits == 0 {
            return None;
        }
        let known = |id| (self.names.traits(id) & traits != 0).then_some(id);
        let (mut at, mut highest) = (id, known(id));
        while let Some(above) = self.parent(at) {
            highest = known(above).or(highest);
            at = above;
        }
        highest
    }

    /// The closest encloser of a name within the zone: its longest ancestor that exists.
    pub fn closest_encloser(&self, name: NameRef<'_>) -> NameId {
        std::iter::successors(Some(name), |name| name.parent())
            .take_while(|name| name.is_within(self.origin()))
            .find_map(|name| self.find(name))
            .unwrap_or(self.apex())
    }

    /// Owners outside the zone.
    pub fn out_of_zone(&self) -> &[OutOfZone] {
        &self.outside
    }

    /// Nothing of the zone is missing because it could not be read.
    pub fn is_complete(&self) -> bool {
        !self.incomplete && self.damaged.is_empty()
    }

    /// No record of this name is missing because it could not be read: what is not there is absent.
    pub fn knows(&self, name: NameRef<'_>) -> bool {
        !self.incomplete && self.find(name).is_none_or(|id| !self.damaged.contains(&id))
    }
}
