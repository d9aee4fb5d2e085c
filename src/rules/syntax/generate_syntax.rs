//! # generate-syntax
//!
//! A `$GENERATE` that lacks its type or data, has a parenthesis, or has a modifier that is none.
//!
//! ## Why
//!
//! `named` says `syntax error`, `unexpected end of line` or `unexpected end of input` and refuses the
//! zone. Behind a `$` may stand `{offset,width,base}`: a number, the least number of digits, and one of
//! `d`, `o`, `x`, `X`, `n`, `N`. A `$` of its own is written `\$`.
//!
//! ## Example
//!
//! ```zone
//! $GENERATE 1-9 host${0,3,q} A 192.0.2.$
//! ```
//!
//! ## What to do
//!
//! Correct the modifier, or write what is missing: range, name, type, data. The data is one word;
//! several belong in quotes.
//!
//! ## References
//!
//! BIND 9 ARM, "BIND Primary File Extension: the $GENERATE Directive"

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "generate-syntax",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::GenerateSyntax, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let (word, template) = (fault.shown(), &fault.detail);
    let message = if !template.is_empty() {
        format!("`{word}` has a modifier that is none; write `${{offset,width,base}}`, as `${{0,3,d}}`")
    } else if fault.word == "(" {
        "`(` cannot stand in a `$GENERATE`; write all of it on one line, without parentheses".to_owned()
    } else if fault.generated.is_some() {
        "the records of this `$GENERATE` have an open quote or parenthesis; close it".to_owned()
    } else {
        format!("`{word}` has no type or no data; write both behind the name")
    };
    findings
        .report(Place::whole(fault.span), message)
        .note(
            "`named` says `syntax error`, `unexpected end of line` or `unexpected end of input` and refuses \
             the zone",
        )
        .help(
            "`$GENERATE 1-9 host${0,3,d} A 192.0.2.$` makes `host001` to `host009`; bases are `d`, `o`, `x`, \
             `X`, `n` and `N`; a `$` of its own is written `\\$`",
        );
}
