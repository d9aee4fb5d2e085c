//! The statements that are read, and the files that they include.

use std::path::PathBuf;
use std::sync::Arc;

use super::fault::{Cause, Fault};
use super::lex::{Kind, Token};
use super::parts::{self, Part};
use super::settings::{Settings, repeated};
use super::text::Text;
use super::texts::{Texts, path_of};
use super::{Files, Unread};
use crate::source::{FileId, Span};
use crate::syntax::{Name, NameBuffer, NameRef};

/// Includes nest no deeper; BIND goes on until it has no more files.
const MAX_DEPTH: usize = 32;

/// All that the files of a `named.conf` say, before it is put together.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) options: Settings,
    pub(super) has_options: Option<((), Span)>,
    pub(super) directory: Option<(PathBuf, Span)>,
    pub(super) views: Vec<ViewDraft>,
    pub(super) zones: Vec<ZoneDraft>,
    pub(super) faults: Vec<Fault>,
    pub(super) unread: Vec<Unread>,
    pub(super) texts: Texts,
}

/// A view.
#[derive(Default)]
pub(super) struct ViewDraft {
    pub(super) name: String,
    pub(super) span: Option<Span>,
    pub(super) class: Class,
    pub(super) settings: Settings,
}

/// A class, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Class {
    #[default]
    Internet,
    Other(&'static str),
}

impl Class {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Class::Internet => "IN",
            Class::Other(word) => word,
        }
    }
}

/// What a zone statement says. A server may have a hundred thousand: what few of them say is in a box.
pub(super) struct ZoneDraft {
    /// Where its name stands.
    pub(super) span: Span,
    pub(super) origin: Option<Name>,
    /// The view that it stands in, by its index.
    pub(super) view: Option<u32>,
    pub(super) kind: Option<ZoneType>,
    /// Where its file is named.
    pub(super) file: Option<Span>,
    /// Its records come from elsewhere than a file.
    pub(super) foreign: bool,
    /// Something in it could not be read.
    pub(super) partial: bool,
    pub(super) rare: Option<Box<Rare>>,
}

/// What few zone statements say.
pub(super) struct Rare {
    pub(super) class: Option<(Class, Span)>,
    pub(super) in_view: Option<(String, Span)>,
    /// An option that does not go with `in-view`.
    pub(super) other: Option<(&'static str, Span)>,
    /// What it says for itself.
    pub(super) settings: Option<Settings>,
}

/// The type of a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ZoneType {
    Primary,
    Secondary,
    Mirror,
    Hint,
    Stub,
    StaticStub,
    Forward,
    Redirect,
    DelegationOnly,
    /// A word that is no type.
    Unknown,
}

impl ZoneType {
    /// The word for it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Primary => "primary",
            Self::Secondary => "secondary",
            Self::Mirror => "mirror",
            Self::Hint => "hint",
            Self::Stub => "stub",
            Self::StaticStub => "static-stub",
            Self::Forward => "forward",
            Self::Redirect => "redirect",
            Self::DelegationOnly => "delegation-only",
            Self::Unknown => "",
        }
    }
}

/// A zone statement while it is read.
#[derive(Default)]
struct Statement {
    kind: Option<(ZoneType, Span)>,
    file: Option<((), Span)>,
    in_view: Option<(String, Span)>,
    foreign: bool,
    partial: bool,
    /// The first option that does not go with `in-view`.
    other: Option<(&'static str, Span)>,
    settings: Option<Box<Settings>>,
}

/// What the statements stand in.
enum Context<'c> {
    Outermost,
    Options,
    View(u32),
    Zone(&'c mut Statement),
}

impl Draft {
    /// It says nothing of anything else than zones.
    pub(super) fn is_of_zones(&self) -> bool {
        self.has_options.is_none() && self.views.is_empty() && self.unread.is_empty()
    }
}

/// Reads files.
pub(super) struct Reader<'f> {
    pub(super) files: &'f mut dyn Files,
    pub(super) draft: Draft,
    /// The files that are open.
    pub(super) stack: Vec<FileId>,
    /// Longer texts are read in parts.
    pub(super) part: usize,
}

impl<'f> Reader<'f> {
    pub(super) fn new(files: &'f mut dyn Files, part: usize) -> Self {
        Self { files, draft: Draft::default(), stack: Vec::new(), part }
    }

