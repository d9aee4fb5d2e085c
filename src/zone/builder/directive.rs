//! `$ORIGIN`, `$TTL` and `$INCLUDE`.

use super::{Builder, Line, MAX_TTL, Origin};
use crate::source::{FileId, Octets, escape};
use crate::syntax::{Directive, FaultKind, NameBuffer, TtlFault, ttl};
use crate::zone::rdata::{date, name_fault};
use crate::zone::repeats_origin;

/// `$INCLUDE` may nest this deep. BIND stops only when it runs out of files, NSD at 10.
const MAX_DEPTH: usize = 20;

/// A zone may include this many files, the same one counted again: two includes in each of twenty
/// files would be a million.
const MAX_INCLUDED: usize = 10_000;

/// The first and the last `$DATE` that BIND takes: seconds since 1970 in 32 bits.
const FIRST_DATE: &[u8] = b"19700101000000";
const LAST_DATE: &[u8] = b"21060207062815";

/// An included file.
#[derive(Debug, Clone)]
pub struct Included {
    /// The file; the same file has the same number whoever includes it.
    pub file: FileId,
    /// Its bytes.
    pub text: Octets,
    /// It was found beside the including file and not where BIND looks: its path.
    pub beside: Option<String>,
}

/// Why an included file is not read.
#[derive(Debug, Clone)]
pub enum IncludeError {
    /// It is at none of these places.
    NotFound(Vec<String>),
    /// It is outside the project.
    OutsideRoot,
    /// The system does not let us read it, and says why.
    Unreadable(String),
}

/// Finds included files.
pub trait Includes: Sync {
    /// The file that `$INCLUDE name` means in the file `from`.
    fn open(&self, from: FileId, name: &[u8]) -> Result<Included, IncludeError>;
}

/// There are no files to include.
impl Includes for () {
    fn open(&self, _: FileId, _: &[u8]) -> Result<Included, IncludeError> {
        Err(IncludeError::NotFound(Vec::new()))
    }
}

