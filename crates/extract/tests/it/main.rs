//! Integration tests of this room, in one binary.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod feeds;
mod hostile;
mod pages;
