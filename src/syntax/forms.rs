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
        "SOA" => (
            "two names and five numbers: serial, refresh, retry, expire, minimum",
            "SOA ns1 hostmaster 2026010101 7200 3600 1209600 3600",
        ),
        _ => return None,
    })
}
