//! The fields of rdata: their kinds, as `grammar/rdata.txt` names them.

/// One field of a type's rdata.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What it is.
    pub kind: FieldKind,
    /// How often it stands.
    pub count: Count,
}

/// How many words a field has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Count {
    /// Exactly one, or as many as its kind says.
    One,
    /// None or one: `?`.
    Optional,
    /// One or more: `+`.
    Some,
    /// Any number: `*`.
    Any,
}

impl Field {
    /// Reads a word of the table: a kind, and its ending.
    pub(super) fn parse(word: &str) -> Option<Self> {
        let (kind, count) = match word.as_bytes().last()? {
            b'?' => (&word[..word.len() - 1], Count::Optional),
            b'+' => (&word[..word.len() - 1], Count::Some),
            b'*' => (&word[..word.len() - 1], Count::Any),
            _ => (word, Count::One),
        };
        FieldKind::parse(kind).map(|kind| Self { kind, count })
    }
}

/// Declares [`FieldKind`] and the words of the table for it.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $word:literal,)*) => {
        /// What one field of rdata is, in presentation and in wire format. `grammar/rdata.txt` says what
        /// each kind takes.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum FieldKind { $($(#[$doc])* $kind,)* }

        impl FieldKind {
            /// The kind of this name in the table.
            fn parse(word: &str) -> Option<Self> {
                match word {
                    $($word => Some(Self::$kind),)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// A number of one octet.
    U8 = "u8",
    /// A number of two octets.
    U16 = "u16",
    /// A number of four octets.
    U32 = "u32",
    /// A number of eight octets.
    U64 = "u64",
    /// A serial number.
    Serial = "serial",
    /// Seconds, with units or without.
    Period = "period",
    /// A date, or seconds since 1970.
    Timestamp = "timestamp",
    /// A date of 14 digits.
    Date14 = "date14",

    /// A domain name.
    Name = "name",
    /// A domain name that is compared with case.
    NameCased = "name-cased",
    /// The name of a host.
    Host = "host",
    /// The name of a host, compared with case.
    HostCased = "host-cased",
    /// A mailbox as a name.
    Mailbox = "mailbox",
    /// What a PTR record points to.
    Ptr = "ptr",
    /// What an SVCB record points to.
    SvcbTarget = "svcb-target",

    /// An IPv4 address.
    Ipv4 = "ipv4",
    /// An IPv6 address.
    Ipv6 = "ipv6",
    /// Four groups of hexadecimal digits.
    Nid64 = "nid64",
    /// An address of six octets.
    Eui48 = "eui48",
    /// An address of eight octets.
    Eui64 = "eui64",
    /// An NSAP address.
    Nsap = "nsap",
    /// An ATM address.
    Atma = "atma",
    /// Prefix length, rest of an IPv6 address, name of the prefix.
    A6 = "a6",
    /// Ranges of addresses.
    Apl = "apl",
    /// Address, protocol and ports.
    Wks = "wks",

    /// One character-string.
    Text = "text",
    /// An X.121 address: digits.
    X25 = "x25",
    /// The substitution of an NAPTR record.
    NaptrRegexp = "naptr-regexp",
    /// The target of a URI record: quoted, without a length octet.
    UriText = "uri-text",
    /// The tag of a CAA record: letters and digits.
    CaaTag = "caa-tag",
    /// The value of a CAA record: text without a length octet.
    CaaValue = "caa-value",

    /// Hexadecimal digits to the end.
    Hex = "hex",
    /// Base64 to the end.
    Base64 = "base64",
    /// The digest of a DS record.
    DsDigest = "ds-digest",
    /// The fingerprint of an SSHFP record.
    SshfpDigest = "sshfp-digest",
    /// The digest of a ZONEMD record.
    ZonemdDigest = "zonemd-digest",
    /// The salt of NSEC3.
    Salt = "salt",
    /// A hash in base32.
    HashLen32 = "hash-len32",
    /// The data of a DOA record.
    DoaData = "doa-data",
    /// The key of a KEY record.
    KeyData = "key-data",
    /// Algorithm, HIT and public key of a HIP record.
    Hip = "hip",
    /// Octets in the generic form alone.
    Generic = "generic",

    /// An RR type.
    Type = "type",
    /// A set of RR types.
    TypeBitmap = "type-bitmap",
    /// A set of RR types below 128.
    NxtBitmap = "nxt-bitmap",
    /// A DNSSEC algorithm.
    Algorithm = "algorithm",
    /// A digest type.
    DigestType = "digest-type",
    /// The flags of a key.
    KeyFlags = "key-flags",
    /// The protocol of a key.
    KeyProtocol = "key-protocol",
    /// A certificate type.
    CertType = "cert-type",
    /// A hash algorithm of NSEC3.
    Nsec3Hash = "nsec3-hash",
    /// A scheme of DSYNC.
    DsyncScheme = "dsync-scheme",

    /// Latitude, longitude, altitude and precision.
    Loc = "loc",
    /// What the gateway is.
    GatewayType = "gateway-type",
    /// Whether a relay is to be discovered; the top bit of the octet behind it.
    Discovery = "discovery",
    /// What the relay is.
    RelayType = "relay-type",
    /// A gateway or relay.
    Gateway = "gateway",
    /// The parameters of an SVCB record.
    SvcParams = "svc-params",
}

impl FieldKind {
    /// It is a domain name.
    pub fn is_name(self) -> bool {
        self.is_folded_name() || self.is_cased_name()
    }

    /// It is a domain name, or may have one in it.
    pub fn has_name(self) -> bool {
        self.is_name() || matches!(self, Self::A6 | Self::Gateway)
    }

    /// It is a domain name that is kept in lower case.
    pub fn is_folded_name(self) -> bool {
        matches!(self, Self::Name | Self::Host | Self::Mailbox | Self::Ptr)
    }

    /// It is one value, however many words it is split into.
    pub fn joins_words(self) -> bool {
        matches!(self, Self::Hex | Self::Base64 | Self::TypeBitmap)
    }

    /// It is a domain name that BIND compares with case.
    pub fn is_cased_name(self) -> bool {
        matches!(self, Self::NameCased | Self::HostCased | Self::SvcbTarget)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_kind_and_an_ending() {
        let parse = |word| Field::parse(word).map(|field| (field.kind, field.count));
        assert_eq!(parse("text"), Some((FieldKind::Text, Count::One)));
        assert_eq!(parse("text?"), Some((FieldKind::Text, Count::Optional)));
        assert_eq!(parse("hex+"), Some((FieldKind::Hex, Count::Some)));
        assert_eq!(parse("name-cased*"), Some((FieldKind::NameCased, Count::Any)));
        assert_eq!(parse("texts"), None);
    }
}
