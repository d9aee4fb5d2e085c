//! Words that stand for numbers in rdata: algorithms, digest types and their like.

use super::rrtype::rr_types;

/// The words that a field knows, in any case; a number does as well.
#[derive(Debug)]
pub struct Keywords {
    /// What they name, for messages.
    pub what: &'static str,
    /// The largest number that the field takes.
    pub largest: u16,
    /// The words and their numbers.
    pub words: &'static [(&'static str, u16)],
}

/// The algorithms of DNSSEC (RFC 4034 appendix A.1), as BIND 9.18 knows them.
pub static ALGORITHMS: Keywords = Keywords {
    what: "DNSSEC algorithm",
    largest: 0xff,
    words: &[
        ("RSAMD5", 1),
        ("DH", 2),
        ("DSA", 3),
        ("RSASHA1", 5),
        ("NSEC3DSA", 6),
        ("NSEC3RSASHA1", 7),
        ("RSASHA256", 8),
        ("RSASHA512", 10),
        ("ECCGOST", 12),
        ("ECDSAP256SHA256", 13),
        ("ECDSA256", 13),
        ("ECDSAP384SHA384", 14),
        ("ECDSA384", 14),
        ("ED25519", 15),
        ("ED448", 16),
        ("INDIRECT", 252),
        ("PRIVATEDNS", 253),
        ("PRIVATEOID", 254),
    ],
};

/// The digest types of DS records (RFC 4034 appendix A.2).
pub static DIGEST_TYPES: Keywords = Keywords {
    what: "digest type",
    largest: 0xff,
    words: &[
        ("SHA-1", 1),
        ("SHA1", 1),
        ("SHA-256", 2),
        ("SHA256", 2),
        ("GOST", 3),
        ("SHA-384", 4),
        ("SHA384", 4),
    ],
};

/// The flags of keys (RFC 2535 section 3.1.2), in the order in which BIND looks for one that begins
/// as written.
pub static KEY_FLAGS: Keywords = Keywords {
    what: "key flag",
    largest: 0xffff,
    words: &[
        ("NOCONF", 0x4000),
        ("NOAUTH", 0x8000),
        ("NOKEY", 0xC000),
        ("FLAG2", 0x2000),
        ("EXTEND", 0x1000),
        ("FLAG4", 0x0800),
        ("FLAG5", 0x0400),
        ("USER", 0x0000),
        ("ZONE", 0x0100),
        ("HOST", 0x0200),
        ("NTYP3", 0x0300),
        ("FLAG8", 0x0080),
        ("FLAG9", 0x0040),
        ("FLAG10", 0x0020),
        ("FLAG11", 0x0010),
        ("SIG0", 0),
        ("SIG1", 1),
        ("SIG2", 2),
        ("SIG3", 3),
        ("SIG4", 4),
        ("SIG5", 5),
        ("SIG6", 6),
        ("SIG7", 7),
        ("SIG8", 8),
        ("SIG9", 9),
        ("SIG10", 10),
        ("SIG11", 11),
        ("SIG12", 12),
        ("SIG13", 13),
        ("SIG14", 14),
        ("SIG15", 15),
        ("KSK", 1),
    ],
};

/// The protocols of keys (RFC 2535 section 3.1.3).
pub static KEY_PROTOCOLS: Keywords = Keywords {
    what: "key protocol",
    largest: 0xff,
    words: &[("NONE", 0), ("TLS", 1), ("EMAIL", 2), ("DNSSEC", 3), ("IPSEC", 4), ("ALL", 255)],
};

/// The types of certificates (RFC 4398 section 2.1).
pub static CERT_TYPES: Keywords = Keywords {
    what: "certificate type",
    largest: 0xffff,
    words: &[
        ("PKIX", 1),
        ("SPKI", 2),
        ("PGP", 3),
        ("IPKIX", 4),
        ("ISPKI", 5),
        ("IPGP", 6),
        ("ACPKIX", 7),
        ("IACPKIX", 8),
        ("URI", 253),
        ("OID", 254),
    ],
};

