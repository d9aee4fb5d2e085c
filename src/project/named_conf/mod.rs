//! `named.conf`: which file is which zone, in which view, and how it is served.
//!
//! The text becomes tokens (`lex`), the statements are read from them with all files that they include
//! (`reader`, `settings`), and what they say together is put together here, as `named-checkconf` would
//! take it. What it would refuse is a [`Fault`].

mod fault;
mod gone;
mod lex;
mod parts;
mod reader;
mod settings;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod zone;

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Display;
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use fault::{Cause, Fault};
use hashbrown::{DefaultHashBuilder, HashTable};
use rayon::prelude::*;

use super::MANY;
use super::paths::{PathTable, join, join_in};
use crate::source::{FileId, Span};
use crate::syntax::Name;
use crate::zone::Terms;
use reader::{Draft, Reader};
use settings::Settings;
pub(super) use texts::Texts;
use zone::{Class, ZoneDraft, ZoneType};

/// A file that is included, with its text.
pub(super) type Included = (FileId, Vec<u8>);

/// The files of a `named.conf`.
pub(super) trait Files {
    /// The files that an `include` means, with their texts: relative paths start in `directory`, where that
    /// is known, or wherever the file `from` may stand for. An error is the reason why there is none.
    fn include(
        &mut self,
        path: &Path,
        directory: Option<&Path>,
        from: FileId,
    ) -> Result<Vec<Included>, String>;
}

/// What a `named.conf` says.
#[derive(Debug, Default)]
pub(super) struct NamedConf {
    /// The primary zones with their files, in the order of the text.
    pub(super) zones: Vec<ServedZone>,
    /// The zones that are not checked, and why.
    pub(super) unchecked: Vec<Unchecked>,
    /// Where relative paths start on the server.
    pub(super) directory: Option<PathBuf>,
    /// What is wrong with it.
    pub(super) faults: Vec<Fault>,
    /// What it includes and could not be read.
    pub(super) unread: Vec<Unread>,
    /// What was read.
    pub(super) texts: Texts,
}

/// A zone that is served from a file.
#[derive(Debug)]
pub(super) struct ServedZone {
    pub(super) origin: Name,
    /// Where its file is named in [`NamedConf::texts`]; the file itself is where [`server_path`] says.
    pub(super) place: Span,
    pub(super) terms: Arc<Terms>,
}

/// A zone that is not checked.
#[derive(Debug)]
pub(super) struct Unchecked {
    pub(super) zone: String,
    /// Its file, as the server sees it.
    pub(super) path: Option<PathBuf>,
    /// Why, as the end of a sentence.
    pub(super) why: String,
}

/// A file that is included and could not be read.
#[derive(Debug)]
pub(super) struct Unread {
    pub(super) span: Span,
    pub(super) path: PathBuf,
    pub(super) reason: String,
}

/// Reads a `named.conf`.
pub(super) fn read(file: FileId, text: Vec<u8>, files: &mut dyn Files) -> NamedConf {
    read_in_parts(file, text, files, parts::SIZE)
}

fn read_in_parts(file: FileId, text: Vec<u8>, files: &mut dyn Files, part: usize) -> NamedConf {
    let mut reader = Reader::new(files, part);
    reader.read(file, text);
    Assembly::new(reader.draft).assemble()
}

/// Whether a text is a `named.conf`, or a part of one that stands outside of other statements.
pub(super) fn is_conf(file: FileId, text: &[u8]) -> bool {
    const HEADS: [&str; 12] = [
        "options",
        "zone",
        "view",
        "acl",
        "key",
        "controls",
        "logging",
        "server",
        "masters",
        "primaries",
        "statistics-channels",
        "include",
    ];
    const WINDOW: usize = 4096;
    if memchr::memchr2(b'{', b';', text).is_none() {
        return false;
    }
    let (tokens, _) = lex::tokens(file, &text[..text.len().min(WINDOW)]);
    let [head, behind @ ..] = &tokens[..] else { return false };
    let is_head = HEADS.iter().any(|word| head.is(text, word));
    let open =
        behind.iter().take(3).find(|token| token.kind != lex::Kind::Word && token.kind != lex::Kind::Quoted);
    let included =
        head.is(text, "include") && behind.first().is_some_and(|path| path.kind == lex::Kind::Quoted);
    is_head
        && (included || open.is_some_and(|token| token.kind == lex::Kind::Open && token.end > token.start))
}

