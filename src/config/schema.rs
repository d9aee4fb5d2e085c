//! The JSON Schema of `zoneward.toml` (draft 2020-12), for editors; made from the keys.

use serde_json::{Map, Value, json};

use super::keys::{FILE, Kind, Table};
use super::{FailOn, selector_names};
use crate::rules::{self, Listed};
use crate::suppress::Setting;

/// The schema. What an editor cannot know (that an id is one of a node) is left to the reader.
pub fn schema() -> Value {
    let mut schema = table(&FILE);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("zoneward.toml");
    schema
}

/// A table: its keys and no others.
fn table(table: &Table) -> Value {
    let properties: Map<_, _> = table
        .keys
        .iter()
        .map(|key| {
            let mut value = kind(&key.kind);
            value["description"] = json!(key.doc);
            (key.name.to_owned(), value)
        })
        .collect();
    let required: Vec<_> = table.keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    let mut object = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    if !table.one_of.is_empty() {
        object["anyOf"] = table.one_of.iter().map(|name| json!({ "required": [name] })).collect();
    }
    object
}

fn kind(of: &Kind) -> Value {
    match of {
        Kind::Text | Kind::Path | Kind::Paths | Kind::Zones | Kind::Name | Kind::Service => {
            json!({ "type": "string" })
        }
        Kind::IdPattern => json!({ "type": "string", "pattern": "\\{id\\}" }),
        Kind::Addresses => json!({ "type": ["string", "array"], "items": { "type": "string" } }),
        Kind::Selector => json!({ "enum": selector_names().collect::<Vec<_>>() }),
        Kind::FailOn => json!({ "enum": FailOn::WORDS }),
        Kind::Flag => json!({ "type": "boolean" }),
        // As TOML has days and JSON has none, editors take them for text.
        Kind::Day => json!({ "type": "string", "format": "date" }),
        Kind::Number(least, i64::MAX) => json!({ "type": "integer", "minimum": least }),
        Kind::Number(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Kind::List(inner) => json!({ "type": "array", "items": kind(inner) }),
        Kind::Table(inner) => table(inner),
        Kind::Tables(inner) => json!({ "type": "array", "items": table(inner) }),
        Kind::Services(inner) => json!({ "type": "object", "additionalProperties": kind(inner) }),
        Kind::Levels => selectors(|_| json!({ "enum": Setting::WORDS })),
        Kind::Rules => selectors(|rule| {
            let options = rule.map_or(&[][..], |listed| listed.rule.options);
            let mut properties: Map<_, _> = options
                .iter()
                .map(|&(name, default)| (name.to_owned(), json!({ "type": "integer", "default": default })))
                .collect();
            properties.insert("level".to_owned(), json!({ "enum": Setting::WORDS }));
            json!({ "anyOf": [
                { "enum": Setting::WORDS },
                { "type": "object", "additionalProperties": false, "properties": properties },
            ] })
        }),
    }
}

/// A table whose keys are rules and groups.
fn selectors(value: impl Fn(Option<&Listed>) -> Value) -> Value {
    let property = |name: &str| {
        let rule = rules::find(name);
        let mut value = value(rule);
        value["description"] =
            json!(rule.map_or_else(|| format!("All rules of the group {name}."), Listed::summary));
        (name.to_owned(), value)
    };
    let properties: Map<_, _> = selector_names().map(property).collect();
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::{Path, PathBuf};

    use jsonschema::Validator;

    use super::super::keys::{CLUSTER, IGNORE, MX, NODE, OVERRIDE, PIN, RESERVE, ZONE};
    use super::super::reader;
    use super::*;

    fn validator() -> Validator {
        let schema = schema();
        assert!(jsonschema::meta::is_valid(&schema), "it is a schema");
        jsonschema::options().should_validate_formats(true).build(&schema).expect("it is a schema")
    }

    /// TOML as editors see it: times as text.
    fn as_json(value: &toml::Value) -> Value {
        match value {
            toml::Value::Datetime(time) => json!(time.to_string()),
            toml::Value::Array(list) => list.iter().map(as_json).collect(),
            toml::Value::Table(table) => {
                table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect::<Map<_, _>>().into()
            }
            other => serde_json::to_value(other).expect("the rest is the same in both"),
        }
    }

    /// What the reader says of a text.
    fn mistakes(text: &str) -> Vec<String> {
        let list = reader::read(text, Path::new(".")).err().unwrap_or_default();
        list.into_iter().map(|mistake| mistake.message).collect()
    }

    /// The reader and the schema say the same of a text: what the one takes, the other takes; and what
    /// the schema takes and the reader does not, is no matter of keys and types.
    fn agree(text: &str, validator: &Validator, why: &str) {
        let value = toml::from_str(text).expect("it is TOML");
        let (mistakes, valid) = (mistakes(text), validator.is_valid(&as_json(&value)));
        assert!(valid || !mistakes.is_empty(), "{why}: only the schema refuses\n{text}");
        let formal = ["expected ", "unknown ", "has no key", "has no option", " without `", "is no level"];
        let formal = mistakes.iter().find(|it| formal.iter().any(|words| it.contains(words)));
        // JSON has no times: the schema cannot tell them from text.
        let formal = formal.filter(|it| !it.ends_with("found a datetime"));
        assert!(!valid || formal.is_none(), "{why}: only the reader refuses: {formal:?}\n{text}");
    }

    /// Each table in a file: the table, what is in it at least, and what surrounds it.
    const TABLES: [(&Table, &str, &str); 9] = [
        (&FILE, "", ""),
        (&OVERRIDE, "zones = ['a']\nrules = {}", "[[override]]\n"),
        (&IGNORE, "rule = 'no-soa'\nreason = 'x'", "[[ignore]]\n"),
        (&ZONE, "file = 'x'\norigin = 'a.example'", "[[zone]]\n"),
        (&CLUSTER, "name = 'm'\nzones = ['*']\nnodes-from = 'a.example'", "[[cluster]]\n"),
        (
            &NODE,
            "id = '0'\nipv4 = '192.0.2.1'",
            "[[cluster]]\nname = 'm'\nzones = ['*']\n[[cluster.nodes]]\n",
        ),
        (
            &MX,
            "preference = 5",
            "[[cluster]]\nname = 'm'\nzones = ['*']\nnodes-from = 'a.example'\n[cluster.mx]\n",
        ),
        (
            &RESERVE,
            "zones = ['a']\nnodes = ['0']",
            "[[cluster]]\nname = 'm'\nzones = ['*']\nnodes = [{ id = '0', ipv4 = '192.0.2.1' }]\n\
             [[cluster.reserve]]\n",
        ),
        (
            &PIN,
            "name = 'w0.a.example'\nnode = '0'",
            "[[cluster]]\nname = 'm'\nzones = ['*']\nnodes = [{ id = '0', ipv4 = '192.0.2.1' }]\n\
             [[cluster.pin]]\n",
        ),
    ];

    /// Values of each type, some of them good somewhere.
    const VALUES: [&str; 30] = [
        "''",
        "'x'",
        "'a.example'",
        "'{id}.x'",
        "'192.0.2.1'",
        "'::1'",
        "'no-soa'",
        "'zone'",
        "'error'",
        "'off'",
        "'never'",
        "0",
        "1",
        "-1",
        "70000",
        "1.5",
        "true",
        "2027-03-01",
        "2027-03-01T00:00:00Z",
        "[]",
        "['x']",
        "['192.0.2.1']",
        "[1]",
        "{}",
        "{ x = 1 }",
        "{ no-soa = 'off' }",
        "{ no-soa = { level = 'off' } }",
        "{ too-many-nodes = { warn-above = 3 } }",
        "{ webmail = 'w{id}' }",
        "[{}]",
    ];

    #[test]
    fn reader_and_schema_agree_on_every_key_with_every_type_of_value() {
        let validator = validator();
        for (table, least, surroundings) in TABLES {
            assert_eq!(mistakes(&format!("{surroundings}{least}\n")), [""; 0], "{}", table.called);
            let lines: Vec<_> = least.lines().collect();
            for left_out in &lines {
                let rest: Vec<_> = lines.iter().filter(|line| *line != left_out).copied().collect();
                agree(&format!("{surroundings}{}\n", rest.join("\n")), &validator, table.called);
            }
            for name in table.names().into_iter().chain(["nonsense"]) {
                let others: Vec<_> =
                    lines.iter().filter(|line| line.split(' ').next() != Some(name)).copied().collect();
                for value in VALUES {
                    let text = format!("{surroundings}{}\n{name} = {value}\n", others.join("\n"));
                    agree(&text, &validator, table.called);
                }
            }
        }
    }

    /// The files below a folder whose names end so.
    fn files(folder: &Path, suffix: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("the fixtures are readable") {
            let path = entry.expect("the fixtures are readable").path();
            match path.is_dir() {
                true => files(&path, suffix, found),
                false if path.to_string_lossy().ends_with(suffix) => found.push(path),
                false => {}
            }
        }
    }

    #[test]
    fn reader_and_schema_agree_on_all_configurations_there_are() {
        let validator = validator();
        let mut found = Vec::new();
        files(Path::new("fixtures"), ".toml", &mut found);
        assert!(found.len() > 10, "there are some");
        for path in found {
            let text = fs::read_to_string(&path).expect("it is UTF-8");
            if toml::from_str::<toml::Value>(&text).is_ok() {
                agree(&text, &validator, &path.display().to_string());
            }
        }
        let readme = fs::read_to_string("README.md").expect("it is there");
        let blocks: Vec<_> = readme.split("```toml\n").skip(1).collect();
        assert!(!blocks.is_empty(), "the README shows some");
        for block in blocks {
            let text = block.split("```").next().expect("a split has a part");
            assert_eq!(mistakes(text), [""; 0], "{text}");
            agree(text, &validator, "README.md");
        }
    }
}
