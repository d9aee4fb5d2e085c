//! Domain names.

use crate::syntax::{NameRef, RrType, is_host_word};
use crate::zone::Tree;
use crate::zone::hostname::is_host_label;
use crate::zone::slip::may_lack_dot;

use super::encode::{RdataFault, Words, name_fault};

impl Words<'_> {
    /// `name`, `host`, `mailbox`, `ptr`: a domain name, in lower case. Whether it is the name of a host is
    /// not judged here: BIND's option `check-names` decides about it.
    pub(super) fn name(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        self.name.parse(word, self.origin).map_err(|f| self.fault(name_fault(f)))?;
        if let Some(apex) = self.apex {
            self.lacks_dot |= lacks_dot(self.rtype, word, self.name.name(), (apex, self.origin));
        }
        self.push_name(word);
        Ok(())
    }

    /// `name-cased`, `host-cased`: a domain name as it is written.
    pub(super) fn cased_name(&mut self) -> Result<(), RdataFault> {
        let word = self.word()?;
        self.push_cased(word)
    }

    /// `svcb-target`: a domain name as it is written; quotes are allowed.
    pub(super) fn svcb_target(&mut self) -> Result<(), RdataFault> {
        let word = self.text()?;
        self.push_cased(word)
    }

    fn push_name(&mut self, word: &[u8]) {
        let name = self.name.name();
        if self.apex.is_some() {
            let known = !self.origin_is_odd && is_host_word(word);
            self.odd |= !known && has_odd_label(name);
        }
        self.out.extend_from_slice(name.wire());
    }

    fn push_cased(&mut self, word: &[u8]) -> Result<(), RdataFault> {
        self.lacks_dot |= is_relative(word);
        self.name.parse_cased(word, self.origin).map_err(|f| self.fault(name_fault(f)))?;
        self.push_name(word);
        Ok(())
    }
}

/// A name in lower case has no final dot, and may have been meant with it.
pub(super) fn lacks_dot(
    rtype: RrType,
    word: &[u8],
    name: NameRef<'_>,
    (apex, origin): (NameRef<'_>, NameRef<'_>),
) -> bool {
    is_relative(word) && (is_elsewhere(rtype, word, origin) || may_lack_dot(name, apex, origin))
}

/// What a PTR leads to is a host elsewhere, and so are the servers of a reverse zone, if they have several labels.
fn is_elsewhere(rtype: RrType, word: &[u8], origin: NameRef<'_>) -> bool {
    let is_of_reverse = matches!(rtype, RrType::NS | RrType::SOA) && Tree::of(origin).is_some();
    rtype == RrType::PTR || is_of_reverse && word.contains(&b'.')
}

/// A label of a name is none of a host name.
pub(super) fn has_odd_label(name: NameRef<'_>) -> bool {
    !name.labels().all(is_host_label)
}

/// The origin stands behind a name as it is written. Of one that ends in `\.` it may.
fn is_relative(word: &[u8]) -> bool {
    !matches!(word, b"." | b"@" | [.., b'.']) || word.ends_with(b"\\.")
}
