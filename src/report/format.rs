//! The formats by name.

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Excerpts of the zones, for people.
    Full,
    /// One line for each finding.
    Short,
    /// One JSON document, version 1.
    Json,
    /// One JSON object in each line.
    Jsonl,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions.
    Github,
    /// Code Quality of GitLab.
    Gitlab,
    /// The XML of JUnit.
    Junit,
    /// The XML of Checkstyle.
    Checkstyle,
    /// A page for a browser.
    Html,
}

impl Format {
    /// All formats, in the order in which they are listed.
    pub const ALL: [Format; 10] = [
        Format::Full,
        Format::Short,
        Format::Json,
        Format::Jsonl,
        Format::Sarif,
        Format::Github,
        Format::Gitlab,
        Format::Junit,
        Format::Checkstyle,
        Format::Html,
    ];

    /// The name of the format in options.
    pub fn name(self) -> &'static str {
        self.described().0
    }

    /// What the format is good for, in a few words.
    pub fn purpose(self) -> &'static str {
        self.described().1
    }

    fn described(self) -> (&'static str, &'static str) {
        match self {
            Format::Full => ("full", "each finding with the lines it is about"),
            Format::Short => ("short", "one line for each finding"),
            Format::Json => ("json", "one document for programs"),
            Format::Jsonl => ("jsonl", "one JSON object for each finding, a line each"),
            Format::Sarif => ("sarif", "SARIF 2.1.0, for code scanning"),
            Format::Github => ("github", "annotations of GitHub Actions"),
            Format::Gitlab => ("gitlab", "Code Quality of GitLab"),
            Format::Junit => ("junit", "a test suite for each zone"),
            Format::Checkstyle => ("checkstyle", "the XML of Checkstyle"),
            Format::Html => ("html", "a page for a browser"),
        }
    }

    /// The format of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_found_by_their_names() {
        for format in Format::ALL {
            assert_eq!(Format::parse(format.name()), Some(format));
        }
        assert_eq!(Format::parse("FULL"), None);
    }
}
