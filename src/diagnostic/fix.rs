//! What would mend a finding, said in records; the module `fix` makes text of it.

use std::net::IpAddr;
use std::sync::Arc;

use super::Part;
use crate::source::Span;
use crate::syntax::{Name, RrType};

/// How sure it is that a fix is what the owner of the zone wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Applicability {
    /// Nothing that anybody could miss is taken away: `--fix` does it.
    Safe,
    /// Data goes away, or the intention is guessed: only `--fix=all` does it.
    Unsafe,
}

impl Applicability {
    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::Unsafe => "unsafe",
        }
    }

    /// The option that applies it.
    pub fn option(self) -> &'static str {
        match self {
            Applicability::Safe => "--fix",
            Applicability::Unsafe => "--fix=all",
        }
    }
}

/// What would mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// How sure it is.
    pub applicability: Applicability,
    /// What it does, as a sentence that begins with its verb: ``adds `imap A 192.0.2.12` ``.
    pub description: String,
    /// What is to change.
    pub changes: Vec<Change>,
    /// The same in the text, in the order of the places; empty until `fix` has looked at the files.
    pub edits: Vec<Edit>,
}

/// A record, and how names are read where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The entry.
    pub span: Span,
    /// The zone that the record is in. Others may read the same file.
    pub zone: Name,
    /// The view of that zone, where there are views.
    pub view: Option<Arc<str>>,
    /// The origin in force there.
    pub origin: Name,
    /// Its owner.
    pub owner: Name,
}

/// One thing that is to change in a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Records are added below another one.
    Add {
        /// The record that stands above.
        below: Site,
        /// The records, at least one.
        records: Vec<NewRecord>,
    },
    /// A field of the rdata gets another value.
    Set {
        /// The record.
        record: Site,
        /// The field, from 0.
        field: u8,
        /// The value.
        value: Value,
    },
    /// A name is complete as it is written: its final dot is missing.
    Complete {
        /// The record.
        record: Site,
        /// [`Part::Owner`] or [`Part::Field`].
        part: Part,
    },
    /// A record goes away.
    Remove {
        /// The record.
        record: Site,
    },
    /// The last line of a file gets its newline.
    EndLine {
        /// A place on that line.
        span: Span,
    },
}

/// A record that is to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecord {
    /// Its owner.
    pub owner: Name,
    /// Its type.
    pub rtype: RrType,
    /// The fields of its rdata.
    pub rdata: Vec<Value>,
}

impl NewRecord {
    /// An A or AAAA record.
    pub fn address(owner: Name, address: IpAddr) -> Self {
        let rtype = if address.is_ipv4() { RrType::A } else { RrType::AAAA };
        Self { owner, rtype, rdata: vec![Value::Address(address)] }
    }
}

/// A field of rdata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An IPv4 or IPv6 address.
    Address(IpAddr),
    /// A number.
    Number(u32),
    /// A domain name.
    Name(Name),
}

/// A piece of a file and what is to stand in its place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Edit {
    /// What goes; empty where something is only added.
    pub span: Span,
    /// What comes.
    pub text: String,
}
