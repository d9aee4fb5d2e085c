//! What is wrong with a configuration file, and how it is shown.

use std::fmt;
use std::ops::Range;
use std::path::PathBuf;

use codespan_reporting::diagnostic::{Diagnostic, Label};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::{self, Chars};

use crate::diagnostic::Level;
use crate::report::{Pen, Style};
use crate::source::{display, escape, escape_path};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The bytes of the text that are wrong.
    pub span: Range<usize>,
    /// What is wrong, the offending word in backquotes.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// All that is wrong with one file.
#[derive(Debug)]
pub struct Mistakes {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
    /// At least one, in the order of the text.
    pub list: Vec<Mistake>,
}

impl Mistakes {
    /// Every mistake with the line it is on.
    pub fn draw(&self, style: Style) -> String {
        let chars = if style.ascii { Chars::ascii() } else { Chars::box_drawing() };
        let config = term::Config { chars, ..term::Config::default() };
        let file = SimpleFile::new(escape_path(&self.path), display(self.text.as_bytes()));
        let draw = |mistake: &Mistake| {
            let help = style.paint("1", "help");
            let notes = mistake.help.iter().map(|text| format!("{help}: {}", escape(text.as_bytes())));
            let drawing = Diagnostic::error()
                .with_message(escape(mistake.message.as_bytes()))
                .with_label(Label::primary((), mistake.span.clone()))
                .with_notes(notes.collect());
            let mut drawn = Vec::new();
            let mut pen = Pen::new(&mut drawn, style, Level::Error, None);
            term::emit_to_write_style(&mut pen, &config, &file, &drawing)
                .expect("mistakes are within their text, and memory takes all");
            String::from_utf8_lossy(&drawn).into_owned()
        };
        self.list.iter().map(draw).collect()
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.list.len() {
            1 => f.write_str("1 mistake, so nothing was checked"),
            number => write!(f, "{number} mistakes, so nothing was checked"),
        }
    }
}
