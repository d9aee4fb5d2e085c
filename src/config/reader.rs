//! The keys of `zoneward.toml`. The tree that the TOML parser makes is walked by hand: so every
//! mistake has its place, and one run names them all.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::keys::{self, Table};
use super::{Config, FailOn, Mistake, did_you_mean};
use crate::project::ConfiguredZone;
use crate::syntax::{Name, NameBuffer, NameRef};

pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// Reads the text of a configuration file in the folder `root`.
pub(super) fn read(text: &str, root: &Path) -> Result<Config, Vec<Mistake>> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let config = Config { root: Some(root.to_path_buf()), ..Config::default() };
    let mut reader = Reader { config, mistakes: Vec::new() };
    for error in &errors {
        let end = text.len();
        let span = error.span().map_or(end..end, |span| span.start.min(end)..span.end.min(end));
        reader.mistake(span, error.message().to_owned(), None);
    }
    // What the parser made of a text that is no TOML is a guess, and not worth remarks.
    if errors.is_empty() {
        reader.document(table.get_ref());
    }
    let Reader { config, mut mistakes } = reader;
    mistakes.sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
    // At the end of the file each bracket that is still open says the same.
    mistakes.dedup();
    if mistakes.is_empty() { Ok(config) } else { Err(mistakes) }
}

/// What has been read so far.
pub(super) struct Reader {
    pub(super) config: Config,
    mistakes: Vec<Mistake>,
}

impl Reader {
    pub(super) fn mistake(&mut self, span: Range<usize>, message: String, help: Option<String>) {
        self.mistakes.push(Mistake { span, message, help });
    }

    /// A word that is none of those that may stand there.
    pub(super) fn unknown(&mut self, word: &str, span: Range<usize>, message: String, known: &[&str]) {
        let all = || format!("known are {}", list(known));
        let help = did_you_mean(word, known.iter().copied()).unwrap_or_else(all);
        self.mistake(span, message, Some(help));
    }

    fn document(&mut self, table: &DeTable<'_>) {
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "fail-on" => self.fail_on(value),
                "exclude" => self.exclude(value),
                "baseline" => self.config.baseline = self.file(value),
                "named-conf" => self.config.named_conf = self.file(value),
                "rules" => self.rules(value),
                "override" => self.overrides(value),
                "ignore" => self.ignores(value),
                "zone" => self.zones(value),
                "cluster" => self.clusters(value),
                word => self.unknown(word, key.span(), format!("unknown key `{word}`"), &keys::FILE.names()),
            }
        }
    }

    /// Remarks on the keys of a table that are none, and on those that it lacks.
    pub(super) fn know(&mut self, table: &DeTable<'_>, span: &Range<usize>, known: &Table) {
        let Table { called, .. } = known;
        let names = known.names();
        for (key, _) in table {
            let word = key.get_ref().as_ref();
            if !names.contains(&word) {
                self.unknown(word, key.span(), format!("{called} has no key `{word}`"), &names);
            }
        }
        for key in known.keys.iter().filter(|key| key.required && !table.contains_key(key.name)) {
            let message = format!("{called} without `{}`", key.name);
            self.mistake(span.clone(), message, key.hint.map(str::to_owned));
        }
        if !known.one_of.is_empty() && !known.one_of.iter().any(|&name| table.contains_key(name)) {
            let names: Vec<_> = known.one_of.iter().map(|name| format!("`{name}`")).collect();
            let message = format!("{called} without {}", names.join(" or "));
            self.mistake(span.clone(), message, known.hint.map(str::to_owned));
        }
    }

    /// A file, as it is written from the folder of the configuration.
    fn file(&mut self, value: &Value<'_>) -> Option<PathBuf> {
        let file = self.string(value)?;
        let root = self.config.root.as_deref().filter(|root| *root != Path::new("."));
        Some(root.unwrap_or(Path::new("")).join(file))
    }

    fn fail_on(&mut self, value: &Value<'_>) {
        let Some(word) = self.string(value) else { return };
        self.config.fail_on = FailOn::parse(word);
        if self.config.fail_on.is_none() {
            self.no_level(value, word, &FailOn::WORDS);
        }
    }

    pub(super) fn no_level(&mut self, value: &Value<'_>, word: &str, known: &[&str]) {
        self.unknown(word, value.span(), format!("`{word}` is no level"), known);
    }

    /// The tables of an array `[[name]]`, each with its place.
    pub(super) fn tables<'v, 't>(
        &mut self,
        value: &'v Value<'t>,
        name: &str,
    ) -> Vec<(Range<usize>, &'v DeTable<'t>)> {
        let DeValue::Array(tables) = value.get_ref() else {
            self.wrong_type(value, &format!("an array of tables: `[[{name}]]`"));
            return Vec::new();
        };
        tables.iter().filter_map(|value| Some((value.span(), self.table(value)?))).collect()
    }

    fn zones(&mut self, value: &Value<'_>) {
        for (span, table) in self.tables(value, "zone") {
            self.zone(span, table);
        }
    }

    fn zone(&mut self, span: Range<usize>, table: &DeTable<'_>) {
        self.know(table, &span, &keys::ZONE);
        let file = table.get("file").and_then(|value| self.string(value));
        let origin = table.get("origin").and_then(|value| self.name(value));
        if let (Some(file), Some(origin)) = (file, origin) {
            self.config.zones.push(ConfiguredZone { file: file.into(), origin });
        }
    }

    /// A domain name, always absolute.
    pub(super) fn name(&mut self, value: &Value<'_>) -> Option<Name> {
        let word = self.string(value)?;
        let mut buffer = NameBuffer::new();
        if buffer.parse(word.as_bytes(), NameRef::ROOT).is_err() {
            self.mistake(value.span(), format!("`{word}` is no domain name"), None);
            return None;
        }
        Some(buffer.name().into())
    }

    pub(super) fn string<'t>(&mut self, value: &'t Value<'_>) -> Option<&'t str> {
        let DeValue::String(text) = value.get_ref() else {
            self.wrong_type(value, "a string");
            return None;
        };
        Some(text)
    }

    pub(super) fn integer(&mut self, value: &Value<'_>) -> Option<i64> {
        let DeValue::Integer(number) = value.get_ref() else {
            self.wrong_type(value, "an integer");
            return None;
        };
        let parsed = i64::from_str_radix(number.as_str(), number.radix()).ok();
        if parsed.is_none() {
            self.mistake(value.span(), format!("`{number}` does not fit into 64 bits"), None);
        }
        parsed
    }

    pub(super) fn table<'v, 't>(&mut self, value: &'v Value<'t>) -> Option<&'v DeTable<'t>> {
        let DeValue::Table(table) = value.get_ref() else {
            self.wrong_type(value, "a table");
            return None;
        };
        Some(table)
    }

    pub(super) fn wrong_type(&mut self, value: &Value<'_>, wanted: &str) {
        let found = value.get_ref().type_str();
        let article = if found.starts_with(['a', 'i']) { "an" } else { "a" };
        self.mistake(value.span(), format!("expected {wanted}, found {article} {found}"), None);
    }
}

