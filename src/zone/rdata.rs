//! Rdata: presentation format → wire format, field by field from the type's line in the table, and
//! the fields of wire format.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::syntax::{
    FaultKind, Field, Kind, NameBuffer, NameFault, NameRef, RrType, Token, TtlFault, character, rr_types, ttl,
};

/// Why rdata cannot be read: what is wrong, and the index of the word that shows it. The index of the
/// end means that a word is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RdataFault {
    pub(super) kind: FaultKind,
    pub(super) at: usize,
    /// For [`FaultKind::BadNumber`] the largest number, for [`FaultKind::TextTooLong`] the length.
    pub(super) number: u64,
}

impl RdataFault {
    fn new(kind: FaultKind, at: usize) -> Self {
        Self { kind, at, number: 0 }
    }
}

/// The kind of a name's fault.
pub(super) fn name_fault(fault: NameFault) -> FaultKind {
    match fault {
        NameFault::EmptyLabel => FaultKind::EmptyLabel,
        NameFault::LabelTooLong => FaultKind::LabelTooLong,
        NameFault::NameTooLong => FaultKind::NameTooLong,
        NameFault::BadEscape | NameFault::BitString => FaultKind::BadEscape,
    }
}

/// Reads the words of a record's rdata and appends their wire format to `out`. After a fault, `out`
/// may hold a part of it.
pub(super) fn encode(
    (rtype, kind): (RrType, Option<&Kind>),
    text: &[u8],
    tokens: &[Token],
    origin: NameRef<'_>,
    out: &mut Vec<u8>,
) -> Result<(), RdataFault> {
    let start = out.len();
    let mut words = Words { text, tokens, at: 0, origin, name: NameBuffer::new() };
    match kind.map(|kind| (kind, &kind.fields)) {
        _ if words.is_generic(rtype) => words.generic(kind, out)?,
        Some((kind, Some(fields))) => words.fields(fields, kind.repeats, out)?,
        Some((_, None)) => words.raw(out)?,
        None => return Err(RdataFault::new(FaultKind::GenericRdata, 0)),
    }
    if words.at < tokens.len() {
        return Err(RdataFault::new(FaultKind::ExtraRdata, words.at));
    }
    match out.len() - start {
        0..=0xffff => Ok(()),
        _ => Err(RdataFault::new(FaultKind::RdataTooLong, 0)),
    }
}

/// The words of rdata while they are read.
struct Words<'a> {
    text: &'a [u8],
    tokens: &'a [Token],
    at: usize,
    origin: NameRef<'a>,
    name: NameBuffer,
}

