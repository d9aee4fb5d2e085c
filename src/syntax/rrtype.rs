//! RR types: one table, read from `grammar/rdata.txt`.

use std::fmt;
use std::sync::LazyLock;

use hashbrown::HashMap;

use super::header::generic;

/// The number of an RR type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RrType(u16);

#[expect(missing_docs, reason = "the mnemonics speak for themselves")]
impl RrType {
    pub const A: Self = Self(1);
    pub const NS: Self = Self(2);
    pub const CNAME: Self = Self(5);
    pub const SOA: Self = Self(6);
    pub const PTR: Self = Self(12);
    pub const MX: Self = Self(15);
    pub const TXT: Self = Self(16);
    pub const KEY: Self = Self(25);
    pub const AAAA: Self = Self(28);
    pub const SRV: Self = Self(33);
    pub const DNAME: Self = Self(39);
    pub const DS: Self = Self(43);
    pub const RRSIG: Self = Self(46);
    pub const NSEC: Self = Self(47);
    pub const NSEC3: Self = Self(50);
    pub const SPF: Self = Self(99);
}

impl RrType {
    /// The type of a number.
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number.
    pub const fn number(self) -> u16 {
        self.0
    }
}

impl fmt::Display for RrType {
    /// The mnemonic, or `TYPE`n (RFC 3597 section 5).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match rr_types().kind(*self) {
            Some(kind) => f.write_str(&kind.mnemonic),
            None => write!(f, "TYPE{}", self.0),
        }
    }
}

impl fmt::Debug for RrType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What one field of rdata is, in presentation and in wire format. `grammar/rdata.txt` says what
/// each kind takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A number of one octet.
    U8,
    /// A number of two octets.
    U16,
    /// A number of four octets.
    U32,
    /// Seconds, with units or without.
    Period,
    /// A domain name.
    Name,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address.
    Ipv6,
    /// One character-string.
    Text,
    /// The tag of a CAA record: letters and digits.
    CaaTag,
    /// The value of a CAA record: text without a length octet.
    CaaValue,
}

/// How a type may be used in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// As any other.
    Ordinary,
    /// BIND refuses it: MD, MF.
    Obsolete,
    /// For queries and transfers, never in a zone (RFC 6895 section 3.1).
    Meta,
}

/// One line of the table.
#[derive(Debug, Clone)]
pub struct Kind {
    /// The type.
    pub rtype: RrType,
    /// Its name.
    pub mnemonic: Box<str>,
    /// How it may be used.
    pub standing: Standing,
    /// The fields of its rdata; `None` where they are not checked, and the words are kept as they are.
    pub fields: Option<Box<[Field]>>,
    /// The last field may stand more than once.
    pub repeats: bool,
}

/// The table of all RR types.
#[derive(Debug)]
pub struct RrTypes {
    kinds: Box<[Kind]>,
    by_mnemonic: HashMap<Box<[u8]>, u16>,
    /// Index into `kinds` for the types below 512, which all ordinary ones but a few are.
    low: Box<[Option<u16>; 512]>,
    high: HashMap<u16, u16>,
}

/// The longest mnemonic that is looked up, in octets.
const MAX_MNEMONIC: usize = 16;

impl RrTypes {
    /// The type that a word names, in any case; also as `TYPE`n.
    pub fn parse(&self, word: &[u8]) -> Option<RrType> {
        let mut upper = [0; MAX_MNEMONIC];
        let upper = upper.get_mut(..word.len())?;
        upper.copy_from_slice(word);
        upper.make_ascii_uppercase();
        match *upper {
            // Nine of ten records of any zone.
            [b'A'] => return Some(RrType::A),
            [b'N', b'S'] => return Some(RrType::NS),
            [b'M', b'X'] => return Some(RrType::MX),
            [b'A', b'A', b'A', b'A'] => return Some(RrType::AAAA),
            _ => {}
        }
        match self.by_mnemonic.get(&*upper) {
            Some(&index) => Some(self.kinds[usize::from(index)].rtype),
            None => generic(b"TYPE", upper).map(RrType),
        }
    }

    /// The line of a type, if the table has one.
    pub fn kind(&self, rtype: RrType) -> Option<&Kind> {
        let index = match self.low.get(usize::from(rtype.0)) {
            Some(index) => (*index)?,
            None => *self.high.get(&rtype.0)?,
        };
        Some(&self.kinds[usize::from(index)])
    }

