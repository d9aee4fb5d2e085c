//! What a rule is.

use super::remark::{Remark, RemarkKind};
use crate::cluster::{Cluster, Domain};
use crate::diagnostic::{Diagnostic, Findings, Group, Level, Part, Place};
use crate::project::{Cause, ConfFault, Doubt, DoubtKind};
use crate::source::{FileId, Span};
use crate::syntax::{Entry, Fault, FaultKind, RrType, Token};
use crate::view::{Target, View};
use crate::zone::{NameId, Record, Serial, Zone};

/// A rule. Its page is the module documentation of the file that it stands in.
#[derive(Debug)]
pub struct Rule {
    /// Its name, which is the name of its file.
    pub name: &'static str,
    /// Its group, which is the name of its folder.
    pub group: Group,
    /// The level of its worst finding.
    pub level: Level,
    /// It runs where nothing is said about it.
    pub default: bool,
    /// Its settings and their values where nothing is said about them.
    pub options: &'static [(&'static str, i64)],
    /// What it looks at, and the code that looks.
    pub check: Check,
}

/// What a rule looks at, from narrow to wide: it is called once for each.
#[derive(Debug)]
pub enum Check {
    /// One kind of fault that the reader found.
    Fault(FaultKind, fn(&Fault, &mut Findings<'_>)),
    /// A directive or record as it is written. The text is read again for it.
    Entry(fn(&Written<'_>, &mut Findings<'_>)),
    /// A record of one of these types.
    Record(&'static [RrType], fn(&Zone, &Record, &mut Findings<'_>)),
    /// The records of one owner and of one of these types.
    Rrset(&'static [RrType], fn(&Zone, &Rrset<'_>, &mut Findings<'_>)),
    /// The records of one owner and type, where there are several. In zones of which the first says no, nothing is
    /// found.
    Several(fn(&Zone) -> bool, fn(&Zone, &Rrset<'_>, &mut Findings<'_>)),
    /// A name with its records; not the empty non-terminals. In zones of which the first says no, nothing is found.
    Name(fn(&Zone) -> bool, fn(&Zone, NameId, &mut Findings<'_>)),
    /// A zone.
    Zone(fn(&Zone, &mut Findings<'_>)),
    /// Where a record of one of these types leads: an NS, CNAME, PTR, MX or SRV record.
    Target(&'static [RrType], fn(&Zone, &Record, Target<'_>, &mut Findings<'_>)),
    /// A record of one of these types, among all zones of its view.
    Among(&'static [RrType], fn(&View, &Zone, &Record, &mut Findings<'_>)),
    /// A zone among its neighbours.
    View(fn(&View, &Zone, &mut Findings<'_>)),
    /// A domain that a mail cluster serves.
    Domain(fn(&Cluster<'_>, &Domain<'_>, &mut Findings<'_>)),
    /// A mail cluster.
    Cluster(fn(&Cluster<'_>, &mut Findings<'_>)),
    /// Two versions of a zone.
    Versions(fn(&Versions<'_>, &mut Findings<'_>)),
    /// What a `named.conf` does wrong in one of these ways.
    Conf(&'static [Cause], fn(&ConfFault, &mut Findings<'_>)),
    /// One kind of doubt about which file is which zone.
    Doubt(DoubtKind, fn(&Doubt, &mut Findings<'_>)),
    /// One kind of remark on ignores and the baseline.
    Remark(RemarkKind, fn(&Remark, &mut Findings<'_>)),
}

impl Check {
    /// It looks at more than one zone: what it says depends on which others were loaded.
    pub fn is_wide(&self) -> bool {
        matches!(
            self,
            Self::View(_) | Self::Target(..) | Self::Domain(_) | Self::Cluster(_) | Self::Doubt(..)
        )
    }
}

/// Two versions of a zone: as it was in an earlier commit, and as it is.
#[derive(Debug, Clone, Copy)]
pub struct Versions<'z> {
    /// As it was.
    pub old: &'z Zone,
    /// As it is.
    pub new: &'z Zone,
    /// What a user calls that commit.
    pub base: &'z str,
}

impl Versions<'_> {
    /// The serials that it had and has; `None` where one is not known, or not kept by hand: the server
    /// writes the zone itself, or 0 stands for what a tool puts there.
    pub fn serials(&self) -> Option<(Serial, Serial)> {
        let serial = |zone: &Zone| zone.soa().map(|(_, soa)| Serial(soa.serial));
        let (old, new) = (serial(self.old)?, serial(self.new)?);
        let kept = new != Serial(0) && !self.new.terms().dynamic;
        kept.then_some((old, new))
    }

    /// Says what becomes of a zone whose serial is not above the last one.
    pub fn tell_fate(&self, found: &mut Diagnostic, otherwise: String) {
        if self.new.terms().inline_signing {
            found.note(
                "with `inline-signing`, `named` says `new serial out of range` and does not load it again",
            );
        } else {
            found.at_most(Level::Warning).note(otherwise);
        }
    }

    /// The place of the serial.
    pub fn place(&self) -> Place {
        let soa = self.new.soa();
        soa.map_or(self.new.heading(), |(record, _)| self.new.place(record, Part::Field(SERIAL)))
    }
}

/// The index of the serial among the fields of an SOA.
const SERIAL: u8 = 2;

/// A directive or record as it is written.
#[derive(Debug, Clone, Copy)]
pub struct Written<'t> {
    /// The file.
    pub file: FileId,
    /// The text of the file.
    pub text: &'t [u8],
    /// The words of the entry.
    pub tokens: &'t [Token],
    /// Its place in the text.
    pub entry: Entry,
}

impl<'t> Written<'t> {
    /// A word, without its quotes.
    pub fn word(&self, at: usize) -> Option<&'t [u8]> {
        self.tokens.get(at).map(|token| token.of(self.text))
    }

    /// The place of a word.
    pub fn place(&self, at: usize) -> Place {
        let token = self.tokens.get(at).map_or((self.entry.start, self.entry.end), |t| (t.start, t.end));
        Place::whole(Span::new(self.file, token.0, token.1))
    }

    /// What stands between the words, comments left out: parentheses, blanks and line ends.
    pub fn gaps(&self) -> impl Iterator<Item = (usize, u8)> {
        let ends = self.tokens.iter().map(|t| t.end as usize);
        let from = std::iter::once(self.entry.start as usize).chain(ends);
        let starts = self.tokens.iter().map(|t| t.start as usize);
        let to = starts.chain(std::iter::once(self.entry.end as usize));
        let text = self.text;
        from.zip(to).flat_map(move |(from, to)| {
            let mut comment = false;
            (from..to.max(from)).filter_map(move |at| {
                comment = (comment || text[at] == b';') && text[at] != b'\n';
                (!comment).then_some((at, text[at]))
            })
        })
    }
}

/// The records of one owner and type, in the order in which they are read; at least one.
#[derive(Debug, Clone, Copy)]
pub struct Rrset<'z> {
    /// The records.
    pub records: &'z [&'z Record],
}

impl<'z> Rrset<'z> {
    /// Their owner.
    pub fn owner(&self) -> NameId {
        self.records[0].owner()
    }

    /// Their type.
    pub fn rtype(&self) -> RrType {
        self.records[0].rtype()
    }

    /// The first one.
    pub fn first(&self) -> &'z Record {
        self.records[0]
    }
}
