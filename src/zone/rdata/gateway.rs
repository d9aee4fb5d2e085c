//! Gateways of IPSECKEY and relays of AMTRELAY.

use crate::syntax::FaultKind;

use super::encode::{RdataFault, Words};
use super::wire::gateway_type;

impl Words<'_> {
    /// `gateway-type`: 0 to 3 (RFC 4025 section 2.3).
    pub(super) fn gateway_type(&mut self) -> Result<(), RdataFault> {
        let number = self.number(3)?;
        self.out.push(u8::try_from(number).expect("it was compared"));
        Ok(())
    }

    /// `discovery`: 0 or 1, the top bit of the octet of the relay type (RFC 8777 section 4.2).
    pub(super) fn discovery(&mut self) -> Result<(), RdataFault> {
        let number = self.number(1)?;
        self.out.push(if number == 1 { 0x80 } else { 0 });
        Ok(())
    }

    /// `relay-type`: 0 to 127, the other seven bits; more than 3 is not implemented.
    pub(super) fn relay_type(&mut self) -> Result<(), RdataFault> {
        let number = u8::try_from(self.number(127)?).expect("it was compared");
        if number > 3 {
            let reason = "relay types over 3 are written in the generic form only";
            return Err(self.wrong(FaultKind::BadField, reason));
        }
        if let Some(octet) = self.out.last_mut() {
            *octet |= number;
        }
        Ok(())
    }

    /// `gateway`: nothing, an address or a name, as its type says.
    pub(super) fn gateway(&mut self) -> Result<(), RdataFault> {
        match gateway_type(self.wire()) {
            1 => self.ipv4(),
            2 => self.ipv6(),
            3 => self.cased_name(),
            _ if self.word()? == b"." => Ok(()),
            _ => {
                Err(self.wrong(FaultKind::BadField, "type 0 means that there is none, which is written `.`"))
            }
        }
    }
}
