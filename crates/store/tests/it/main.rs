//! Integration tests of this room, in one binary.

#![expect(clippy::unwrap_used, reason = "what goes wrong in a test is to be seen")]

mod backup;
mod crash;
mod feeds;
mod file;
mod follows;
mod forget;
mod house;
mod queue;
mod said;
mod search;
mod shown;
mod stands;
mod stories;
mod transfer;
mod unfollow;
