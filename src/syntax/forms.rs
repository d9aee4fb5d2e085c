//! How the rdata of the common types is written, for messages.

/// What the rdata of a type consists of, and a record as an example. `None` for a type that is rare.
pub fn rdata_form(rtype: &str) -> Option<(&'static str, &'static str)> {
    Some(match rtype {
        "A" => ("one IPv4 address", "A 192.0.2.1"),
        "AAAA" => ("one IPv6 address", "AAAA 2001:db8::1"),
        "NS" => ("one name", "NS ns1.example.net."),
        "CNAME" => ("one name", "CNAME www.example.net."),
        "DNAME" => ("one name", "DNAME example.net."),
        "PTR" => ("one name", "PTR www.example.net."),
        "MX" => ("a preference and a name", "MX 10 mail.example.net."),
        "TXT" | "SPF" => ("a text in quotes", "TXT \"v=spf1 mx -all\""),
        "SRV" => ("priority, weight, port and a name", "SRV 0 5 5060 sip.example.net."),
        "CAA" => ("a flag, a tag and a value", "CAA 0 issue \"letsencrypt.org\""),
        "DS" | "CDS" => (
            "a key tag, an algorithm, a digest type and a digest in hexadecimal digits",
            "DS 60485 8 1 2BB183AF5F22588179A53B0A98631FAD1A292118",
        ),
        "DNSKEY" | "CDNSKEY" => (
            "flags, a protocol, an algorithm and a key in base64",
            "DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8j…",
        ),
        "TLSA" | "SMIMEA" => (
            "usage, selector, matching type and hexadecimal digits",
            "TLSA 3 1 1 0C72AC70B745AC19998811B131D662C9…",
        ),
        "SSHFP" => (
            "an algorithm, a fingerprint type and a fingerprint in hexadecimal digits",
            "SSHFP 1 1 2BB183AF5F22588179A53B0A98631FAD1A292118",
        ),
        "NAPTR" => (
            "order, preference, flags, services, a regular expression and a name",
            "NAPTR 100 10 \"s\" \"SIP+D2T\" \"\" _sip._tcp",
        ),
        "SVCB" | "HTTPS" => ("a priority, a name and parameters", "HTTPS 1 . alpn=\"h2,h3\""),
        "HINFO" => ("two texts", "HINFO \"PC\" \"Linux\""),
        "LOC" => ("latitude, longitude and altitude", "LOC 52 22 23 N 4 53 32 E -2m"),
        "RP" => ("a mailbox as a name, and a name", "RP hostmaster.example.net. info.example.net."),
        "URI" => ("priority, weight and a URI in quotes", "URI 10 1 \"https://www.example.net/\""),
        "SOA" => (
            "two names and five numbers: serial, refresh, retry, expire, minimum",
            "SOA ns1 hostmaster 2026010101 7200 3600 1209600 3600",
        ),
        _ => return None,
    })
}
