//! The mail cluster over a view.

use crate::zone::Zone;

/// A mail cluster.
#[derive(Debug)]
pub struct Cluster<'v> {
    domains: Vec<Domain<'v>>,
}

impl<'v> Cluster<'v> {
    /// The domains that it serves.
    pub fn domains(&self) -> &[Domain<'v>] {
        &self.domains
    }
}

/// A domain that a cluster serves.
#[derive(Debug)]
pub struct Domain<'v> {
    zone: &'v Zone,
}

impl<'v> Domain<'v> {
    /// Its zone.
    pub fn zone(&self) -> &'v Zone {
        self.zone
    }
}
