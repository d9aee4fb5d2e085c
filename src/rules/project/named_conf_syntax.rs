//! # named-conf-syntax
//!
//! A `named.conf` that `named` cannot read.
//!
//! ## Why
//!
//! `named` refuses a configuration with one wrong word as a whole: it does not start, and after `rndc
//! reload` it goes on with the old one. What it says is often about a later line: a missing `}` is seen where
//! the file ends, a missing `;` at the word behind it. Here the place is shown where it is to be mended.
//!
//! Looked at are brackets, semicolons, quotes and comments everywhere, and the statements that decide which
//! file is which zone and what is refused in it. Of all other options, `named-checkconf` knows more.
//!
//! ## Example
//!
//! ```zone,whole
//! ; file: named.conf
//! zone "example.com" {
//!     type primary
//!     file "db.example.com";
//! };
//! ; file: db.example.com
//! ; a zone
//! ```
//!
//! ## What to do
//!
//! Put in what is missing, and ask `named-checkconf`.
//!
//! ## References
//!
//! BIND 9 Administrator Reference Manual, "Configuration File"; `grammar/named-conf.abnf`

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Cause, ConfFault};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "named-conf-syntax",
    group: Group::Project,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Conf(
        &[
            Cause::ByteOrderMark,
            Cause::OpenQuote,
            Cause::OpenComment,
            Cause::MissingClose,
            Cause::UnmatchedClose,
            Cause::MissingOpen,
            Cause::MissingSemicolon,
            Cause::EmptyStatement,
            Cause::NotAnOption,
            Cause::UnknownOption,
            Cause::Gone,
            Cause::Repeated,
            Cause::BadValue,
            Cause::Quoting,
        ],
        check,
    ),
};

fn check(fault: &ConfFault, findings: &mut Findings<'_>) {
    let (word, shown) = (&fault.word, &fault.shown);
    let (message, label) = match fault.cause {
        Cause::ByteOrderMark => {
            ("a byte order mark stands before the first word; save without it".to_owned(), "")
        }
        Cause::OpenQuote => (format!("`{shown}` is never closed; write `\"` at its end"), ""),
        Cause::OpenComment => ("the comment is never closed; write `*/` at its end".to_owned(), ""),
        Cause::MissingClose => (
            "`{` is never closed; write `};` where its statement ends".to_owned(),
            "this cannot stand within it",
        ),
        Cause::UnmatchedClose => ("`}` closes nothing; delete it, or the `}` before it".to_owned(), ""),
        Cause::MissingOpen => (format!("`{{` is missing behind `{shown}`"), "stands in its place"),
        Cause::MissingSemicolon if word == "}" => {
            ("`;` is missing behind `}`".to_owned(), "read as a part of it")
        }
        Cause::MissingSemicolon => (format!("`;` is missing behind `{word}`"), "read as a part of it"),
        Cause::EmptyStatement => ("`;` ends nothing; delete it".to_owned(), ""),
        Cause::NotAnOption => (format!("`{shown}` stands where an option begins"), ""),
        Cause::UnknownOption => (format!("there is no option `{shown}` here; is `{word}` meant?"), ""),
        Cause::Gone => (format!("the option `{shown}` no longer exists in BIND; delete it"), ""),
        Cause::Repeated => (format!("`{shown}` stands here a second time; delete one"), "the first one"),
        Cause::BadValue => (format!("`{shown}` cannot be here: write {word}"), ""),
        Cause::Quoting if word == "quoted" => (format!("`{shown}` needs quotes: `\"{shown}\"`"), ""),
        _ => (format!("`{shown}` stands here without quotes"), ""),
    };
    let found = findings.report(Place::whole(fault.span), message);
    found.data(format!("{:?} {shown}", fault.cause));
    if let Some(related) = fault.related {
        found.label(Place::whole(related), label);
    }
    found.note("`named` refuses the whole configuration: it does not start, and a reload changes nothing");
}
