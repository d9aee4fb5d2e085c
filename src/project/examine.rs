//! One file: is it a zone, of which name, and what is in it?

use std::io::ErrorKind;
use std::ops::Range;

use super::doubt::{Doubt, DoubtKind};
use super::in_file::{Soa, evidence};
use super::include::{Resolver, ZoneIncludes, reason};
use super::known::KnownZone;
use super::named_conf::is_conf;
use super::origin::{How, infer};
use super::sniff::{Kind, begins_zone, sniff};
use super::walk::{Candidate, Found, Request};
use super::{Fate, LoadedZone, file_name};
use crate::source::{Directory, ReadError, Rest, Sources, Span, escape_path};
use crate::syntax::{Name, Reader};
use crate::zone::{Loaded, Scratch, load, load_in_pieces};

/// A buffer that has grown beyond this is given back: the next file is smaller.
const KEPT_BUFFER: usize = 16 << 20;

/// So many octets are read before the first of them is looked at.
const TOGETHER: usize = 256 << 10;

/// Zones with a longer text stay at hand.
const SMALL: usize = 1 << 20;

/// Why a part of a `named.conf` is no zone.
pub(super) const PART_OF_CONF: &str = "is a part of a named.conf, and no other includes it";

/// What a thread uses again: the directory, room for the texts of some files, and for the zone that one is.
#[derive(Debug, Default)]
pub(super) struct Room {
    pub(super) directory: Directory,
    pub(super) text: Vec<u8>,
    pub(super) scratch: Scratch,
}

/// What reading a file has brought: what is left of a large one, and where its text is in [`Room::text`].
type Begun = (Result<Option<Rest>, ReadError>, Range<usize>);

/// What became of a file.
#[derive(Debug)]
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
    request: &'a Request,
    sources: &'a Sources,
    found: &'a Found,
    resolver: &'a Resolver<'a>,
    judge: F,
}

impl<'a, J, F: Fn(&Loaded) -> (J, Fate)> Examiner<'a, F> {
    pub(super) fn new(
        request: &'a Request,
        sources: &'a Sources,
        found: &'a Found,
        resolver: &'a Resolver<'a>,
        judge: F,
    ) -> Self {
        Self { request, sources, found, resolver, judge }
    }

