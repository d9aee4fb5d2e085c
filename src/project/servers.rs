//! The servers of a project: which `named.conf` counts, and what it says of the files.

use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::fs;
use std::iter::repeat;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::Glob;
use rayon::prelude::*;

use super::doubt::{Doubt, DoubtKind};
use super::git::Overlay;
use super::include::reason;
use super::known::{AllServed, Conf, Served, append, number};
use super::mapping::{Listed, Mapped, Mapper, Walked, is_likely};
use super::named_conf::{
    self, Cause, Fault, Files, Included, NamedConf, ServedZone, Texts, Unread, is_conf, server_path,
    server_path_in,
};
use super::paths::{join_in, normal};
use super::pick::{Root, pick};
use super::walk::{Request, Seen};
use super::{MANY, rotation};
use crate::diagnostic::Failure;
use crate::source::{FileId, ReadError, Sources, escape_path};
use crate::zone::Terms;

/// Of so many zones, one is asked for its folder before all threads find the files.
const EACH: usize = 32;

/// So many files are looked for together.
const GROUP: usize = 32;

/// What the servers of a project say, beside which file is which zone.
#[derive(Debug, Default)]
pub struct Servers {
    /// A `named.conf` is among what is checked: it tells which zone files are in use.
    pub(super) present: bool,
    /// The files that were read.
    pub(super) files: HashSet<PathBuf>,
    /// How zones are served that no `named.conf` serves.
    pub(super) terms: Option<Arc<Terms>>,
    /// All of it could be read, as far as it may tell of zones.
    pub(super) whole: bool,
    /// Files that may be those of its zones.
    pub(super) mentioned: HashSet<PathBuf>,
    /// Those that have something to say.
    pub(super) fruitful: Vec<PathBuf>,
    /// What could not be checked.
    pub(super) failures: Vec<Failure>,
    /// What is wrong in it.
    pub(super) faults: Vec<Fault>,
    /// What is unclear in it.
    pub(super) doubts: Vec<Doubt>,
    /// Files that are no zones to be checked, and why.
    pub(super) skipped: Vec<(PathBuf, String)>,
    /// Where relative includes of zones start, besides the root.
    pub(super) bases: Vec<PathBuf>,
    /// Folders of the server, and what they are here.
    pub(super) prefixes: Vec<(PathBuf, PathBuf)>,
    /// The zones that files are known to be, until they are assigned.
    pub(super) served: AllServed,
}

/// Where relative includes of a zone start: one of the bases of its [`Servers`]. All threads would wait for each other
/// to count how many zones have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BaseId(NonZeroU32);

impl BaseId {
    /// The last of these folders, if there is one.
    fn of_last(folders: &[PathBuf]) -> Option<Self> {
        NonZeroU32::new(u32::try_from(folders.len()).ok()?).map(Self)
    }

    /// The folder.
    pub(super) fn of(self, folders: &[PathBuf]) -> &Path {
        &folders[self.0.get() as usize - 1]
    }
}

impl Servers {
    /// It is known which zone files are in use.
    pub(super) fn knows_use(&self) -> bool {
        self.present && self.whole
    }

    /// Finds the servers' configurations and reads them; they are taken out of what was seen.
    pub(super) fn read(request: &Request, sources: &Sources, seen: &mut Vec<Seen>) -> Result<Self, Failure> {
        if request.origin.is_some() {
            return Ok(Self::default());
        }
        let terms = without_rotation(sources, seen);
        let roots = pick(request, sources, seen);
        if roots.is_empty() {
            return Ok(Self { terms, ..Self::default() });
        }
        let whole =
            request.paths.iter().any(|path| path.is_dir() && normal(&request.root).starts_with(normal(path)));
        let listed: Option<Listed<'_>> =
            if whole { Some(Box::new(seen.iter().map(|seen| seen.path.clone()))) } else { None };
        let mapper = Mapper::new(request, listed);
        let version = request.history.version.as_ref();
        let mut reading = Reading {
            version,
            sources,
            mapper,
            walked: Walked::new(seen),
            numbers: HashMap::new(),
            servers: Self { whole: true, terms, ..Self::default() },
        };
        for root in &roots {
            reading.read(root)?;
        }
        let (servers, out) = reading.finish();
        for at in out {
            seen[at as usize].out = true;
        }
        Ok(servers)
    }
}

