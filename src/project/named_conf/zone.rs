//! The statement of a zone: what it says, and its options.

use super::fault::Cause;
use super::lex::{Kind, Token};
use super::settings::{Settings, one_of, repeated};
use super::text::Text;
use crate::source::Span;
use crate::syntax::Name;

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
pub(super) struct Statement {
    kind: Option<(ZoneType, Span)>,
    file: Option<((), Span)>,
    in_view: Option<(String, Span)>,
    foreign: bool,
    pub(super) partial: bool,
    /// The first option that does not go with `in-view`.
    other: Option<(&'static str, Span)>,
    settings: Option<Box<Settings>>,
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

impl Statement {
    /// What a zone says with this statement.
    pub(super) fn of(
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

/// ```abnf
/// class = word
/// ```
pub(super) fn class(text: &mut Text) -> Option<(Class, Span)> {
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

/// Reads an option of a zone.
pub(super) fn zone_option(text: &mut Text, name: Token, zone: &mut Statement) -> bool {
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
            let kind = one_of(text, &TYPES);
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
