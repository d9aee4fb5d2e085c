//! Zones, and what their SPF records say of some senders.

use super::*;
use crate::source::Sources;
use crate::zone::{Scratch, load};

const EXAMPLE: &str = r#"
$ORIGIN example.com.
$TTL 3600
@ SOA ns1 hostmaster 1 7200 3600 1209600 3600
@ NS ns1
ns1 A 192.0.2.1
@ A 192.0.2.80
@ MX 10 mx1
@ MX 20 mx2.provider.example.
mx1 A 192.0.2.10
mx1 AAAA 2001:db8::10
host A 198.51.100.7
host AAAA 2001:db8:1::7
alias CNAME host
outside CNAME www.elsewhere.example.
nowhere CNAME missing
empty TXT "nothing of SPF"
spf-a TXT "v=spf1 a:host -all"
a TXT "v=spf1 a:host.example.com -all"
net TXT "v=spf1 a:host.example.com/24//64 ~all"
own A 198.51.100.9
own TXT "v=spf1 a -all"
mx TXT "v=spf1 mx:example.com -all"
ownmx MX 10 mx1
ownmx TXT "v=spf1 mx ?all"
ip TXT "v=spf1 ip4:192.0.2.0/24 -ip4:203.0.113.7 ip6:2001:db8::/32 -all"
zero TXT "v=spf1 ip4:192.0.2.0/0 -all"
open TXT "v=spf1 ip4:192.0.2.1"
parts TXT "v=spf1 ip4:192.0" ".2.1 -a" "ll"
alias-a TXT "v=spf1 a:alias.example.com -all"
outside-a TXT "v=spf1 a:outside.example.com ip4:192.0.2.1 -all"
late TXT "v=spf1 ip4:192.0.2.1 include:_spf.elsewhere.example -all"
include TXT "v=spf1 include:ip.example.com -all"
include-soft TXT "v=spf1 ?include:net.example.com ip4:192.0.2.99 -all"
redirect TXT "v=spf1 redirect=ip.example.com"
redirect-after-all TXT "v=spf1 -all redirect=ip.example.com"
redirect-nowhere TXT "v=spf1 redirect=empty.example.com"
include-nowhere TXT "v=spf1 include:missing.example.com -all"
macro TXT "v=spf1 exists:%{i}._spf.example.com -all"
macro-late TXT "v=spf1 ip4:192.0.2.1 a:%{d} -all"
ptr TXT "v=spf1 ptr -all"
two TXT "v=spf1 -all"
two TXT "V=SPF1 a -all"
near TXT "v=spf10 -all"
near TXT "v=spf1 ip4:192.0.2.1 -all"
broken TXT "v=spf1 ip4:192.0.2.1 ipv4:192.0.2.2 -all"
include-broken TXT "v=spf1 include:broken.example.com -all"
loop TXT "v=spf1 include:loop.example.com -all"
ten TXT "v=spf1 a mx a a a a a a a a:host.example.com ip4:192.0.2.1 -all"
ten A 192.0.2.77
ten MX 10 mx1
eleven TXT "v=spf1 a:host.example.com a a a a a a a a a a -all"
eleven A 192.0.2.77
nested TXT "v=spf1 include:six.example.com include:four.example.com -all"
six TXT "v=spf1 a:mx1.example.com a:mx1.example.com a:mx1.example.com a:mx1.example.com a:mx1.example.com ip4:192.0.2.5 -all"
four TXT "v=spf1 a:mx1.example.com a:mx1.example.com a:mx1.example.com a:mx1.example.com ip4:192.0.2.4 -all"
unknown-eleven TXT "v=spf1 include:a.elsewhere.example include:b.elsewhere.example include:six.example.com a a a a -all"
unknown-eleven A 192.0.2.77
void TXT "v=spf1 a:v1.example.com a:v2.example.com a:v3.example.com -all"
void-two TXT "v=spf1 a:v1.example.com mx:v2.example.com ip4:192.0.2.1 -all"
many MX 1 m1
many MX 2 m2
many MX 3 m3
many MX 4 m4
many MX 5 m5
many MX 6 m6
many MX 7 m7
many MX 8 m8
many MX 9 m9
many MX 10 m10
many MX 11 m11
many TXT "v=spf1 mx -all"
null MX 0 .
null TXT "v=spf1 mx -all"
*.wild TXT "v=spf1 ip4:192.0.2.1 -all"
"#;

const PROVIDER: &str = "
$ORIGIN provider.example.
$TTL 3600
@ SOA ns1 hostmaster 1 7200 3600 1209600 3600
@ NS ns1
ns1 A 192.0.2.1
mx2 A 192.0.2.11
";

fn view() -> View<'static> {
    let zones = [("example.com", EXAMPLE), ("provider.example", PROVIDER)].map(|(origin, text)| {
        let origin = Name::parse_absolute(origin).expect("a name");
        let file = Sources::new().add(std::path::Path::new("zone"));
        let loaded = load(file, text.as_bytes(), origin.as_ref(), &(), &mut Scratch::default());
        assert!(loaded.faults.is_empty(), "{:?}", loaded.faults);
        loaded.zone
    });
    View::new(zones.into())
}