impl Builder<'_> {
    pub(super) fn directive(&mut self, wanted: Directive, line: &Line<'_>) {
        if self.breaks() {
            return;
        }
        let words = line.tokens.len() - 1;
        let (least, most) = match wanted {
            Directive::Origin | Directive::Ttl | Directive::Date => (1, 1),
            Directive::Include => (1, 2),
            // How many there may be depends on TTL and class, see `generate`.
            Directive::Generate => (4, usize::MAX),
            Directive::Unknown => {
                self.fault(line.source, FaultKind::UnknownDirective, line.range(0));
                return;
            }
        };
        if words < least {
            self.fault(line.source, FaultKind::DirectiveArgument, line.range(0));
            self.zone.incomplete |= matches!(wanted, Directive::Include | Directive::Generate);
            return;
        }
        if words > most {
            self.too_many_words(line, most + 1);
        }
        let quoted = |at: usize| line.tokens.get(at).is_some_and(|token| token.quoted);
        match wanted {
            Directive::Origin | Directive::Ttl | Directive::Date if quoted(1) => {
                self.fault(line.source, FaultKind::QuotedKeyword, line.range(1));
            }
            Directive::Include if quoted(2) => {
                self.zone.incomplete = true;
                self.fault(line.source, FaultKind::QuotedKeyword, line.range(2));
            }
            Directive::Generate if quoted(1) => {
                self.zone.incomplete = true;
                self.fault(line.source, FaultKind::QuotedKeyword, line.range(1));
            }
            Directive::Origin => self.set_origin(line, 1),
            Directive::Ttl => self.set_ttl(line),
            Directive::Include => self.include(line),
            Directive::Generate => self.generate(line),
            Directive::Date => self.set_date(line),
            Directive::Unknown => {}
        }
    }

    /// The words of a directive from `at` on are too many.
    pub(super) fn too_many_words(&mut self, line: &Line<'_>, at: usize) {
        let kept = line.tokens[..at].iter().map(|t| &line.source.text[t.start as usize..t.end as usize]);
        let kept = kept.collect::<Vec<_>>().join(&b' ');
        let range = (line.range(at).0, line.whole().1);
        self.fault(line.source, FaultKind::DirectiveArgument, range).detail = escape(&kept);
    }

    /// ```abnf
    /// origin-directive = "$ORIGIN" gap name eol
    /// ```
    /// The owner stays what it was, and is not made anew (BIND warns when it is used).
    pub(super) fn set_origin(&mut self, line: &Line<'_>, at: usize) {
        let mut origin = NameBuffer::new();
        match origin.parse(line.word(at).unwrap_or_default(), self.origin.name.name()) {
            Ok(()) => {
                let is_relative = line.word(at).is_some_and(|word| !word.ends_with(b"."));
                if is_relative && repeats_origin(origin.name(), self.zone.origin(), self.origin.name.name()) {
                    let detail = origin.name().to_string();
                    self.fault(line.source, FaultKind::OriginLacksDot, line.range(at)).detail = detail;
                }
                let number = self.zone.number_origin(origin.name());
                self.origin = Origin::new(&origin, number, self.zone.origin());
                self.owner_word = None;
                self.after_origin = true;
            }
            Err(fault) => {
                self.fault(line.source, name_fault(fault), line.range(at));
                self.zone.incomplete = true;
            }
        }
    }

    /// ```abnf
    /// ttl-directive = "$TTL" gap ttl eol
    /// ```
    pub(super) fn set_ttl(&mut self, line: &Line<'_>) {
        match self.ttl_word(line, 1) {
            Some(seconds) => self.default_ttl = Some(seconds),
            // Whatever was meant: it is one fault, not one more for each record below.
            None => self.default_ttl = Some(self.default_ttl.unwrap_or(0)),
        }
    }

    /// ```abnf
    /// date-directive = "$DATE" gap 14DIGIT
    /// ```
    /// It has no effect in a zone, but that BIND refuses all includes after it. (Unless it is in the
    /// future; what time it is does not count here.)
    pub(super) fn set_date(&mut self, line: &Line<'_>) {
        let word = line.word(1).unwrap_or_default();
        let reason = match date(word) {
            Ok(_) if (FIRST_DATE..=LAST_DATE).contains(&word) => {
                self.dated = true;
                return;
            }
            Ok(_) => "year",
            Err(reason) => reason,
        };
        self.fault(line.source, FaultKind::BadTimestamp, line.range(1)).detail = format!("$DATE {reason}");
    }

    /// The TTL that a word is, as BIND takes it.
    pub(super) fn ttl_word(&mut self, line: &Line<'_>, at: usize) -> Option<u32> {
        match ttl(line.word(at)?) {
            Ok(seconds) if seconds > MAX_TTL => {
                self.fault(line.source, FaultKind::TtlOverLimit, line.range(at)).detail = seconds.to_string();
                Some(0)
            }
            Ok(seconds) => Some(seconds),
            Err(fault) => {
                let large = if fault == TtlFault::TooLarge { "large" } else { "" };
                self.fault(line.source, FaultKind::TtlSyntax, line.range(at)).detail = large.into();
                None
            }
        }
    }

    /// ```abnf
    /// include-directive = "$INCLUDE" gap token [ gap name ] eol
    /// ```
    /// Origin and owner are what they were when the file ends; a `$TTL` in it stays in force.
    pub(super) fn include(&mut self, line: &Line<'_>) {
        let Some(name) = line.word(1) else { return };
        // To BIND it is a C string, which ends at a NUL.
        let name = name.split(|&b| b == 0).next().unwrap_or_default();
        let source = line.source;
        if self.dated {
            self.zone.incomplete = true;
            self.fault(source, FaultKind::DirectiveArgument, line.range(0)).detail = "$DATE".into();
            return;
        }
        self.included += 1;
        if self.included > MAX_INCLUDED {
            self.zone.incomplete = true;
            if self.included == MAX_INCLUDED + 1 {
                self.fault(source, FaultKind::IncludeCycle, line.range(1)).detail = "number".into();
            }
            return;
        }
        let opened = self.includes.open(source.file, name);
        let included = match opened {
            Ok(included) => included,
            Err(error) => {
                self.zone.incomplete = true;
                let (kind, detail) = match error {
                    IncludeError::NotFound(tried) => (FaultKind::IncludeNotFound, tried.join(", ")),
                    IncludeError::OutsideRoot => (FaultKind::IncludeOutsideRoot, String::new()),
                    IncludeError::Unreadable(why) => (FaultKind::IncludeUnreadable, why),
                };
                self.fault(source, kind, line.range(1)).detail = detail;
                return;
            }
        };
        if self.stack.contains(&included.file) || self.stack.len() >= MAX_DEPTH {
            self.zone.incomplete = true;
            let detail = if self.stack.contains(&included.file) { "cycle" } else { "depth" };
            self.fault(source, FaultKind::IncludeCycle, line.range(1)).detail = detail.into();
            return;
        }
        if let Some(path) = included.beside {
            self.fault(source, FaultKind::IncludeBesideFile, line.range(1)).detail = path;
        }
        let kept = (self.origin, self.owner, self.outsider, self.owner_span);
        if line.tokens.len() > 2 {
            self.set_origin(line, 2);
        }
        self.end_block();
        self.follows_no_newline = !line.entry.terminated;
        self.read(included.file, &included.text);
        self.end_block();
        (self.origin, self.owner, self.outsider, self.owner_span) = kept;
        self.after_origin = false;
    }
}
