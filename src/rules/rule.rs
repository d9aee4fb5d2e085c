//! What a rule is.

use crate::cluster::{Cluster, Domain};
use crate::diagnostic::{Findings, Group, Level};
use crate::project::{Doubt, DoubtKind};
use crate::syntax::{Fault, FaultKind, RrType};
use crate::view::View;
use crate::zone::{NameId, Record, Zone};

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
    /// A record.
    Record(fn(&Zone, &Record, &mut Findings<'_>)),
    /// The records of one owner and type.
    Rrset(fn(&Zone, &Rrset<'_>, &mut Findings<'_>)),
    /// A name with its records; not the empty non-terminals.
    Name(fn(&Zone, NameId, &mut Findings<'_>)),
    /// A zone.
    Zone(fn(&Zone, &mut Findings<'_>)),
    /// A zone among its neighbours.
    View(fn(&View, &Zone, &mut Findings<'_>)),
    /// A domain that a mail cluster serves.
    Domain(fn(&Cluster<'_>, &Domain<'_>, &mut Findings<'_>)),
    /// A mail cluster.
    Cluster(fn(&Cluster<'_>, &mut Findings<'_>)),
    /// One kind of doubt about which file is which zone.
    Doubt(DoubtKind, fn(&Doubt, &mut Findings<'_>)),
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