fn ask(domain: &str, sender: Option<&str>) -> SpfResult {
    let domain = Name::parse_absolute(&format!("{domain}.example.com")).expect("a name");
    view().spf(domain.as_ref(), sender.map(|sender| sender.parse().expect("an address")))
}

#[test]
fn results() {
    const PASS: SpfResult = SpfResult::Of(Qualifier::Pass);
    const FAIL: SpfResult = SpfResult::Of(Qualifier::Fail);
    const SOFT: SpfResult = SpfResult::Of(Qualifier::SoftFail);
    const NEUTRAL: SpfResult = SpfResult::Of(Qualifier::Neutral);
    let cases = [
        ("empty", "192.0.2.1", SpfResult::None),
        ("missing", "192.0.2.1", SpfResult::None),
        ("a", "198.51.100.7", PASS),
        ("a", "198.51.100.8", FAIL),
        ("a", "2001:db8:1::7", PASS),
        ("a", "2001:db8:1::8", FAIL),
        ("net", "198.51.100.255", PASS),
        ("net", "198.51.101.0", SOFT),
        ("net", "2001:db8:1:0:ffff::", PASS),
        ("net", "2001:db8:1:1::7", SOFT),
        ("own", "198.51.100.9", PASS),
        ("mx", "192.0.2.10", PASS),
        ("mx", "192.0.2.11", PASS),
        ("mx", "192.0.2.80", FAIL),
        ("mx", "2001:db8::10", PASS),
        ("ownmx", "192.0.2.10", PASS),
        ("ownmx", "192.0.2.11", NEUTRAL),
        ("ip", "192.0.2.255", PASS),
        ("ip", "203.0.113.7", FAIL),
        ("ip", "::ffff:192.0.2.1", FAIL),
        ("ip", "2001:db8:ffff::", PASS),
        ("zero", "203.0.113.7", PASS),
        ("open", "192.0.2.1", PASS),
        ("open", "192.0.2.2", NEUTRAL),
        ("parts", "192.0.2.1", PASS),
        ("parts", "192.0.2.2", FAIL),
        ("alias-a", "198.51.100.7", PASS),
        ("outside-a", "192.0.2.1", SpfResult::Unknown),
        ("late", "192.0.2.1", PASS),
        ("late", "192.0.2.2", SpfResult::Unknown),
        ("include", "192.0.2.1", PASS),
        ("include", "203.0.113.7", FAIL),
        ("include-soft", "198.51.100.7", NEUTRAL),
        ("include-soft", "192.0.2.99", PASS),
        ("include-soft", "192.0.2.98", FAIL),
        ("redirect", "192.0.2.1", PASS),
        ("redirect", "203.0.113.7", FAIL),
        ("redirect-after-all", "192.0.2.1", FAIL),
        ("macro", "192.0.2.1", SpfResult::Unknown),
        ("macro-late", "192.0.2.1", PASS),
        ("macro-late", "192.0.2.2", SpfResult::Unknown),
        ("ptr", "192.0.2.1", SpfResult::Unknown),
        ("near", "192.0.2.1", PASS),
        ("ten", "192.0.2.1", PASS),
        ("ten", "192.0.2.2", FAIL),
        ("eleven", "198.51.100.7", PASS),
        ("void-two", "192.0.2.1", PASS),
        ("null", "192.0.2.1", FAIL),
        ("name.wild", "192.0.2.1", PASS),
    ];
    for (domain, sender, result) in cases {
        assert_eq!(ask(domain, Some(sender)), result, "{domain} from {sender}");
    }
}

#[test]
fn errors() {
    let name = |text: &str| Name::parse_absolute(&format!("{text}.example.com")).expect("a name");
    let cases = [
        ("spf-a", SpfError::Syntax(name("spf-a"))),
        ("broken", SpfError::Syntax(name("broken"))),
        ("include-broken", SpfError::Syntax(name("broken"))),
        ("two", SpfError::Several(name("two"))),
        ("redirect-nowhere", SpfError::Missing(name("empty"))),
        ("include-nowhere", SpfError::Missing(name("missing"))),
        ("loop", SpfError::Lookups),
        ("eleven", SpfError::Lookups),
        ("nested", SpfError::Lookups),
        ("unknown-eleven", SpfError::Lookups),
        ("void", SpfError::VoidLookups),
        ("many", SpfError::Hosts(name("many"))),
    ];
    for (domain, error) in cases {
        assert_eq!(ask(domain, None), SpfResult::Error(error.clone()), "{domain}");
        if domain != "unknown-eleven" {
            assert_eq!(ask(domain, Some("203.0.113.1")), SpfResult::Error(error), "{domain}");
        }
    }
    // Who is matched before has passed already.
    assert_eq!(ask("nested", Some("192.0.2.5")), SpfResult::Of(Qualifier::Pass));
    assert_eq!(ask("unknown-eleven", Some("203.0.113.1")), SpfResult::Unknown);
    assert_eq!(ask("unknown-eleven", Some("192.0.2.77")), SpfResult::Unknown);
}
