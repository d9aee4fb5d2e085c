//! Made-up zones in any number, for benchmarks and tests: the same ones for the same request, on every
//! machine. Mistakes are made on request, and each is written down with its place.
//!
//! - [`isp`]: a provider with many small zones and a `named.conf`
//! - [`tld`]: one large zone of delegations

#![allow(dead_code, reason = "each user has its own part of it")]

mod customer;
mod draft;
mod infrastructure;
pub(crate) mod isp;
mod mistakes;
#[path = "../../tests/oracle/random.rs"]
mod random;
mod slips;
pub(crate) mod tld;

use std::path::PathBuf;

/// A mistake that was made: what should be found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Planted {
    /// The file, from the folder of the zones.
    pub(crate) path: PathBuf,
    /// The line of the finding, from 1.
    pub(crate) line: usize,
    /// The rule that finds it.
    pub(crate) rule: &'static str,
}

/// What was written.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// How many zones.
    pub(crate) zones: usize,
    /// How many records, where that was asked for.
    pub(crate) records: usize,
    /// How many bytes of zones: the configuration does not count.
    pub(crate) bytes: u64,
    /// The mistakes, in the order of the zones.
    pub(crate) planted: Vec<Planted>,
}
