//! Refreshing, as far as it is thinking: when to look at a feed again, and what in it is new. Plain functions of
//! what they are given; the clock and the network are elsewhere.

mod compare;
mod keys;
mod rhythm;

pub use compare::{Changes, Keyed, Known, compare};
pub use keys::{Keys, keys};
pub use rhythm::{Health, Look, Outcome, Plan, next_look};
