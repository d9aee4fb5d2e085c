//! Zones to judge: where they come from, and how they are laid out for the server.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use zoneward::project::Request;
use zoneward::source::Sources;
use zoneward::suppress::Policy;

/// Files that a zone includes, by their paths.
type Files = Vec<(String, Vec<u8>)>;

/// A zone to judge.
#[derive(Debug, Clone, Default)]
pub(crate) struct Case {
    /// For people.
    pub(crate) name: String,
    /// The zone's name, without final dot.
    pub(crate) origin: String,
    /// Its text.
    pub(crate) text: Vec<u8>,
    /// The files that it includes.
    pub(crate) files: Files,
    /// Why zoneward is meant to judge otherwise than `named`.
    pub(crate) limit: Option<String>,
    /// Something was broken on purpose.
    pub(crate) broken: bool,
}

/// A case as it is served.
#[derive(Debug)]
pub(crate) struct Served {
    /// The zone's name: see [`lay_out`].
    pub(crate) origin: String,
    /// Its file, from the root.
    pub(crate) file: String,
}

/// Writes the cases below a folder, and says where they are: `000123.zone`, and in `000123` what it includes.
///
/// A server serves one zone of a name, and most cases are `example.com`: in their text `example` becomes
/// a word of the same length that no other has. `$INCLUDE` starts at the server's `directory`,
/// which all share: the case's folder is put before each path. Both sides read what is written here.
pub(crate) fn lay_out(cases: &[Case], root: &Path) -> Vec<Served> {
    let lay = |(number, case): (usize, &Case)| {
        let folder = format!("{number:06}");
        let tag = format!("z{folder}");
        let file = format!("{folder}.zone");
        fs::write(root.join(&file), adapt(&case.text, &tag, &folder)).unwrap();
        if memchr::memmem::find(&case.text, b"$").is_some() {
            fs::create_dir(root.join(&folder)).unwrap();
        }
        for (path, text) in &case.files {
            let path = root.join(&folder).join(path);
            fs::create_dir_all(path.parent().expect("it is below the root")).unwrap();
            fs::write(path, adapt(text, &tag, &folder)).unwrap();
        }
        let origin = String::from_utf8(rename(case.origin.as_bytes(), &tag)).expect("it was UTF-8");
        Served { origin, file }
    };
    cases.iter().enumerate().map(lay).collect()
}

/// The text of a case as [`lay_out`] writes it.
fn adapt(text: &[u8], tag: &str, folder: &str) -> Vec<u8> {
    const INCLUDE: &[u8] = b"$include";
    let mut out = Vec::with_capacity(text.len());
    let mut rest = &rename(text, tag)[..];
    while let Some(at) = rest.windows(INCLUDE.len()).position(|word| word.eq_ignore_ascii_case(INCLUDE)) {
        let end = at + INCLUDE.len();
        let blanks = rest[end..].iter().take_while(|b| b" \t\"(".contains(b)).count();
        out.extend(&rest[..end + blanks]);
        rest = &rest[end + blanks..];
        if blanks > 0 && rest.first().is_some_and(|b| !b"/\r\n;".contains(b)) {
            out.extend(folder.bytes());
            out.push(b'/');
        }
    }
    out.extend(rest);
    out
}

/// `example.com` and `example.in-addr.arpa` with another first label, of the same length.
fn rename(text: &[u8], tag: &str) -> Vec<u8> {
    const WORD: &[u8] = b"example";
    let mut out = text.to_vec();
    for at in 0..out.len().saturating_sub(WORD.len()) {
        let behind = &out[at + WORD.len()..];
        let follows = |word: &[u8]| behind.get(..word.len()).is_some_and(|b| b.eq_ignore_ascii_case(word));
        if out[at..at + WORD.len()].eq_ignore_ascii_case(WORD)
            && (follows(b".com") || follows(b".in-addr.arpa"))
        {
            out[at..at + WORD.len()].copy_from_slice(tag.as_bytes());
        }
    }
    out
}

// ---- cases.txt ----

/// The cases of `fixtures/oracle/cases.txt`, whose head says what its lines are.
pub(crate) fn written() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/oracle/cases.txt");
    let mut head = Vec::new();
    let mut cases: Vec<Case> = Vec::new();
    let mut bare = true;
    let mut in_file = false;
    for (number, line) in (1..).zip(fs::read_to_string(path).unwrap().lines()) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match (word, cases.last_mut()) {
            ("" | "#", _) | ("head", None) => {}
            ("case", _) => {
                let name = format!("cases.txt:{number}: {rest}");
                let origin = "example.com".to_owned();
                cases.push(Case { name, origin, text: head.clone(), ..Case::default() });
                (bare, in_file) = (false, false);
            }
            ("|" | ">", None) => text_line(word, rest, &mut head),
            ("origin", Some(case)) => rest.clone_into(&mut case.origin),
            ("limit", Some(case)) => case.limit = Some(rest.to_owned()),
            ("bare", Some(case)) if !bare => {
                case.text.clear();
                bare = true;
            }
            ("file", Some(case)) => {
                case.files.push((rest.to_owned(), Vec::new()));
                in_file = true;
            }
            ("|" | ">", Some(case)) => {
                let file = case.files.last_mut().filter(|_| in_file);
                text_line(word, rest, file.map_or(&mut case.text, |(_, text)| text));
            }
            _ => panic!("cases.txt:{number}: `{line}` is none of what the head of the file lists"),
        }
    }
    cases
}

