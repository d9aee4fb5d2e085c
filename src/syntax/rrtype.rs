//! RR types: one table, read from `grammar/rdata.txt`.

use std::fmt;
use std::sync::LazyLock;

use hashbrown::HashMap;

use super::field::Field;
use super::header::generic;
use super::token::packed;

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
    pub const DNSKEY: Self = Self(48);
    pub const NSEC3: Self = Self(50);
    pub const NSEC3PARAM: Self = Self(51);
    pub const RKEY: Self = Self(57);
    pub const CDS: Self = Self(59);
    pub const CDNSKEY: Self = Self(60);
    pub const CSYNC: Self = Self(62);
    pub const ZONEMD: Self = Self(63);
    pub const SPF: Self = Self(99);
    pub const KEYDATA: Self = Self(65533);
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

    /// It is one of those that nearly all records have, which stand in any zone.
    fn is_usual(self) -> bool {
        self.0 < 128 && USUAL_TYPES >> self.0 & 1 != 0
    }

    /// The type of nearly all records of any zone, as it is written: [`super::Token::packed`].
    pub(super) fn usual(word: u64) -> Option<Self> {
        let (known, rtype) = USUAL_WORDS[place(word)];
        // An empty place is that of an empty word, which is no type.
        (known == word && word != 0).then_some(Self(rtype))
    }

    /// It is for queries and transfers, and never in a zone: so BIND treats the numbers from 128 to 255,
    /// assigned or not, 0 and OPT.
    pub const fn is_meta(self) -> bool {
        matches!(self.0, 0 | 41 | 128..=255)
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

/// The types of nearly all records, as they are written.
const USUAL: [(&[u8], RrType); 23] = [
    (b"A", RrType::A),
    (b"AAAA", RrType::AAAA),
    (b"CAA", RrType::new(257)),
    (b"CDNSKEY", RrType::CDNSKEY),
    (b"CDS", RrType::CDS),
    (b"CNAME", RrType::CNAME),
    (b"DNAME", RrType::DNAME),
    (b"DNSKEY", RrType::DNSKEY),
    (b"DS", RrType::DS),
    (b"HTTPS", RrType::new(65)),
    (b"MX", RrType::MX),
    (b"NAPTR", RrType::new(35)),
    (b"NS", RrType::NS),
    (b"NSEC", RrType::NSEC),
    (b"NSEC3", RrType::NSEC3),
    (b"PTR", RrType::PTR),
    (b"RRSIG", RrType::RRSIG),
    (b"SOA", RrType::SOA),
    (b"SRV", RrType::SRV),
    (b"SSHFP", RrType::new(44)),
    (b"SVCB", RrType::new(64)),
    (b"TLSA", RrType::new(52)),
    (b"TXT", RrType::TXT),
];

/// [`USUAL`] below 128, a bit for each.
const USUAL_TYPES: u128 = {
    let (mut types, mut at) = (0, 0);
    while at < USUAL.len() {
        if USUAL[at].1.0 < 128 {
            types |= 1 << USUAL[at].1.0;
        }
        at += 1;
    }
    types
};

/// [`USUAL`], each word in its place.
const USUAL_WORDS: [(u64, u16); 64] = {
    let (mut words, mut at) = ([(0, 0); 64], 0);
    while at < USUAL.len() {
        let (word, rtype) = (packed(USUAL[at].0), USUAL[at].1.0);
        assert!(words[place(word)].0 == 0, "two words have one place: try another factor");
        words[place(word)] = (word, rtype);
        at += 1;
    }
    words
};

/// The place of a word among 64: one for each of [`USUAL`], so that one look tells.
const fn place(word: u64) -> usize {
    (word.wrapping_mul(0xbbff_bbff_bbff_bbff) >> 58) as usize
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
    /// BIND 9.18 does not know its name, and takes it as `TYPE`n in the generic form alone.
    Newer,
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
    /// BIND 9.18 does not know its name.
    newer: bool,
    /// The fields of its rdata, in the order of the presentation format.
    pub fields: Box<[Field]>,
    /// How many of the fields, from the first, may be or stand before a domain name: behind them there is
    /// none, and most types have none at all.
    named: usize,
    /// BIND compares names in its rdata with case.
    pub cased: bool,
}

impl Kind {
    /// The fields up to the last domain name.
    pub fn named_fields(&self) -> &[Field] {
        &self.fields[..self.named]
    }
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
        if word.len() <= 8
            && let Some(rtype) = RrType::usual(packed(word))
        {
            return Some(rtype);
        }
        let mut upper = [0; MAX_MNEMONIC];
        let upper = upper.get_mut(..word.len())?;
        upper.copy_from_slice(word);
        upper.make_ascii_uppercase();
        match self.by_mnemonic.get(&*upper) {
            Some(&index) => Some(self.kinds[usize::from(index)].rtype),
            None => generic(b"TYPE", upper).map(RrType),
        }
    }

    /// How the type that a word names may be used in a zone. A newer type that is written as `TYPE`n is
    /// ordinary.
    pub fn standing(&self, rtype: RrType, word: &[u8]) -> Standing {
        if rtype.is_usual() {
            return Standing::Ordinary;
        }
        let newer = |kind: &&Kind| kind.newer && word.eq_ignore_ascii_case(kind.mnemonic.as_bytes());
        match self.kind(rtype) {
            kind if kind.as_ref().is_some_and(newer) => Standing::Newer,
            _ if rtype.is_meta() => Standing::Meta,
            Some(kind) if kind.standing == Standing::Obsolete => Standing::Obsolete,
            _ => Standing::Ordinary,
        }
    }

    /// The type that a word in rdata names: as [`Self::parse`], without the types that BIND 9.18 does not
    /// know by name.
    pub fn parse_known(&self, word: &[u8]) -> Option<RrType> {
        self.parse(word).filter(|&rtype| self.standing(rtype, word) != Standing::Newer)
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

    /// Reads the table: `MNEMONIC NUMBER CLASS FIELD... [MARKER...] ; remark`.
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
    let mnemonic: Box<str> = words.next().expect("the line is not empty").into();
    let number = words.next().and_then(|n| n.parse().ok()).expect("the second column is a number");
    let (markers, words): (Vec<&str>, Vec<&str>) =
        words.skip(1).partition(|word| matches!(*word, "obsolete" | "meta" | "newer"));
    let newer = markers.contains(&"newer");
    let standing = match *markers {
        [] => Standing::Ordinary,
        ["obsolete"] => Standing::Obsolete,
        ["meta", ..] => Standing::Meta,
        ["newer"] => Standing::Newer,
        _ => panic!("{mnemonic}: markers that do not go together"),
    };
    let field = |word| Field::parse(word).unwrap_or_else(|| panic!("{mnemonic}: `{word}` is no field kind"));
    let fields: Box<[Field]> = words.into_iter().map(field).collect();
    let named = fields.iter().rposition(|field| field.kind.has_name()).map_or(0, |last| last + 1);
    let cased = fields.iter().any(|field| field.kind.has_name() && !field.kind.is_folded_name());
    Kind { rtype: RrType(number), mnemonic, standing, newer, fields, named, cased }
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
        assert_eq!(parse("TYPE00001"), Some(1));
        assert_eq!(parse("TYPE000001"), None);
        assert_eq!(parse("ALIAS"), None);
        assert_eq!(RrType::new(65534).to_string(), "TYPE65534");
    }

    #[test]
    fn every_type_has_fields_or_is_none_for_a_zone() {
        for kind in rr_types().iter() {
            let meta = kind.standing == Standing::Meta;
            assert_eq!(kind.fields.is_empty(), meta, "{}", kind.mnemonic);
            assert_eq!(meta, kind.rtype.is_meta(), "{}", kind.mnemonic);
        }
        assert_eq!(rr_types().iter().count(), 98);
    }

    #[test]
    fn standing_is_that_of_the_word() {
        let standing = |word: &str| {
            let rtype = rr_types().parse(word.as_bytes())?;
            Some(rr_types().standing(rtype, word.as_bytes()))
        };
        assert_eq!(standing("mx"), Some(Standing::Ordinary));
        for (word, rtype) in USUAL {
            assert_eq!(RrType::usual(packed(word)), Some(rtype));
            assert_eq!(rr_types().parse(word), Some(rtype));
            assert_eq!(rr_types().standing(rtype, word), Standing::Ordinary, "{rtype}");
        }
        assert_eq!(standing("MD"), Some(Standing::Obsolete));
        for word in ["OPT", "TYPE0", "TYPE128", "TYPE200", "ANY"] {
            assert_eq!(standing(word), Some(Standing::Meta), "{word}");
        }
        assert_eq!(standing("NXNAME"), Some(Standing::Newer));
        assert_eq!(standing("cla"), Some(Standing::Newer));
        assert_eq!(standing("TYPE263"), Some(Standing::Ordinary));
        assert_eq!(rr_types().parse_known(b"CLA"), None);
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
