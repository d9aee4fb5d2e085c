//! The statements that are read, and the files that they include.

use std::path::PathBuf;
use std::sync::Arc;

use super::fault::{Cause, Fault};
use super::gone::is_gone;
use super::lex::{Kind, Token};
use super::parts::{self, Part};
use super::settings::{Settings, repeated};
use super::text::Text;
use super::texts::{Texts, path_of};
use super::zone::{Class, Statement, ZoneDraft, class, zone_option};
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
            let word = text.lower(name);
            if is_gone(&word) {
                text.fault(Cause::Gone, name);
            } else if let Some(meant) = meant(&word, context) {
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
