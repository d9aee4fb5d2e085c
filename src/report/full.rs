//! `full`: each finding with the lines it is about, drawn by codespan.

use std::io::{self, Write};

use codespan_reporting::term;

use super::drawing::{Drawing, Remark, io_error};
use super::pen::Pen;
use super::text::Texts;
use super::{Report, Style, close, headline};
use crate::diagnostic::Diagnostic;

/// Columns before a remark: a line number of four digits, ` = `.
const GUTTER: usize = 7;
/// Further lines of a message are indented so far.
const MESSAGE_INDENT: usize = 2;
/// In a narrower terminal nothing is gained by it.
const LEAST_WIDTH: usize = 40;

/// Writes the findings and the summary.
pub(super) fn write(report: &Report<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut texts = Texts::new(report.sources);
    for diagnostic in report.diagnostics {
        finding(diagnostic, &mut texts, style, out)?;
    }
    close(report, style, out)
}

/// Writes a finding.
fn finding(
    diagnostic: &Diagnostic,
    texts: &mut Texts<'_>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Drawing { excerpts, mut picture, remarks, config } = Drawing::new(diagnostic, texts, style);
    let head = diagnostic.level.name().len() + diagnostic.rule.len() + "[]: ".len();
    picture.message = wrap(&headline(diagnostic), style, [head, MESSAGE_INDENT], MESSAGE_INDENT);
    picture.notes = remarks.iter().map(|it| remark(it, style)).collect();
    let mut pen = Pen::new(out, style, diagnostic.level, Some(diagnostic.rule));
    term::emit_to_write_style(&mut pen, &config, &excerpts, &picture).map_err(io_error)
}

/// `note: …`, further lines indented to the first.
fn remark(Remark { word, text }: &Remark, style: Style) -> String {
    let indent = word.len() + 2;
    let columns = [GUTTER + indent; 2];
    let lines: Vec<_> = text.lines().map(|line| wrap(line, style, columns, indent)).collect();
    let text = lines.join(&format!("\n{:indent$}", ""));
    // codespan puts the gutter before each line.
    format!("{}: {text}", style.paint("1", word))
}