    /// Reads a file, and what it includes.
    pub(super) fn read(&mut self, file: FileId, bytes: Vec<u8>) {
        self.file(file, bytes, &mut Context::Outermost);
    }

    fn file(&mut self, file: FileId, bytes: Vec<u8>, context: &mut Context<'_>) {
        let bytes = Arc::new(bytes);
        self.draft.texts.keep(file, bytes.clone());
        let in_parts = matches!(context, Context::Outermost).then(|| parts::read(file, &bytes, self.part));
        let parts = in_parts.flatten().unwrap_or_else(|| vec![Part::Text(Text::new(file, bytes))]);
        self.stack.push(file);
        self.draft.zones.reserve(parts.iter().map(Part::zones).sum());
        let mut faults = Vec::new();
        for part in parts {
            match part {
                Part::Zones(mut zones, mut of_zones) => {
                    self.draft.zones.append(&mut zones);
                    faults.append(&mut of_zones);
                }
                Part::Text(mut text) => {
                    self.statements(&mut text, context);
                    faults.append(&mut text.faults);
                }
            }
        }
        self.stack.pop();
        self.draft.faults.append(&mut faults);
    }

    /// Reads a text that stands in no other statement.
    pub(super) fn outermost(&mut self, text: &mut Text) {
        self.statements(text, &mut Context::Outermost);
    }

    /// ```abnf
    /// statement = word *(word / quoted / block) ";"
    /// ```
    fn statements(&mut self, text: &mut Text, context: &mut Context<'_>) {
        while let Some(token) = text.next() {
            match token.kind {
                Kind::Word => self.statement(text, token, context),
                Kind::Semicolon => _ = text.fault(Cause::EmptyStatement, token),
                _ => {
                    text.fault(Cause::NotAnOption, token);
                    // With its block, if it opens one: what stands behind is read.
                    text.put_back();
                    text.skip();
                }
            }
        }
    }

    fn statement(&mut self, text: &mut Text, name: Token, context: &mut Context<'_>) {
        if text.is(name, "include") {
            return self.include(text, context);
        }
        let known = match context {
            Context::Outermost if text.is(name, "options") => self.options(text, name),
            Context::Outermost if text.is(name, "view") => self.view(text),
            Context::Outermost if text.is(name, "zone") => self.zone(text, None),
            Context::View(view) if text.is(name, "zone") => self.zone(text, Some(*view)),
            Context::Outermost => false,
            Context::Options if text.is(name, "directory") => self.directory(text, name),
            Context::Options => self.draft.options.read(text, name, false),
            Context::View(view) => self.draft.views[*view as usize].settings.read(text, name, false),
            Context::Zone(zone) => zone_option(text, name, zone),
        };
        if !known {
            if let Some(meant) = meant(&text.lower(name), context) {
                text.fault(Cause::UnknownOption, name).say(meant);
                if let Context::Zone(zone) = context {
                    zone.partial = true;
                }
            }
            text.skip_unread();
        }
    }

    /// ```abnf
    /// include = "include" quoted ";"
    /// ```
    fn include(&mut self, text: &mut Text, context: &mut Context<'_>) {
        let Some(token) = text.quoted() else {
            text.skip();
            return;
        };
        text.semicolon();
        let path = path_of(text.value(token)).into_owned();
        let from = self.draft.directory.as_ref().map(|(directory, _)| directory.as_path());
        let found = if self.stack.len() >= MAX_DEPTH {
            Err("files are included too deep".to_owned())
        } else {
            self.files.include(&path, from, text.file)
        };
        let span = text.span(token);
        let mut unread = |reason| self.draft.unread.push(Unread { span, path: path.clone(), reason });
        let files = match found {
            Ok(files) => files,
            Err(reason) => {
                unread(reason);
                Vec::new()
            }
        };
        if let (Context::Zone(zone), true) = (&mut *context, files.is_empty()) {
            zone.partial = true;
        }
        for (file, bytes) in files {
            if self.stack.contains(&file) {
                self.draft.unread.push(Unread {
                    span,
                    path: path.clone(),
                    reason: "it includes itself".to_owned(),
                });
            } else {
                self.file(file, bytes, context);
            }
        }
    }

    /// ```abnf
    /// options = "options" "{" *(directory / setting / include / statement) "}" ";"
    /// ```
    fn options(&mut self, text: &mut Text, name: Token) -> bool {
        let span = text.span(name);
        repeated(&mut self.draft.has_options, Some(()), span, text, name);
        if text.open() {
            self.statements(text, &mut Context::Options);
            text.close();
        }
        true
    }