/// Adds a file, as it is in the version that is read.
pub(super) fn add(sources: &Sources, version: Option<&Overlay>, path: Arc<Path>) -> FileId {
    let version = version.filter(|version| version.has_name(path.file_name().unwrap_or_default()));
    let other = version.and_then(|version| version.read(&version.real(&path).ok()?)?.ok());
    match other {
        Some(bytes) => sources.add_bytes(path, bytes),
        None => sources.add_shared(path),
    }
}

/// The text of a file. It is not kept: it is long, and hardly ever shown.
fn text(sources: &Sources, file: FileId) -> Result<Vec<u8>, ReadError> {
    let mut text = Vec::new();
    sources.read(file, &mut text)?;
    Ok(text)
}

/// Paths for a message.
fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("`{}`", escape_path(path))).collect::<Vec<_>>().join(", ")
}

/// Whether a file is called as files with keys are.
fn is_key(path: &Path) -> bool {
    memchr::memmem::find(path.file_name().unwrap_or_default().as_encoded_bytes(), b"key").is_some()
}

/// How the zones are served if a configuration of Knot or NSD is among the files; those are taken out.
fn without_rotation(sources: &Sources, seen: &mut Vec<Seen>) -> Option<Arc<Terms>> {
    let is_conf = |seen: &Seen| rotation::server_of(&seen.path).is_some();
    if !seen.par_iter().with_min_len(MANY).any(is_conf) {
        return None;
    }
    let confs: Vec<_> = seen.extract_if(.., |seen| is_conf(seen)).collect();
    confs.iter().find_map(|seen| {
        let file = seen.file.unwrap_or_else(|| sources.add(&seen.path));
        rotation::terms(rotation::server_of(&seen.path)?, file, &sources.read_shared(file).ok()?)
    })
}

/// Configurations while they are read.
struct Reading<'r> {
    sources: &'r Sources,
    /// The version that is read, if it is not that on the disk.
    version: Option<&'r Overlay>,
    mapper: Mapper<'r>,
    /// The files that the walks have seen.
    walked: Walked<'r>,
    /// The files that were read, by their paths.
    numbers: HashMap<PathBuf, FileId>,
    servers: Servers,
}

