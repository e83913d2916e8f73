//! End to end: the real binary, invented outlets on this machine, a real browser.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "what goes wrong in a test is to be seen")]

mod browser;
mod developments;
mod feeds;
mod first_look;
mod house;
mod keeping;
mod outlets;
mod pages;
mod pipe;
mod replay;
mod stay;
