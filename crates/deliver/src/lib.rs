//! The delivery room: developments to the places where readers want them.
//!
//! In: a development as a [`Message`] and a receiver. Out: an [`Outcome`] for the delivery's row. [`policy`] says before
//! that whether and when it goes. This room is the only one with cryptography. It decides nothing about what is news
//! and keeps nothing; its requests leave through the guarded fetcher that the binary hands in as a [`Post`].

mod answer;
mod encrypt;
mod error;
mod gotify;
mod mail;
mod message;
mod ntfy;
mod payload;
pub mod policy;
mod pool;
mod post;
mod push;
mod sender;
mod text;
mod topic;
mod turns;
mod vapid;
mod webhook;

pub use answer::{LONGEST_WAIT, Outcome};
pub use encrypt::{LARGEST_PLAIN, OVERHEAD, Prepared, Subscription};
pub use error::KeyError;
pub use mail::{MailError, Mailer};
pub use message::{Message, NOTE};
pub use payload::{LARGEST as LARGEST_PAYLOAD, payload};
pub use post::{Answer, Headers, Post, PostError, Request};
pub use sender::Sender;
pub use vapid::{Vapid, VapidKey};
