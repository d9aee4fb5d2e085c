//! What a rule says: a message at a place, with its reasons.
//!
//! [`Findings::report`] is the only way to make a [`Diagnostic`], and it wants the place first: a
//! finding without its location cannot be built.

mod fix;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use crate::source::Span;
use crate::syntax::NameRef;

pub use fix::{Applicability, Change, Edit, Fix, NewRecord, Site, Value};

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Advice.
    Info,
    /// It loads, and it is wrong.
    Warning,
    /// `named` refuses the zone or the record, or a declared cluster is broken.
    Error,
}

impl Level {
    /// The word for it in every report.
    pub fn name(self) -> &'static str {
        match self {
            Level::Info => "info",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }
}

/// What a rule is about; a group can be selected or silenced as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// What a master file looks like.
    Syntax,
    /// One record by itself.
    Record,
    /// The records of one owner and type.
    Rrset,
    /// One zone.
    Zone,
    /// Several zones of one view.
    CrossZone,
    /// The mail cluster.
    Cluster,
    /// Which file is which zone.
    Project,
}

impl Group {
    /// All groups, in the order in which they are listed.
    pub const ALL: [Group; 7] = [
        Group::Syntax,
        Group::Record,
        Group::Rrset,
        Group::Zone,
        Group::CrossZone,
        Group::Cluster,
        Group::Project,
    ];

    /// The name of the group in configuration, options and reports.
    pub fn name(self) -> &'static str {
        match self {
            Group::Syntax => "syntax",
            Group::Record => "record",
            Group::Rrset => "rrset",
            Group::Zone => "zone",
            Group::CrossZone => "cross-zone",
            Group::Cluster => "cluster",
            Group::Project => "project",
        }
    }
}

/// Which part of an entry a label underlines. The words of an entry are looked for only when a
/// report is drawn, so that a record needs no place for each of its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of the span.
    Whole,
    /// All of the span, a `$GENERATE`: what it makes has no words of its own.
    Generated,
    /// The owner name, or the first word where the owner is inherited.
    Owner,
    /// The TTL, or the type where none is written.
    Ttl,
    /// The type.
    Type,
    /// All of the rdata.
    Rdata,
    /// One field of the rdata, from 0.
    Field(u8),
}

/// A part of an entry in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The entry; or, once the part has been looked for, the part itself.
    pub span: Span,
    /// The part of it.
    pub part: Part,
}

impl Place {
    /// All of `span`.
    pub fn whole(span: Span) -> Self {
        Self { span, part: Part::Whole }
    }
}

/// A place with what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What; may be empty on the primary label, where the message says it all.
    pub text: String,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Name of the rule.
    pub rule: &'static str,
    /// Group of the rule.
    pub group: Group,
    /// The level, as the rule has it until `suppress` has decided.
    pub level: Level,
    /// What is wrong, the offending word in backquotes.
    pub message: String,
    /// Where it is wrong.
    pub primary: Label,
    /// What else one must see to understand it.
    pub labels: Vec<Label>,
    /// Why it matters.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// What would do it.
    pub fix: Option<Box<Fix>>,
    /// The zone, lower-case, without the final dot (`.` for the root).
    pub zone: Option<String>,
    /// The view that the zone is in, where there are views.
    pub view: Option<Arc<str>>,
    /// The owner name, in the same form.
    pub owner: Option<String>,
    /// The RR type.
    pub rtype: Option<String>,
    /// What tells this finding from others of the same rule, owner and type.
    pub data: String,
}

impl Diagnostic {
    /// Says something at the primary place.
    pub fn primary(&mut self, text: impl Into<String>) -> &mut Self {
        self.primary.text = text.into();
        self
    }

