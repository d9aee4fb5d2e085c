//! What codespan draws with in a page: its colours become classes.

use std::io::{self, Write};

use codespan_reporting::diagnostic::{LabelStyle, Severity};
use codespan_reporting::term::WriteStyle;
use maud::{Escaper, Markup, PreEscaped};

use crate::diagnostic::Level;

/// Draws the lines of one finding.
pub(super) struct Ink {
    level: Level,
    page: String,
    /// Lines that are still to be left out.
    skip: usize,
    /// A `span` is open.
    open: bool,
    /// What follows has this class, once there is any.
    class: Option<&'static str>,
    /// Blanks and line breaks that are written once something follows them.
    blank: String,
}

impl Ink {
    /// Ink for a finding of this level; so many lines at the beginning are left out.
    pub(super) fn new(level: Level, skip: usize) -> Self {
        Self { level, page: String::new(), skip, open: false, class: None, blank: String::new() }
    }

    /// What was drawn.
    pub(super) fn finish(mut self) -> Markup {
        self.shut();
        PreEscaped(self.page)
    }

    fn set(&mut self, class: Option<&'static str>) {
        self.shut();
        self.class = class;
    }

    fn shut(&mut self) {
        if std::mem::take(&mut self.open) {
            self.page += "</span>";
        }
    }

    fn text(&mut self, text: &str) {
        use std::fmt::Write;
        let inked = text.trim_end();
        if !inked.is_empty() {
            self.page += &std::mem::take(&mut self.blank);
            if let Some(class) = self.class.filter(|_| !self.open) {
                self.page.extend(["<span class=\"", class, "\">"]);
                self.open = true;
            }
            Escaper::new(&mut self.page).write_str(inked).expect("a String takes everything");
        }
        for c in text[inked.len()..].chars() {
            if c == '\n' {
                self.blank.truncate(self.blank.trim_end_matches(' ').len());
            }
            self.blank.push(c);
        }
    }
}

impl Write for Ink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        for line in text.split_inclusive('\n') {
            match self.skip {
                0 => self.text(line),
                _ => self.skip -= usize::from(line.ends_with('\n')),
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Ink {
    fn set_header(&mut self, _: Severity) -> io::Result<()> {
        Ok(())
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.set(Some("frame"));
        Ok(())
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set(Some("frame"));
        Ok(())
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.set(Some("frame"));
        Ok(())
    }

    fn set_label(&mut self, _: Severity, style: LabelStyle) -> io::Result<()> {
        self.set(Some(match style {
            LabelStyle::Primary => self.level.name(),
            LabelStyle::Secondary => "related",
        }));
        Ok(())
    }

    fn reset(&mut self) -> io::Result<()> {
        self.set(None);
        Ok(())
    }
}
