//! What a reader found wrong, as data. The rules of group `syntax` put it into words.

use crate::source::Span;

/// One thing that a text does wrong, or that BIND reads otherwise than it looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What it is; each kind has a rule of its own.
    pub kind: FaultKind,
    /// The offending words.
    pub span: Span,
    /// The offending words as they may be shown: through `source::escape`.
    pub word: String,
    /// A second place: see the kind.
    pub related: Option<Span>,
    /// A second text: see the kind.
    pub detail: String,
    /// The record that a `$GENERATE` made, if the fault is in one.
    pub generated: Option<String>,
}

/// Longer words are cut in messages, in characters.
const MAX_SHOWN: usize = 48;

impl Fault {
    /// The offending words for a message: their first line with one blank between words, and of a long
    /// one the beginning.
    pub fn shown(&self) -> String {
        // `source::escape` shows a newline as `\010`, and leaves tabs.
        let first = self.word.split("\\010").next().unwrap_or_default();
        let more = if first.len() < self.word.trim_end().len() { "…" } else { "" };
        let line = first.split_whitespace().collect::<Vec<_>>().join(" ");
        match line.char_indices().nth(MAX_SHOWN) {
            Some((cut, _)) => format!("{}…", &line[..cut]),
            None => line + more,
        }
    }
}

/// Declares [`FaultKind`], with every kind in [`FaultKind::ALL`].
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident,)*) => {
        /// The kinds of faults. What `related` and `detail` of a [`Fault`] hold stands in brackets.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum FaultKind { $($(#[$doc])* $kind,)* }

        impl FaultKind {
            /// All kinds.
            pub const ALL: &'static [FaultKind] = &[$(FaultKind::$kind,)*];
        }
    };
}

impl FaultKind {
    /// BIND loads the zone all the same, or it is not a fault of the words.
    pub fn is_harmless(self) -> bool {
        matches!(
            self,
            Self::TtlOverLimit
                | Self::TtlFromSoaMinimum
                | Self::TtlLastStated
                | Self::OwnerInheritedAfterOrigin
                | Self::OriginLacksDot
                | Self::NoFinalNewline
                | Self::TextCutAtSemicolon
                | Self::IncludeOutsideRoot
                | Self::IncludeBesideFile
        )
    }
}

