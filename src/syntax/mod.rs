//! Bytes → entries with places in them, after `grammar/zone.abnf`.
//!
//! This layer knows the shape of a master file: words, quotes, parentheses, comments, and which word
//! of an entry is owner, TTL, class, type and rdata. It knows nothing of zones. It never stops: what
//! cannot be read becomes a [`Fault`], and reading goes on at the next entry.

mod fault;
mod field;
mod forms;
mod header;
mod keyword;
mod lex;
mod name;
mod placeholder;
mod plain;
mod rrtype;
mod spelling;
mod token;
mod ttl;
mod words;

pub use fault::{Fault, FaultKind};
pub use field::{Count, Field, FieldKind};
pub use forms::rdata_form;
pub use header::{Directive, Header, HeaderFault, class, directive, header, usual_header};
pub use keyword::{
    ALGORITHMS, CERT_TYPES, DIGEST_TYPES, DSYNC_SCHEMES, IP_PROTOCOLS, KEY_FLAGS, KEY_PROTOCOLS, Keywords,
    NSEC3_HASHES, SERVICES,
};
pub use lex::{Entry, LexFault, LexFaultKind, Reader};
pub use name::{MAX_NAME, Name, NameBuffer, NameFault, NameRef, ShortLabel, character, is_host_word};
pub use placeholder::placeholder;
pub use plain::{Listed, PlainLine, Words};
pub use rrtype::{Kind, RrType, RrTypes, Standing, rr_types};
pub use spelling::nearest;
pub use token::Token;
pub(crate) use token::packed;
pub use ttl::{TtlFault, ttl};