    /// The zone that a file is known to be.
    fn known(&self, candidate: &Candidate) -> Option<&'a KnownZone> {
        candidate.known.map(|index| &self.found.zones[index as usize])
    }

    fn includes(&self, candidate: &Candidate) -> ZoneIncludes<'a, 'a> {
        let base = self.known(candidate).and_then(|zone| zone.base);
        self.resolver.of_zone(candidate.file, candidate.linked, base)
    }

    /// Reads files, and judges those that are zones.
    pub(super) fn examine_all(
        &self,
        mut candidates: &[Candidate],
        mut examined: &mut [Examined<J>],
        room: &mut Room,
    ) {
        let mut begun = Vec::with_capacity(candidates.len());
        while !candidates.is_empty() {
            room.text.clear();
            self.begin_all(candidates, &mut begun, room);
            let (now, later) = candidates.split_at(begun.len());
            let (places, others) = examined.split_at_mut(begun.len());
            (candidates, examined) = (later, others);
            for ((candidate, place), (read, text)) in now.iter().zip(places).zip(begun.drain(..)) {
                *place = self.examine(candidate, (read, &room.text[text]), &mut room.scratch);
            }
            if room.text.capacity() > KEPT_BUFFER {
                room.text = Vec::new();
            }
        }
    }

    /// Reads files one right behind the other, as many as there is room for: to go to the system and back for each by
    /// itself takes 3 % longer in all.
    fn begin_all(&self, candidates: &[Candidate], begun: &mut Vec<Begun>, room: &mut Room) {
        for candidate in candidates {
            let start = room.text.len();
            let read = self.sources.begin(candidate.file, &mut room.directory, &mut room.text);
            begun.push((read, start..room.text.len()));
            if room.text.len() > TOGETHER {
                return;
            }
        }
    }

    /// Judges a file that was read, if it is a zone.
    fn examine(
        &self,
        candidate: &Candidate,
        (read, text): (Result<Option<Rest>, ReadError>, &[u8]),
        scratch: &mut Scratch,
    ) -> Examined<J> {
        match read {
            Ok(None) => self.read(candidate, text, scratch),
            Ok(Some(rest)) => self.read_large(candidate, (text.to_vec(), rest), scratch),
            Err(ReadError::TooLarge { .. }) if !candidate.explicit => {
                Outcome::Skipped("has 4 GiB and more").into()
            }
            Err(ReadError::Io { source, .. })
                if candidate.unseen
                    && matches!(source.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) =>
            {
                self.missing(candidate)
            }
            Err(error) => Outcome::Failed(reason(&error)).into(),
        }
    }

    /// Whether it is not to be asked if a file is a zone.
    fn is_trusted(&self, candidate: &Candidate) -> bool {
        candidate.explicit
            && !candidate.astray
            && !(candidate.unseen && self.resolver.leads_out(candidate.file))
    }

    /// Reads a large file, of which the beginning is in the buffer: in pieces, if that tells what it is.
    fn read_large(
        &self,
        candidate: &Candidate,
        (mut beginning, mut rest): (Vec<u8>, Rest),
        scratch: &mut Scratch,
    ) -> Examined<J> {
        let text = &beginning;
        let is_zone = if self.is_trusted(candidate) { has_entry(text) } else { begins_zone(text) };
        let includes = self.includes(candidate);
        let inferred =
            is_zone.then(|| infer(self.request, self.known(candidate), candidate, text, &includes));
        let Some(origin) = inferred.filter(|inferred| inferred.certain).and_then(|it| it.origin) else {
            return match self.sources.read_on(candidate.file, &mut beginning, rest) {
                Ok(()) => self.read(candidate, &beginning, scratch),
                Err(error) => Outcome::Failed(reason(&error)).into(),
            };
        };
        let size = usize::try_from(rest.size()).unwrap_or(usize::MAX);
        let name = origin.0.as_ref();
        let loaded = load_in_pieces(candidate.file, (beginning, size), &mut rest, name, &includes, scratch);
        self.sources.note(candidate.file, &rest);
        let outcome = match loaded {
            Ok(loaded) => self.judged(candidate, loaded, size, origin, scratch),
            Err(error) => Outcome::Failed(reason(&self.sources.failed(candidate.file, error))),
        };
        let mut text = Vec::new();
        let doubt = self.wrong_file(candidate, &outcome, || {
            // If it cannot be read any more, nothing is known.
            _ = self.sources.read(candidate.file, &mut text);
            &text
        });
        Examined { outcome, doubt }
    }

    fn read(&self, candidate: &Candidate, text: &[u8], scratch: &mut Scratch) -> Examined<J> {
        let trusted = self.is_trusted(candidate);
        if trusted {
            if !has_entry(text) {
                return self.empty(candidate, None);
            }
        } else {
            match sniff(text) {
                Kind::Zone => {}
                Kind::Other if candidate.explicit => {
                    let how = if candidate.astray {
                        "is a link out of the project to what is no zone"
                    } else {
                        "is outside the project, and no zone"
                    };
                    return Outcome::Failed(how.to_owned()).into();
                }
                Kind::Records => return Outcome::NoSoa.into(),
                Kind::Empty => return Outcome::Empty.into(),
                Kind::Other if is_conf(candidate.file, text) => return Outcome::Skipped(PART_OF_CONF).into(),
                Kind::Other => return Outcome::Skipped("is no zone").into(),
            }
        }
        let includes = self.includes(candidate);
        let inferred = infer(self.request, self.known(candidate), candidate, text, &includes);
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
        let outcome = self.load(candidate, text, origin, scratch);
        let doubt = doubt.or_else(|| self.wrong_file(candidate, &outcome, || text));
        Examined { outcome, doubt }
    }

    /// Looks once more at a file without SOA, or without anything, that no other includes. If its
    /// name says that it is a zone, it is one that lost what was in it.
    pub(super) fn reconsider(&self, candidate: &Candidate, was: &Outcome<J>, room: &mut Room) -> Examined<J> {
        let Room { text: buffer, scratch, .. } = room;
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
        let includes = self.includes(candidate);
        match infer(self.request, None, candidate, buffer, &includes).origin {
            Some((origin, _)) if empty => self.empty(candidate, Some(&origin)),
            Some(origin) => self.load(candidate, buffer, origin, scratch).into(),
            None => skipped(),
        }
    }

    fn load(
        &self,
        candidate: &Candidate,
        text: &[u8],
        origin: (Name, How),
        scratch: &mut Scratch,
    ) -> Outcome<J> {
        let includes = self.includes(candidate);
        let loaded = load(candidate.file, text, origin.0.as_ref(), &includes, scratch);
        self.judged(candidate, loaded, text.len(), origin, scratch)
    }

    /// What comes of a zone that was read from a text of so many octets.
    fn judged(
        &self,
        candidate: &Candidate,
        mut loaded: Loaded,
        size: usize,
        (origin, how): (Name, How),
        scratch: &mut Scratch,
    ) -> Outcome<J> {
        let terms = self.known(candidate).and_then(|zone| zone.terms.as_ref());
        if let Some(terms) = terms.or(self.found.servers.terms.as_ref()).cloned() {
            loaded.zone.serve(terms);
        }
        let (judged, fate) = (self.judge)(&loaded);
        let include_base = self.known(candidate).and_then(|zone| zone.base);
        // What is read on all threads is not to be waited for.
        let is_kept = fate == Fate::Kept || size > SMALL;
        let outline = loaded.zone.outline_as(origin, is_kept).into();
        let zone = if is_kept {
            Some(Box::new(scratch.keep(loaded.zone)))
        } else {
            scratch.recycle(loaded.zone);
            None
        };
        let (path, linked) = (candidate.path.clone(), candidate.linked);
        Outcome::Zone(LoadedZone { outline, zone, how, include_base, path, linked, judged })
    }

    /// A file that `named.conf` names and that is not there.
    fn missing(&self, candidate: &Candidate) -> Examined<J> {
        let doubt = self.known(candidate).and_then(|zone| {
            Some(Doubt {
                zone: Some(zone.origin.to_string()),
                view: zone.terms.as_ref().and_then(|terms| terms.view.clone()),
                detail: escape_path(&candidate.path),
                ..Doubt::at(DoubtKind::ZoneFileMissing, zone.place?)
            })
        });
        Examined { outcome: Outcome::Doubtful, doubt: doubt.map(Box::new) }
    }

    /// Whether a text is about another zone than the one that `named.conf` serves from it: it has an SOA, and
    /// not where the zone begins.
    fn wrong_file<'t>(
        &self,
        candidate: &Candidate,
        outcome: &Outcome<J>,
        text: impl FnOnce() -> &'t [u8],
    ) -> Option<Box<Doubt>> {
        let known = self.known(candidate).filter(|zone| zone.how == How::NamedConf)?;
        let Outcome::Zone(LoadedZone { outline, .. }) = outcome else { return None };
        if outline.soa_file().is_some() {
            return None;
        }
        let found = evidence(candidate.file, text(), &self.includes(candidate));
        let about = found.origin.filter(|origin| *origin != known.origin)?;
        Some(Box::new(Doubt {
            zone: Some(known.origin.to_string()),
            view: outline.view().cloned(),
            related: known.place,
            detail: about.to_string(),
            ..Doubt::at(DoubtKind::WrongZoneFile, found.place)
        }))
    }

    fn empty(&self, candidate: &Candidate, zone: Option<&Name>) -> Examined<J> {
        let known = self.known(candidate).map(|zone| &zone.origin);
        let doubt = Doubt {
            view: self.known(candidate).and_then(|zone| zone.terms.as_ref()?.view.clone()),
            zone: zone.or(self.request.origin.as_ref()).or(known).map(Name::to_string),
            ..Doubt::at(DoubtKind::EmptyFile, Span::new(candidate.file, 0, 0))
        };
        Examined { outcome: Outcome::Doubtful, doubt: Some(Box::new(doubt)) }
    }
}

/// A text has an entry.
fn has_entry(text: &[u8]) -> bool {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut rest = text;
    while rest.starts_with(b";")
        && let Some(end) = memchr::memchr(b'\n', rest)
    {
        rest = &rest[end + 1..];
    }
    // In most texts a word comes right behind the comments.
    rest.first().is_some_and(|first| first.is_ascii_alphanumeric() || b"$@".contains(first))
        || Reader::new(text).next_entry().is_some()
}