/// Puts together what was read.
struct Assembly {
    draft: Draft,
    conf: NamedConf,
    /// What holds outside of all views, and then in each.
    terms: Vec<(Settings, Arc<Terms>)>,
    /// The zones by what they are told apart by, as indices.
    zones: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// The hash of what each is told apart by.
    hashes: Vec<u64>,
    /// How each is served that is served from a file.
    served: Vec<Option<Arc<Terms>>>,
    /// Where the files of those are named that are zones of another view, too; others have their own.
    shared: HashMap<usize, Span>,
    /// Whether the server writes the file of a zone, where it has one.
    written: Vec<Option<bool>>,
}

impl Assembly {
    fn new(draft: Draft) -> Self {
        let zones = draft.zones.len();
        let hasher = DefaultHashBuilder::default();
        let keys = draft.zones.par_iter().with_min_len(MANY).map(ZoneDraft::key);
        Self {
            hashes: keys.map(|key| hasher.hash_one(key)).collect(),
            draft,
            conf: NamedConf::default(),
            terms: Vec::new(),
            zones: HashTable::with_capacity(zones),
            hasher,
            served: vec![None; zones],
            shared: HashMap::new(),
            written: vec![None; zones],
        }
    }

    fn assemble(mut self) -> NamedConf {
        self.views();
        let zones = std::mem::take(&mut self.draft.zones);
        for index in 0..zones.len() {
            self.zone(&zones, index);
        }
        // Most servers write no file, and need not know who has the same.
        if self.written.contains(&Some(true)) {
            self.shared(&zones);
        }
        let Self { served, mut shared, .. } = self;
        // A zone takes the room of what was read of it: there may be a hundred thousand.
        let zones = zones.into_iter().zip(served).enumerate().filter_map(|(index, (zone, terms))| {
            let (terms, origin) = (terms?, zone.origin?);
            let place = shared.remove(&index).or(zone.file)?;
            Some(ServedZone { origin, place, terms })
        });
        self.conf.zones = zones.collect();
        let Draft { faults, unread, directory, texts, .. } = self.draft;
        self.conf.faults.extend(faults);
        drop_consequences(&mut self.conf.faults);
        NamedConf { unread, texts, directory: directory.map(|(path, _)| path), ..self.conf }
    }

    fn fault(&mut self, cause: Cause, span: Span, shown: impl Display) -> &mut Fault {
        self.conf.faults.push(Fault::new(cause, span, shown.to_string().as_bytes()));
        self.conf.faults.last_mut().expect("it was pushed just now")
    }

    fn views(&mut self) {
        let mut seen: HashMap<String, Span> = HashMap::new();
        let options = self.draft.options.clone();
        let terms = Arc::new(options.terms(None));
        self.terms.push((options, terms));
        let views: Vec<_> = self.draft.views.iter().map(|view| (view.name.clone(), view.span)).collect();
        for (index, (name, span)) in views.into_iter().enumerate() {
            let settings = self.draft.options.over(&self.draft.views[index].settings);
            let terms = Arc::new(settings.terms(Some(name.as_str().into())));
            self.terms.push((settings, terms));
            let Some(span) = span else { continue };
            if let Some(&first) = seen.get(&name) {
                self.fault(Cause::ViewRepeated, span, name).related = Some(first);
            } else {
                seen.insert(name, span);
            }
        }
    }

