//! Whom the SPF record of a domain lets send, as far as the loaded zones tell (RFC 7208).

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::net::IpAddr;
use std::rc::Rc;

use hashbrown::HashMap;

use super::{Addresses, End, Knowledge, View};
use crate::syntax::{Name, NameRef, RrType};
use crate::zone::{Lengths, Mechanism, Qualifier, Record, Spf, SpfDomain, Term, Zone};

/// Terms that may look something up (section 4.6.4).
pub(super) const MAX_LOOKUPS: usize = 10;

/// Look-ups that may find nothing (section 4.6.4).
pub(super) const MAX_VOID_LOOKUPS: usize = 2;

/// Hosts that an `mx` may lead to (section 4.6.4).
pub(super) const MAX_MX: usize = 10;

/// What SPF says of a sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpfResult {
    /// There is no SPF record.
    None,
    /// Its record says so: by a directive, or by saying nothing.
    Of(Qualifier),
    /// Receivers take the record for none.
    Error(SpfError),
    /// It depends on what is in no loaded zone, or on the sender.
    Unknown,
}

/// Why receivers take an SPF record for none (permerror).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SpfError {
    /// The record of this name has a mistake.
    Syntax(Name),
    /// This name has several records.
    Several(Name),
    /// There is no SPF record at this name, and another record includes it.
    Missing(Name),
    /// More than ten terms look something up.
    Lookups,
    /// More than two look-ups find nothing.
    VoidLookups,
    /// An `mx` leads to this name, which has more than ten hosts.
    Hosts(Name),
}

impl View<'_> {
    /// What the SPF record of a domain says of a sender with this address. Without an address, of one that
    /// no term is known to match: what comes of it then is an error, if there is one, or nothing of use.
    pub fn spf(&self, domain: NameRef<'_>, sender: Option<IpAddr>) -> SpfResult {
        Check::new(self, sender, &Known::default()).host(domain).into()
    }

    /// The same of several senders, for which each record is read once.
    pub fn spf_of_each(
        &self,
        domain: NameRef<'_>,
        senders: impl Iterator<Item = IpAddr>,
    ) -> impl Iterator<Item = (IpAddr, SpfResult)> {
        let known = Known::default();
        senders.map(move |sender| (sender, Check::new(self, Some(sender), &known).host(domain).into()))
    }

    /// Whether a domain has an SPF record; `None` where nobody knows.
    pub fn has_spf(&self, domain: NameRef<'_>) -> Option<bool> {
        match read(self, domain) {
            Ok(record) => Some(record.is_some()),
            Err(Stop::Error(_)) => Some(true),
            Err(Stop::Unknown) => None,
        }
    }
}

impl View<'_> {
    /// How many terms look something up for the SPF record of a domain, and how many of the look-ups find
    /// nothing; `None` where that is more than receivers take.
    pub(super) fn spf_needs(&self, domain: NameRef<'_>) -> Option<(usize, usize)> {
        let known = Known::default();
        let mut check = Check::new(self, None, &known);
        match check.host(domain) {
            Err(Stop::Error(SpfError::Lookups | SpfError::VoidLookups | SpfError::Hosts(_))) => None,
            _ => Some((check.lookups, check.void)),
        }
    }
}

/// Why a check ends at once.
#[derive(Clone)]
enum Stop {
    Error(SpfError),
    Unknown,
}

impl From<SpfError> for Stop {
    fn from(error: SpfError) -> Self {
        Self::Error(error)
    }
}

impl From<Result<Option<Qualifier>, Stop>> for SpfResult {
    fn from(said: Result<Option<Qualifier>, Stop>) -> Self {
        match said {
            Ok(result) => result.map_or(SpfResult::None, SpfResult::Of),
            Err(Stop::Error(error)) => SpfResult::Error(error),
            Err(Stop::Unknown) => SpfResult::Unknown,
        }
    }
}

/// The records of domains, as they were read; those that several senders are looked for in.
type Known = RefCell<HashMap<Name, Result<Option<Rc<Spf>>, Stop>>>;

