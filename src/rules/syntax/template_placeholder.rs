//! # template-placeholder
//!
//! A placeholder such as `{{ address }}` was not filled in.
//!
//! ## Why
//!
//! The file is a template, or its rendering went wrong. `named` takes the placeholder as it stands and
//! refuses the zone. One finding stands for all placeholders of a file, and nothing is reported as
//! absent from the zone, because it is not known what the template would bring.
//!
//! ## Example
//!
//! ```zone
//! www  A  {{ www_address }}
//! ```
//!
//! ## What to do
//!
//! Check the rendered file and not the template. Exclude templates in `zoneward.toml`:
//! `exclude = ["templates/**"]`.
//!
//! ## References
//!
//! None: every template engine has marks of its own. Known here are `{{ }}`, `{% %}`, `<% %>`, `${ }`,
//! `@NAME@`, `%NAME%` and `_NAME_`

use crate::diagnostic::{Findings, Group, Level, Place};
use crate::rules::{Check, Rule};
use crate::syntax::{Fault, FaultKind};

/// See the page above.
pub(crate) static RULE: Rule = Rule {
    name: "template-placeholder",
    group: Group::Syntax,
    level: Level::Error,
    default: true,
    options: &[],
    check: Check::Fault(FaultKind::TemplatePlaceholder, check),
};

fn check(fault: &Fault, findings: &mut Findings<'_>) {
    let mark = fault.shown();
    findings
        .report(
            Place::whole(fault.span),
            format!(
                "`{mark}` is a placeholder that was not filled in; check the rendered file, not the template"
            ),
        )
        .note(
            "`named` takes it as it stands and refuses the zone; other placeholders of this file are not \
             reported",
        )
        .help("keep templates out with `exclude = [\"templates/**\"]` in `zoneward.toml`");
}
