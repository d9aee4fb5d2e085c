use std::fmt::Write;

use proptest::prelude::*;

use super::*;
use crate::source::Sources;

/// A file that can be included, and one that cannot.
struct OneFile(FileId);

impl Files for OneFile {
    fn include(&mut self, path: &Path, _: Option<&Path>, _: FileId) -> Result<Vec<Included>, String> {
        if path.ends_with("other") {
            Ok(vec![(
                self.0,
                b"zone included { type primary; file \"i\"; };\n zone a { };\nfile \"x\"".to_vec(),
            )])
        } else {
            Err("is not here".to_owned())
        }
    }
}

/// All that a text says if it is cut into parts of this size.
fn said(text: &str, part: usize) -> String {
    let sources = Sources::new();
    let [file, other] = ["named.conf", "other"].map(|name| sources.add_bytes(name, Vec::new()));
    format!("{:?}", read_in_parts(file, text.as_bytes().to_vec(), &mut OneFile(other), part))
}

/// Pieces of texts, such as make a reader stumble where a text is cut.
const PIECES: &[&str] = &[
    "zone",
    "zone",
    "zone \"a.example\" { type primary; file \"a\"; };",
    "zone b.example IN { type primary; file \"b\"; check-names ignore; };",
    "zone \"c.example\" { include \"other\"; };",
    "zone \"d.example\" { type primary; fil \"d\"; };",
    "zone \"e.example\" { type hint; file \"/e\" };",
    "zone \"f.example\" { in-view \"v\"; };",
    "zone \"g.example\" { type secondary; file \"s\"; allow-update { any; }; };",
    "zone \"h..example\" { type primary; file \"h\"; }",
    "zone;",
    "zone \"i\" CH ;",
    "include \"other\";",
    "include \"nowhere\";",
    "include other;",
    "options { directory \"/srv\"; };",
    "options { check-names primary fail;",
    "view \"v\" {",
    "view v IN { max-zone-ttl 1h;",
    "acl \"x\" { 192.0.2.1; };",
    "key k { secret \"",
    "optoins { };",
    "};",
    "}",
    "{",
    ";",
    "\"",
    "/*",
    "*/",
    "# zone",
    "// \"",
    "type primary",
    "IN",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn any_cutting_says_the_same(
        pieces in prop::collection::vec((prop::sample::select(PIECES), 0..6_u8, any::<bool>()), 1..24),
        part in 1..300_usize,
    ) {
        let mut text = String::new();
        for (piece, times, line) in pieces {
            // Most of it is plain, as configurations of providers are.
            for time in 0..times {
                let name = text.len();
                writeln!(text, "zone p{name}.{time} {{ type primary; file \"p/{time}\"; }};").expect("a String");
            }
            text += piece;
            text += if line { "\n" } else { " " };
        }
        prop_assert_eq!(said(&text, part), said(&text, usize::MAX));
    }
}

#[test]
fn zones_are_read_side_by_side() {
    let zone = |number: usize| format!("zone \"z{number}\" {{ type primary; file \"z{number}\"; }};\n");
    let text = format!("options {{ directory \"/srv\"; }};\n{}", (0..2000).map(zone).collect::<String>());
    let sources = Sources::new();
    let file = sources.add_bytes("named.conf", Vec::new());
    let parts = parts::read(file, &Arc::new(text.clone().into_bytes()), 1000).expect("it can be cut");
    // What the options say may hold for all: they are read in order.
    assert!(parts.len() > 50 && parts[0].zones() == 0);
    assert!(parts[1..].iter().all(|part| part.zones() > 15));
    assert_eq!(said(&text, 1000), said(&text, usize::MAX));
}