/// `` `a`, `b` `` for messages.
fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Level;

    #[test]
    fn what_a_file_says_is_read() {
        let text = "fail-on = 'warning'\nexclude = ['old/**', '*.bak']\n\
            [[zone]]\nfile = 'a.txt'\norigin = 'ACME.example'\n";
        let config = read(text, Path::new("there")).expect("there is no mistake in it");
        assert_eq!(config.root.as_deref(), Some(Path::new("there")));
        assert_eq!(config.fail_on, Some(FailOn::Level(Level::Warning)));
        let excluded =
            ["old/a", "old/a/b", "a.bak", "a/b.bak", "old"].map(|path| config.exclude.is_match(path));
        assert_eq!(excluded, [true, true, true, false, false]);
        assert_eq!(config.zones[0].file, Path::new("a.txt"));
        assert_eq!(config.zones[0].origin.to_string(), "acme.example");
    }

    #[test]
    fn a_cluster_is_read() {
        let text = "[[cluster]]\nname = 'mail'\nzones = ['*.example']\nexclude = ['lab.example']\n\
            nodes = [{ id = 'A', host = 'A.mail.example', ipv4 = ['192.0.2.2', '192.0.2.1'], ipv6 = '::1' }]\n\
            services = ['IMAP']\noptional-services = ['pop']\nmagic = { webmail = 'w{id}' }\n\
            mx = { preference = 5, hosts = '{id}.mail.example' }\nshared-sessions = true\n\
            retired = ['192.0.2.9']\nmax-nodes = 4\n\
            [[cluster.reserve]]\nservices = ['mx', 'webmail']\nnodes = ['a']\n\
            [[cluster.pin]]\nname = 'wb.x.example'\nnode = 'a'\n";
        let config = read(text, Path::new("there")).expect("there is no mistake in it");
        let [cluster] = &config.clusters[..] else { panic!("there is one") };
        assert_eq!(cluster.labels(), ["imap", "pop", "webmail"]);
        assert!(cluster.claims("x.example").is_some() && cluster.claims("lab.example").is_none());
        let crate::cluster::Nodes::Listed(nodes) = &cluster.nodes else { panic!("they are listed") };
        assert_eq!(nodes[0].id.as_deref(), Some("a"));
        assert_eq!(crate::cluster::list(&nodes[0].addresses), "192.0.2.1, 192.0.2.2 and ::1");
        assert_eq!(cluster.mx.as_ref().map(|mx| mx.preference), Some(5));
        assert!(
            cluster.reserve("x.example", "mx").is_some() && cluster.reserve("x.example", "pop").is_none()
        );
        assert_eq!((cluster.max_nodes, cluster.pins.len(), cluster.retired.len()), (Some(4), 1, 1));
        assert!(cluster.shared_sessions);
    }

    #[test]
    fn no_mistake_is_outside_the_text() {
        let whole =
            "exclude = ['a', 3]\r\n[rules.zone]\nx = \"\u{e4}\\u0041\"\n[[zone]]\nfile = '''\u{20ac}\n'''";
        for end in (0..=whole.len()).filter(|&end| whole.is_char_boundary(end)) {
            let text = whole[..end].to_owned();
            let Err(list) = read(&text, Path::new(".")) else { continue };
            let mistakes = super::super::Mistakes { path: "zoneward.toml".into(), text, list };
            assert!(mistakes.draw(crate::report::Style::default()).starts_with("error: "));
        }
    }
}
