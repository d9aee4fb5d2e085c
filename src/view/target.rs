//! Where NS, MX and SRV records lead, over all zones of a view.

use super::View;
use crate::syntax::{NameRef, RrType};
use crate::zone::{Answer, Lead, NameId, Record, Slip, Zone};

/// Where the target of a record leads.
#[derive(Debug, Clone, Copy)]
pub enum Target<'v> {
    /// To an address; or nobody knows; or it is no host name, of which another rule speaks.
    Good,
    /// It was never meant so.
    Slip(Slip),
    /// To an alias in this zone: a CNAME, or a DNAME above the name.
    Alias(&'v Zone, &'v Record),
    /// To a name without address in this zone; it may not even exist.
    NoAddress(&'v Zone, Option<NameId>),
    /// To a name that this zone would have, and has not.
    Missing(&'v Zone),
    /// To a name server below a zone cut, its own or another one of the zone, for which there is no glue.
    NoGlue,
}

/// Places for what [`Targets`] remembers.
const PLACES: usize = 2048;

/// Tells of one record of a zone after the other where its target leads. A name server with glue is looked for once:
/// in a registry, those of a provider are the same in thousands of delegations.
pub struct Targets<'v> {
    view: &'v View<'v>,
    zone: &'v Zone,
    /// Where rdata stands that names such a server; nothing before the first.
    glued: Vec<Option<u32>>,
}

impl<'v> Targets<'v> {
    /// Of the records of one of the zones of a view.
    pub fn new(view: &'v View<'v>, zone: &'v Zone) -> Self {
        Self { view, zone, glued: Vec::new() }
    }

    /// Where the target of a record leads.
    pub fn of(&mut self, record: &Record) -> Target<'v> {
        // Of a name that was meant as it is written, the rdata alone tells whether there is glue.
        if record.rtype() != RrType::NS || record.lacks_dot() {
            return self.view.target(self.zone, record);
        }
        let at = record.rdata_at();
        let place = at as usize % PLACES;
        if self.glued.get(place).is_some_and(|known| *known == Some(at)) {
            return Target::Good;
        }
        if !self.zone.rdata(record).target().is_some_and(|name| has_glue(self.zone, record, name)) {
            return self.view.target(self.zone, record);
        }
        self.glued.resize(PLACES, None);
        self.glued[place] = Some(at);
        Target::Good
    }
}

/// The name that a record points to is below a zone cut, and has an address.
fn has_glue(zone: &Zone, record: &Record, name: NameRef<'_>) -> bool {
    zone.find_behind(record.owner(), name).is_some_and(|id| zone.has_address(id) && zone.cut(id).is_some())
}

impl View<'_> {
    /// Where the target of an NS, CNAME, PTR, MX or SRV record of one of these zones leads.
    pub fn target<'v>(&'v self, zone: &'v Zone, record: &Record) -> Target<'v> {
        zone.rdata(record).target().map_or(Target::Good, |name| target(Homes::Of(self), zone, record, name))
    }
}

/// Where a name of a zone leads that a record of it points to, as far as that zone tells.
pub(super) fn target_alone<'z>(zone: &'z Zone, record: &Record, name: NameRef<'_>) -> Target<'z> {
    target(Homes::Alone, zone, record, name)
}

/// The zones in which a name is looked for.
#[derive(Clone, Copy)]
enum Homes<'v> {
    /// That of the record alone: names in others are left out.
    Alone,
    /// All of a view.
    Of(&'v View<'v>),
}

fn target<'v>(homes: Homes<'v>, zone: &'v Zone, record: &Record, target: NameRef<'_>) -> Target<'v> {
    if target.is_root() {
        return Target::Good;
    }
    if let Some(slip) = zone.slip(record, target) {
        return Target::Slip(slip);
    }
    let leads = match record.rtype() {
        RrType::NS => homes.name_server(zone, record, target),
        RrType::MX | RrType::SRV => homes.lead(zone, target),
        RrType::CNAME => homes.alias(zone, target),
        _ => Target::Good,
    };
    let told = |record| is_hidden(zone, record) || zone.bad_targets(record).next().is_some();
    if matches!(leads, Target::Good) || told(record) { Target::Good } else { leads }
}

impl<'v> Homes<'v> {
    fn name_server(self, zone: &'v Zone, record: &Record, target: NameRef<'_>) -> Target<'v> {
        // In a registry nearly all have glue below a cut, which one look-up tells.
        if has_glue(zone, record, target) {
            return Target::Good;
        }
        match zone.lead(target) {
            Lead::Cut(_) if !zone.knows(target) => return Target::Good,
            Lead::Cut(_) if record.owner() != zone.apex() => return Target::NoGlue,
            Lead::Alias(alias) if zone.is_refused_for(record) => return Target::Alias(zone, alias),
            Lead::Nothing(id) if zone.is_refused_for(record) => return Target::NoAddress(zone, id),
            _ => {}
        }
        self.lead(zone, target)
    }

    fn alias(self, zone: &'v Zone, target: NameRef<'_>) -> Target<'v> {
        self.home(zone, target).map_or(Target::Good, |home| alias_in(home, target))
    }

    /// The loaded zone that a name is in, if a record of `zone` leads there.
    fn home(self, zone: &'v Zone, target: NameRef<'_>) -> Option<&'v Zone> {
        match self {
            Self::Alone => Some(zone),
            Self::Of(view) => {
                let home = view.member_of(target)?;
                // Of two zones of one name, each has its own names.
                let own = view.members()[home].outline.origin() == zone.origin();
                Some(if own { zone } else { view.get(home) })
            }
        }
    }

    fn lead(self, zone: &'v Zone, target: NameRef<'_>) -> Target<'v> {
        self.home(zone, target).map_or(Target::Good, |home| host_in(home, target))
    }
}

/// What the target of a CNAME is in the zone that it is in.
pub(super) fn alias_in<'v>(home: &'v Zone, target: NameRef<'_>) -> Target<'v> {
    match home.answer(target) {
        Answer::Missing => Target::Missing(home),
        // Only names below it have records.
        Answer::Name(id) if home.at(id).next().is_none() && home.knows(target) => Target::Missing(home),
        _ => Target::Good,
    }
}

/// What the target of an NS, MX or SRV record is in the zone that it is in.
pub(super) fn host_in<'v>(home: &'v Zone, target: NameRef<'_>) -> Target<'v> {
    match home.lead(target) {
        Lead::Alias(alias) => Target::Alias(home, alias),
        Lead::Nothing(id) => Target::NoAddress(home, id),
        Lead::Address | Lead::Cut(_) | Lead::Unknown => Target::Good,
    }
}

/// A record that is not served from this zone: it stands below a zone cut or a DNAME, or at the cut
/// without being its NS.
fn is_hidden(zone: &Zone, record: &Record) -> bool {
    let cut = zone.cut(record.owner());
    cut.is_some_and(|cut| cut != record.owner() || record.rtype() != RrType::NS)
        || zone.dname(record.owner()).is_some()
}
