//! Addresses as names (RFC 1035 section 3.5, RFC 3596 section 2.5).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::syntax::{Name, NameRef};

/// The tree of the names that IPv4 addresses have, and that of IPv6.
const V4: &[u8] = b"\x07in-addr\x04arpa\0";
const V6: &[u8] = b"\x03ip6\x04arpa\0";

/// A tree of the names that addresses have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tree {
    /// `in-addr.arpa`: each label is an octet.
    V4,
    /// `ip6.arpa`: each label is a hexadecimal digit.
    V6,
}

impl Tree {
    /// The tree that a name is in.
    pub fn of(name: NameRef<'_>) -> Option<Self> {
        if name.is_within(NameRef::from_wire(V4)) {
            Some(Self::V4)
        } else if name.is_within(NameRef::from_wire(V6)) {
            Some(Self::V6)
        } else {
            None
        }
    }

    /// The labels before the tree that a whole address has.
    pub fn labels(self) -> usize {
        match self {
            Self::V4 => 4,
            Self::V6 => 32,
        }
    }

    /// A label is part of an address.
    pub fn has_label(self, label: &[u8]) -> bool {
        match self {
            Self::V4 => octet(label).is_some(),
            Self::V6 => matches!(label, [digit] if digit.is_ascii_hexdigit()),
        }
    }
}

/// The address that a name below `in-addr.arpa` or `ip6.arpa` stands for: a whole one, not a network.
pub fn address_of(name: NameRef<'_>) -> Option<IpAddr> {
    let mut labels = name.labels();
    let address = match Tree::of(name)? {
        Tree::V4 => {
            let mut octets = [0; 4];
            for place in octets.iter_mut().rev() {
                *place = octet(labels.next()?)?;
            }
            Ipv4Addr::from_octets(octets).into()
        }
        Tree::V6 => {
            let mut bits = 0;
            for place in 0..32 {
                let [digit] = labels.next()? else { return None };
                bits |= u128::from(char::from(*digit).to_digit(16)?) << (4 * place);
            }
            Ipv6Addr::from_bits(bits).into()
        }
    };
    // The tree is left.
    (labels.count() == 2).then_some(address)
}

/// The name of an address.
pub fn name_of(address: IpAddr) -> Name {
    let mut wire = Vec::with_capacity(74);
    let mut label = |text: &str| {
        wire.push(u8::try_from(text.len()).expect("an octet has three digits at most"));
        wire.extend_from_slice(text.as_bytes());
    };
    match address {
        IpAddr::V4(address) => {
            address.octets().iter().rev().for_each(|octet| label(&octet.to_string()));
            wire.extend_from_slice(V4);
        }
        IpAddr::V6(address) => {
            for octet in address.octets().iter().rev() {
                label(&format!("{:x}", octet & 15));
                label(&format!("{:x}", octet >> 4));
            }
            wire.extend_from_slice(V6);
        }
    }
    NameRef::from_wire(&wire).into()
}

/// An octet in decimal, without leading zeros.
fn octet(label: &[u8]) -> Option<u8> {
    let plain = matches!(label, [_] | [b'1'..=b'9', _] | [b'1'..=b'9', _, _]);
    if !plain || !label.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = label.iter().fold(0, |value, digit| 10 * value + u16::from(digit - b'0'));
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for text in ["192.0.2.10", "0.0.0.0", "255.255.255.255", "2001:db8::10", "::", "ff02::1:ff00:abcd"] {
            let address: IpAddr = text.parse().expect("an address");
            let name = name_of(address);
            assert_eq!(address_of(name.as_ref()), Some(address), "{name}");
        }
        assert_eq!(name_of(Ipv4Addr::new(192, 0, 2, 10).into()).to_string(), "10.2.0.192.in-addr.arpa");
    }

    #[test]
    fn no_addresses() {
        let names = [
            "2.0.192.in-addr.arpa",
            "1.10.2.0.192.in-addr.arpa",
            "256.2.0.192.in-addr.arpa",
            "010.2.0.192.in-addr.arpa",
            "0/26.2.0.192.in-addr.arpa",
            "in-addr.arpa",
            "b.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa",
            "10.2.0.192.example",
        ];
        for text in names {
            let name = Name::parse_absolute(text).expect("a name");
            assert_eq!(address_of(name.as_ref()), None, "{text}");
        }
    }
}
