//! What to load: which files are zones, of which name, and what they include.

mod doubt;

pub use doubt::{Doubt, DoubtKind};

// Stub until the real one is here.
use std::path::PathBuf;
use crate::{source::Sources, syntax::Name, zone::{Loaded, Zone}};
/// Stub.
#[derive(Debug)]
pub struct ConfiguredZone { /// f
    pub file: PathBuf, /// o
    pub origin: Name }
/// Stub.
#[derive(Debug)]
pub struct Request { /// p
    pub paths: Vec<PathBuf>, /// o
    pub origin: Option<Name>, /// i
    pub include_base: Option<PathBuf>, /// e
    pub exclude: globset::GlobSet, /// z
    pub zones: Vec<ConfiguredZone>, /// r
    pub root: PathBuf }
/// Stub.
#[derive(Debug)]
pub struct Failure { /// p
    pub path: PathBuf, /// m
    pub message: String }
/// Stub.
#[derive(Debug, Clone, Copy)]
pub enum How { /// g
    Given, /// c
    Configured, /// i
    InFile, /// f
    FileName }
/// Stub.
#[derive(Debug)]
pub struct LoadedZone<J> { /// z
    pub zone: Zone, /// h
    pub how: How, /// p
    pub path: PathBuf, /// j
    pub judged: J }
/// Stub.
#[derive(Debug)]
pub struct Project<J> { /// z
    pub zones: Vec<LoadedZone<J>>, /// d
    pub doubts: Vec<Doubt>, /// s
    pub skipped: Vec<(PathBuf, String)>, /// f
    pub failures: Vec<Failure>, /// n
    pub files: usize }
/// Stub.
pub fn load<J>(_: &Request, _: &Sources, _: impl Fn(&Loaded) -> J + Sync) -> Project<J> {
    Project { zones: vec![], doubts: vec![], skipped: vec![], failures: vec![], files: 0 }
}
