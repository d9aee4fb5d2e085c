//! Elements with attributes, one below the other.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Attributes: names and values.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// Writes an XML 1.0 document. It must not be given characters that XML has no way to write; nothing
/// that went through [`escape`](crate::source::escape) has them.
pub(super) struct Xml<'o>(Writer<&'o mut (dyn Write + 'o)>);

impl<'o> Xml<'o> {
    /// Begins a document.
    pub(super) fn new(out: &'o mut (dyn Write + 'o)) -> io::Result<Self> {
        let mut xml = Self(Writer::new_with_indent(out, b' ', 2));
        xml.0.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(xml)
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// Writes an element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// Writes an element with text in it.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.0.write_event(Event::Text(BytesText::new(text)))?;
        self.close(name)
    }

    /// Ends the document.
    pub(super) fn end(self) -> io::Result<()> {
        writeln!(self.0.into_inner())
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_what_is_read() {
        let mut out = Vec::new();
        let mut xml = Xml::new(&mut out).expect("memory takes all");
        xml.open("a", &[("b", "<\"&'>")]).expect("memory takes all");
        xml.text("c", &[], "]]> & <").expect("memory takes all");
        xml.close("a").expect("memory takes all");
        xml.end().expect("memory takes all");
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
            <a b=\"&lt;&quot;&amp;&apos;&gt;\">\n  <c>]]&gt; &amp; &lt;</c>\n</a>\n";
        assert_eq!(String::from_utf8(out).expect("it was text"), expected);
    }
}
