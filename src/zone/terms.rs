//! How a server is told to serve a zone: what `named.conf` says of it beside its name and its file.

use std::sync::Arc;

use super::order::RrsetOrder;

/// What `named` does about names that are no host names (`check-names`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum CheckNames {
    /// It says nothing.
    Ignore,
    /// It logs them, and loads the zone.
    Warn,
    /// It refuses the zone: the default of a primary zone.
    #[default]
    Fail,
}

/// How a zone is served. The default is that of BIND 9.18, outside all views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The view that the zone is in.
    pub view: Option<Arc<str>>,
    /// What is done about names that are no host names.
    pub check_names: CheckNames,
    /// Records that an RRset may have (`max-records-per-type`); 0: any number.
    pub max_records: u32,
    /// Types that a name may have (`max-types-per-name`); 0: any number.
    pub max_types: u32,
    /// The highest TTL in seconds that the zone may have (`max-zone-ttl`); 0: any.
    pub max_ttl: u32,
    /// The server writes the zone itself, as it takes updates.
    pub dynamic: bool,
    /// The server signs the zone beside its file (`inline-signing`), from the differences between the
    /// versions of that.
    pub inline_signing: bool,
    /// In which order the records of its RRsets are given (`rrset-order`); at random without one.
    pub order: Option<Arc<RrsetOrder>>,
}

impl Terms {
    /// What holds where nothing is said.
    pub const DEFAULT: Terms = Terms {
        view: None,
        check_names: CheckNames::Fail,
        max_records: 100,
        max_types: 100,
        max_ttl: 0,
        dynamic: false,
        inline_signing: false,
        order: None,
    };
}

impl Default for Terms {
    fn default() -> Self {
        Self::DEFAULT
    }
}
