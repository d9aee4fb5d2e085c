//! What codespan draws with: our levels, our colours, and no blanks at the end of a line.

use std::io::{self, Write};

use codespan_reporting::diagnostic::{LabelStyle, Severity};
use codespan_reporting::term::WriteStyle;

use super::{Style, color};
use crate::diagnostic::Level;

/// What is not the finding itself: line numbers, borders, related places.
const BLUE: &str = "94";

/// Draws one finding, or one mistake in the configuration.
pub(crate) struct Pen<'a, 'out> {
    out: &'a mut (dyn Write + 'out),
    style: Style,
    level: Level,
    /// The rule, where there is one.
    rule: Option<&'a str>,
    /// codespan is writing the word for its severity; it has none for `info`, so ours stands there.
    muted: bool,
    /// Spaces that are written once something follows them on the line.
    spaces: usize,
}

impl<'a, 'out> Pen<'a, 'out> {
    /// A pen for what has this level and comes from this rule.
    pub(crate) fn new(
        out: &'a mut (dyn Write + 'out),
        style: Style,
        level: Level,
        rule: Option<&'a str>,
    ) -> Self {
        Self { out, style, level, rule, muted: false, spaces: 0 }
    }

    /// Changes the rendition of what follows.
    fn set(&mut self, rendition: &str) -> io::Result<()> {
        if self.style.color { write!(self, "\x1b[{rendition}m") } else { Ok(()) }
    }

    /// Writes a part of one line, the spaces at its end later.
    fn part(&mut self, part: &[u8]) -> io::Result<()> {
        let inked = part.trim_ascii_end();
        if !inked.is_empty() {
            write!(self.out, "{:1$}", "", self.spaces)?;
            self.out.write_all(inked)?;
            self.spaces = 0;
        }
        self.spaces += part.len() - inked.len();
        Ok(())
    }
}

impl Write for Pen<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.muted {
            return Ok(bytes.len());
        }
        for (number, part) in bytes.split(|&byte| byte == b'\n').enumerate() {
            if number > 0 {
                self.spaces = 0;
                self.out.write_all(b"\n")?;
            }
            self.part(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl WriteStyle for Pen<'_, '_> {
    fn set_header(&mut self, _: Severity) -> io::Result<()> {
        self.set(&format!("1;{}", color(self.level)))?;
        let rule = self.rule.map_or(String::new(), |rule| format!("[{rule}]"));
        write!(self, "{}{rule}", self.level.name())?;
        self.muted = true;
        Ok(())
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        self.muted = false;
        self.set("0;1")
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        self.set(BLUE)
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        self.set(BLUE)
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        self.set(BLUE)
    }

    fn set_label(&mut self, _: Severity, style: LabelStyle) -> io::Result<()> {
        match style {
            LabelStyle::Primary => self.set(color(self.level)),
            LabelStyle::Secondary => self.set(BLUE),
        }
    }

    fn reset(&mut self) -> io::Result<()> {
        self.set("0")
    }
}
