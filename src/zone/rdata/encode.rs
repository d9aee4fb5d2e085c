//! The words of rdata, and which parser takes them.

use crate::syntax::{
    ALGORITHMS, CERT_TYPES, Count, DIGEST_TYPES, DSYNC_SCHEMES, FaultKind, Field, FieldKind, KEY_PROTOCOLS,
    Kind, NSEC3_HASHES, NameBuffer, NameFault, NameRef, RrType, Standing, Token,
};

use super::wire;

/// Why rdata cannot be read. It is behind a pointer, so that what is read well returns in a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::zone) struct RdataFault(Box<Cause>);

/// What is wrong, and the index of the word that shows it. The index of the end means that a word is missing.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cause {
    kind: FaultKind,
    at: usize,
    /// What [`FaultKind`] says in brackets, without the type.
    detail: String,
}

impl RdataFault {
    #[cold]
    pub(super) fn new(kind: FaultKind, at: usize) -> Self {
        Self(Box::new(Cause { kind, at, detail: String::new() }))
    }

    /// The fault, shown by another word.
    pub(super) fn shown_at(mut self, at: usize) -> Self {
        self.0.at = at;
        self
    }

    /// The fault with a detail.
    pub(super) fn because(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = detail.into();
        self
    }

    /// What is wrong.
    pub(in crate::zone) fn kind(&self) -> FaultKind {
        self.0.kind
    }

    /// The index of the word that shows it.
    pub(in crate::zone) fn at(&self) -> usize {
        self.0.at
    }

    /// The detail of the fault of a record of this type.
    pub(in crate::zone) fn detail(&self, rtype: RrType) -> String {
        let Cause { kind, detail, .. } = &*self.0;
        match kind {
            FaultKind::TextTooLong => detail.clone(),
            _ if detail.is_empty() => rtype.to_string(),
            _ => format!("{rtype} {detail}"),
        }
    }
}

/// The kind of a name's fault.
pub(in crate::zone) fn name_fault(fault: NameFault) -> FaultKind {
    match fault {
        NameFault::EmptyLabel => FaultKind::EmptyLabel,
        NameFault::LabelTooLong => FaultKind::LabelTooLong,
        NameFault::NameTooLong => FaultKind::NameTooLong,
        NameFault::BadEscape | NameFault::BitString => FaultKind::BadEscape,
    }
}

/// How rdata is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in crate::zone) struct Written {
    /// A name in it has no final dot, and may have been meant with it.
    pub(in crate::zone) lacks_dot: bool,
    /// It is in the generic form.
    pub(in crate::zone) generic: bool,
    /// A name in it has a label that is none of a host name.
    pub(in crate::zone) odd: bool,
}

/// What names in rdata are read with.
pub(in crate::zone) struct Names<'a> {
    /// The name of the zone; without it, how names are written is not judged.
    pub(in crate::zone) apex: Option<NameRef<'a>>,
    /// What stands behind those without final dot.
    pub(in crate::zone) origin: NameRef<'a>,
    /// A label of it is none of a host name.
    pub(in crate::zone) odd: bool,
    /// Room for one.
    pub(in crate::zone) name: &'a mut NameBuffer,
}

impl<'a> Names<'a> {
    /// For names that end in `origin`, in this room; how they are written is not judged.
    pub(in crate::zone) fn new(origin: NameRef<'a>, name: &'a mut NameBuffer) -> Self {
        Self { apex: None, origin, odd: true, name }
    }
}

