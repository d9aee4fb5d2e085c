//! Records: TTL and rdata.

use super::{Builder, LastTtl, Line, MAX_TTL, Owner, Source};
use crate::source::Span;
use crate::syntax::{FaultKind, Header, RrType, Standing, Token, header, rr_types};
use crate::zone::rdata::{Names, Rdata, RdataFault, Written, encode_any};
use crate::zone::{
    CLASS_OWNER, GENERATED, GENERIC, INHERITED, LACKS_DOT, NONE, NameId, ODD_RDATA, ORIGIN_SHIFT, Record,
    UNCOUNTED,
};

/// What the texts begin with that have semicolons inside, and SPF.
const VERSIONS: [&[u8]; 6] = [b"v=DKIM1", b"v=DMARC1", b"v=spf1", b"v=TLSRPTv1", b"v=STSv1", b"v=BIMI1"];

impl Builder<'_> {
    /// ```abnf
    /// record = owner ttl-and-class type rdata
    /// ```
    pub(super) fn record(&mut self, line: &Line<'_>) {
        match header(line.source.text, line.tokens, line.entry.indented) {
            Ok(header) => self.headed_record(line, &header),
            Err(fault) => self.recover(line, fault),
        }
    }

    pub(super) fn headed_record(&mut self, line: &Line<'_>, header: &Header) {
        if !self.take_owner(line) {
            return;
        }
        if header.class.is_some_and(|class| class != 1) {
            self.fault(line.source, FaultKind::ClassMismatch, line.range(header.class_at));
            self.damage();
            return;
        }
        let rtype = header.rtype;
        if let Some((kind, detail)) = refused(rtype, line.word(header.type_at).unwrap_or_default()) {
            self.fault(line.source, kind, line.range(header.type_at)).detail = detail.into();
            self.damage();
            return;
        }
        self.state_ttl(header);
        let Some((rdata, written)) = self.rdata(line, rtype, header.rdata, self.owner) else { return };
        if matches!(rtype, RrType::TXT | RrType::SPF) {
            self.text_cut(line, header.rdata);
        }
        if rtype == RrType::SOA && self.default_ttl.is_none() && self.last_ttl.is_none() && !self.breaks() {
            self.ttl_from_soa(line, rdata, header.type_at);
        }
        let seconds = self.record_ttl(line, header, header.type_at);
        if let Some(seconds) = seconds {
            self.take_ttl(seconds);
        }
        let span = line.source.span(line.entry.start, line.entry.end);
        let flags = match line.word(0) {
            _ if line.entry.indented => INHERITED,
            Some(b"IN") if header.class.is_none() => CLASS_OWNER,
            _ => 0,
        };
        self.push(
            self.owner,
            (rdata, written),
            (rtype, seconds.unwrap_or(0)),
            span,
            (line.source.number, flags),
        );
    }

    /// A TTL that is written is the last one stated from then on, whatever becomes of its record.
    pub(super) fn state_ttl(&mut self, header: &Header) {
        if let Some(seconds) = header.ttl {
            self.take_ttl(if seconds > MAX_TTL { 0 } else { seconds });
        }
    }

    /// The record that is read has this TTL.
    fn take_ttl(&mut self, seconds: u32) {
        self.last_ttl = Some(LastTtl { seconds, record: offset(self.zone.records.len()) });
    }

    /// What a record has that states no TTL, where there is no `$TTL`: for BIND, the TTL of the last one's set
    /// counts as stated ("TTL set to prior TTL").
    fn last_ttl(&self) -> Option<u32> {
        let LastTtl { seconds, record } = self.last_ttl?;
        Some(self.zone.prior_ttl(record as usize).unwrap_or(seconds))
    }

    /// Writes the rdata whose first word is `first` into the arena: where it begins, and how it is written.
    pub(super) fn rdata(
        &mut self,
        line: &Line<'_>,
        rtype: RrType,
        first: usize,
        owner: Owner,
    ) -> Option<(u32, Written)> {
        let words = &line.tokens[first.min(line.tokens.len())..];
        let fault = match self.read_rdata(line.source, rtype, words, owner) {
            Ok(written) => return Some(written),
            Err(fault) => fault,
        };
        if let Owner::In(id) = owner {
            self.zone.damaged.insert(id);
        }
        let (kind, at) = (fault.kind(), first + fault.at());
        let range = match kind {
            FaultKind::RdataTooLong => line.whole(),
            FaultKind::BadLength | FaultKind::ExtraRdata => (line.range(at).0, line.whole().1),
            FaultKind::GenericRdata => (line.range(first).0, line.whole().1),
            FaultKind::MissingRdata => line.range(usize::MAX),
            _ => line.range(at),
        };
        self.fault(line.source, kind, range).detail = fault.detail(rtype);
        None
    }

    /// Reads rdata into the arena. What a name server of a name in the zone became is kept.
    #[inline]
    pub(super) fn read_rdata(
        &mut self,
        source: &Source<'_>,
        rtype: RrType,
        words: &[Token],
        owner: Owner,
    ) -> Result<(u32, Written), RdataFault> {
        let server = match (words, owner) {
            (&[word], Owner::In(_)) if rtype == RrType::NS && !word.quoted => {
                Some(source.word(word)).filter(|_| self.origin.number != UNCOUNTED)
            }
            _ => None,
        };
        if let Some(known) = server.and_then(|word| self.zone.names.again(word, self.origin.number)) {
            return Ok(known);
        }
        let names = Names {
            apex: Some(self.apex.name()),
            origin: self.origin.name.name(),
            odd: self.origin.is_odd,
            name: &mut self.target,
        };
        let encode = |arena: &mut Vec<u8>| encode_any(rtype, source.text, words, names, arena);
        let written = self.zone.names.push_rdata(encode)?;
        if let Some(word) = server {
            self.zone.names.keep_word(word, self.origin.number, written);
        }
        Ok(written)
    }

    /// Says so where a `;` cuts a text that is not quoted: `v=DKIM1; k=rsa` is read as `v=DKIM1`.
    fn text_cut(&mut self, line: &Line<'_>, first: usize) {
        let text = line.source.text;
        let is_cut = |at: usize, token: &Token| {
            if token.quoted {
                return false;
            }
            let behind = &text[token.end as usize..];
            let blanks = behind.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            let comment = &behind[blanks..];
            if !comment.starts_with(b";") {
                return false;
            }
            let word = token.of(text);
            let version = at == 0 && VERSIONS.iter().any(|known| word.eq_ignore_ascii_case(known));
            let line_end = memchr::memchr(b'\n', comment).unwrap_or(comment.len());
            let continued = behind.starts_with(b";")
                && word.contains(&b'=')
                && memchr::memchr(b'=', &comment[..line_end]).is_some();
            version || continued
        };
        let words = line.tokens.get(first..).unwrap_or_default();
        if let Some(at) = words.iter().enumerate().position(|(at, token)| is_cut(at, token)) {
            let owner = self.owner_name().to_string();
            self.fault(line.source, FaultKind::TextCutAtSemicolon, line.range(first + at)).detail = owner;
        }
    }

    /// The TTL of a record: its own, `$TTL`, or the last one written.
    pub(super) fn record_ttl(&mut self, line: &Line<'_>, header: &Header, at: usize) -> Option<u32> {
        if let Some(seconds) = header.ttl {
            if seconds > MAX_TTL {
                let class_between = header.class.is_some() && header.class_at + 1 == header.type_at;
                let range = line.range(at - 1 - usize::from(class_between));
                self.fault(line.source, FaultKind::TtlOverLimit, range).detail = seconds.to_string();
                return Some(0);
            }
            return Some(seconds);
        }
        if let Some(seconds) = self.default_ttl {
            return Some(seconds);
        }
        self.breaks();
        let first = !std::mem::replace(&mut self.ttl_explained, true);
        if let Some(seconds) = self.last_ttl() {
            if first {
                self.fault(line.source, FaultKind::TtlLastStated, line.range(at)).detail =
                    seconds.to_string();
            }
            return Some(seconds);
        }
        if first {
            self.fault(line.source, FaultKind::TtlMissing, line.range(at));
        }
        None
    }

    /// Without `$TTL` and without a TTL of its own, the SOA's minimum becomes the default TTL.
    pub(super) fn ttl_from_soa(&mut self, line: &Line<'_>, rdata: u32, at: usize) {
        let wire = Rdata::new(RrType::SOA, self.zone.names.rdata(rdata));
        let Some(minimum) = wire.soa().map(|soa| soa.minimum.min(MAX_TTL)) else { return };
        self.default_ttl = Some(minimum);
        self.fault(line.source, FaultKind::TtlFromSoaMinimum, line.range(at)).detail = minimum.to_string();
    }

    pub(super) fn push(
        &mut self,
        owner: Owner,
        (rdata, written): (u32, Written),
        (rtype, ttl): (RrType, u32),
        span: Span,
        (file, flags): (u16, u16),
    ) {
        if let Owner::In(owner) = owner {
            self.push_in(owner, (rdata, written), (rtype, ttl), span, (file, flags));
            return;
        }
        if flags & GENERATED == 0 {
            self.zone.note_outside(self.outsider.name(), (rtype, rdata), span);
        }
        self.zone.names.pop_rdata(rdata);
    }

    /// Adds a record of a name in the zone.
    #[inline]
    pub(super) fn push_in(
        &mut self,
        owner: NameId,
        (rdata, Written { lacks_dot, generic, odd }): (u32, Written),
        (rtype, ttl): (RrType, u32),
        span: Span,
        (file, flags): (u16, u16),
    ) {
        let flags = flags | if lacks_dot { LACKS_DOT } else { 0 } | if generic { GENERIC } else { 0 };
        let record = Record {
            owner,
            next: NONE,
            rdata,
            ttl: ttl | if odd { ODD_RDATA } else { 0 },
            start: span.start,
            len: u16::try_from(span.end - span.start).unwrap_or(u16::MAX),
            rtype: rtype.number(),
            file,
            flags: flags | self.origin.number << ORIGIN_SHIFT,
        };
        let zone = &mut self.zone;
        let traits = zone.facts.add(&zone.names, &record);
        if traits != 0 {
            zone.names.note(owner, traits);
        }
        let number = offset(zone.records.len());
        if let Some(last) = zone.names.append(owner, number) {
            zone.records[last as usize].next = number;
        }
        zone.records.push(record);
    }
}

/// Why a type that is written as this word is refused in a zone, and a word more of that.
fn refused(rtype: RrType, word: &[u8]) -> Option<(FaultKind, &'static str)> {
    match rr_types().standing(rtype, word) {
        Standing::Ordinary => None,
        Standing::Obsolete => Some((FaultKind::ObsoleteType, "")),
        Standing::Meta => Some((FaultKind::MetaType, "")),
        Standing::Newer => Some((FaultKind::UnknownType, "newer")),
    }
}

/// The number of a record.
pub(super) fn offset(records: usize) -> u32 {
    u32::try_from(records).expect("a zone has fewer than 2^32 records")
}