impl<'a> Words<'a> {
    /// The next word, which may be quoted.
    fn text(&mut self) -> Result<&'a [u8], RdataFault> {
        let token = self.tokens.get(self.at).ok_or(RdataFault::new(FaultKind::MissingRdata, self.at))?;
        self.at += 1;
        Ok(token.of(self.text))
    }

    /// The next word, which must not be quoted: a name, a number, an address.
    fn word(&mut self) -> Result<&'a [u8], RdataFault> {
        let quoted = self.tokens.get(self.at).is_some_and(|token| token.quoted);
        let word = self.text()?;
        if quoted { Err(self.fault(FaultKind::UnexpectedQuote)) } else { Ok(word) }
    }

    /// A fault in the word taken last.
    fn fault(&self, kind: FaultKind) -> RdataFault {
        RdataFault::new(kind, self.at - 1)
    }

    /// ```abnf
    /// rdata = 1*( field )
    /// ```
    fn fields(&mut self, fields: &[Field], repeats: bool, out: &mut Vec<u8>) -> Result<(), RdataFault> {
        for &field in fields {
            self.field(field, out)?;
        }
        if repeats && let Some(&last) = fields.last() {
            while self.at < self.tokens.len() {
                self.field(last, out)?;
            }
        }
        Ok(())
    }

    fn field(&mut self, field: Field, out: &mut Vec<u8>) -> Result<(), RdataFault> {
        match field {
            Field::U8 => out.push(u8::try_from(self.number(0xff)?).expect("it was compared")),
            Field::U16 => {
                let number = u16::try_from(self.number(0xffff)?).expect("it was compared");
                out.extend(number.to_be_bytes());
            }
            Field::U32 => out.extend(self.number(u32::MAX)?.to_be_bytes()),
            Field::Period => {
                let seconds = ttl(self.word()?).map_err(|fault| match fault {
                    TtlFault::Syntax => self.fault(FaultKind::TtlSyntax),
                    TtlFault::TooLarge => self.too_large(u32::MAX),
                })?;
                out.extend(seconds.to_be_bytes());
            }
            Field::Name => {
                let word = self.word()?;
                self.name.parse(word, self.origin).map_err(|f| self.fault(name_fault(f)))?;
                out.extend_from_slice(self.name.name().wire());
            }
            Field::Ipv4 => out.extend(self.address::<Ipv4Addr>()?.octets()),
            Field::Ipv6 => out.extend(self.address::<Ipv6Addr>()?.octets()),
            Field::Text => self.character_string(out)?,
            Field::CaaTag => {
                let word = self.word()?;
                if word.is_empty() || !word.iter().all(u8::is_ascii_alphanumeric) || word.len() > 255 {
                    return Err(self.fault(FaultKind::CaaTag));
                }
                out.push(u8::try_from(word.len()).expect("it was compared"));
                out.extend_from_slice(word);
            }
            Field::CaaValue => {
                let word = self.text()?;
                self.unescape(word, out)?;
            }
        }
        Ok(())
    }

    /// Decimal digits, as BIND's lexer takes them: leading zeros are no octal.
    fn number(&mut self, largest: u32) -> Result<u32, RdataFault> {
        let word = self.word()?;
        if word.is_empty() || !word.iter().all(u8::is_ascii_digit) {
            return Err(RdataFault { number: u64::from(largest), ..self.fault(FaultKind::BadNumber) });
        }
        word.iter()
            .try_fold(0u32, |n, b| n.checked_mul(10)?.checked_add(u32::from(b - b'0')))
            .filter(|&number| number <= largest)
            .ok_or_else(|| self.too_large(largest))
    }

    fn too_large(&self, largest: u32) -> RdataFault {
        RdataFault { number: u64::from(largest), ..self.fault(FaultKind::BadNumber) }
    }

    fn address<T: std::str::FromStr>(&mut self) -> Result<T, RdataFault> {
        let word = self.word()?;
        std::str::from_utf8(word)
            .ok()
            .and_then(|word| word.parse().ok())
            .ok_or_else(|| self.fault(FaultKind::BadAddress))
    }

    /// A character-string (RFC 1035 section 3.3): a length octet and at most 255 octets.
    fn character_string(&mut self, out: &mut Vec<u8>) -> Result<(), RdataFault> {
        let word = self.text()?;
        let start = out.len();
        out.push(0);
        self.unescape(word, out)?;
        let length = out.len() - start - 1;
        out[start] = u8::try_from(length)
            .map_err(|_| RdataFault { number: length as u64, ..self.fault(FaultKind::TextTooLong) })?;
        Ok(())
    }

    fn unescape(&self, mut word: &[u8], out: &mut Vec<u8>) -> Result<(), RdataFault> {
        while let Some(plain) = memchr::memchr(b'\\', word) {
            out.extend_from_slice(&word[..plain]);
            let (byte, length) = character(&word[plain..]).ok_or_else(|| self.fault(FaultKind::BadEscape))?;
            out.push(byte);
            word = &word[plain + length..];
        }
        out.extend_from_slice(word);
        Ok(())
    }

    /// `\#` begins generic rdata; in a TXT only where a number follows, else it is an escaped `#`.
    fn is_generic(&self, rtype: RrType) -> bool {
        let is = |at: usize, test: &dyn Fn(&[u8]) -> bool| {
            self.tokens.get(at).is_some_and(|token| !token.quoted && test(token.of(self.text)))
        };
        is(0, &|word| word == b"\\#")
            && (rtype != RrType::TXT || is(1, &|word| word.iter().all(u8::is_ascii_digit)))
    }

    /// ```abnf
    /// generic-rdata = "\#" gap 1*DIGIT *( gap 1*HEXDIG )
    /// ```
    /// RFC 3597 section 5. The octets must have the form of the type where it is known.
    fn generic(&mut self, kind: Option<&Kind>, out: &mut Vec<u8>) -> Result<(), RdataFault> {
        self.at = 1;
        let length = self.number(0xffff)? as usize;
        let start = out.len();
        let mut half = None;
        while self.at < self.tokens.len() {
            for &digit in self.word()? {
                let value = char::from(digit)
                    .to_digit(16)
                    .and_then(|v| u8::try_from(v).ok())
                    .ok_or_else(|| self.fault(FaultKind::GenericRdata))?;
                match half.take() {
                    None => half = Some(value << 4),
                    Some(high) => out.push(high | value),
                }
            }
        }
        let fields = kind.and_then(|kind| kind.fields.as_deref().map(|fields| (fields, kind.repeats)));
        let fits = fields.is_none_or(|(fields, repeats)| has_form(&mut out[start..], fields, repeats));
        if half.is_some() || out.len() - start != length || !fits {
            return Err(RdataFault::new(FaultKind::GenericRdata, 1));
        }
        Ok(())
    }

    /// The words of a type whose fields are not known, one blank between them, so that equal
    /// records compare equal.
    fn raw(&mut self, out: &mut Vec<u8>) -> Result<(), RdataFault> {
        out.extend_from_slice(self.text()?);
        while self.at < self.tokens.len() {
            out.push(b' ');
            out.extend_from_slice(self.text()?);
        }
        Ok(())
    }
}

