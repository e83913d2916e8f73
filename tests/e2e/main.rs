//! End to end: the real binary, invented outlets on this machine, a real browser.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "what goes wrong in a test is to be seen")]

mod browser;
mod busy;
mod channels;
mod corrections;
mod developments;
mod feeds;
mod first_look;
mod house;
mod keeping;
mod kept;
mod mailbox;
mod map;
mod never_twice;
mod outlets;
mod pages;
mod phases;
mod pipe;
mod poison;
mod replay;
mod said;
mod sink;
mod stay;
mod stop;
mod strangers;
mod twins;
mod unused;
mod why;
