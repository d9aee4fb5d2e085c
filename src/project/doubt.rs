//! What is unclear about which file is which zone, as data. The rules of group `project` put it into
//! words.

use std::sync::Arc;

use crate::source::Span;

/// One thing that is unclear about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Doubt {
    /// What it is; each kind has a rule of its own.
    pub kind: DoubtKind,
    /// The file, or the words in it that show it.
    pub span: Span,
    /// The zone that the file was taken for, if any: lower-case, without the final dot.
    pub zone: Option<String>,
    /// The view that this zone is in, where there are views.
    pub view: Option<Arc<str>>,
    /// A second place: see the kind.
    pub related: Option<Span>,
    /// A text: see the kind.
    pub detail: String,
    /// How many more there are of the same: see the kind.
    pub others: usize,
}

impl Doubt {
    /// A doubt of this kind about this place, and nothing else said.
    pub(super) fn at(kind: DoubtKind, span: Span) -> Self {
        Self { kind, span, zone: None, view: None, related: None, detail: String::new(), others: 0 }
    }
}

/// The kinds of doubts. What `related` and `detail` of a [`Doubt`] hold stands in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DoubtKind {
    /// It is not known which zone the file is [detail: the file name as it was read, if it was].
    OriginUnknown,
    /// The text says another zone than the file name [detail: what the file name says].
    OriginMismatch,
    /// Two files are the same zone [related: the file that was loaded first; detail: its path].
    DuplicateZone,
    /// A file that was asked for has no record in it.
    EmptyFile,
    /// The text of a file is about another zone than the one that `named.conf` serves from it [related: where
    /// it is named; detail: the zone that the text is about].
    WrongZoneFile,
    /// No zone of `named.conf` has this file [detail: `unknown` where it is not known which zone it is].
    UnusedZoneFile,
    /// The file of a zone is not there [detail: the file; others: zones of the same `named.conf` whose files
    /// should be in the same folder, and are not there either].
    ZoneFileMissing,
    /// The file of a zone may be any of several [detail: these].
    ZoneFileAmbiguous,
    /// What a `named.conf` includes could not be read [detail: the file and the reason].
    NamedConfUnread,
}

impl DoubtKind {
    /// All kinds.
    pub const ALL: &'static [DoubtKind] = &[
        DoubtKind::OriginUnknown,
        DoubtKind::OriginMismatch,
        DoubtKind::DuplicateZone,
        DoubtKind::EmptyFile,
        DoubtKind::WrongZoneFile,
        DoubtKind::UnusedZoneFile,
        DoubtKind::ZoneFileMissing,
        DoubtKind::ZoneFileAmbiguous,
        DoubtKind::NamedConfUnread,
    ];
}
