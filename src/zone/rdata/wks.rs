//! WKS: the services of a host (RFC 1035 section 3.4.2).

use crate::syntax::{FaultKind, IP_PROTOCOLS, Keywords, SERVICES};

use super::bitmaps::set;
use super::encode::{RdataFault, Words};
use super::numbers::signed;

impl Words<'_> {
    /// `wks`: an address, a protocol and any number of ports, as a bitmap up to the highest.
    ///
    /// BIND asks the system for the names of protocols and services. Here only the common ones are known:
    /// any other name is a fault, although a server may know it.
    pub(super) fn wks(&mut self) -> Result<(), RdataFault> {
        self.ipv4()?;
        let protocol = self.number_or_name(&IP_PROTOCOLS)?;
        self.out.push(u8::try_from(protocol).expect("it was compared"));
        let mut ports = [0; 0x2000];
        let mut length = 0;
        while self.has_more() {
            let port = self.number_or_name(&SERVICES)?;
            set(&mut ports, port);
            length = length.max(usize::from(port / 8) + 1);
        }
        self.out.extend_from_slice(&ports[..length]);
        Ok(())
    }

    fn number_or_name(&mut self, known: &Keywords) -> Result<u16, RdataFault> {
        let word = self.word()?;
        match signed(word) {
            Some(number) => u16::try_from(number)
                .ok()
                .filter(|&number| number <= known.largest)
                .ok_or_else(|| self.bad_number(u64::from(known.largest))),
            None => known.find(word).ok_or_else(|| self.wrong(FaultKind::UnknownKeyword, known.what)),
        }
    }
}
