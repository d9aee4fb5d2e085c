//! What stays known of a zone when the rest of it is put aside.

use std::sync::Arc;

use super::{Terms, Zone};
use crate::diagnostic::{Part, Place};
use crate::source::{FileId, Span};
use crate::syntax::{Name, NameRef};

/// What there is to know of a zone without its records: enough to name it, and to read it again.
#[derive(Debug, Clone)]
pub struct Outline {
    origin: Name,
    terms: Option<Arc<Terms>>,
    file: FileId,
    /// Where its SOA stands, or where its file begins: the place and its part, which take less room by themselves.
    heading: Span,
    part: Part,
    /// It has an SOA.
    has_soa: bool,
    complete: bool,
    records: u32,
    /// Most zones include nothing.
    included: Option<Box<Included>>,
}

/// The files of a zone that includes others.
#[derive(Debug, Clone)]
struct Included {
    files: Vec<FileId>,
    reread: Vec<FileId>,
}

impl Outline {
    /// The name of the zone.
    pub fn origin(&self) -> NameRef<'_> {
        self.origin.as_ref()
    }

    /// How it is served, where that is known.
    pub fn terms(&self) -> Option<&Arc<Terms>> {
        self.terms.as_ref()
    }

    /// The view that it is in.
    pub fn view(&self) -> Option<&Arc<str>> {
        self.terms.as_ref()?.view.as_ref()
    }

    /// The file that it begins in.
    pub fn file(&self) -> FileId {
        self.file
    }

    /// All files, included ones too.
    pub fn files(&self) -> &[FileId] {
        self.included.as_ref().map_or(std::slice::from_ref(&self.file), |included| &included.files)
    }

    /// Included files that stand in the zone more than once.
    pub fn reread_files(&self) -> &[FileId] {
        self.included.as_ref().map_or(&[], |included| &included.reread)
    }

    /// The place of the SOA, or where the file begins.
    pub fn heading(&self) -> Place {
        Place { span: self.heading, part: self.part }
    }

    /// The file that its SOA stands in.
    pub fn soa_file(&self) -> Option<FileId> {
        self.has_soa.then_some(self.heading.file)
    }

    /// The number of its records.
    pub fn records(&self) -> usize {
        self.records as usize
    }

    /// Nothing of the zone is missing because it could not be read.
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

impl Zone {
    /// What stays known of the zone when the rest of it is put aside.
    pub fn outline(&self) -> Outline {
        self.outline_with(self.origin().into(), self.terms.clone())
    }

    /// The same, with a copy of its name that is at hand. A zone that is not kept gives its terms away: threads wait for
    /// each other to count who has them.
    pub(crate) fn outline_as(&mut self, origin: Name, is_kept: bool) -> Outline {
        let terms = if is_kept { self.terms.clone() } else { self.terms.take() };
        self.outline_with(origin, terms)
    }

    fn outline_with(&self, origin: Name, terms: Option<Arc<Terms>>) -> Outline {
        let alone = self.files == [self.file];
        let soa = self.soa().map(|(record, _)| record);
        let Place { span: heading, part } = self.heading_at(soa);
        let included = || Box::new(Included { files: self.files.clone(), reread: self.reread.clone() });
        Outline {
            origin,
            terms,
            file: self.file,
            heading,
            part,
            has_soa: soa.is_some(),
            complete: self.is_complete(),
            records: u32::try_from(self.records.len()).unwrap_or(u32::MAX),
            included: (!alone).then(included),
        }
    }
}