    fn zone(&mut self, zones: &[ZoneDraft], index: usize) {
        let zone = &zones[index];
        let Some(origin) = &zone.origin else { return };
        self.place(zone);
        if let Some(first) = self.first(zones, index) {
            let first = zones[first].span;
            self.fault(Cause::ZoneRepeated, zone.span, origin).related = Some(first);
            return;
        }
        if let Some((view, place)) = zone.in_view() {
            return self.in_view(zones, index, view, *place);
        }
        let Some(kind) = zone.kind else {
            if !zone.partial {
                self.fault(Cause::NoType, zone.span, origin);
            }
            // With a file it was mostly meant as a primary, and so the file is checked.
            if !zone.partial && zone.file.is_some() {
                self.file(zones, index, origin, ZoneType::Primary);
            }
            return;
        };
        self.file(zones, index, origin, kind);
    }

    /// The zone further up that one is the same as; if there is none, it is noted.
    fn first(&mut self, zones: &[ZoneDraft], index: usize) -> Option<usize> {
        let at = |index: u32| zones[index as usize].key();
        let key = zones[index].key();
        let hash = self.hashes[index];
        let is_same = |&index: &u32| self.hashes[index as usize] == hash && at(index) == key;
        let first = self.zones.find(hash, is_same).copied();
        if first.is_none() {
            self.zones.insert_unique(hash, number(index), |&index| self.hashes[index as usize]);
        }
        first.map(|index| index as usize)
    }

    /// Tests class and view of a zone.
    fn place(&mut self, zone: &ZoneDraft) {
        let view = zone.view.map(|view| &self.draft.views[view as usize]);
        let class = view.map_or(Class::Internet, |view| view.class);
        let outside = view.is_none().then(|| self.draft.views.first()).flatten().map(|view| view.span);
        if let Some((own, span)) = zone.class()
            && own != class
        {
            self.fault(Cause::OtherClass, span, own.word()).say(class.word());
        }
        if let Some(view) = outside {
            let shown = zone.origin.as_ref().map(Name::to_string).unwrap_or_default();
            self.fault(Cause::OutsideViews, zone.span, shown).related = view;
        }
    }

    /// A zone with its file.
    fn file(&mut self, zones: &[ZoneDraft], index: usize, origin: &Name, kind: ZoneType) {
        let zone = &zones[index];
        let (settings, terms) = &self.terms[zone.view.map_or(0, |view| view as usize + 1)];
        let own = zone.settings().map(|own| settings.over(own));
        let settings = own.as_ref().unwrap_or(settings);
        let (raw, is_written) = (settings.is_raw(), settings.is_written());
        let terms = match own {
            Some(_) => Arc::new(settings.terms(terms.view.clone())),
            None => terms.clone(),
        };
        self.written[index] = zone.file.is_some().then_some(match kind {
            ZoneType::Primary => is_written,
            ZoneType::Hint | ZoneType::Redirect | ZoneType::Unknown => false,
            _ => true,
        });
        let class = zone.class().map_or_else(
            || zone.view.map_or(Class::Internet, |view| self.draft.views[view as usize].class),
            |(class, _)| class,
        );
        let why = match (kind, class) {
            (ZoneType::Unknown, _) => return,
            (ZoneType::Primary, Class::Other(class)) => format!("is of class {class}"),
            (ZoneType::Primary, _) if raw => "is in raw format".to_owned(),
            (ZoneType::Primary, _) if zone.file.is_some_and(|place| self.draft.texts.is_nothing(place)) => {
                "has an empty file name".to_owned()
            }
            (ZoneType::Primary, _) if zone.foreign => "is not served from a file".to_owned(),
            (ZoneType::Primary, _) => {
                match &zone.file {
                    Some(_) => self.served[index] = Some(terms),
                    None if zone.partial => {}
                    None => _ = self.fault(Cause::NoFile, zone.span, origin),
                }
                return;
            }
            (kind, _) => format!("is of type {}", kind.word()),
        };
        let path = self.path(zone).map(|path| self.server_path(&path).into_owned());
        self.conf.unchecked.push(Unchecked { zone: origin.to_string(), path, why });
    }