/// The hash algorithms of NSEC3 (RFC 5155 section 11).
pub static NSEC3_HASHES: Keywords =
    Keywords { what: "NSEC3 hash algorithm", largest: 0xff, words: &[("SHA-1", 1)] };

/// The schemes of DSYNC (RFC 9859 section 2.1).
pub static DSYNC_SCHEMES: Keywords =
    Keywords { what: "DSYNC scheme", largest: 0xff, words: &[("NOTIFY", 1)] };

/// Protocols of WKS records. BIND asks the system's `/etc/protocols`; these are the ones that one meets.
pub static IP_PROTOCOLS: Keywords = Keywords {
    what: "IP protocol",
    largest: 0xff,
    words: &[
        ("ip", 0),
        ("icmp", 1),
        ("igmp", 2),
        ("ggp", 3),
        ("st", 5),
        ("tcp", 6),
        ("egp", 8),
        ("igp", 9),
        ("pup", 12),
        ("udp", 17),
        ("hmp", 20),
        ("rdp", 27),
        ("ipv6", 41),
        ("gre", 47),
        ("esp", 50),
        ("ah", 51),
        ("ipv6-icmp", 58),
        ("ospf", 89),
        ("sctp", 132),
    ],
};

/// Services of WKS records. BIND asks the system's `/etc/services`; these are the ones that one meets,
/// for TCP and UDP alike.
pub static SERVICES: Keywords = Keywords {
    what: "service",
    largest: 0xffff,
    words: &[
        ("tcpmux", 1),
        ("echo", 7),
        ("discard", 9),
        ("systat", 11),
        ("daytime", 13),
        ("netstat", 15),
        ("qotd", 17),
        ("chargen", 19),
        ("ftp-data", 20),
        ("ftp", 21),
        ("ssh", 22),
        ("telnet", 23),
        ("smtp", 25),
        ("mail", 25),
        ("time", 37),
        ("whois", 43),
        ("nicname", 43),
        ("domain", 53),
        ("bootps", 67),
        ("bootpc", 68),
        ("tftp", 69),
        ("gopher", 70),
        ("finger", 79),
        ("http", 80),
        ("www", 80),
        ("kerberos", 88),
        ("pop3", 110),
        ("sunrpc", 111),
        ("auth", 113),
        ("ident", 113),
        ("nntp", 119),
        ("ntp", 123),
        ("imap2", 143),
        ("imap", 143),
        ("snmp", 161),
        ("snmp-trap", 162),
        ("irc", 194),
        ("ldap", 389),
        ("https", 443),
        ("submissions", 465),
        ("exec", 512),
        ("biff", 512),
        ("login", 513),
        ("who", 513),
        ("shell", 514),
        ("syslog", 514),
        ("printer", 515),
        ("talk", 517),
        ("ntalk", 518),
        ("route", 520),
        ("uucp", 540),
        ("submission", 587),
        ("ldaps", 636),
        ("imaps", 993),
        ("pop3s", 995),
        ("sip", 5060),
        ("sip-tls", 5061),
    ],
};

/// All of them.
static ALL: [&Keywords; 9] = [
    &ALGORITHMS,
    &DIGEST_TYPES,
    &KEY_FLAGS,
    &KEY_PROTOCOLS,
    &CERT_TYPES,
    &NSEC3_HASHES,
    &DSYNC_SCHEMES,
    &IP_PROTOCOLS,
    &SERVICES,
];

impl Keywords {
    /// The number that a word stands for.
    pub fn find(&self, word: &[u8]) -> Option<u16> {
        self.words.iter().find(|(name, _)| word.eq_ignore_ascii_case(name.as_bytes())).map(|&(_, n)| n)
    }

    /// The words for [`Self::what`]; those of RR types where it is `record type`.
    pub fn of(what: &str) -> Vec<&'static str> {
        if what == "record type" {
            return rr_types().iter().map(|kind| &*kind.mnemonic).collect();
        }
        let words = ALL.iter().filter(|known| known.what == what);
        words.flat_map(|known| known.words.iter().map(|&(word, _)| word)).collect()
    }
}