impl Reading<'_> {
    fn read(&mut self, root: &Root) -> Result<(), Failure> {
        if self.numbers.contains_key(&root.path) {
            return Ok(());
        }
        let failed = |error| Failure { path: root.path.clone(), message: reason(&error) };
        let file = self.open(&root.path);
        // That the files can be found takes about as long as to read the text in which they are named.
        let (text, _) = rayon::join(|| text(self.sources, file), || self.walked.numbers());
        let text = text.map_err(failed)?;
        let mut conf = named_conf::read(file, text, self);
        self.servers.present |= root.wanted;
        let any = !conf.zones.is_empty();
        self.zones(&mut conf, root);
        if root.wanted {
            self.tell(conf, any, root);
        }
        Ok(())
    }

    /// What was read, and the places of the files that are no zones to be checked.
    fn finish(self) -> (Servers, Vec<u32>) {
        let Self { mapper, walked, numbers, mut servers, .. } = self;
        servers.prefixes = mapper.prefixes();
        servers.files = numbers.into_keys().collect();
        let unchecked = servers.skipped.iter().map(|(path, _)| path);
        let out = servers.files.iter().chain(unchecked).filter_map(|path| walked.find(path)).collect();
        (servers, out)
    }

    fn open(&mut self, path: &Path) -> FileId {
        if let Some(&file) = self.numbers.get(path) {
            return file;
        }
        let file = add(self.sources, self.version, path.into());
        self.numbers.insert(path.to_path_buf(), file);
        file
    }

    /// Takes the zones with the files that they have here.
    fn zones(&mut self, conf: &mut NamedConf, root: &Root) {
        let home = root.path.parent().unwrap_or(Path::new("")).to_path_buf();
        let zones = std::mem::take(&mut conf.zones);
        let (directory, texts) = (conf.directory.as_deref(), &conf.texts);
        self.learn(&zones, directory, texts);
        let seen = self.seen(&zones, directory, texts).into_iter().chain(repeat(None));
        let unseen = self.unseen(&zones, directory, texts).into_iter().chain(repeat(None));
        let AllServed { zones: before, confs, .. } = &self.servers.served;
        let (first, of) = (number(before.len()), number(confs.len()));
        let zones = zones.into_iter().zip(seen.zip(unseen)).zip(first..);
        let served = zones.filter_map(|((zone, (seen, unseen)), number)| {
            let known = seen.or_else(|| Some(self.servers.served.elsewhere(unseen?)));
            let at = if let Some(at) = known {
                self.mapper.meet();
                at
            } else {
                let written = texts.path(zone.place);
                let path = server_path(directory, &written);
                let found = self.find(&path, &home);
                self.located(found, &zone, &path, root)?
            };
            let ServedZone { origin, place, terms, .. } = zone;
            Some(Served { origin, place, terms, at, conf: of, number })
        });
        let served = served.collect();
        append(&mut self.servers.served.zones, served);
        let base = conf.directory.as_ref().and_then(|directory| self.mapper.folder(directory));
        let base = base.and_then(|folder| {
            self.servers.bases.push(folder);
            BaseId::of_last(&self.servers.bases)
        });
        self.servers.served.confs.push(Conf { wanted: root.wanted, base });
        for zone in &conf.unchecked {
            let reason = format!("is the file of `{}`, which {}", zone.zone, zone.why);
            let found = zone.path.as_ref().and_then(|path| match self.find(path, &home) {
                // The copy that a secondary has is mostly not here: what has its name only is a zone to be checked.
                Mapped::To(found) if is_likely(&found, path, &home) => Some(found),
                _ => None,
            });
            if let Some(path) = found {
                self.servers.skipped.push((path, reason));
            } else if root.wanted {
                let reason = format!("its zone `{}` {}, and is not checked", zone.zone, zone.why);
                self.servers.skipped.push((root.path.clone(), reason));
            }
        }
    }

    /// Learns which folders of the project those of the zones' files are.
    fn learn(&mut self, zones: &[ServedZone], directory: Option<&Path>, texts: &Texts) {
        let path = |zone: &'_ ServedZone| server_path(directory, &texts.path(zone.place)).into_owned();
        // Hardly a folder has none of these, and whichever has none is found later, by one thread.
        let some: Vec<PathBuf> = zones.iter().step_by(EACH).map(path).collect();
        self.mapper.learn(some.iter().map(PathBuf::as_path));
    }

    /// The files of the zones that were seen in folders that were learned, as far as that is told at a glance.
    fn seen(&self, zones: &[ServedZone], directory: Option<&Path>, texts: &Texts) -> Vec<Option<u32>> {
        if self.walked.is_empty() {
            return Vec::new();
        }
        let look = |room: &mut [PathBuf; GROUP + 1], (places, zones): (&mut [Option<u32>], &[ServedZone])| {
            let [room, here @ ..] = room;
            for (here, zone) in here.iter_mut().zip(zones) {
                if self.learned(zone, (directory, texts), (room, here)).is_none() {
                    here.as_mut_os_string().clear();
                }
            }
            self.walked.glance(here, places);
        };
        let mut places = vec![None; zones.len()];
        let groups = places.par_chunks_mut(GROUP).zip(zones.par_chunks(GROUP));
        let room = || std::array::from_fn(|_| PathBuf::new());
        groups.with_min_len(MANY / GROUP).for_each_init(room, look);
        places
    }

    /// The files of the zones in folders that were learned, where no walk has seen any file.
    fn unseen(
        &self,
        zones: &[ServedZone],
        directory: Option<&Path>,
        texts: &Texts,
    ) -> Vec<Option<Arc<Path>>> {
        if !self.walked.is_empty() {
            return Vec::new();
        }
        let path = |[room, here]: &mut [PathBuf; 2], zone: &ServedZone| {
            self.learned(zone, (directory, texts), (room, here)).map(Into::into)
        };
        let zones = zones.par_iter().with_min_len(MANY);
        zones.map_init(<[PathBuf; 2]>::default, path).collect()
    }

    /// The file of a zone in a folder that was learned, put together in the second of two rooms.
    fn learned<'h>(
        &self,
        zone: &ServedZone,
        (directory, texts): (Option<&Path>, &Texts),
        (room, here): (&mut PathBuf, &'h mut PathBuf),
    ) -> Option<&'h Path> {
        let written = texts.path(zone.place);
        let (folder, name) = self.mapper.learned(server_path_in(room, directory, &written))?;
        Some(join_in(here, folder, name))
    }

    /// The file of a zone, where that is clear; otherwise, a doubt.
    fn located(&mut self, found: Mapped, zone: &ServedZone, path: &Path, root: &Root) -> Option<u32> {
        let doubt = |kind, detail| Doubt {
            zone: Some(zone.origin.to_string()),
            view: zone.terms.view.clone(),
            detail,
            ..Doubt::at(kind, zone.place)
        };
        match found {
            Mapped::To(path) => {
                let seen = self.walked.find(&path);
                return Some(seen.unwrap_or_else(|| self.servers.served.elsewhere(path.into())));
            }
            Mapped::Several(paths) if root.wanted => {
                self.servers.doubts.push(doubt(DoubtKind::ZoneFileAmbiguous, list(&paths)));
                self.servers.mentioned.extend(paths);
            }
            Mapped::Nowhere if root.wanted => {
                self.servers.doubts.push(doubt(DoubtKind::ZoneFileMissing, escape_path(path)));
            }
            _ => {}
        }
        None
    }

    /// Where a path of the server leads. What a walk has seen is there; in another version than that on the
    /// disk it need not be.
    fn find(&mut self, path: &Path, home: &Path) -> Mapped {
        let (walked, on_disk) = (&self.walked, self.version.is_none());
        self.mapper.find(path, home, |path| on_disk && walked.find(path).is_some())
    }

    /// Says what is wrong and unclear; whether there are `any` zones.
    fn tell(&mut self, conf: NamedConf, any: bool, root: &Root) {
        if any || !conf.faults.is_empty() {
            self.servers.fruitful.push(root.path.clone());
        } else if root.named {
            let message = "has no primary zone with a file".to_owned();
            self.servers.failures.push(Failure { path: root.path.clone(), message });
        }
        // Keys are kept apart for good reasons, and say nothing of zones.
        let lost = |fault: &Fault| matches!(fault.cause, Cause::OpenQuote | Cause::OpenComment);
        self.servers.whole &= !conf.faults.iter().any(lost);
        self.servers.faults.extend(conf.faults);
        self.servers.whole &= conf.unread.iter().all(|unread| is_key(&unread.path));
        let doubts = conf.unread.into_iter().map(|Unread { span, path, reason }| Doubt {
            detail: format!("`{}` {reason}", escape_path(&path)),
            ..Doubt::at(DoubtKind::NamedConfUnread, span)
        });
        self.servers.doubts.extend(doubts);
    }

    /// The files that a pattern means, in the order of their names.
    fn matching(&mut self, pattern: &Path) -> Vec<PathBuf> {
        let name = pattern.file_name().and_then(OsStr::to_str).and_then(|name| Glob::new(name).ok());
        let folder = pattern.parent().and_then(|folder| self.mapper.folder(folder));
        let (Some(glob), Some(folder)) = (name, folder) else { return Vec::new() };
        let matcher = glob.compile_matcher();
        let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { &folder };
        let names = fs::read_dir(listed).into_iter().flatten().flatten().map(|entry| entry.file_name());
        let hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
        let mut found: Vec<_> = names.filter(|name| matcher.is_match(name) && !hidden(name)).collect();
        found.sort();
        found.into_iter().map(|name| folder.join(name)).collect()
    }
}