/// The SPF record of a domain (section 4.5).
fn read(view: &View<'_>, domain: NameRef<'_>) -> Result<Option<Spf>, Stop> {
    let (zone, id) = match view.follow(domain, &mut Vec::new()) {
        End::Name(zone, id) => (zone, id),
        End::Missing => return Ok(None),
        End::Loop | End::Unknown => return Err(Stop::Unknown),
    };
    let mut records = zone.rrset(id, RrType::TXT).filter_map(|record| zone.spf(record));
    match (records.next(), records.next()) {
        (Some(_), Some(_)) => Err(SpfError::Several(domain.into()).into()),
        _ if !zone.knows(zone.name(id)) => Err(Stop::Unknown),
        (record, _) => Ok(record),
    }
}

/// The check of one sender.
struct Check<'v> {
    view: &'v View<'v>,
    known: &'v Known,
    sender: Option<IpAddr>,
    /// Terms that looked something up.
    lookups: usize,
    /// Look-ups that found nothing.
    void: usize,
}

impl<'v> Check<'v> {
    fn new(view: &'v View<'v>, sender: Option<IpAddr>, known: &'v Known) -> Self {
        Self { view, known, sender, lookups: 0, void: 0 }
    }

    /// What the record of a domain says: `check_host()` of section 4. `None` where there is no record.
    fn host(&mut self, domain: NameRef<'_>) -> Result<Option<Qualifier>, Stop> {
        let Some(spf) = self.record(domain)? else { return Ok(None) };
        if !spf.faults.is_empty() {
            return Err(SpfError::Syntax(domain.into()).into());
        }
        for term in &spf.terms {
            if let Term::Directive(qualifier, mechanism) = term
                && self.matches(domain, mechanism)?
            {
                return Ok(Some(*qualifier));
            }
        }
        let redirect = spf.terms.iter().find_map(|term| match term {
            Term::Redirect(target) => Some(target),
            _ => None,
        });
        let Some(target) = redirect else { return Ok(Some(Qualifier::Neutral)) };
        self.look_up()?;
        match target {
            SpfDomain::Name(target) => {
                self.host(target.as_ref())?.map(Some).ok_or(SpfError::Missing(target.clone()).into())
            }
            SpfDomain::Macro => Err(Stop::Unknown),
        }
    }

    /// The SPF record of a domain, which is read once.
    fn record(&self, domain: NameRef<'_>) -> Result<Option<Rc<Spf>>, Stop> {
        if let Some(known) = self.known.borrow().get(domain.wire()) {
            return known.clone();
        }
        let record = read(self.view, domain).map(|record| record.map(Rc::new));
        self.known.borrow_mut().insert(domain.into(), record.clone());
        record
    }

    fn matches(&mut self, domain: NameRef<'_>, mechanism: &Mechanism) -> Result<bool, Stop> {
        match mechanism {
            // Who is not known at all may still be one whom a term before matches.
            Mechanism::All => Ok(true),
            Mechanism::Network(network, length) => {
                Ok(self.sender.is_some_and(|sender| is_in(sender, *network, Lengths(*length, *length))))
            }
            Mechanism::Include(target) => {
                self.look_up()?;
                let SpfDomain::Name(target) = target else { return self.unknown() };
                match self.host(target.as_ref()) {
                    Ok(Some(qualifier)) => Ok(qualifier == Qualifier::Pass && self.sender.is_some()),
                    Ok(None) => Err(SpfError::Missing(target.clone()).into()),
                    Err(Stop::Unknown) => self.unknown(),
                    Err(error) => Err(error),
                }
            }
            Mechanism::A(target, lengths) => {
                self.look_up()?;
                match target {
                    Some(SpfDomain::Macro) => self.unknown(),
                    Some(SpfDomain::Name(name)) => self.host_matches(name.as_ref(), *lengths, true),
                    None => self.host_matches(domain, *lengths, true),
                }
            }
            Mechanism::Mx(target, lengths) => {
                self.look_up()?;
                match target {
                    Some(SpfDomain::Macro) => self.unknown(),
                    Some(SpfDomain::Name(name)) => self.exchange_matches(name.as_ref(), *lengths),
                    None => self.exchange_matches(domain, *lengths),
                }
            }
            Mechanism::Ptr | Mechanism::Exists => {
                self.look_up()?;
                self.unknown()
            }
        }
    }

