//! Where NS, MX and SRV records lead, over all zones of a view.

use super::View;
use crate::syntax::{NameRef, RrType};
use crate::zone::{Answer, Lead, NameId, Record, Zone};

/// Where the target of a record leads.
#[derive(Debug, Clone, Copy)]
pub enum Target<'v> {
    /// To an address; or nobody knows; or it was never meant so ([`Zone::target_slip`]).
    Good,
    /// To an alias in this zone: a CNAME, or a DNAME above the name.
    Alias(&'v Zone, &'v Record),
    /// To a name without address in this zone; it may not even exist.
    NoAddress(&'v Zone, Option<NameId>),
    /// To a name server below a zone cut, its own or another one of the zone, for which there is no glue.
    NoGlue,
}

impl View {
    /// Where the target of an NS, MX or SRV record of one of these zones leads.
    pub fn target<'v>(&'v self, zone: &'v Zone, record: &Record) -> Target<'v> {
        let Some(target) = zone.rdata(record).target().filter(|target| !target.is_root()) else {
            return Target::Good;
        };
        if is_hidden(zone, record) || zone.target_slip(record).is_some() {
            return Target::Good;
        }
        if record.rtype() == RrType::NS {
            match zone.lead(target) {
                Lead::Cut(_) if zone.find(target).is_some_and(|id| zone.has_address(id)) => {
                    return Target::Good;
                }
                Lead::Cut(_) if !zone.knows(target) => return Target::Good,
                Lead::Cut(_) if record.owner() != zone.apex() => return Target::NoGlue,
                Lead::Alias(alias) if zone.is_refused_for(record) => return Target::Alias(zone, alias),
                Lead::Nothing(id) if zone.is_refused_for(record) => return Target::NoAddress(zone, id),
                _ => {}
            }
        }
        self.lead(zone, target)
    }

    /// The loaded zone that lacks the target of a CNAME: the target would be in it, and does not exist.
    pub fn missing_target<'v>(&'v self, zone: &'v Zone, record: &Record) -> Option<&'v Zone> {
        let target = zone.rdata(record).target()?;
        if is_hidden(zone, record) || zone.target_slip(record).is_some() {
            return None;
        }
        let home = self.zone_of(target)?;
        // Of two zones of one name, each has its own names.
        let home = if home.origin() == zone.origin() { zone } else { home };
        (home.answer(target) == Answer::Missing).then_some(home)
    }

    fn lead<'v>(&'v self, zone: &'v Zone, target: NameRef<'_>) -> Target<'v> {
        let Some(home) = self.zone_of(target) else { return Target::Good };
        // Of two zones of one name, each has its own names.
        let home = if home.origin() == zone.origin() { zone } else { home };
        match home.lead(target) {
            Lead::Alias(alias) => Target::Alias(home, alias),
            Lead::Nothing(id) => Target::NoAddress(home, id),
            Lead::Address | Lead::Cut(_) | Lead::Unknown => Target::Good,
        }
    }
}

/// A record that is not served from this zone: it stands below a zone cut or a DNAME, or at the cut
/// without being its NS.
fn is_hidden(zone: &Zone, record: &Record) -> bool {
    let cut = zone.cut(record.owner());
    cut.is_some_and(|cut| cut != record.owner() || record.rtype() != RrType::NS)
        || zone.dname(record.owner()).is_some()
}