/// Whether octets have the form of these fields. Letters in names become lower-case on the way.
fn has_form(mut octets: &mut [u8], fields: &[Field], repeats: bool) -> bool {
    let mut fields = fields.iter().peekable();
    while let Some(&field) = fields.next() {
        let length = match field {
            Field::U8 => 1,
            Field::U16 => 2,
            Field::U32 | Field::Period | Field::Ipv4 => 4,
            Field::Ipv6 => 16,
            Field::Name => match NameRef::split_from(octets) {
                Some((name, _)) => name.wire().len(),
                None => return false,
            },
            Field::Text | Field::CaaTag => match octets.first() {
                Some(&length) => usize::from(length) + 1,
                None => return false,
            },
            Field::CaaValue => octets.len(),
        };
        let Some((taken, rest)) = octets.split_at_mut_checked(length) else { return false };
        if field == Field::Name {
            taken.make_ascii_lowercase();
        }
        octets = rest;
        if repeats && fields.peek().is_none() && !octets.is_empty() {
            return has_form(octets, &[field], true);
        }
    }
    octets.is_empty()
}

/// The rdata of a record in wire format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rdata<'a> {
    rtype: RrType,
    wire: &'a [u8],
}

impl<'a> Rdata<'a> {
    /// The rdata of a record of this type, as [`encode`] wrote it.
    pub(super) fn new(rtype: RrType, wire: &'a [u8]) -> Self {
        Self { rtype, wire }
    }

    /// Wire format, uncompressed, names in lower case; for types whose fields are not read, the
    /// words with one blank between them.
    pub fn wire(self) -> &'a [u8] {
        self.wire
    }

    /// The address of an A or AAAA record.
    pub fn address(self) -> Option<IpAddr> {
        match self.rtype {
            RrType::A => <[u8; 4]>::try_from(self.wire).ok().map(IpAddr::from),
            RrType::AAAA => <[u8; 16]>::try_from(self.wire).ok().map(IpAddr::from),
            _ => None,
        }
    }

    /// The domain name that an NS, CNAME, DNAME, PTR, MX or SRV record points to.
    pub fn target(self) -> Option<NameRef<'a>> {
        let at = match self.rtype {
            RrType::NS | RrType::CNAME | RrType::DNAME | RrType::PTR => 0,
            RrType::MX => 2,
            RrType::SRV => 6,
            _ => return None,
        };
        NameRef::split_from(self.wire.get(at..)?).map(|(name, _)| name)
    }

    /// The index of the field that [`Self::target`] is.
    pub fn target_field(self) -> u8 {
        match self.rtype {
            RrType::MX => 1,
            RrType::SRV => 3,
            _ => 0,
        }
    }

    /// The domain names in it, each with the index of its field. None for types whose fields are not
    /// read.
    pub fn names(self) -> impl Iterator<Item = (u8, NameRef<'a>)> {
        let kind = rr_types().kind(self.rtype);
        let fields = kind.and_then(|kind| kind.fields.as_deref()).unwrap_or_default();
        // Behind the last name nothing is of interest, and most types have none.
        let end = fields.iter().rposition(|&field| field == Field::Name).map_or(0, |last| last + 1);
        let mut rest = self.wire;
        fields[..end].iter().zip(0..).filter_map(move |(&field, index)| {
            if field == Field::Name {
                let (name, behind) = NameRef::split_from(rest)?;
                rest = behind;
                return Some((index, name));
            }
            let length = match field {
                Field::U8 => 1,
                Field::U16 => 2,
                Field::U32 | Field::Period | Field::Ipv4 => 4,
                Field::Ipv6 => 16,
                Field::Text | Field::CaaTag => usize::from(*rest.first()?) + 1,
                Field::CaaValue | Field::Name => return None,
            };
            rest = rest.get(length..)?;
            None
        })
    }

    /// The preference of an MX record.
    pub fn preference(self) -> Option<u16> {
        let octets = self.wire.get(..2).filter(|_| self.rtype == RrType::MX)?;
        Some(u16::from_be_bytes([octets[0], octets[1]]))
    }

    /// The fields of an SOA record.
    pub fn soa(self) -> Option<Soa<'a>> {
        if self.rtype != RrType::SOA {
            return None;
        }
        let (mname, rest) = NameRef::split_from(self.wire)?;
        let (rname, rest) = NameRef::split_from(rest)?;
        let (numbers, _) = rest.as_chunks::<4>();
        let &[serial, refresh, retry, expire, minimum] = numbers else { return None };
        let [serial, refresh, retry, expire, minimum] =
            [serial, refresh, retry, expire, minimum].map(u32::from_be_bytes);
        Some(Soa { mname, rname, serial, refresh, retry, expire, minimum })
    }
}

/// The fields of an SOA record (RFC 1035 section 3.3.13); times in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Soa<'a> {
    /// The primary server.
    pub mname: NameRef<'a>,
    /// The mailbox of the person in charge.
    pub rname: NameRef<'a>,
    /// The version of the zone.
    pub serial: u32,
    /// How often secondaries ask.
    pub refresh: u32,
    /// How long they wait after a failure.
    pub retry: u32,
    /// When they give up.
    pub expire: u32,
    /// The TTL of negative answers (RFC 2308 section 4).
    pub minimum: u32,
}