    /// Shows a related place.
    pub fn label(&mut self, place: Place, text: impl Into<String>) -> &mut Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Says why it matters.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.notes.push(text.into());
        self
    }

    /// Says what to do.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(text.into());
        self
    }

    /// Offers a fix that takes nothing away which anybody could miss: see [`Applicability::Safe`].
    pub fn safe_fix(
        &mut self,
        description: impl Into<String>,
        changes: impl IntoIterator<Item = Option<Change>>,
    ) -> &mut Self {
        self.offer(Applicability::Safe, description.into(), changes.into_iter().collect())
    }

    /// Offers a fix that takes data away or guesses what is meant: see [`Applicability::Unsafe`].
    pub fn unsafe_fix(
        &mut self,
        description: impl Into<String>,
        changes: impl IntoIterator<Item = Option<Change>>,
    ) -> &mut Self {
        self.offer(Applicability::Unsafe, description.into(), changes.into_iter().collect())
    }

    /// Offers a fix; none where one of its changes cannot be made.
    fn offer(
        &mut self,
        applicability: Applicability,
        description: String,
        changes: Option<Vec<Change>>,
    ) -> &mut Self {
        let changes = changes.filter(|changes| !changes.is_empty());
        let fix = |changes| Box::new(Fix { applicability, description, changes, edits: Vec::new() });
        self.fix = changes.map(fix);
        self
    }

    /// Lowers the level: this finding is less than the rule's worst.
    pub fn at_most(&mut self, level: Level) -> &mut Self {
        self.level = self.level.min(level);
        self
    }

    /// Names the zone, where the rule is not called for one.
    #[expect(clippy::needless_pass_by_value, reason = "names are small and read better without `&`")]
    pub fn within(&mut self, zone: impl ToString) -> &mut Self {
        self.zone = Some(zone.to_string());
        self
    }

    /// Names owner and type of the record in question.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "names and types are small and read better without `&`"
    )]
    pub fn about(&mut self, owner: impl ToString, rtype: impl ToString) -> &mut Self {
        self.owner = Some(owner.to_string());
        let rtype = rtype.to_string();
        self.rtype = (!rtype.is_empty()).then_some(rtype);
        self
    }

    /// Names the data that the finding is about, which its fingerprint is made of.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "names and types are small and read better without `&`"
    )]
    pub fn data(&mut self, data: impl ToString) -> &mut Self {
        self.data = data.to_string();
        self
    }

    /// A name for this finding that stays when lines move: from rule, zone, owner, type and data, and
    /// from the view where there is one.
    pub fn fingerprint(&self) -> String {
        let mut parts = vec![
            self.rule,
            self.zone.as_deref().unwrap_or(""),
            self.owner.as_deref().unwrap_or(""),
            self.rtype.as_deref().unwrap_or(""),
            &self.data,
        ];
        parts.extend(self.view.as_deref());
        // FNV-1a, 64 bits: short, stable over versions and machines, and nobody attacks it.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in parts.join("\0").bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        format!("{hash:016x}")
    }
}

/// What could not be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The path as the user sees it.
    pub path: PathBuf,
    /// What is the matter with it.
    pub message: String,
}

/// The name of a zone, which becomes a text where something is found.
#[derive(Debug, Clone, Copy)]
pub enum ZoneName<'a> {
    /// As it is read.
    Read(NameRef<'a>),
    /// As it is written, lower-case, without the final dot.
    Written(&'a str),
}

impl fmt::Display for ZoneName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(name) => name.fmt(f),
            Self::Written(name) => f.write_str(name),
        }
    }
}

/// A rule as its findings name it.
#[derive(Debug, Clone)]
pub struct Speaker {
    /// Its name.
    pub rule: &'static str,
    /// Its group.
    pub group: Group,
    /// The level of its worst finding.
    pub level: Level,
    /// The values of its settings.
    pub options: Vec<(&'static str, i64)>,
}

/// What findings are about, and when they are made.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    /// The zone.
    pub zone: Option<ZoneName<'a>>,
    /// The view that it is in.
    pub view: Option<&'a Arc<str>>,
    /// The time of the check, in seconds since 1970.
    pub now: u32,
}

/// Takes the findings of one rule. It is made for each thing that a rule looks at, and so is small.
#[derive(Debug)]
pub struct Findings<'a> {
    speaker: &'a Speaker,
    subject: &'a Subject<'a>,
    list: &'a mut Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// A sink for the findings of one rule on one zone, or on none.
    pub fn new(speaker: &'a Speaker, subject: &'a Subject<'a>, list: &'a mut Vec<Diagnostic>) -> Self {
        Self { speaker, subject, list }
    }

    /// The time of the check, in seconds since 1970.
    pub fn now(&self) -> u32 {
        self.subject.now
    }

    /// The value of one of the rule's settings.
    pub fn option(&self, name: &str) -> i64 {
        let found = self.speaker.options.iter().find(|(known, _)| *known == name);
        found.expect("a rule asks for the options that it declares").1
    }

    /// Reports `message` at `place`; the rest is added to what this returns.
    pub fn report(&mut self, place: Place, message: impl Into<String>) -> &mut Diagnostic {
        self.list.push(Diagnostic {
            rule: self.speaker.rule,
            group: self.speaker.group,
            level: self.speaker.level,
            message: message.into(),
            primary: Label { place, text: String::new() },
            labels: Vec::new(),
            notes: Vec::new(),
            help: None,
            fix: None,
            zone: self.subject.zone.map(|zone| zone.to_string()),
            view: self.subject.view.cloned(),
            owner: None,
            rtype: None,
            data: String::new(),
        });
        self.list.last_mut().expect("it was pushed just now")
    }
}
