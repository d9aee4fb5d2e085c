//! One file: is it a zone, of which name, and what is in it?

use super::doubt::{Doubt, DoubtKind};
use super::in_file::Soa;
use super::include::{Resolver, reason};
use super::origin::{How, infer};
use super::sniff::{Kind, sniff};
use super::walk::{Candidate, Request};
use super::{LoadedZone, file_name};
use crate::source::{ReadError, Sources, Span};
use crate::syntax::{Name, Reader};
use crate::zone::{Loaded, load};

/// A buffer that has grown beyond this is given back: the next file is smaller.
const KEPT_BUFFER: usize = 16 << 20;

/// What became of a file.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "most files are zones, and are moved once")]
pub(super) enum Outcome<J> {
    /// It is a zone.
    Zone(LoadedZone<J>),
    /// It has no SOA: unless another file includes it, it is looked at once more.
    NoSoa,
    /// It is empty: the same.
    Empty,
    /// It is no zone.
    Skipped(&'static str),
    /// It cannot be read.
    Failed(String),
    /// It is a zone and was not loaded: the doubt says why.
    Doubtful,
    /// A part of other zones, or a second way to a file.
    Dropped,
}

/// What became of a file, and what is unclear about it.
#[derive(Debug)]
pub(super) struct Examined<J> {
    pub(super) outcome: Outcome<J>,
    pub(super) doubt: Option<Box<Doubt>>,
}

impl<J> From<Outcome<J>> for Examined<J> {
    fn from(outcome: Outcome<J>) -> Self {
        Self { outcome, doubt: None }
    }
}

/// Looks at files; all threads share it.
pub(super) struct Examiner<'a, F> {
    pub(super) request: &'a Request,
    pub(super) sources: &'a Sources,
    pub(super) resolver: &'a Resolver<'a>,
    pub(super) judge: F,
}

impl<J, F: Fn(&Loaded) -> J> Examiner<'_, F> {
    /// Reads a file into `buffer`, and judges it if it is a zone.
    pub(super) fn examine(&self, candidate: &Candidate, buffer: &mut Vec<u8>) -> Examined<J> {
        let examined = match self.sources.read(candidate.file, buffer) {
            Ok(()) => self.read(candidate, buffer),
            Err(ReadError::TooLarge { .. }) if !candidate.explicit => {
                Outcome::Skipped("has 4 GiB and more").into()
            }
            Err(error) => Outcome::Failed(reason(&error)).into(),
        };
        if buffer.capacity() > KEPT_BUFFER {
            *buffer = Vec::new();
        }
        examined
    }

    fn read(&self, candidate: &Candidate, text: &[u8]) -> Examined<J> {
        let trusted = candidate.explicit && !candidate.astray;
        if trusted {
            let mark = if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            if Reader::new(&text[mark..]).next_entry().is_none() {
                return self.empty(candidate, None);
            }
        } else {
            match sniff(text) {
                Kind::Zone => {}
                Kind::Other if candidate.explicit => {
                    return Outcome::Failed("is a link out of the project to what is no zone".to_owned())
                        .into();
                }
                Kind::Records => return Outcome::NoSoa.into(),
                Kind::Empty => return Outcome::Empty.into(),
                Kind::Other => return Outcome::Skipped("is no zone").into(),
            }
        }
        let includes = self.resolver.of_zone(candidate.file, candidate.linked);
        let inferred = infer(self.request, candidate, text, &includes);
        let lost = match inferred.soa {
            Soa::Present => false,
            Soa::Absent => true,
            // The text has an include that is not there, and may have the SOA: the name decides.
            Soa::Unknown => inferred.origin.is_none(),
        };
        if !trusted && lost {
            return Outcome::NoSoa.into();
        }
        let doubt = inferred.doubt.map(Box::new);
        let Some(origin) = inferred.origin else { return Examined { outcome: Outcome::Doubtful, doubt } };
        Examined { outcome: self.load(candidate, text, origin), doubt }
    }

    /// Looks once more at a file without SOA, or without anything, that no other includes. If its
    /// name says that it is a zone, it is one that lost what was in it.
    pub(super) fn reconsider(
        &self,
        candidate: &Candidate,
        was: &Outcome<J>,
        buffer: &mut Vec<u8>,
    ) -> Examined<J> {
        let empty = matches!(was, Outcome::Empty);
        let skipped = || {
            Outcome::Skipped(if empty { "is empty" } else { "has no SOA, and no zone includes it" }).into()
        };
        if !file_name::is_marked(&candidate.path) {
            return skipped();
        }
        if let Err(error) = self.sources.read(candidate.file, buffer) {
            return Outcome::Failed(reason(&error)).into();
        }
        let includes = self.resolver.of_zone(candidate.file, candidate.linked);
        match infer(self.request, candidate, buffer, &includes).origin {
            Some((origin, _)) if empty => self.empty(candidate, Some(&origin)),
            Some(origin) => self.load(candidate, buffer, origin).into(),
            None => skipped(),
        }
    }

    fn load(&self, candidate: &Candidate, text: &[u8], (origin, how): (Name, How)) -> Outcome<J> {
        let includes = self.resolver.of_zone(candidate.file, candidate.linked);
        let loaded = load(candidate.file, text, origin.as_ref(), &includes);
        let judged = (self.judge)(&loaded);
        Outcome::Zone(LoadedZone {
            zone: loaded.zone,
            how,
            path: candidate.path.to_path_buf(),
            linked: candidate.linked,
            judged,
        })
    }

    fn empty(&self, candidate: &Candidate, zone: Option<&Name>) -> Examined<J> {
        let configured = candidate.configured.map(|index| &self.request.zones[index].origin);
        let doubt = Doubt {
            zone: zone.or(self.request.origin.as_ref()).or(configured).map(Name::to_string),
            ..Doubt::at(DoubtKind::EmptyFile, Span::new(candidate.file, 0, 0))
        };
        Examined { outcome: Outcome::Doubtful, doubt: Some(Box::new(doubt)) }
    }
}
