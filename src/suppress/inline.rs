//! Ignores in comments, held against findings.

use std::collections::HashMap;
use std::ops::Range;

use super::comment::{self, Comment, Flaw, INSTRUCTIONS, Malformed};
use super::ground::{Ground, Seen};
use super::nearest::{did_you_mean, selector_names};
use super::{Judge, Used};
use crate::diagnostic::Diagnostic;
use crate::rules::{Remark, RemarkKind};
use crate::source::{FileId, LineIndex, MARK, Octets, Sources, Span, escape, real_path};

/// The ignores in all files.
pub(super) struct Inline {
    texts: Vec<Text>,
    /// Which of the texts is that of a file: several numbers may stand for the same file.
    by_file: HashMap<FileId, usize>,
}

/// The ignores in one file.
struct Text {
    file: FileId,
    bytes: Octets,
    lines: LineIndex,
    comments: Vec<Comment>,
    malformed: Vec<Malformed>,
}

impl Inline {
    /// Reads the files once more in whose texts the mark was seen.
    pub(super) fn read(sources: &Sources) -> Self {
        let mut inline = Self { texts: Vec::new(), by_file: HashMap::new() };
        let mut by_path = HashMap::new();
        for file in sources.marked() {
            let index = *by_path.entry(real_path(&sources.path(file))).or_insert_with(|| {
                let bytes = sources.text(file).bytes;
                let lines = LineIndex::new(&bytes);
                let (comments, malformed) = comment::read(&bytes, &lines);
                inline.texts.push(Text { file, bytes, lines, comments, malformed });
                inline.texts.len() - 1
            });
            inline.by_file.insert(file, index);
        }
        inline
    }

    pub(super) fn is_empty(&self) -> bool {
        self.texts.iter().all(|text| text.comments.is_empty() && text.malformed.is_empty())
    }

    /// Whether a finding is ignored. An ignore of its line counts before one of its file.
    pub(super) fn takes(&mut self, found: &Diagnostic) -> bool {
        let span = found.primary.place.span;
        let Some(&index) = self.by_file.get(&span.file) else { return false };
        let Text { bytes, lines, comments, .. } = &mut self.texts[index];
        let line = lines.line(bytes, span.start);
        let mut best = None;
        for comment in comments {
            if comment.lines.as_ref().is_some_and(|lines| !lines.contains(&line)) {
                continue;
            }
            let covers =
                |it: &comment::Named| it.selector.is_some_and(|it| it.covers(found.rule, found.group));
            let single = comment.lines.is_some();
            if let Some(named) = comment.rules.iter_mut().find(|named| covers(named))
                && (best.is_none() || single)
            {
                best = Some(named);
                if single {
                    break;
                }
            }
        }
        best.map(|named| named.used += 1).is_some()
    }

    /// What is to be said of the ignores. In a file that is no zone, and that nothing was found in,
    /// a comment is a comment.
    pub(super) fn remarks(&self, ground: &Ground<'_>, judge: &mut Judge<'_>) -> Vec<Remark> {
        let mut zones: Vec<Vec<&Seen<'_>>> = self.texts.iter().map(|_| Vec::new()).collect();
        for zone in &ground.zones {
            for &index in zone.files.iter().filter_map(|file| self.by_file.get(file)) {
                zones[index].push(zone);
            }
        }
        let mut remarks = Vec::new();
        for (text, zones) in self.texts.iter().zip(&zones).filter(|(_, zones)| !zones.is_empty()) {
            text.remarks(zones, ground, judge, &mut remarks);
        }
        remarks
    }

    /// The ignores that took findings out.
    pub(super) fn used(&self) -> impl Iterator<Item = Used> {
        self.texts.iter().flat_map(|text| {
            let named = text.comments.iter().flat_map(|comment| {
                let word = INSTRUCTIONS[usize::from(comment.lines.is_none())];
                comment.rules.iter().map(move |named| (word, named))
            });
            let used = named.filter(|(_, named)| named.used > 0);
            used.map(|(word, named)| {
                Used::new(Some(text.span(&named.span)), format!("{word}[{}]", named.word), named.used)
            })
        })
    }
}

impl Text {
    fn span(&self, range: &Range<usize>) -> Span {
        let offset = |at| u32::try_from(at).expect("files are below MAX_FILE_SIZE");
        Span::new(self.file, offset(range.start), offset(range.end))
    }

    fn remarks(
        &self,
        zones: &[&Seen<'_>],
        ground: &Ground<'_>,
        judge: &mut Judge<'_>,
        remarks: &mut Vec<Remark>,
    ) {
        let zone = match zones {
            [zone] => Some(zone.name.to_string()),
            _ => None,
        };
        let remark = |kind, range, word: &str, detail| Remark {
            kind,
            span: self.span(range),
            zone: zone.clone(),
            word: word.to_owned(),
            detail,
            count: 0,
        };
        for Malformed { span, flaw } in &self.malformed {
            let word = escape(&self.bytes[span.clone()]);
            let detail = flaw.in_words(&word);
            remarks.push(remark(RemarkKind::Malformed, span, &word, detail));
        }
        for comment in &self.comments {
            for named in &comment.rules {
                let Some(selector) = named.selector else {
                    let near = did_you_mean(&named.word, selector_names()).unwrap_or_default();
                    remarks.push(remark(RemarkKind::UnknownRule, &named.span, &named.word, near));
                    continue;
                };
                let tells = ground.tells(selector) && zones.iter().all(|zone| zone.complete);
                let mut runs =
                    |zone: &&Seen<'_>| judge.runs(selector, Some(&zone.name.to_string()), Some(self.file));
                if named.used == 0 && tells && zones.iter().any(&mut runs) {
                    let about = comment.about.clone();
                    remarks.push(remark(RemarkKind::Unused, &named.span, &named.word, about));
                }
            }
        }
    }
}

impl Flaw {
    /// What is wrong with the word.
    fn in_words(self, word: &str) -> String {
        match self {
            Flaw::Instruction if word == MARK => "says nothing to do".to_owned(),
            Flaw::Instruction => did_you_mean(word, INSTRUCTIONS)
                .map_or("is no instruction".to_owned(), |near| format!("is no instruction ({near})")),
            Flaw::NoRule => "names no rule".to_owned(),
            Flaw::Open => "has no `]` on its line".to_owned(),
        }
    }
}