/// Breaks a line at its blanks where it would not fit on the terminal: it begins at the first of the
/// columns, and its further lines, with so many blanks before them, at the second. A word is never
/// broken: names are copied from here.
fn wrap(line: &str, style: Style, columns: [usize; 2], indent: usize) -> String {
    let Some(width) = style.width.map(usize::from).filter(|&width| width > LEAST_WIDTH) else {
        return line.to_owned();
    };
    let mut wrapped = String::with_capacity(line.len());
    let mut column = columns[0];
    for word in line.split(' ') {
        let length = word.chars().count();
        if wrapped.is_empty() {
            column += length;
        } else if column + 1 + length > width {
            wrapped.push('\n');
            wrapped.extend(std::iter::repeat_n(' ', indent));
            column = columns[1] + length;
        } else {
            wrapped.push(' ');
            column += 1 + length;
        }
        wrapped += word;
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::sample::{find, finding, place, report};
    use super::*;
    use crate::diagnostic::{Level, Place};
    use crate::report::Format;
    use crate::source::{FileId, Sources};

    const PLAIN: Style = Style { color: false, ascii: true, width: None };

    /// The report of `diagnostics` without the summary.
    fn drawn(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
        let shown = report(sources, diagnostics, Format::Full, PLAIN);
        let summary = "0 zones, 0 files, 0 records: no findings\n";
        shown.strip_suffix(summary).expect("the summary is last").to_owned()
    }

    /// The report of an error at `needle` in `text`.
    fn drawn_at(text: &[u8], needle: &[u8]) -> String {
        let sources = Sources::new();
        let file = sources.add_bytes("t", text.to_vec());
        drawn(&sources, &[finding(Level::Error, find(file, text, needle, 0), "no")])
    }

    /// Source line and caret line of an excerpt with a line number of one digit.
    fn excerpt(shown: &str) -> Vec<&str> {
        shown.lines().skip(3).take(2).map(|line| &line[4..]).collect()
    }

    #[test]
    fn a_finding_with_everything() {
        let sources = Sources::new();
        let (ours, theirs) = (b"imap A 1.2.3.4\n", b"\nimap A 1.2.3.5\n");
        let file = sources.add_bytes("a.zone", ours.to_vec());
        let other = sources.add_bytes("b.zone", theirs.to_vec());
        let mut it = finding(Level::Info, find(file, ours, b"1.2.3.4", 0), "`1.2.3.4` is old");
        it.primary("old").label(find(other, theirs, b"1.2.3.5", 0), "new");
        it.note("clients wait\nfor it").help("use `1.2.3.5`").view = Some("external".into());
        let expected = "\
info[a-rule]: `1.2.3.4` is old (view `external`)
  --> a.zone:1:8
  |
1 | imap A 1.2.3.4
  |        ^^^^^^^ old
  |
  --> b.zone:2:8
  |
2 | imap A 1.2.3.5
  |        ------- new
  |
  = note: clients wait
          for it
  = help: use `1.2.3.5`

";
        assert_eq!(drawn(&sources, &[it]), expected);
    }

    #[test]
    fn a_terminal_gets_whole_words() {
        let sources = Sources::new();
        let file = sources.add_bytes("t", b"x\n".to_vec());
        let mut it =
            finding(Level::Error, place(file, 0, 1), "`one.example` has no address, and nobody knows why");
        it.note("a name without an address is a name that leads nowhere\nat all");
        let style = Style { width: Some(44), ..PLAIN };
        let shown = report(&sources, &[it], Format::Full, style);
        let expected = "\
error[a-rule]: `one.example` has no address,
  and nobody knows why
  --> t:1:1
  |
1 | x
  | ^
  |
  = note: a name without an address is a
          name that leads nowhere
          at all
";
        assert!(shown.starts_with(expected), "{shown}");
    }

    #[test]
    fn the_place_is_the_primary_label_even_behind_others() {
        let sources = Sources::new();
        let text = b"$TTL 5\na A 1\n";
        let file = sources.add_bytes("t", text.to_vec());
        let mut it = finding(Level::Error, find(file, text, b"1", 0), "no");
        it.label(find(file, text, b"5", 0), "first");
        assert!(drawn(&sources, &[it]).contains("--> t:2:5\n"));
    }

    #[test]
    fn carets_are_right_under_any_text() {
        assert_eq!(excerpt(&drawn_at(b"gr\xfc\xdfe bad\n", b"bad")), ["gr??e bad", "      ^^^"]);
        assert_eq!(excerpt(&drawn_at(b"\xe2\x82 bad\n", b"bad")), ["?? bad", "   ^^^"]);
        assert_eq!(
            excerpt(&drawn_at("gr\u{fc}n \u{6f22} bad\n".as_bytes(), b"bad")),
            ["gr\u{fc}n \u{6f22} bad", "        ^^^"],
            "a wide character has two columns"
        );
        assert_eq!(
            excerpt(&drawn_at(b"a\tA\tbad\n", b"bad")),
            ["a       A       bad", "                ^^^"]
        );
        assert_eq!(excerpt(&drawn_at(b"a bad\r\nb\r\n", b"bad\r\n")), ["a bad", "  ^^^"]);
        assert_eq!(excerpt(&drawn_at(b"a\r\nb\r\n", b"\n")), ["a", " ^"]);
    }

    #[test]
    fn nothing_of_a_zone_commands_the_terminal() {
        let sources = Sources::new();
        let text = b"a\x1b]0;x\x07 \xc2\x9b \xe2\x80\xae TXT b\n";
        let file = sources.add_bytes("dir/\x1b[2J\u{9b}\n", text.to_vec());
        let mut it = finding(Level::Error, find(file, text, b"TXT", 0), "\x1b[2Jm\nm\r");
        it.primary("\x1bp\np").label(find(file, text, b"b", 0), "\u{202e}l");
        it.note("\x1bn\nn\u{7f}").help("\u{9b}h\th");
        for format in Format::ALL {
            let shown = report(&sources, std::slice::from_ref(&it), format, PLAIN);
            let treacherous = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!shown.contains(treacherous), "{format:?}: {shown:?}");
        }
        let shown = drawn(&sources, &[it]);
        assert!(shown.starts_with("error[a-rule]: \\027[2Jm m\n"), "{shown}");
        assert!(shown.contains("= note: \\027n\n          n\\127\n"), "{shown}");
    }

    /// A report about a file which `change` does something to after it was checked.
    fn drawn_after(change: impl FnOnce(&std::path::Path)) -> String {
        let folder = tempfile::tempdir().expect("there is room for a test");
        let path = folder.path().join("t.zone");
        fs::write(&path, "a A 1.2.3.4\nb A 1.2.3\n").expect("there is room for a test");
        let sources = Sources::new();
        let file = sources.add(&path);
        sources.read(file, &mut Vec::new()).expect("it was just written");
        change(&path);
        drawn(&sources, &[finding(Level::Error, place(file, 16, 21), "no")])
    }

    #[test]
    fn a_file_that_has_changed_is_not_quoted() {
        assert!(drawn_after(|_| ()).contains("b A 1.2.3\n"), "unchanged, it is");
        let touched = drawn_after(|path| {
            fs::remove_file(path).expect("it was there");
            fs::write(path, "a A 1.2.3.4\nb A 1.2.3\n").expect("there is room for a test");
        });
        assert!(touched.contains("b A 1.2.3\n"), "{touched}");
        let shown = drawn_after(|path| fs::write(path, "a A 1.2.3.4\nb A 1.2.8\n").expect("it was writable"));
        assert!(shown.contains("t.zone` has changed since it was checked, so"), "{shown}");
        let shown = drawn_after(|path| fs::write(path, "new\n").expect("it was writable"));
        assert!(shown.starts_with("error[a-rule]: no\n = note: `"), "{shown}");
        assert!(shown.contains("t.zone` has changed since it was checked, so"), "{shown}");
        assert!(!shown.contains("new"), "{shown}");
        let shown = drawn_after(|path| fs::remove_file(path).expect("it was there"));
        assert!(shown.contains("t.zone` is gone or empty since it was checked"), "{shown}");
    }

    #[test]
    fn the_end_of_the_file_is_behind_its_last_character() {
        let sources = Sources::new();
        let file = sources.add_bytes("t", b"a A (\n  1\n\n".to_vec());
        for at in [11, 12, 999] {
            let shown = drawn(&sources, &[finding(Level::Error, place(file, at, at), "no")]);
            assert_eq!(excerpt(&shown), ["  1", "   ^"]);
        }
        let empty = sources.add_bytes("t", Vec::new());
        let shown = drawn(&sources, &[finding(Level::Error, place(empty, 0, 5), "no")]);
        assert_eq!(shown, "error[a-rule]: no\n  --> t:1:1\n  |\n1 |\n  | ^\n\n");
    }

    #[test]
    fn a_record_of_many_lines_is_folded() {
        let sources = Sources::new();
        let text = format!("a TXT (\n{})\n", "\"x\"\n".repeat(300));
        let file = sources.add_bytes("t", text.clone().into());
        let shown = drawn(&sources, &[finding(Level::Error, place(file, 0, text.len()), "no")]);
        let gutters = shown.lines().skip(3).map(|line| line.get(..5).unwrap_or_default().trim());
        assert_eq!(gutters.collect::<Vec<_>>(), ["1 |", "2 |", "3 |", "4 |", ".", "301 |", "302 |", "|", ""]);
    }

    #[test]
    fn lines_between_two_labels_are_left_out_unless_it_is_one() {
        let sources = Sources::new();
        let file = sources.add_bytes("t", b"1\n2\n3\n4\n5\n6\n7\n8\n9\n".to_vec());
        let gutters = |first: usize, second: usize| {
            let mut it = finding(Level::Error, place(file, 2 * first - 2, 2 * first - 1), "no");
            it.label(place(file, 2 * second - 2, 2 * second - 1), "");
            let shown = drawn(&sources, &[it]);
            let signs = shown.lines().skip(3).filter_map(|line| line.split_once(' '));
            signs.map(|(number, sign)| number.to_owned() + &sign.trim()[..1]).collect::<String>()
        };
        assert_eq!(gutters(1, 2), "1||2||");
        assert_eq!(gutters(1, 3), "1||2|3||");
        assert_eq!(gutters(1, 4), "1||.4||");
        assert_eq!(gutters(9, 2), "2||.9||");
    }

    #[test]
    fn a_long_line_is_clipped_around_its_labels() {
        let text = format!("a TXT \"{}bad{}\"\n", "x".repeat(2000), "y".repeat(2000));
        let shown = drawn_at(text.as_bytes(), b"bad");
        let (source, carets) = (excerpt(&shown)[0], excerpt(&shown)[1]);
        assert!(source.starts_with("a TXT \"xxx"), "{source}");
        assert!(source.contains(" ... xxx") && source.ends_with("yyy ..."), "{source}");
        assert_eq!(source.find("bad"), carets.find("^^^"));
        assert!(shown.contains("--> t:1:2008\n") && source.len() < 120, "{shown}");
    }

    #[test]
    fn more_places_than_help_are_counted() {
        let sources = Sources::new();
        let at = |file: FileId| place(file, 0, 1);
        let files: Vec<Place> =
            (0..11).map(|n| at(sources.add_bytes(format!("t{n}"), b"x".to_vec()))).collect();
        let mut it = finding(Level::Error, files[0], "no");
        for &file in &files[1..] {
            it.label(file, "");
        }
        let shown = drawn(&sources, &[it]);
        assert!(shown.contains("--> t8:1:1\n") && !shown.contains("--> t9:1:1\n"), "{shown}");
        assert!(shown.contains("= note: 2 more places not shown\n"), "{shown}");
    }

    #[test]
    fn no_span_breaks_the_drawing() {
        let text = b"\xfc \t\xe2\x82\xac\r\n\n(\r\xe2\x82\n\n\n\x1b)\ne\xcc\x81\n";
        let sources = Sources::new();
        let file = sources.add_bytes("t", text.to_vec());
        for start in 0..=text.len() + 1 {
            for end in 0..=text.len() + 1 {
                let mut it = finding(Level::Error, place(file, start, end), "no");
                it.label(place(file, end, start), "b").label(place(file, 0, end), "c");
                let shown = drawn(&sources, &[it]);
                assert!(shown.lines().all(|line| line == line.trim_end()), "{shown}");
            }
        }
    }

    #[test]
    fn colours_are_there_when_asked_for_and_mean_the_level() {
        let sources = Sources::new();
        let file = sources.add_bytes("t", b"x\n".to_vec());
        for (level, color) in [(Level::Error, 31), (Level::Warning, 33), (Level::Info, 36)] {
            let it = [finding(level, place(file, 0, 1), "no")];
            let style = Style { color: true, ascii: false, width: None };
            let shown = report(&sources, &it, Format::Full, style);
            let head = format!("\x1b[1;{color}m{}[a-rule]\x1b[0;1m: no\x1b[0m\n", level.name());
            assert!(shown.starts_with(&head), "{shown:?}");
            assert!(shown.contains(&format!("\x1b[{color}m^\x1b[0m")), "{shown:?}");
        }
    }
}
