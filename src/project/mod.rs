//! What to load: which files are zones, of which name, and what they include.

mod doubt;

pub use doubt::{Doubt, DoubtKind};
