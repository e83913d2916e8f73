//! The delivery room: developments to the places where readers want them.
//!
//! In: a development as a [`Message`] and a receiver. Out: an [`Outcome`] for the delivery's row. This room is the only
//! one with cryptography. It decides nothing about what is news and keeps nothing; its requests leave through the
//! guarded fetcher that the binary hands in as a [`Post`].

mod encrypt;
mod error;
mod topic;
mod vapid;

pub use encrypt::{LARGEST_PLAIN, OVERHEAD, Prepared, Subscription};
pub use error::KeyError;
pub use vapid::{Vapid, VapidKey};
