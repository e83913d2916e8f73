//! Integration tests of this room, in one binary.

mod feeds;
mod hostile;
mod pages;
