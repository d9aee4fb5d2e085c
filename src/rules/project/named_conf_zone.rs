//! # named-conf-zone
//!
//! A zone or view in `named.conf` that `named` refuses.
//!
//! ## Why
//!
//! The statement can be read, and still says nothing that can be served: a zone without `type` or `file`, a
//! zone outside of the views, an `in-view` of a zone that is not there. `named` refuses the configuration as a
//! whole.
//!
//! ## Example
//!
//! ```zone,whole
//! ; file: named.conf
//! zone "example.com" {
//!     file "db.example.com";
//! };
//! ; file: db.example.com
//! ; a zone
//! ```
//!
//! ## What to do
//!
//! As the message says; `named-checkconf` says whether it is enough.
//!
//! ## References
//!
//! BIND 9 Administrator Reference Manual, "zone Block Grammar", "view Block Grammar"

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::project::{Cause, ConfFault};
use crate::rules::{Check, Rule};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "named-conf-zone",
    group: Group::Project,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Conf(
        &[
            Cause::NoType,
            Cause::NoFile,
            Cause::BadName,
            Cause::OtherClass,
            Cause::ViewRepeated,
            Cause::OutsideViews,
            Cause::NoSuchView,
            Cause::InViewWithOptions,
            Cause::SharedWritten,
        ],
        check,
    ),
};

fn check(fault: &ConfFault, findings: &mut Findings<'_>) {
    let (word, shown) = (&fault.word, &fault.shown);
    let (message, help) = match fault.cause {
        Cause::NoType => (format!("the zone `{shown}` has no `type`"), "write `type primary;` or what it is"),
        Cause::NoFile => (format!("the primary zone `{shown}` has no `file`"), "write `file \"…\";`"),
        Cause::BadName => (format!("`{shown}` is no domain name"), "correct it"),
        Cause::OtherClass => {
            (format!("the class is `{shown}`, and that of its view is `{word}`"), "leave the class out")
        }
        Cause::ViewRepeated => {
            (format!("there are two views `{shown}`"), "put the zones of both into one, or rename one")
        }
        Cause::OutsideViews => (
            format!("the zone `{shown}` is outside of all views"),
            "where there are views, each zone is in one: move it into each view that is to have it",
        ),
        Cause::NoSuchView => (
            format!("the view `{word}` has no such zone, or comes later"),
            "name a view further up that has the zone itself",
        ),
        Cause::InViewWithOptions => (
            format!("`{shown}` does not go with `in-view`"),
            "the other view says it all: delete either this or `in-view`",
        ),
        _ => (
            format!("the server writes `{shown}`, and it is the file of two zones"),
            "give each its own file; the same zone in another view is `in-view`",
        ),
    };
    let found = findings.report(Place::whole(fault.span), message);
    found.data(format!("{:?} {shown}", fault.cause));
    if let Some(related) = fault.related {
        let label = match fault.cause {
            Cause::OutsideViews => "a view",
            Cause::SharedWritten => "the other zone",
            _ => "the first one",
        };
        found.label(Place::whole(related), label);
    }
    found
        .note("`named` refuses the whole configuration: it does not start, and a reload changes nothing")
        .help(help);
}