impl Files for Reading<'_> {
    fn include(
        &mut self,
        path: &Path,
        directory: Option<&Path>,
        from: FileId,
    ) -> Result<Vec<Included>, String> {
        let home = self.sources.path(from).parent().unwrap_or(Path::new("")).to_path_buf();
        let path = directory.map_or(path.to_path_buf(), |directory| directory.join(path));
        let pattern = path
            .file_name()
            .is_some_and(|name| memchr::memchr3(b'*', b'?', b'[', name.as_encoded_bytes()).is_some());
        let found = if pattern {
            self.matching(&path)
        } else {
            match self.find(&path, &home) {
                Mapped::To(path) => vec![path],
                Mapped::Several(paths) => return Err(format!("may be any of {}", list(&paths))),
                Mapped::Nowhere => Vec::new(),
            }
        };
        if found.is_empty() {
            return Err(if pattern { "matches no file here" } else { "is not here" }.to_owned());
        }
        let mut texts = Vec::new();
        for path in found {
            let file = self.open(&path);
            let text = text(self.sources, file).map_err(|error| match reason(&error) {
                reason if reason == "no such file or directory" => "is not here".to_owned(),
                reason => reason,
            })?;
            // Nothing is shown of a file outside that is something else.
            if self.mapper.is_outside(&path) && !is_conf(file, &text) {
                return Err("is outside the project, and no `named.conf`".to_owned());
            }
            texts.push((file, text));
        }
        Ok(texts)
    }
}
