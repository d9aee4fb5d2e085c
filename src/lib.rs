//! Lints and validates BIND zones.

pub mod cluster;
pub mod diagnostic;
pub mod project;
pub mod report;
pub mod rules;
pub mod source;
pub mod syntax;
pub mod view;
pub mod zone;