    /// ```abnf
    /// directory = "directory" quoted ";"
    /// ```
    fn directory(&mut self, text: &mut Text, name: Token) -> bool {
        let span = text.span(name);
        let path = text.quoted().map(|token| path_of(text.value(token)).into_owned());
        text.semicolon();
        repeated(&mut self.draft.directory, path, span, text, name);
        true
    }

    /// ```abnf
    /// view = "view" (word / quoted) [class] "{" *(zone / setting / include / statement) "}" ";"
    /// ```
    fn view(&mut self, text: &mut Text) -> bool {
        let Some(name) = text.either() else {
            text.skip();
            return true;
        };
        let class = class(text);
        if text.open() {
            let name_span = text.span(name);
            let view = ViewDraft {
                name: String::from_utf8_lossy(&text.value(name)).into_owned(),
                span: Some(name_span),
                class: class.map(|(class, _)| class).unwrap_or_default(),
                settings: Settings::default(),
            };
            let index = u32::try_from(self.draft.views.len()).expect("files are below MAX_FILE_SIZE");
            self.draft.views.push(view);
            self.statements(text, &mut Context::View(index));
            text.close();
        }
        true
    }

    /// ```abnf
    /// zone = "zone" (word / quoted) [class] "{" *(type / file / in-view / setting / include / statement) "}" ";"
    /// ```
    fn zone(&mut self, text: &mut Text, view: Option<u32>) -> bool {
        let Some(name) = text.either() else {
            text.skip();
            return true;
        };
        let mut buffer = NameBuffer::new();
        let origin =
            buffer.parse(&text.value(name), NameRef::ROOT).is_ok().then(|| Name::from(buffer.name()));
        if origin.is_none() {
            text.fault(Cause::BadName, name);
        }
        let (span, class) = (text.span(name), class(text));
        if text.open() {
            let mut statement = Statement::default();
            self.statements(text, &mut Context::Zone(&mut statement));
            text.close();
            self.draft.zones.push(statement.of(span, origin, view, class));
        }
        true
    }
}

/// ```abnf
/// class = word
/// ```
fn class(text: &mut Text) -> Option<(Class, Span)> {
    const CLASSES: [(&str, Class); 5] = [
        ("IN", Class::Internet),
        ("CH", Class::Other("CH")),
        ("CHAOS", Class::Other("CH")),
        ("HS", Class::Other("HS")),
        ("HESIOD", Class::Other("HS")),
    ];
    let token = text.take(Kind::Word)?;
    let span = text.span(token);
    let found = CLASSES.iter().find(|(word, _)| text.is(token, word));
    if found.is_none() {
        // What stands in the place of the `{` is said where that is missed.
        if text.peek().is_some_and(|next| next.kind == Kind::Open) {
            text.fault(Cause::BadValue, token).say("a class, which is `IN` or left out");
        } else {
            text.put_back();
        }
    }
    found.map(|&(_, class)| (class, span))
}

impl Statement {
    /// What a zone says with this statement.
    fn of(
        self,
        span: Span,
        origin: Option<Name>,
        view: Option<u32>,
        class: Option<(Class, Span)>,
    ) -> ZoneDraft {
        let Self { kind, file, in_view, foreign, partial, other, settings } = self;
        let is_rare = class.is_some() || in_view.is_some() || settings.is_some();
        let settings = settings.map(|settings| *settings);
        let rare = is_rare.then(|| Box::new(Rare { class, in_view, other, settings }));
        let (kind, file) = (kind.map(|(kind, _)| kind), file.map(|((), place)| place));
        ZoneDraft { span, origin, view, kind, file, foreign, partial, rare }
    }
}