    /// The sender has one of the addresses of a name. Where it is looked up by itself, it may be void.
    fn host_matches(&mut self, name: NameRef<'_>, lengths: Lengths, alone: bool) -> Result<bool, Stop> {
        let Addresses { knowledge, set, .. } = self.view.addresses(name);
        let mut of_family = set.iter().filter(|address| self.is_of_family(address)).peekable();
        let is_void = of_family.peek().is_none();
        if self.sender.is_some_and(|sender| of_family.any(|&address| is_in(sender, address, lengths))) {
            return Ok(true);
        }
        match knowledge {
            Knowledge::Whole | Knowledge::None if is_void && alone => self.void(),
            Knowledge::Whole | Knowledge::None => Ok(false),
            Knowledge::Partial | Knowledge::Loop | Knowledge::Unknown => self.unknown(),
        }
    }

    /// The sender has one of the addresses of the MX hosts of a name (section 5.4).
    fn exchange_matches(&mut self, name: NameRef<'_>, lengths: Lengths) -> Result<bool, Stop> {
        let (zone, id) = match self.view.follow(name, &mut Vec::new()) {
            End::Name(zone, id) => (zone, id),
            End::Missing => return self.void(),
            End::Loop | End::Unknown => return self.unknown(),
        };
        let records: Vec<&Record> = zone.rrset(id, RrType::MX).collect();
        if records.len() > MAX_MX {
            return Err(SpfError::Hosts(name.into()).into());
        }
        let mut uncertain = !zone.knows(zone.name(id));
        if records.is_empty() && !uncertain {
            return self.void();
        }
        for host in records.into_iter().filter_map(|record| exchange(zone, record)) {
            match self.host_matches(host, lengths, false) {
                Ok(true) => return Ok(true),
                Ok(false) => {}
                Err(Stop::Unknown) => uncertain = true,
                Err(error) => return Err(error),
            }
        }
        if uncertain { self.unknown() } else { Ok(false) }
    }

    /// Nobody knows whether a term matches.
    fn unknown(&self) -> Result<bool, Stop> {
        if self.sender.is_none() { Ok(false) } else { Err(Stop::Unknown) }
    }

    fn look_up(&mut self) -> Result<(), Stop> {
        self.lookups += 1;
        if self.lookups > MAX_LOOKUPS { Err(SpfError::Lookups.into()) } else { Ok(()) }
    }

    fn void(&mut self) -> Result<bool, Stop> {
        self.void += 1;
        if self.void > MAX_VOID_LOOKUPS { Err(SpfError::VoidLookups.into()) } else { Ok(false) }
    }

    /// Addresses of the sender's family are asked for.
    fn is_of_family(&self, address: &IpAddr) -> bool {
        self.sender.is_none_or(|sender| sender.is_ipv4() == address.is_ipv4())
    }
}

/// The host of an MX record; the root is none.
fn exchange<'z>(zone: &'z Zone, record: &Record) -> Option<NameRef<'z>> {
    zone.rdata(record).target().filter(|host| !host.is_root())
}

/// An address is in the network of another one.
fn is_in(sender: IpAddr, network: IpAddr, Lengths(v4, v6): Lengths) -> bool {
    let same = |sender: u128, network: u128, bits: u32, length: u8| {
        let shift = bits - u32::from(length).min(bits);
        sender.checked_shr(shift).unwrap_or(0) == network.checked_shr(shift).unwrap_or(0)
    };
    match (sender, network) {
        (IpAddr::V4(sender), IpAddr::V4(network)) => {
            same(sender.to_bits().into(), network.to_bits().into(), 32, v4)
        }
        (IpAddr::V6(sender), IpAddr::V6(network)) => same(sender.to_bits(), network.to_bits(), 128, v6),
        _ => false,
    }
}