/// Appends a line of text: `<0D>` is an octet, `<61*9>` nine of it.
fn text_line(mark: &str, line: &str, out: &mut Vec<u8>) {
    let mut rest = line;
    while let Some(at) = rest.find('<') {
        out.extend(rest[..at].bytes());
        rest = &rest[at..];
        let octets = || -> Option<(u8, usize, usize)> {
            let end = rest.find('>')?;
            let (octet, count) = rest[1..end].split_once('*').unwrap_or((&rest[1..end], "1"));
            let upper = octet.len() == 2 && !octet.bytes().any(|b| b.is_ascii_lowercase());
            let octet = u8::from_str_radix(octet, 16).ok().filter(|_| upper)?;
            Some((octet, count.parse().ok()?, end + 1))
        };
        let (octet, count, length) = octets().unwrap_or((b'<', 1, 1));
        out.extend(std::iter::repeat_n(octet, count));
        rest = &rest[length..];
    }
    out.extend(rest.bytes());
    if mark == "|" {
        out.push(b'\n');
    }
}

// ---- fixtures ----

/// Files beside the zones that are none.
const NO_ZONES: [&str; 4] = ["EXPECT", "full.txt", "zoneward.toml", "named.conf"];

/// Fixtures that `named` judges otherwise, and why that is meant.
const LIMITS: &[(&str, &str)] =
    &[("generate-limit/bad", "`named` would take minutes over a slip of the finger")];

/// The zones of all fixtures: single ones, and those of the projects.
pub(crate) fn fixtures() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut cases = Vec::new();
    for folder in folders(&root.join("rules")) {
        for path in entries(&folder) {
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_dir() {
                project(&path, &mut cases);
            } else if path.extension().is_some_and(|e| e == "zone") {
                let text = fs::read(&path).unwrap();
                let first = text.split(|&b| b == b'\n').next().unwrap_or_default();
                let first = String::from_utf8_lossy(first).into_owned();
                let origin = first.trim_end().strip_prefix("; origin: ").unwrap_or("example.com");
                let beside = entries(&folder).into_iter().filter(|other| other.is_file() && *other != path);
                let files = beside.map(|other| included(&folder, &other)).collect();
                cases.push(fixture(&path, name, (origin, text, files)));
            }
        }
    }
    for folder in folders(&root.join("howto")) {
        project(&folder, &mut cases);
    }
    project(&root.join("isp"), &mut cases);
    cases
}

fn fixture(path: &Path, shown: &str, (origin, text, files): (&str, Vec<u8>, Files)) -> Case {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let folder = path.strip_prefix(fixtures).unwrap().display().to_string();
    let limit = LIMITS.iter().find(|(part, _)| folder.contains(part)).map(|(_, why)| (*why).to_owned());
    let name = if folder.ends_with(shown) { folder } else { format!("{folder}: {shown}") };
    Case { name, origin: origin.to_owned(), text, files, limit, broken: false }
}

/// The zones of a project, as zoneward finds them.
fn project(root: &Path, cases: &mut Vec<Case>) {
    let request = Request { paths: vec![root.into()], root: root.into(), ..Request::default() };
    let outcome = zoneward::check(&request, &Policy::default(), &[], &Sources::new());
    let files = |zone: &Path| {
        let walk = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
        let texts = walk.map(walkdir::DirEntry::into_path).filter(|path| path.is_file() && path != zone);
        texts.map(|path| included(root, &path)).collect::<Vec<_>>()
    };
    for origin in outcome.origins {
        let text = fs::read(&origin.path).unwrap();
        let name = origin.path.strip_prefix(root).unwrap().display().to_string();
        cases.push(fixture(
            &origin.path,
            &name,
            (&origin.outline.origin().to_string(), text, files(&origin.path)),
        ));
    }
}

/// A file that a zone may include, by its path from `root`.
fn included(root: &Path, path: &Path) -> (String, Vec<u8>) {
    let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    (name, fs::read(path).unwrap_or_default())
}

fn folders(root: &Path) -> Vec<PathBuf> {
    entries(root).into_iter().filter(|path| path.is_dir()).collect()
}

fn entries(root: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| !NO_ZONES.iter().any(|name| path.ends_with(name)));
    paths.sort();
    paths
}

/// A folder for the files of a run.
pub(crate) fn folder() -> TempDir {
    tempfile::Builder::new().prefix("zoneward-oracle-").tempdir().unwrap()
}
