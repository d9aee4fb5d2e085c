//! Zone files that no zone of a `named.conf` has.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::doubt::{Doubt, DoubtKind};
use super::examine::{Examined, Outcome, PART_OF_CONF};
use super::mapping::{Mapped, Mapper};
use super::named_conf::{self, Files, Included, server_path};
use super::walk::{Candidate, Found, Request};
use crate::source::{FileId, Sources};

/// Doubts the zone files that nobody uses, if it is known which are in use. What only a part of a
/// `named.conf` names that is not in use either, is left aside.
pub(super) fn doubt_unused<J>(
    request: &Request,
    sources: &Sources,
    found: &Found,
    examined: &mut [Examined<J>],
) -> Vec<Doubt> {
    if !found.servers.knows_use() {
        return Vec::new();
    }
    let unused = |(candidate, this): (&Candidate, &Examined<J>)| {
        candidate.is_found()
            && match &this.outcome {
                Outcome::Zone(_) => true,
                Outcome::Doubtful => {
                    this.doubt.as_ref().is_some_and(|it| it.kind == DoubtKind::OriginUnknown)
                }
                _ => false,
            }
            && !found.servers.mentioned.contains(&*candidate.path)
    };
    let unused: Vec<usize> =
        (0..examined.len()).filter(|&at| unused((&found.files[at], &examined[at]))).collect();
    if unused.is_empty() {
        return Vec::new();
    }
    let aside = mentioned(request, sources, found, examined);
    let mut doubts = Vec::new();
    for at in unused {
        let this = &mut examined[at];
        if aside.contains(&*found.files[at].path) {
            *this = Outcome::Skipped("is named only by a part of a named.conf that is not in use").into();
        } else if let Outcome::Zone(loaded) = &this.outcome {
            doubts.push(Doubt {
                zone: Some(loaded.outline.origin().to_string()),
                ..Doubt::at(DoubtKind::UnusedZoneFile, loaded.outline.heading().span)
            });
        } else if let Some(doubt) = &mut this.doubt {
            // Which zone a file is that is no zone, need not be known.
            "unknown".clone_into(&mut doubt.detail);
            doubt.kind = DoubtKind::UnusedZoneFile;
        }
    }
    doubts
}

/// The files that the parts of a `named.conf` name which no other includes.
fn mentioned<J>(
    request: &Request,
    sources: &Sources,
    found: &Found,
    examined: &[Examined<J>],
) -> HashSet<PathBuf> {
    let files = found.files.iter();
    let parts =
        files.clone().zip(examined).filter(|(_, it)| matches!(it.outcome, Outcome::Skipped(PART_OF_CONF)));
    let parts: Vec<_> = parts.map(|(candidate, _)| candidate).collect();
    if parts.is_empty() {
        return HashSet::new();
    }
    let listed = files.map(|candidate| candidate.path.clone());
    let mut mapper = Mapper::new(request, Some(Box::new(listed)));
    let mut mentioned = HashSet::new();
    for part in parts {
        let mut text = Vec::new();
        let Ok(()) = sources.read(part.file, &mut text) else { continue };
        let conf = named_conf::read(part.file, text, &mut Nothing);
        let home = part.path.parent().unwrap_or(Path::new(""));
        let path = |place| server_path(conf.directory.as_deref(), &conf.texts.path(place)).into_owned();
        let paths = conf.zones.iter().map(|zone| path(zone.place));
        let unchecked = conf.unchecked.iter().filter_map(|zone| zone.path.as_deref());
        for path in paths.chain(unchecked.map(Path::to_path_buf)) {
            if let Mapped::To(path) = mapper.find(&path, home, |_| false) {
                mentioned.insert(path);
            }
        }
    }
    mentioned
}

/// No file is included.
struct Nothing;

impl Files for Nothing {
    fn include(&mut self, _: &Path, _: Option<&Path>, _: FileId) -> Result<Vec<Included>, String> {
        Ok(Vec::new())
    }
}