/// Reads the words of a record's rdata and appends their wire format to `out`. After a fault, `out`
/// may hold a part of it.
pub(in crate::zone) fn encode(
    (rtype, kind): (RrType, Option<&Kind>),
    text: &[u8],
    tokens: &[Token],
    Names { apex, origin, odd, name }: Names<'_>,
    out: &mut Vec<u8>,
) -> Result<Written, RdataFault> {
    let start = out.len();
    let origin_is_odd = odd;
    let mut words = Words {
        rtype,
        text,
        tokens,
        at: 0,
        apex,
        origin,
        origin_is_odd,
        name,
        lacks_dot: false,
        odd: false,
        out,
        start,
    };
    let fields = kind.filter(|kind| kind.standing != Standing::Newer).map(|kind| &*kind.fields);
    let generic = words.is_generic();
    match fields {
        _ if generic => words.generic(fields)?,
        Some(fields) => words.fields(fields)?,
        None => return Err(RdataFault::new(FaultKind::GenericRdata, 0)),
    }
    if words.has_more() {
        return Err(RdataFault::new(FaultKind::ExtraRdata, words.at));
    }
    if let Err((at, reason)) = wire::fits_together(rtype, words.wire()) {
        return Err(RdataFault::new(FaultKind::BadField, at).because(reason));
    }
    let (lacks_dot, odd) = (words.lacks_dot, words.odd);
    match out.len() - start {
        0..=0xffff => Ok(Written { lacks_dot, generic, odd }),
        _ => Err(RdataFault::new(FaultKind::RdataTooLong, 0)),
    }
}

/// The words of rdata while they are read, and what they become.
pub(super) struct Words<'a> {
    pub(super) rtype: RrType,
    text: &'a [u8],
    pub(super) tokens: &'a [Token],
    /// The index of the next word.
    pub(super) at: usize,
    /// The name of the zone; without it, how names are written is not judged.
    pub(super) apex: Option<NameRef<'a>>,
    pub(super) origin: NameRef<'a>,
    /// A label of it is none of a host name.
    pub(super) origin_is_odd: bool,
    pub(super) name: &'a mut NameBuffer,
    /// A name had no final dot, and may have been meant with it.
    pub(super) lacks_dot: bool,
    /// A name has a label that is none of a host name.
    pub(super) odd: bool,
    pub(super) out: &'a mut Vec<u8>,
    /// Where the rdata begins in `out`.
    start: usize,
}