    /// All lines.
    pub fn iter(&self) -> impl Iterator<Item = &Kind> {
        self.kinds.iter()
    }

    /// Reads the table: `MNEMONIC NUMBER CLASS FIELD... ; remark`.
    fn read(table: &str) -> Self {
        let lines = table.lines().map(|line| line.split(';').next().unwrap_or("").trim());
        let kinds: Box<[Kind]> = lines.filter(|line| !line.is_empty()).map(kind).collect();
        let mut types = Self {
            by_mnemonic: HashMap::with_capacity(kinds.len()),
            low: Box::new([None; 512]),
            high: HashMap::new(),
            kinds,
        };
        for (index, kind) in types.kinds.iter().enumerate() {
            let index = u16::try_from(index).expect("there are fewer lines than types");
            types.by_mnemonic.insert(kind.mnemonic.as_bytes().into(), index);
            match types.low.get_mut(usize::from(kind.rtype.0)) {
                Some(low) => *low = Some(index),
                None => _ = types.high.insert(kind.rtype.0, index),
            }
        }
        types
    }
}

fn kind(line: &str) -> Kind {
    let mut words = line.split_whitespace();
    let mnemonic = words.next().expect("the line is not empty").into();
    let number = words.next().and_then(|n| n.parse().ok()).expect("the second column is a number");
    let (markers, words): (Vec<&str>, Vec<&str>) =
        words.skip(1).partition(|word| matches!(*word, "obsolete" | "meta" | "newer"));
    let standing = match *markers {
        ["obsolete"] => Standing::Obsolete,
        ["meta"] => Standing::Meta,
        _ => Standing::Ordinary,
    };
    let repeats = words.last().is_some_and(|last| last.ends_with('+'));
    let fields = words.iter().map(|word| field(word.trim_end_matches('+'))).collect::<Option<_>>();
    Kind { rtype: RrType(number), mnemonic, standing, fields, repeats }
}

/// The field kinds whose wire form is made; a type with any other is taken as words.
fn field(word: &str) -> Option<Field> {
    Some(match word {
        "u8" => Field::U8,
        "u16" => Field::U16,
        "u32" | "serial" => Field::U32,
        "period" => Field::Period,
        "name" | "host" | "mailbox" | "ptr" => Field::Name,
        "ipv4" => Field::Ipv4,
        "ipv6" => Field::Ipv6,
        "text" => Field::Text,
        "caa-tag" => Field::CaaTag,
        "caa-value" => Field::CaaValue,
        _ => return None,
    })
}

/// The table of all RR types, read once.
pub fn rr_types() -> &'static RrTypes {
    static TABLE: LazyLock<RrTypes> =
        LazyLock::new(|| RrTypes::read(include_str!("../../grammar/rdata.txt")));
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mnemonics_in_any_case_and_generic() {
        let parse = |word: &str| rr_types().parse(word.as_bytes()).map(RrType::number);
        assert_eq!(parse("a"), Some(1));
        assert_eq!(parse("Nsec3Param"), Some(51));
        assert_eq!(parse("type65534"), Some(65534));
        assert_eq!(parse("TYPE65536"), None);
        assert_eq!(parse("TYPE"), None);
        assert_eq!(parse("ALIAS"), None);
        assert_eq!(RrType::new(65534).to_string(), "TYPE65534");
    }

    #[test]
    fn the_types_that_are_read_field_by_field() {
        for name in ["A", "AAAA", "NS", "CNAME", "DNAME", "MX", "SOA", "TXT", "SPF", "PTR", "SRV", "CAA"] {
            let rtype = rr_types().parse(name.as_bytes()).expect("it is in the table");
            let kind = rr_types().kind(rtype).expect("it has a line");
            assert!(kind.fields.as_ref().is_some_and(|f| !f.is_empty()), "{name}");
            assert_eq!(&*kind.mnemonic, name);
        }
    }

    #[test]
    fn numbers_and_mnemonics_are_unique() {
        let types = rr_types();
        assert_eq!(types.by_mnemonic.len(), types.kinds.len());
        for kind in types.iter() {
            assert_eq!(types.kind(kind.rtype).map(|k| &k.mnemonic), Some(&kind.mnemonic));
        }
    }
}
