//! What the rules about host names have in common: the words for what is wrong with one.

use crate::diagnostic::Level;
use crate::source::escape;
use crate::syntax::NameRef;
use crate::zone::{BadName, CheckNames, Defect, Zone};

/// Characters that cannot be seen, or look like another: with their names, and what was meant.
const LOOK_ALIKES: &[(char, &str, &str)] = &[
    ('\u{a0}', "a no-break space", ""),
    ('\u{ad}', "a soft hyphen", ""),
    ('\u{200b}', "a zero width space", ""),
    ('\u{200c}', "a zero width non-joiner", ""),
    ('\u{200d}', "a zero width joiner", ""),
    ('\u{200e}', "a left-to-right mark", ""),
    ('\u{200f}', "a right-to-left mark", ""),
    ('\u{202a}', "a left-to-right embedding", ""),
    ('\u{202c}', "a pop directional formatting", ""),
    ('\u{2060}', "a word joiner", ""),
    ('\u{feff}', "a byte order mark", ""),
    ('\u{2010}', "a typographic hyphen", "-"),
    ('\u{2011}', "a non-breaking hyphen", "-"),
    ('\u{2012}', "a figure dash", "-"),
    ('\u{2013}', "an en dash", "-"),
    ('\u{2014}', "an em dash", "-"),
    ('\u{2212}', "a minus sign", "-"),
];

/// How bad a name is that is no host name. Nothing where `check-names` tells `named` not to look.
pub(super) fn level(zone: &Zone) -> Option<Level> {
    match zone.terms().check_names {
        CheckNames::Fail => Some(Level::Error),
        CheckNames::Warn => Some(Level::Warning),
        CheckNames::Ignore => None,
    }
}

/// What `named` does about a name that is no host name; `said` is what it calls it.
pub(super) fn consequence(zone: &Zone, said: &str) -> String {
    let said = format!("`named` says `{said} (check-names)`");
    if zone.terms().check_names == CheckNames::Warn {
        format!("{said} and loads the zone: named.conf has `check-names` at `warn`")
    } else {
        format!("{said}, refuses the zone, and serves none of its names")
    }
}

/// What is wrong with a name, behind the name: "has `_`, which a host name cannot have".
pub(super) fn verdict(bad: &BadName) -> String {
    let label = escape(&bad.label);
    match bad.defect {
        Defect::LeadingHyphen => format!("has the label `{label}`, which must not begin with a hyphen"),
        Defect::TrailingHyphen => format!("has the label `{label}`, which must not end with a hyphen"),
        Defect::NoHash => "is no hash of a name, and has an NSEC3 record".to_owned(),
        Defect::Octet(at) => format!("has {}, which a host name cannot have", character(&bad.label[at..])),
    }
}

/// A name for a message: letters beyond ASCII as they are written.
pub(super) fn shown(name: NameRef<'_>) -> String {
    if name.wire().is_ascii() {
        return name.to_string();
    }
    name.labels().map(escape).collect::<Vec<_>>().join(".")
}

/// The label as it was probably meant.
pub(super) fn suggestion(bad: &BadName) -> Option<String> {
    let label = std::str::from_utf8(&bad.label).ok().filter(|label| !label.starts_with('_'))?;
    let mut meant = label.replace('_', "-");
    for (character, _, plain) in LOOK_ALIKES {
        meant = meant.replace(*character, plain);
    }
    let meant = meant.trim_matches('-');
    let good = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!meant.is_empty() && meant.chars().all(good)).then(|| meant.to_owned())
}

/// What host names are made of; or how to write the label, if it has letters beyond ASCII.
pub(super) fn rule_for(bad: &BadName) -> &'static str {
    let foreign = std::str::from_utf8(&bad.label).is_ok_and(|label| label.chars().any(char::is_alphabetic))
        && !bad.label.is_ascii()
        && suggestion(bad).is_none();
    if *bad.label == *b"*" {
        "a wildcard is no host: write the name of the host itself"
    } else if foreign {
        "write the label as DNS has it, beginning with `xn--`: `idn2 NAME` prints it"
    } else {
        "host names have letters, digits and hyphens, and labels begin and end with a letter or digit"
    }
}

/// A label begins as comments do elsewhere.
pub(super) fn is_comment(label: &[u8]) -> bool {
    matches!(label, [b'#', ..] | [b'/', b'/' | b'*', ..] | [b'-', b'-', ..])
}

/// The character that some octets begin with.
fn character(octets: &[u8]) -> String {
    let text = octets.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
    match text {
        Some(' ') => "a blank".to_owned(),
        Some('\t') => "a tab".to_owned(),
        Some('.') => "a dot inside a label (`\\.`)".to_owned(),
        Some('\\') => "a backslash".to_owned(),
        Some(c) => match LOOK_ALIKES.iter().find(|(known, ..)| *known == c) {
            Some((_, name, _)) => format!("{name} (U+{:04X})", u32::from(c)),
            None => format!("`{}`", escape(c.encode_utf8(&mut [0; 4]).as_bytes())),
        },
        None => format!("the octet `{}`", escape(&octets[..1])),
    }
}

#[cfg(test)]
mod tests {
    use super::character;

    #[test]
    fn what_cannot_be_seen_has_a_name() {
        assert_eq!(character("\u{200b}www".as_bytes()), "a zero width space (U+200B)");
        assert_eq!(character("\u{fc}x".as_bytes()), "`\u{fc}`");
        assert_eq!(character(b"\xfcx"), "the octet `\\252`");
        assert_eq!(character(b"_"), "`_`");
    }
}
