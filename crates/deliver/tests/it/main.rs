//! The sender as a whole, against receivers that answer as a test wants.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod channels;
mod mail;
mod push;
mod scripted;
