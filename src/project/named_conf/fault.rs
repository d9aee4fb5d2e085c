//! What a `named.conf` does wrong, as data.

use crate::source::{Span, escape};

/// One thing that is wrong with a `named.conf`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub cause: Cause,
    /// The offending words.
    pub span: Span,
    /// A second place: see the cause.
    pub related: Option<Span>,
    /// The offending words as they may be shown: through `source::escape`, without quotes.
    pub shown: String,
    /// A second text: see the cause.
    pub word: String,
}

/// Longer words are cut in messages, in characters.
const MAX_SHOWN: usize = 60;

impl Fault {
    /// A fault of these words.
    pub(super) fn new(cause: Cause, span: Span, words: &[u8]) -> Self {
        let words = words.split(|&b| b == b'\n').next().unwrap_or_default();
        let mut shown = escape(words);
        if let Some((cut, _)) = shown.char_indices().nth(MAX_SHOWN) {
            shown.truncate(cut);
            shown.push('…');
        }
        Self { cause, span, related: None, shown, word: String::new() }
    }

    /// Gives the second text.
    pub(super) fn say(&mut self, word: impl Into<String>) {
        self.word = word.into();
    }
}

/// What can be wrong. What `related` and `word` of a [`Fault`] hold stands in brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// The file begins with the bytes EF BB BF, which become part of the first word.
    ByteOrderMark,
    /// A `"` that is not closed.
    OpenQuote,
    /// A `/*` without its `*/`.
    OpenComment,
    /// A `{` that is not closed [related: the statement that cannot stand within it, if one came].
    MissingClose,
    /// A `}` without its `{`.
    UnmatchedClose,
    /// A statement without its `{` [related: what stands in its place].
    MissingOpen,
    /// A statement without its `;` [word: the statement's last word; related: what stands behind it].
    MissingSemicolon,
    /// A `;` without a statement.
    EmptyStatement,
    /// Something else in the place of the name of an option.
    NotAnOption,
    /// An option that does not exist [word: the option that is meant].
    UnknownOption,
    /// An option that BIND had once.
    Gone,
    /// An option that stands there a second time [related: the first].
    Repeated,
    /// A value that cannot be [word: what is expected].
    BadValue,
    /// A path without quotes, or a word in quotes [word: `quoted` or `bare`, which it has to be].
    Quoting,
    /// A zone without `type`.
    NoType,
    /// A primary zone without `file`.
    NoFile,
    /// A zone whose name is none.
    BadName,
    /// A zone of another class than its view [word: the class of the view].
    OtherClass,
    /// A zone of this name and view that stands there a second time [related: the first].
    ZoneRepeated,
    /// A view of this name that stands there a second time [related: the first].
    ViewRepeated,
    /// A zone outside of all views, where there are views [related: a view].
    OutsideViews,
    /// `in-view` of a zone that is not further up [word: the view].
    NoSuchView,
    /// `in-view` beside options that do not go with it [word: such an option].
    InViewWithOptions,
    /// A file that the server writes is that of two zones [related: the other zone].
    SharedWritten,
}
