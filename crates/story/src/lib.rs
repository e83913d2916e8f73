//! The story room.
mod affinity;
mod copies;
mod features;
mod hash;
mod sparse;
mod stories;
mod weights;
pub use stories::{Arrival, Decision, Revision, Stories};
pub use weights::Weights;