    /// A zone of another view that this one has too.
    fn in_view(&mut self, zones: &[ZoneDraft], index: usize, view: &str, place: Span) {
        let zone = &zones[index];
        if let Some((word, other)) = zone.rare.as_ref().and_then(|rare| rare.other) {
            self.fault(Cause::InViewWithOptions, other, word);
        }
        let target = (0..)
            .zip(&self.draft.views)
            .find(|(_, it)| it.name == view)
            .filter(|&(at, _)| Some(at) < zone.view);
        let Some(origin) = &zone.origin else { return };
        let original = target.and_then(|(view, _)| {
            let key = (Some(view), 3, origin);
            let is_it = |&at: &u32| zones[at as usize].key() == Some(key);
            self.zones.find(self.hasher.hash_one(Some(key)), is_it).map(|&index| index as usize)
        });
        let Some(original) = original.filter(|&index| zones[index].in_view().is_none()) else {
            self.fault(Cause::NoSuchView, place, view).say(view);
            return;
        };
        let Some(terms) = &self.served[original] else { return };
        let view = zone.view.map(|view| Arc::from(self.draft.views[view as usize].name.as_str()));
        self.served[index] = Some(Arc::new(Terms { view, ..Terms::clone(terms) }));
        self.shared.extend(zones[original].file.map(|place| (index, place)));
    }

    /// Tests that no zone has a file that the server writes for another.
    fn shared(&mut self, zones: &[ZoneDraft]) {
        let path = |zone: &ZoneDraft| {
            self.path(zone).map(|path| self.server_path(&path).into_owned()).unwrap_or_default()
        };
        let mut files = PathTable::with_capacity(zones.len());
        let mut shared = Vec::new();
        for (index, (zone, written)) in (0..).zip(zones.iter().zip(&self.written)) {
            let (Some(written), Some(place)) = (*written, zone.file) else { continue };
            let own = path(zone);
            let first = files.insert(&own, index, |at| path(&zones[at as usize])) as usize;
            let known = self.written[first].unwrap_or_default();
            let first = zones[first].span;
            if first != zone.span && (known || written) {
                shared.push((own, place, first));
            }
        }
        for (path, place, first) in shared {
            self.fault(Cause::SharedWritten, place, path.display()).related = Some(first);
        }
    }

    /// The file of a zone as it is written, if it has one.
    fn path(&self, zone: &ZoneDraft) -> Option<Cow<'_, Path>> {
        Some(self.draft.texts.path(zone.file?))
    }

    fn server_path<'p>(&self, path: &'p Path) -> Cow<'p, Path> {
        server_path(self.draft.directory.as_ref().map(|(directory, _)| &**directory), path)
    }
}

/// A file as the server sees it: with the `directory` before it, where its path is relative.
pub(super) fn server_path<'p>(directory: Option<&Path>, path: &'p Path) -> Cow<'p, Path> {
    before(directory, path).map_or(path.into(), |directory| join(directory, path).into())
}

/// The same, where it has to be put together, in the room of another path.
pub(super) fn server_path_in<'p>(
    room: &'p mut PathBuf,
    directory: Option<&Path>,
    path: &'p Path,
) -> &'p Path {
    before(directory, path).map_or(path, |directory| join_in(room, directory, path))
}

/// The directory that is to be put before a path.
fn before<'d>(directory: Option<&'d Path>, path: &Path) -> Option<&'d Path> {
    directory.filter(|_| path.is_relative())
}

/// The number of a zone.
fn number(index: usize) -> u32 {
    u32::try_from(index).expect("files are below MAX_FILE_SIZE")
}

/// Takes away what only follows from another fault: behind a quote or comment that was left open nothing is
/// as it was meant, and a bracket that was not opened is closed all the same.
fn drop_consequences(faults: &mut Vec<Fault>) {
    faults.sort_by_key(|fault| (fault.span.file, fault.span.start, fault.span.end));
    let mut open: Option<FileId> = None;
    let mut lost = 0_usize;
    faults.retain(|fault| {
        if open == Some(fault.span.file) {
            return false;
        }
        match fault.cause {
            Cause::OpenQuote | Cause::OpenComment => open = Some(fault.span.file),
            Cause::MissingOpen => lost += 1,
            Cause::UnmatchedClose if lost > 0 => {
                lost -= 1;
                return false;
            }
            _ => {}
        }
        true
    });
}