kinds! {
    /// The file begins with the bytes EF BB BF, which become part of the first word.
    ByteOrderMark,
    /// The file is UTF-16.
    Utf16,
    /// A NUL outside comments and quotes.
    NulByte,
    /// A `"` that is not closed on its line.
    UnbalancedQuote,
    /// A `(` that is never closed [related: the place behind the last word of its record, where the `)`
    /// is due at the latest].
    MissingCloseParen,
    /// A `)` without its `(`.
    UnmatchedCloseParen,
    /// The last line has no newline [detail: the directive in it, which BIND then refuses].
    NoFinalNewline,

    /// The first record of the text has no owner to inherit.
    NoCurrentOwner,
    /// The line ends before a type [detail: `comment` where a `;` in mid-word cut it].
    IncompleteRecord,
    /// A type at column 0 whose line continues the record above [detail: the owner above;
    /// related: where it stands].
    LostIndentation,
    /// An owner that is indented, and so read as a type.
    IndentedOwner,
    /// A directive that is indented, and so read as a type.
    IndentedDirective,
    /// A class or TTL that stands twice.
    DoubledField,
    /// A word in the place of a TTL that has digits and units and is none [detail: `large` where it
    /// is 2^32 or more; the type where the word is in its rdata].
    TtlSyntax,
    /// The word in the place of the type is no type [detail: `newer` where it is one that BIND 9.18 does
    /// not know].
    UnknownType,
    /// A type, class or TTL in quotes, or what `$TTL` or `$ORIGIN` sets.
    QuotedKeyword,
    /// A `#`, `//` or `--` that was meant to begin a comment.
    ForeignComment,
    /// `<<<<<<<`, `=======` or `>>>>>>>`.
    MergeConflictMarker,
    /// `{{ name }}` and its like.
    TemplatePlaceholder,
    /// A record of another class than IN.
    ClassMismatch,
    /// A type that cannot be in a zone: AXFR, OPT, …; an SOA from a `$GENERATE`.
    MetaType,
    /// A type that BIND refuses: MD, MF.
    ObsoleteType,
    /// No TTL, no `$TTL` and no SOA before: BIND says `no TTL specified; zone rejected`.
    TtlMissing,
    /// A TTL of 2^31 or more, which BIND takes as 0 [detail: the TTL as written].
    TtlOverLimit,
    /// The SOA has no TTL and there is no `$TTL`: its minimum is taken [detail: that TTL].
    TtlFromSoaMinimum,
    /// There is no `$TTL`: records without TTL take the last one written [detail: that TTL].
    TtlLastStated,
    /// The origin that a directive sets ends in the name of the zone, and has no final dot [detail: what it is read as].
    OriginLacksDot,
    /// A blank owner directly after `$ORIGIN` [detail: the owner that it keeps].
    OwnerInheritedAfterOrigin,

    /// A `$` word that is no directive.
    UnknownDirective,
    /// A directive with too few or too many words [detail: the line without the words
    /// that are too many; empty where some are missing].
    DirectiveArgument,
    /// The included file is not there [detail: the files that were looked for].
    IncludeNotFound,
    /// The included file is outside the project and is not read.
    IncludeOutsideRoot,
    /// The file includes itself, or too deep, or the zone includes too many [detail: `cycle`, `depth` or
    /// `number`].
    IncludeCycle,
    /// The included file cannot be read [detail: why].
    IncludeUnreadable,
    /// The included file is beside the including one, not where BIND looks [detail: the file].
    IncludeBesideFile,
    /// A `$GENERATE` with a parenthesis [word: `(`], without lhs, type or rhs [detail: empty], with a
    /// modifier that is none [detail: the template], or whose records have open quotes or parentheses
    /// [generated: such a record].
    GenerateSyntax,
    /// A `$GENERATE` range that is none.
    GenerateRange,
    /// A `$GENERATE` of more records than are made [detail: their number].
    GenerateLimit,

    /// `a..b`, or a leading dot.
    EmptyLabel,
    /// A label of more than 63 octets.
    LabelTooLong,
    /// A name of more than 255 octets.
    NameTooLong,
    /// An escape that is none.
    BadEscape,

    /// The rdata ends too early [detail: the type].
    MissingRdata,
    /// Words after the rdata [detail: the type].
    ExtraRdata,
    /// Quotes around a name, number or address.
    UnexpectedQuote,
    /// An address that is none [detail: `A` or `AAAA`].
    BadAddress,
    /// A number that is none, or too large [detail: the type, a blank, the largest number].
    BadNumber,
    /// A text without quotes that a `;` cuts [detail: its owner].
    TextCutAtSemicolon,
    /// A character-string of more than 255 octets [detail: its length].
    TextTooLong,
    /// Rdata of more than 65,535 octets.
    RdataTooLong,
    /// A CAA tag with other characters than letters and digits.
    CaaTag,
    /// Digits that are no hexadecimal number, base64 or base32 [detail: the type, a blank, `hexadecimal`,
    /// `base64` or `base32`, a blank, what is wrong].
    BadEncoding,
    /// A digest, fingerprint or hash of the wrong length [detail: the type, the octets that it has to have,
    /// those that it has; blanks between them].
    BadLength,
    /// A word in the place of a number that stands for none [detail: the type, a blank, what it is to be:
    /// `Keywords::what`, or `record type`].
    UnknownKeyword,
    /// A point in time that is none [detail: the type, a blank, the part that is wrong: `digits`,
    /// `seconds`, `month`, `day`, `hour`, `minute` or `second`].
    BadTimestamp,
    /// A parameter of an SVCB or HTTPS record that is none [detail: the type, a blank, what is wrong].
    SvcParam,
    /// A place on Earth that is none [detail: the type, a blank, what is wrong].
    BadLocation,
    /// The substitution of an NAPTR record is none [detail: the type, a blank, what is wrong].
    BadRegexp,
    /// Another field that is not what it has to be [detail: the type, a blank, what is wrong].
    BadField,
    /// RFC 3597 rdata that is none: length, hexadecimal digits, or not the form of the type.
    GenericRdata,
}
