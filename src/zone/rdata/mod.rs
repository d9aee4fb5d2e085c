//! Rdata: presentation format → wire format, field by field from the type's line in the table, and
//! the fields of wire format.

mod addresses;
mod base64;
mod bitmaps;
mod encode;
mod gateway;
mod loc;
mod mnemonics;
mod names;
mod numbers;
mod opaque;
mod regexp;
mod svcb;
mod text;
mod usual;
mod wire;
mod wks;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;
use std::net::IpAddr;

use crate::syntax::{Kind, Name, NameRef, RrType, rr_types};

pub(super) use addresses::plain_ipv4;
pub use base64::decode_base64;
pub(super) use encode::{Names, RdataFault, Written, encode, name_fault};
pub use numbers::date;
pub(super) use usual::encode_any;

/// The rdata of a record in wire format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rdata<'a> {
    rtype: RrType,
    wire: &'a [u8],
}

impl<'a> Rdata<'a> {
    /// The rdata of a record of this type, as [`encode()`] wrote it.
    pub(crate) fn new(rtype: RrType, wire: &'a [u8]) -> Self {
        Self { rtype, wire }
    }

    /// Wire format, uncompressed. Names are in lower case, but for the types that BIND compares with
    /// case.
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
        // It is the last field, in the generic form too: behind it there is nothing.
        self.wire.get(at..).filter(|name| name.last() == Some(&0)).map(NameRef::from_wire)
    }

    /// The index of the field that [`Self::target`] is.
    pub fn target_field(self) -> u8 {
        match self.rtype {
            RrType::MX => 1,
            RrType::SRV => 3,
            _ => 0,
        }
    }

    /// The domain names in it, in lower case, each with the index of its word in the presentation
    /// format.
    pub fn names(self) -> impl Iterator<Item = (u8, LowerName<'a>)> {
        // Most names are targets, which need no walk through the fields.
        let target = self.target();
        let kind = rr_types().kind(self.rtype).filter(|_| target.is_none());
        let (fields, cased) = kind.map_or((&[][..], false), |kind| (kind.named_fields(), kind.cased));
        let lower = move |name| if cased { LowerName::new(name) } else { LowerName::Kept(name) };
        let target = target.map(|name| (self.target_field(), LowerName::Kept(name)));
        target.into_iter().chain(wire::names(fields, self.wire).map(move |(word, name)| (word, lower(name))))
    }

    /// Wire format with all names in lower case, whatever the type: equal where records mean the same.
    pub fn folded(self) -> Vec<u8> {
        let mut folded = self.wire.to_vec();
        let fields = rr_types().kind(self.rtype).map(Kind::named_fields).unwrap_or_default();
        for (_, name) in wire::names(fields, self.wire) {
            let name = name.wire();
            let start = name.as_ptr().addr() - self.wire.as_ptr().addr();
            // A length octet is 63 at most, which is no letter.
            folded[start..start + name.len()].make_ascii_lowercase();
        }
        folded
    }

    /// When an RRSIG expires, in seconds since 1970 modulo 2^32 (RFC 4034 section 3.1.5).
    pub fn expiration(self) -> Option<u32> {
        let octets = self.wire.get(8..12).filter(|_| self.rtype == RrType::RRSIG)?;
        Some(u32::from_be_bytes(octets.try_into().ok()?))
    }

    /// The strings of a TXT record, joined.
    pub fn text(self) -> Option<Cow<'a, [u8]>> {
        let mut rest = Some(self.wire).filter(|_| self.rtype == RrType::TXT)?;
        if let Some((&length, only)) = rest.split_first()
            && only.len() == usize::from(length)
        {
            return Some(Cow::Borrowed(only));
        }
        let mut text = Vec::with_capacity(rest.len());
        while let Some((&length, tail)) = rest.split_first() {
            let (string, tail) = tail.split_at_checked(length.into())?;
            text.extend_from_slice(string);
            rest = tail;
        }
        Some(Cow::Owned(text))
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

/// The address or the name that it is, or the generic form (RFC 3597 section 5).
impl fmt::Display for Rdata<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(address) = self.address() {
            return write!(f, "{address}");
        }
        if let (Some(target), 0) = (self.target(), self.target_field()) {
            return write!(f, "{target}");
        }
        write!(f, "\\# {} ", self.wire.len())?;
        self.wire.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

/// A name of rdata in lower case: made anew only where it is kept with capital letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LowerName<'a> {
    /// It stands so in the rdata.
    Kept(NameRef<'a>),
    /// It was written with capital letters.
    Made(Name),
}

impl<'a> LowerName<'a> {
    fn new(name: NameRef<'a>) -> Self {
        if !name.wire().iter().any(u8::is_ascii_uppercase) {
            return Self::Kept(name);
        }
        // The lengths of labels are no letters.
        Self::Made(NameRef::from_wire(&name.wire().to_ascii_lowercase()).into())
    }

    /// The name.
    pub fn as_ref(&self) -> NameRef<'_> {
        match self {
            Self::Kept(name) => *name,
            Self::Made(name) => name.as_ref(),
        }
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