impl<'a> Words<'a> {
    /// The next word, which may be quoted.
    pub(super) fn text(&mut self) -> Result<&'a [u8], RdataFault> {
        let Some(token) = self.tokens.get(self.at) else {
            return Err(RdataFault::new(FaultKind::MissingRdata, self.at));
        };
        self.at += 1;
        Ok(token.of(self.text))
    }

    /// The next word, which must not be quoted: a name, a number, an address.
    pub(super) fn word(&mut self) -> Result<&'a [u8], RdataFault> {
        let quoted = self.tokens.get(self.at).is_some_and(|token| token.quoted);
        let word = self.text()?;
        if quoted { Err(self.fault(FaultKind::UnexpectedQuote)) } else { Ok(word) }
    }

    /// There is another word.
    pub(super) fn has_more(&self) -> bool {
        self.at < self.tokens.len()
    }

    /// A fault in the word taken last.
    pub(super) fn fault(&self, kind: FaultKind) -> RdataFault {
        RdataFault::new(kind, self.at - 1)
    }

    /// A fault in the word taken last, with a detail.
    pub(super) fn wrong(&self, kind: FaultKind, detail: impl Into<String>) -> RdataFault {
        self.fault(kind).because(detail)
    }

    /// What has been written so far.
    pub(super) fn wire(&self) -> &[u8] {
        &self.out[self.start..]
    }

    /// ```abnf
    /// rdata = generic-rdata / *( token [gap] )
    /// ```
    /// The fields in the order of the table. Those that join their words take all that are left.
    fn fields(&mut self, fields: &[Field]) -> Result<(), RdataFault> {
        for &Field { kind, count } in fields {
            match count {
                Count::Optional | Count::Any if !self.has_more() => {}
                Count::Some if !self.has_more() => {
                    return Err(RdataFault::new(FaultKind::MissingRdata, self.at));
                }
                Count::One | Count::Optional => self.field(kind)?,
                Count::Some | Count::Any if kind.joins_words() => self.field(kind)?,
                Count::Some | Count::Any => {
                    while self.has_more() {
                        self.field(kind)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, kind: FieldKind) -> Result<(), RdataFault> {
        match kind {
            FieldKind::U8 => self.unsigned(1),
            FieldKind::U16 => self.unsigned(2),
            FieldKind::U32 | FieldKind::Serial => self.unsigned(4),
            FieldKind::U64 => self.unsigned(8),
            FieldKind::Period => self.period(),
            FieldKind::Timestamp => self.timestamp(),
            FieldKind::Date14 => self.date(),

            FieldKind::Name | FieldKind::Host | FieldKind::Mailbox | FieldKind::Ptr => self.name(),
            FieldKind::NameCased | FieldKind::HostCased => self.cased_name(),
            FieldKind::SvcbTarget => self.svcb_target(),

            FieldKind::Ipv4 => self.ipv4(),
            FieldKind::Ipv6 => self.ipv6(),
            FieldKind::Nid64 => self.nid64(),
            FieldKind::Eui48 => self.eui(6),
            FieldKind::Eui64 => self.eui(8),
            FieldKind::Nsap => self.nsap(),
            FieldKind::Atma => self.atma(),
            FieldKind::A6 => self.a6(),
            FieldKind::Apl => self.apl(),
            FieldKind::Wks => self.wks(),

            FieldKind::Text => self.character_string(),
            FieldKind::X25 => self.x25(),
            FieldKind::NaptrRegexp => self.naptr_regexp(),
            FieldKind::UriText => self.uri_text(),
            FieldKind::CaaTag => self.caa_tag(),
            FieldKind::CaaValue => self.caa_value(),

            FieldKind::Hex => self.hex().map(|_| ()),
            FieldKind::Base64 => self.base64(),
            FieldKind::DsDigest | FieldKind::SshfpDigest | FieldKind::ZonemdDigest => self.digest(kind),
            FieldKind::Salt => self.salt(),
            FieldKind::HashLen32 => self.hash(),
            FieldKind::DoaData => self.doa_data(),
            FieldKind::KeyData => self.key_data(),
            FieldKind::Hip => self.hip(),
            FieldKind::Generic => Err(RdataFault::new(FaultKind::GenericRdata, self.at)),

            FieldKind::Type => self.rr_type(),
            FieldKind::TypeBitmap => self.type_bitmap(),
            FieldKind::NxtBitmap => self.nxt_bitmap(),
            FieldKind::Algorithm => self.keyword(&ALGORITHMS),
            FieldKind::DigestType => self.keyword(&DIGEST_TYPES),
            FieldKind::KeyFlags => self.key_flags(),
            FieldKind::KeyProtocol => self.keyword(&KEY_PROTOCOLS),
            FieldKind::CertType => self.keyword(&CERT_TYPES),
            FieldKind::Nsec3Hash => self.keyword(&NSEC3_HASHES),
            FieldKind::DsyncScheme => self.keyword(&DSYNC_SCHEMES),

            FieldKind::Loc => self.loc(),
            FieldKind::GatewayType => self.gateway_type(),
            FieldKind::Discovery => self.discovery(),
            FieldKind::RelayType => self.relay_type(),
            FieldKind::Gateway => self.gateway(),
            FieldKind::SvcParams => self.svc_params(),
        }
    }

    /// `\#` begins generic rdata; in a TXT only where a number follows, else it is an escaped `#`.
    fn is_generic(&self) -> bool {
        let is = |at: usize, test: &dyn Fn(&[u8]) -> bool| {
            self.tokens.get(at).is_some_and(|token| !token.quoted && test(token.of(self.text)))
        };
        self.tokens.first().is_some_and(|token| self.text.get(token.start as usize) == Some(&b'\\'))
            && is(0, &|word| word == b"\\#")
            && (self.rtype != RrType::TXT || is(1, &|word| word.iter().all(u8::is_ascii_digit)))
    }

    /// ```abnf
    /// generic-rdata = %s"\#" gap 1*DIGIT [gap hex-digits *([gap] hex-digits)]
    /// ```
    /// RFC 3597 section 5. The octets must have the form of the type where it is known.
    fn generic(&mut self, fields: Option<&[Field]>) -> Result<(), RdataFault> {
        let bad = || RdataFault::new(FaultKind::GenericRdata, 1);
        self.at = 1;
        let length = self.number(0xffff)?;
        let found = if self.has_more() {
            self.hex().map_err(|f| if f.kind() == FaultKind::BadEncoding { bad() } else { f })?
        } else {
            0
        };
        let wire = &mut self.out[self.start..];
        let fits =
            found as u64 == length && fields.is_none_or(|fields| wire::has_form(self.rtype, fields, wire));
        if fits { Ok(()) } else { Err(bad()) }
    }
}