/// Reads an option of a zone.
fn zone_option(text: &mut Text, name: Token, zone: &mut Statement) -> bool {
    /// The types, and what each is called here.
    const TYPES: [(&str, ZoneType); 11] = [
        ("primary", ZoneType::Primary),
        ("master", ZoneType::Primary),
        ("secondary", ZoneType::Secondary),
        ("slave", ZoneType::Secondary),
        ("mirror", ZoneType::Mirror),
        ("hint", ZoneType::Hint),
        ("stub", ZoneType::Stub),
        ("static-stub", ZoneType::StaticStub),
        ("forward", ZoneType::Forward),
        ("redirect", ZoneType::Redirect),
        ("delegation-only", ZoneType::DelegationOnly),
    ];
    let span = text.span(name);
    match text.option(name).as_bytes() {
        // ```abnf
        // type = "type" word ";"
        // ```
        b"type" => {
            let kind = super::settings::one_of(text, &TYPES);
            finish(text, kind.is_some());
            // What cannot be is there all the same.
            repeated(&mut zone.kind, Some(kind.unwrap_or(ZoneType::Unknown)), span, text, name);
            zone.other.get_or_insert(("type", span));
        }
        b"file" => {
            let token = text.quoted();
            finish(text, token.is_some());
            let place = token.map_or(span, |token| text.span(token));
            repeated(&mut zone.file, token.map(|_| ()), place, text, name);
            zone.other.get_or_insert(("file", span));
        }
        b"in-view" => {
            let token = text.either();
            let view = token
                .map(|token| (String::from_utf8_lossy(&text.value(token)).into_owned(), text.span(token)));
            finish(text, view.is_some());
            let (view, place) = view.map_or((None, span), |(view, place)| (Some(view), place));
            repeated(&mut zone.in_view, view, place, text, name);
        }
        b"database" | b"dlz" => {
            zone.foreign = true;
            return false;
        }
        _ => {
            let said = zone.settings.is_some();
            if !zone.settings.get_or_insert_default().read(text, name, true) {
                // Most zones say nothing of their own.
                zone.settings.take_if(|_| !said);
                return false;
            }
            zone.other.get_or_insert(("the other option", span));
        }
    }
    true
}

/// Takes the end of a statement, of which the value was good or not.
fn finish(text: &mut Text, good: bool) {
    if good {
        text.semicolon();
    } else {
        text.skip();
    }
}

/// The option that a word was meant to be: options that are not read here may have any name.
fn meant(word: &str, context: &Context<'_>) -> Option<&'static str> {
    const OUTERMOST: &[&str] = &["options", "view", "zone", "include"];
    const SETTINGS: &[&str] = &[
        "check-names",
        "masterfile-format",
        "max-records-per-type",
        "max-types-per-name",
        "max-zone-ttl",
        "rrset-order",
        "allow-update",
        "include",
    ];
    const ZONE: &[&str] = &["type", "file", "in-view", "update-policy", "inline-signing"];
    /// They look like others, or stand in every zone.
    const REAL: [&str; 5] = ["files", "masters", "allow-transfer", "allow-query", "also-notify"];
    if REAL.contains(&word) {
        return None;
    }
    let known: Vec<&'static [&'static str]> = match context {
        Context::Outermost => vec![OUTERMOST],
        Context::Options => vec![&["directory"], SETTINGS],
        Context::View(_) => vec![&["zone"], SETTINGS],
        Context::Zone(_) => vec![ZONE, SETTINGS],
    };
    let distance = |known: &str| strsim::osa_distance(word, known);
    let near = |known: &&str| {
        let limit = if known.len() < 8 { 1 } else { 2 };
        // Every other option of every zone comes by here: what is much longer or shorter is not compared.
        known.len().abs_diff(word.len()) <= limit && distance(known) <= limit
    };
    let known = known.into_iter().flatten().copied();
    known.filter(near).min_by_key(|known| distance(known)).filter(|meant| *meant != word)
}

impl ZoneDraft {
    /// What zones are told apart by: view, kind and name. `named` takes a hint for another one than a zone of
    /// the same name.
    pub(super) fn key(&self) -> Option<(Option<u32>, u8, &Name)> {
        let slot = match self.kind {
            Some(ZoneType::Hint) => 1,
            Some(ZoneType::Redirect) => 2,
            _ => 3,
        };
        Some((self.view, slot, self.origin.as_ref()?))
    }

    /// Its class, where it says one.
    pub(super) fn class(&self) -> Option<(Class, Span)> {
        self.rare.as_ref()?.class
    }

    /// The view whose zone it is, where it says so, and the place where it does.
    pub(super) fn in_view(&self) -> Option<&(String, Span)> {
        self.rare.as_ref()?.in_view.as_ref()
    }

    /// What it says for itself.
    pub(super) fn settings(&self) -> Option<&Settings> {
        self.rare.as_ref()?.settings.as_ref()
    }
}
